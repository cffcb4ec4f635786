"""Running all checks on a report: the one entry point of the command line and the editor, so that both report the same findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..core.checks.boundary import attempt, file_failed
from ..core.policy import NO_POLICY, Policy, with_policy_limits
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
    """Inputs of an examination besides the report."""

    policy: Policy = NO_POLICY
    """Policy in force."""
    previous: Report | None = None
    """Last year's report, if known."""
    draft: bool = False
    on_failure: OnFailure | None = None
    """Called with every exception that became a finding."""


class Examined(NamedTuple):
    """Findings in a report, in the order of the form."""

    findings: tuple[Finding, ...]
    policy: PolicyEffect | None = None
    """Policy in force and its effect; None without a policy."""


def examine(report: Report, options: ExamineOptions, file: ReportFile | None = None) -> Examined:
    """Check a report against the form, last year's report and the policy. An exception in a rule becomes a finding.

    Args:
        report: The current report.
        options: Inputs besides the report.
        file: The file as last read or written. Its own problems are reported, with a line number, until it is written again.

    Raises:
        EditionError: a data file of an edition or of the rules is invalid.
    """

    def failed(error: Exception) -> Examined:
        if options.on_failure is not None:
            options.on_failure(error)
        return Examined((file_failed(error, "checking"),))

    return attempt(lambda: _examined(report, options, file), failed, (EditionError,))


def examine_file(source: ReportFile, options: ExamineOptions) -> Examined:
    """Check a report as read from its file, as `examine`; all findings are located in the file."""
    from ..core.checks.run_checks import in_order_of_form  # noqa: PLC0415 - see `_examined`

    found = examine(source.report, options, source)
    return found._replace(findings=in_order_of_form(map(source.located, found.findings), source.report))


def _examined(report: Report, options: ExamineOptions, file: ReportFile | None) -> Examined:
    # The editor loads the checks and the prose vocabulary after its first frame.
    from ..core.checks.run_checks import check_report, in_order_of_form  # noqa: PLC0415 - see above

    policy, draft = options.policy, options.draft
    judged, catalogue = with_policy_limits(report, policy), load_catalogue()
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
    """Return the edition for the report's year: its own if that covers the year, else the newest that does, or None."""
    if report.edition.covers(report.header.year):
        return report.edition
    try:
        return edition_for_year(report.header.year)
    except UnknownEditionError:
        return None


def _problems(file: ReportFile | None) -> Iterator[Finding]:
    """Yield the problems of the file itself, each with a line number, which distinguishes them from findings about the report."""
    if file is not None:
        for problem in file.problems:
            located = file.located(problem)
            yield located if located.line else located._replace(line=1)


def _ignore(_: Exception) -> None:
    """Ignore a failure; the default handler."""


def as_written(report: Report, source: ReportFile) -> ReportFile:
    """Serialize a report over its source file and parse the result: the file as it would be read after saving."""
    from ..files.report.serialize import report_bytes  # noqa: PLC0415 - `check` writes nothing

    return read_report(report_bytes(report, source))
