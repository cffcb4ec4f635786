"""Checking a report file against the rules, last year's report and the policy in force."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..core.checks.boundary import FAILURES, attempt, file_failed
from ..templates import EditionError
from .examine import ExamineOptions, examine_file
from .policies import policy_for
from .previous import PreviousReports, PreviousUnreadableError
from .reports import UnreadableError, open_report

if TYPE_CHECKING:
    from ..core.checks.boundary import OnFailure
    from ..core.checks.finding import Finding
    from ..core.policy_effect import PolicyEffect
    from ..files.report.report_file import ReportFile
    from .examine import Examined
    from .report_index import FoundReport


class CheckOptions(NamedTuple):
    """Options of a check."""

    draft: bool = False
    previous: str = ""
    """Path of last year's report, or of a directory of such reports; if empty, each report's own directory is searched."""
    look_beside: bool = True
    """Whether to search each report's directory for last year's report if `previous` is empty."""
    select: tuple[str, ...] = ()
    """Prefixes of rule codes to report; empty for all."""
    ignore: tuple[str, ...] = ()
    policy: str = ""
    """Path of the policy file; empty to search for one, `-` for none."""

    def wants(self, code: str) -> bool:
        """Return whether findings with this code are reported. Failures of the program always are."""
        if code in FAILURES:
            return True
        chosen = not self.select or code.startswith(self.select)
        return chosen and not (self.ignore and code.startswith(self.ignore))

    def previous_reports(self) -> PreviousReports:
        """Return the lookup of last year's reports, shared by all files of a run."""
        return PreviousReports(self.previous, beside=self.look_beside)


class CheckedFile(NamedTuple):
    """Result of checking one file."""

    path: str
    edition: str | None
    """None if the file could not be read as a report."""
    agency: str
    year: int
    findings: tuple[Finding, ...]
    previous: str | None = None
    """Path of last year's report used for comparison; None without one."""
    policy: PolicyEffect | None = None
    """Policy in force and its effect; None without a policy."""

    @property
    def waived(self) -> int:
        """Number of waived findings."""
        return sum(bool(finding.waived) for finding in self.findings)

    @property
    def failed(self) -> bool:
        """Whether an internal failure occurred while reading or checking the file."""
        return any(finding.code in FAILURES for finding in self.findings)

    @property
    def readable(self) -> bool:
        """Whether the file could be read as a report."""
        return self.edition is not None


def check_file(
    path: Path | None,
    options: CheckOptions,
    previous: PreviousReports | None = None,
    *,
    name: str = "",
    on_failure: OnFailure | None = None,
) -> CheckedFile:
    """Check one file. An exception in a reader or a rule becomes a finding.

    Args:
        path: The file; None for standard input.
        options: Options of the check.
        previous: Lookup of last year's reports, shared when several files are checked.
        name: Name of the file in messages; defaults to its path.
        on_failure: Called with every exception that became a finding.

    Raises:
        PreviousUnreadableError: last year's report, as named by the user, cannot be used.
        EditionError: a data file of an edition or of the rules is invalid.
    """
    shown = name or str(path)

    def failed(error: Exception) -> CheckedFile:
        if on_failure is not None:
            on_failure(error)
        return CheckedFile(shown, None, "", 0, (file_failed(error, "checking"),))

    def checked() -> CheckedFile:
        try:
            source = open_report(path)
        except UnreadableError as error:
            if on_failure is not None and error.finding.code in FAILURES:
                on_failure(error)
            return CheckedFile(shown, None, "", 0, (error.finding,))
        found, last = examine_source(source, path, options, previous, on_failure=on_failure)
        # Findings about the policy file are never filtered out.
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
    """Return the findings in a report read from `path` (None for standard input), and last year's report that it was compared with.

    Raises:
        PreviousUnreadableError: last year's report, as named by the user, cannot be used.
        EditionError: a data file of an edition or of the rules is invalid.
    """
    last = (previous or options.previous_reports()).find(path, source.report)
    # For standard input, the policy is searched for from the current directory.
    policy = policy_for(path or Path("-"), options.policy)
    examining = ExamineOptions(policy, None if last is None else last.report, options.draft, on_failure)
    return examine_file(source, examining), last
