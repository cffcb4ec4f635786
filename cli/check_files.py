"""Checking report files: from paths to findings with their places, on one processor or several."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..core.checks.boundary import FAILURES, attempt, file_failed
from ..core.checks.run_checks import check_report, in_order_of_form
from ..core.policy import NO_POLICY, adapted
from ..files.policy.find_policy import NAME, policy_for
from ..files.report.report_file import ReportFile, UnreadableError, load_report, read_bytes, read_report, read_stdin
from ..templates import EditionError, UnknownEditionError, edition_for_year, load_catalogue
from .diagnostics import STDIN, UsageError
from .failures import is_failure, trace
from .words import common_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..core.checks.finding import Finding
    from ..core.edition import Edition
    from ..core.policy import Policy
    from ..core.policy_effect import PolicyEffect
    from ..core.report import Report

MOST_JOBS = 256
PARALLEL_FROM = 24
"""Fewer files than this are checked sooner than more processes start."""


class CheckOptions(NamedTuple):
    """How to check."""

    draft: bool = False
    previous: str = ""
    """Path of last year's report or of a folder of them; empty for none."""
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


class CheckedFile(NamedTuple):
    """What was found in one file."""

    path: str
    edition: str | None
    """None where the file cannot be used."""
    agency: str
    year: int
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    """What could not be done, as keys of the front end's texts: `previous_missing`."""
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


class PreviousUnreadableError(Exception):
    """Last year's report, named by the user, cannot be used."""

    def __init__(self, path: str, finding: Finding) -> None:
        super().__init__(path)
        self.path = path
        self.finding = finding


class PreviousReports:
    """Last year's reports for the files of one run, each read once. `given` as `CheckOptions.previous`."""

    def __init__(self, given: str) -> None:
        self._given = given
        self._one: Report | None = None
        self._of_folder: dict[tuple[str, int], Report] | None = None

    def find(self, report: Report) -> tuple[Report | None, tuple[str, ...]]:
        """The report to compare with, and notes (`CheckedFile.notes`). Raises PreviousUnreadableError."""
        if not self._given:
            return None, ()
        if Path(self._given).is_dir():
            if self._of_folder is None:
                self._of_folder = _reports_in(self._given)
            found = self._of_folder.get((report.header.agency, report.header.year - 1))
            return found, () if found is not None else ("previous_missing",)
        if self._one is None:
            try:
                self._one = load_report(Path(self._given)).report
            except UnreadableError as error:
                raise PreviousUnreadableError(self._given, error.finding) from error
        return self._one, ()


def _reports_in(folder: str) -> dict[tuple[str, int], Report]:
    """The reports of a folder by agency and year, the first of several."""
    found: dict[tuple[str, int], Report] = {}
    for file in expand([folder])[0]:
        try:
            report = load_report(Path(file)).report
        except UnreadableError:
            continue
        found.setdefault((report.header.agency, report.header.year), report)
    return found


def check_file(path: str, options: CheckOptions, previous: PreviousReports | None = None) -> CheckedFile:
    """Check one file; `-` is standard input. `previous` is given where many are checked. A failure is a finding.

    Raises PreviousUnreadableError.
    """

    def failed(error: Exception) -> CheckedFile:
        return CheckedFile(path, None, "", 0, (_failure(error),))

    return attempt(lambda: _check_file(path, options, previous), failed, (PreviousUnreadableError, UsageError, EditionError))


def _check_file(path: str, options: CheckOptions, previous: PreviousReports | None) -> CheckedFile:
    try:
        source = read_report(read_stdin()) if path == STDIN else load_report(Path(path))
    except UnreadableError as error:
        if is_failure(error):
            trace(error)
        return CheckedFile(path, None, "", 0, (error.finding,))
    found, notes, effect = findings_in(source, path, options, previous)
    # What is wrong in the policy file is never ignored.
    wanted = tuple(finding for finding in found if finding.file or options.wants(finding.code))
    header = source.report.header
    return CheckedFile(path, source.report.edition.id, header.agency, header.year, wanted, notes, effect)


def findings_in(
    source: ReportFile, path: str, options: CheckOptions, previous: PreviousReports | None = None
) -> tuple[tuple[Finding, ...], tuple[str, ...], PolicyEffect | None]:
    """Everything to be said of the report read from a path, notes, and the policy's effect (`CheckedFile`).

    Raises PreviousUnreadableError.
    """
    last, notes = (previous or PreviousReports(options.previous)).find(source.report)
    found, effect = findings_under(source, policy_for(Path(path), options.policy), previous=last, draft=options.draft)
    return found, notes, effect


def findings_of(source: ReportFile, *, previous: Report | None = None, draft: bool = False) -> tuple[Finding, ...]:
    """Everything to be said of a report file by the national form alone, with places in the file."""
    return findings_under(source, NO_POLICY, previous=previous, draft=draft)[0]


