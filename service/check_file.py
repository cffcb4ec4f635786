"""Checking one report file: with last year's report, under the policy in force for its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..core.checks.boundary import FAILURES, attempt, file_failed
from ..files.report.report_file import UnreadableError, load_report, read_report, read_stdin
from ..templates import EditionError
from .examine import ExamineOptions, examine_file
from .policies import policy_for
from .previous import PreviousReports, PreviousUnreadableError

if TYPE_CHECKING:
    from ..core.checks.boundary import OnFailure
    from ..core.checks.finding import Finding
    from ..core.policy_effect import PolicyEffect
    from ..files.report.report_file import ReportFile
    from .examine import Examined
    from .report_index import FoundReport


class CheckOptions(NamedTuple):
    """How to check."""

    draft: bool = False
    previous: str = ""
    """Path of last year's report or of a folder of them; empty to look beside each report."""
    look_beside: bool = True
    """Whether to look for last year's report beside each report where none is given."""
    select: tuple[str, ...] = ()
    """Beginnings of codes; empty for all."""
    ignore: tuple[str, ...] = ()
    policy: str = ""
    """Path of the policy file; empty to look for one, `-` for none."""

    def wants(self, code: str) -> bool:
        """Whether findings of this code are asked for."""
        if code in FAILURES:
            return True
        chosen = not self.select or code.startswith(self.select)
        return chosen and not (self.ignore and code.startswith(self.ignore))

    def previous_reports(self) -> PreviousReports:
        """Last year's reports for the files of one run."""
        return PreviousReports(self.previous, beside=self.look_beside)


class CheckedFile(NamedTuple):
    """What was found in one file."""

    path: str
    edition: str | None
    """None where the file cannot be used."""
    agency: str
    year: int
    findings: tuple[Finding, ...]
    previous: str | None = None
    """Path of last year's report that it was compared with."""
    policy: PolicyEffect | None = None
    """The policy in force and what it did; None where there is none."""

    @property
    def waived(self) -> int:
        """How many findings are waived."""
        return sum(bool(finding.waived) for finding in self.findings)

    @property
    def failed(self) -> bool:
        """Whether the program failed over it, wholly or in part."""
        return any(finding.code in FAILURES for finding in self.findings)

    @property
    def readable(self) -> bool:
        """Whether there was a report in it."""
        return self.edition is not None


def check_file(
    path: Path | None,
    options: CheckOptions,
    previous: PreviousReports | None = None,
    *,
    name: str = "",
    on_failure: OnFailure | None = None,
) -> CheckedFile:
    """Check one file. A failure is a finding.

    Args:
        path: None for standard input.
        options: how to check.
        previous: last year's reports, where many files are checked.
        name: the file as messages name it; empty for its path.
        on_failure: told of every exception that became a finding.

    Raises PreviousUnreadableError, and EditionError where the description of a form is broken.
    """
    shown = name or str(path)

    def failed(error: Exception) -> CheckedFile:
        if on_failure is not None:
            on_failure(error)
        return CheckedFile(shown, None, "", 0, (file_failed(error, "checking"),))

    def checked() -> CheckedFile:
        try:
            source = read_report(read_stdin()) if path is None else load_report(path)
        except UnreadableError as error:
            if on_failure is not None and error.finding.code in FAILURES:
                on_failure(error)
            return CheckedFile(shown, None, "", 0, (error.finding,))
        found, last = examine_source(source, path, options, previous, on_failure=on_failure)
        # What is wrong in the policy file is never ignored.
        wanted = tuple(finding for finding in found.findings if finding.file or options.wants(finding.code))
        header = source.report.header
        compared = None if last is None else str(last.path)
        return CheckedFile(shown, source.report.edition.id, header.agency, header.year, wanted, compared, found.policy)

    return attempt(checked, failed, (PreviousUnreadableError, EditionError))


def examine_source(
    source: ReportFile,
    path: Path | None,
    options: CheckOptions,
    previous: PreviousReports | None = None,
    *,
    on_failure: OnFailure | None = None,
) -> tuple[Examined, FoundReport | None]:
    """Everything found in a report read from a path (None for standard input), and last year's report that it was compared with.

    Raises PreviousUnreadableError and EditionError.
    """
    last = (previous or options.previous_reports()).find(path, source.report)
    # Standard input is judged as a file of the current folder.
    policy = policy_for(path or Path("-"), options.policy)
    examining = ExamineOptions(policy, None if last is None else last.report, options.draft, on_failure)
    return examine_file(source, examining), last
