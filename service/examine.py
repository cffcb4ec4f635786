"""Everything the checks say of a report: the same for the command line and the editor, under the same local rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..core.checks.boundary import attempt, file_failed
from ..core.policy import NO_POLICY, Policy, adapted
from ..files.report.report_file import read_report
from ..templates import EditionError, UnknownEditionError, edition_for_year, load_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..core.checks.boundary import OnFailure
    from ..core.checks.finding import Finding
    from ..core.edition import Edition
    from ..core.policy_effect import PolicyEffect
    from ..core.report import Report
    from ..files.report.report_file import ReportFile


class ExamineOptions(NamedTuple):
    """What a report is examined by, besides the form."""

    policy: Policy = NO_POLICY
    """The local rules in force."""
    previous: Report | None = None
    """Last year's report, where it is known."""
    draft: bool = False
    on_failure: OnFailure | None = None
    """Told of every exception that became a finding."""


class Examined(NamedTuple):
    """What was found in a report, in the order of the form."""

    findings: tuple[Finding, ...]
    policy: PolicyEffect | None = None
    """The local rules in force and what they did; None where there are none."""


def examine(report: Report, options: ExamineOptions, file: ReportFile | None = None) -> Examined:
    """Check a report against the form, last year's report and the local rules. A failure is a finding.

    Args:
        report: the report as it is now.
        options: what it is examined by.
        file: what was read last, or written: what is wrong in it stays wrong until it is written anew. Such findings have a line.

    Raises EditionError where the description of a form is broken.
    """

    def failed(error: Exception) -> Examined:
        if options.on_failure is not None:
            options.on_failure(error)
        return Examined((file_failed(error, "checking"),))

    return attempt(lambda: _examined(report, options, file), failed, (EditionError,))


def examine_file(source: ReportFile, options: ExamineOptions) -> Examined:
    """As `examine`, of a report as it is in its file: all findings have their places in the file."""
    from ..core.checks.run_checks import in_order_of_form  # noqa: PLC0415 - see `_examined`

    found = examine(source.report, options, source)
    return found._replace(findings=in_order_of_form(map(source.located, found.findings), source.report))


def _examined(report: Report, options: ExamineOptions, file: ReportFile | None) -> Examined:
    # The editor loads the checks and the vocabulary of the prose behind its first frame.
    from ..core.checks.run_checks import check_report, in_order_of_form  # noqa: PLC0415 - see above

    policy, draft = options.policy, options.draft
    judged, catalogue = adapted(report, policy), load_catalogue()
    found = check_report(
        judged,
        catalogue,
        previous=options.previous,
        edition_for=year_edition(judged),
        draft=draft,
        problems=_problems(file),
        on_failure=options.on_failure or _ignore,
    )
    effect = None
    if policy != NO_POLICY:
        from ..core.policy_effect import apply_policy  # noqa: PLC0415 - start-up where there is none

        found, effect = apply_policy(policy, catalogue, report, found, draft=draft)
        found = in_order_of_form(found, report)
    return Examined(found, effect)


def year_edition(report: Report) -> Edition | None:
    """The edition for the report's year: its own where that covers the year, else the newest that does; None where none does."""
    if report.edition.covers(report.header.year):
        return report.edition
    try:
        return edition_for_year(report.header.year)
    except UnknownEditionError:
        return None


def _problems(file: ReportFile | None) -> Iterator[Finding]:
    """What is wrong in the file itself, each with a line of it: by that it is told from what is wrong in the report."""
    if file is not None:
        for problem in file.problems:
            located = file.located(problem)
            yield located if located.line else located._replace(line=1)


def _ignore(_: Exception) -> None:
    """Nobody asked to be told of failures."""


def as_written(report: Report, source: ReportFile) -> ReportFile:
    """The file of a report that was written over `source`, read again."""
    from ..files.report.serialize import report_bytes  # noqa: PLC0415 - `check` writes nothing

    return read_report(report_bytes(report, source))
