"""The checks of the report in the editor: the same as those of the check command, with the same local rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.checks.boundary import attempt, file_failed
from ..core.policy import Policy, adapted
from ..files.report.report_file import read_report
from ..files.report.serialize import report_bytes
from ..templates import UnknownEditionError, edition_for_year, load_catalogue
from .examination import Examination

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..core.checks.finding import Finding
    from ..core.report import Report
    from ..files.report.report_file import ReportFile


def examine(report: Report, previous: Report | None, policy: Policy, file: ReportFile | None = None) -> Examination:
    """Check a report against the form, against last year's where it is known, and under the local rules. A failure is a finding.

    `file` is what was read last, or written: what is wrong in it stays wrong until it is written anew.
    """

    def failed(error: Exception) -> Examination:
        return Examination(report, (file_failed(error, "checking"),), previous)

    return attempt(lambda: _examined(report, previous, policy, file), failed)


def _examined(report: Report, previous: Report | None, policy: Policy, file: ReportFile | None) -> Examination:
    # The checks and the vocabulary of the prose are loaded behind the first frame.
    from ..core.checks.run_checks import check_report, in_order_of_form  # noqa: PLC0415 - see above
    from ..core.policy_effect import apply_policy  # noqa: PLC0415 - see above

    try:
        edition = edition_for_year(report.header.year) if report.header.year else None
    except UnknownEditionError:
        edition = None
    catalogue = load_catalogue()
    found = check_report(adapted(report, policy), catalogue, previous=previous, edition_for=edition, problems=_problems(file))
    found, effect = apply_policy(policy, catalogue, report, found)
    return Examination(report, in_order_of_form(found, report), previous, effect)


def as_written(report: Report, source: ReportFile) -> ReportFile:
    """The file of a report that was written over `source`, read again."""
    return read_report(report_bytes(report, source))


def _problems(file: ReportFile | None) -> Iterator[Finding]:
    """What is wrong in the file itself, each with a line of it: by that it is told from what is wrong in the report."""
    if file is not None:
        for problem in file.problems:
            located = file.located(problem)
            yield located._replace(line=located.line or 1)