def findings_under(
    source: ReportFile, policy: Policy, *, previous: Report | None = None, draft: bool = False
) -> tuple[tuple[Finding, ...], PolicyEffect | None]:
    """Everything to be said of a report file under a policy, with places in the file, and what the policy did. A failure is a finding."""

    def check() -> tuple[tuple[Finding, ...], PolicyEffect | None]:
        report = adapted(source.report, policy)
        catalogue, edition = load_catalogue(), year_edition(report)
        found = check_report(
            report, catalogue, previous=previous, edition_for=edition, draft=draft, problems=source.problems, on_failure=trace
        )
        effect = None
        if policy != NO_POLICY:
            from ..core.policy_effect import apply_policy  # noqa: PLC0415 - start-up where there is none

            found, effect = apply_policy(policy, catalogue, source.report, found, draft=draft)
        return in_order_of_form((source.located(finding) for finding in found), report), effect

    return attempt(check, lambda error: ((_failure(error),), None), (EditionError,))


def _failure(error: Exception) -> Finding:
    """The finding for a check that failed as a whole."""
    trace(error)
    return file_failed(error, "checking")


def year_edition(report: Report) -> Edition | None:
    """The edition that the report's year calls for; None where there is none."""
    if report.edition.covers(report.header.year):
        return report.edition
    try:
        return edition_for_year(report.header.year)
    except UnknownEditionError:
        return None


def check_files(paths: Sequence[str], options: CheckOptions, jobs: int = 0) -> Iterator[CheckedFile]:
    """Check many files, in their order; on several processors where that is worth it (`jobs` 0 decides itself)."""
    processors = jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if processors < 2 or (len(paths) < PARALLEL_FROM and jobs < 2) or STDIN in paths:  # noqa: PLR2004 - more than one
        previous = PreviousReports(options.previous)
        for path in paths:
            yield check_file(path, options, previous)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - start-up

    chunk = max(1, len(paths) // (processors * 8))
    with ProcessPoolExecutor(processors, initializer=_begin_worker, initargs=(options,)) as pool:
        yield from pool.map(_check_in_worker, paths, chunksize=chunk)


class _Worker(NamedTuple):
    """What a process of the pool keeps from one file to the next."""

    options: CheckOptions
    previous: PreviousReports


_worker: _Worker


def _begin_worker(options: CheckOptions) -> None:
    global _worker  # noqa: PLW0603 - set in a process of the pool alone, and ends with it
    _worker = _Worker(options, PreviousReports(options.previous))


def _check_in_worker(path: str) -> CheckedFile:
    return check_file(path, _worker.options, _worker.previous)


def expand(paths: Iterable[str], *, skip_others: bool = False) -> tuple[list[str], list[str], list[str]]:
    """Paths with folders replaced by their report files: (files, folders without any, TOML files that are no reports).

    Files that are named themselves are taken as reports, unless others are to be skipped there too. Raises UsageError for a name
    that is empty and for standard input given twice.
    """
    paths = list(paths)
    require_names(paths)
    files: list[str] = []
    empty: list[str] = []
    skipped: list[str] = []
    for path in paths:
        if path == STDIN or not Path(path).is_dir():
            wanted = path == STDIN or not skip_others or _may_be_report(Path(path))
            (files if wanted else skipped).append(path)
            continue
        reports: list[str] = []
        for file in _toml_files(path):
            (reports if _may_be_report(Path(file)) else skipped).append(file)
        files += reports
        if not reports:
            empty.append(path)
    return files, empty, skipped


def require_names(paths: Sequence[str]) -> None:
    """Raises UsageError for a name that is empty (a script's variable was) and for standard input given twice."""
    if not all(path.strip() for path in paths):
        raise UsageError(common_words.NO_NAME)
    if paths.count(STDIN) > 1:
        raise UsageError(common_words.STDIN_TWICE)


def _toml_files(folder: str) -> list[str]:
    """The TOML files in a folder and all folders in it, but hidden ones and policies; a folder that cannot be opened stands for itself."""
    refused: list[OSError] = []
    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, name) for name in names if name.lower().endswith(".toml") and not name.startswith(".") and name != NAME]
    return [str(path) for path in sorted([*found, *(Path(error.filename) for error in refused)])]


def _may_be_report(path: Path) -> bool:
    """Whether a TOML file in a folder is not clearly something else; one that cannot be read is reported, not skipped."""
    try:
        data = read_bytes(path)
    except UnreadableError:
        return True
    if b"[report]" in data:
        return True
    from ..service.other_toml import is_foreign  # noqa: PLC0415 - start-up

    return not is_foreign(data)
