"""`nianbao sum`: a report whose tables are the sums of other reports' tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.aggregate import UnsummedCell, sum_reports
from ...core.checks.boundary import FAILURES
from ...core.checks.finding import Severity
from ...core.publishing.printable import clean_line
from ...core.report import Header, Text
from ...files.report.parse import KINDS
from ...files.report.serialize import report_bytes
from ...service.examine import ExamineOptions, examine_file
from ...templates import load_catalogue
from ..diagnostics import EXIT_CLEAN, EXIT_FINDINGS, EXIT_INTERNAL, STDIN, CannotError, Parser, UsageError, say, shown_path, worst_exit_code
from ..failures import trace
from ..input_paths import expand_paths, read_source, same_file
from ..output import write
from ..words import common_words, diff_words
from ..write_result import require_report_name, write_report

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from ...core.checks.finding import Finding
    from ...core.report import Report
    from ...service.reports import ReportFile

ABOUT = diff_words.SUM_ABOUT
LISTED = 20
"""Maximum number of blank cells listed individually."""


def add_arguments(parser: Parser) -> None:
    """Add the arguments of `nianbao sum`."""
    parser.given.add_argument("files", nargs="+", metavar="FILE", help=diff_words.FILES)
    add = parser.choices.add_argument
    add("-o", "--output", default=STDIN, metavar="OUT", help=diff_words.OUT)
    add("--agency", default="", help=diff_words.AGENCY)
    add("--kind", choices=KINDS, default="government", help=diff_words.KIND)
    add("--force", action="store_true", help=diff_words.FORCE)


def run(args: argparse.Namespace) -> int:
    """Write the sum; exit code 1 if a cell could not be summed, a report's tables have errors, or an agency occurs twice."""
    paths, empty, skipped = expand_paths(args.files)
    for message, named in ((common_words.SKIPPED, skipped), (common_words.NO_FILES, empty)):
        for path in named:
            say(message.format(path=path))
    if len(paths) < 2:  # noqa: PLR2004 - a sum
        raise UsageError(diff_words.ONE_REPORT)
    _require_distinct(paths, args.output)
    require_report_name(args.output)
    sources = [read_source(path) for path in paths]
    reports = [source.report for source in sources]
    _require_same_form(paths, reports)
    edition, year = reports[0].edition, reports[0].header.year
    found = sum_reports(reports, Header(agency=args.agency, kind=args.kind, year=year))
    data = report_bytes(found.report)
    if args.output == STDIN:
        write(data.decode("utf-8"))
    else:
        write_report(args.output, data, force=args.force)
    say(diff_words.ADDED.format(count=len(reports), year=year, edition=edition.id))
    checked = [examine_file(source, ExamineOptions(on_failure=trace)).findings for source in sources]
    failures = list(_failures(paths, checked))
    complaints = [
        *_duplicate_agencies(paths, reports),
        *_inconsistent_reports(paths, sources, checked),
        *_blank_cells(paths, found.lacks),
        *failures,
    ]
    for complaint in complaints:
        say(complaint)
    return worst_exit_code([EXIT_FINDINGS if complaints else EXIT_CLEAN, EXIT_INTERNAL if failures else EXIT_CLEAN])


def _require_distinct(paths: Sequence[str], output: str) -> None:
    """Validate that no file is given twice and the output is not one of them.

    Raises:
        CannotError: it is.
    """
    for at, path in enumerate(paths):
        if output != STDIN and same_file(path, output):
            raise CannotError(diff_words.OWN_PART.format(path=output))
        again = next((other for other in paths[at + 1 :] if same_file(path, other)), None)
        if again is not None:
            raise CannotError(diff_words.SAME_TWICE.format(first=path, other=again))


def _require_same_form(paths: Sequence[str], reports: Sequence[Report]) -> None:
    """Validate that all reports have the same year and the same edition, one with tables.

    Raises:
        CannotError: they do not.
    """
    first = reports[0]
    if not first.edition.tables:
        raise CannotError(diff_words.NO_TABLES.format(edition=first.edition.id))
    for path, report in zip(paths, reports, strict=True):
        if not report.header.year:
            raise CannotError(diff_words.NO_YEAR.format(path=shown_path(path)))
        if report.edition != first.edition:
            said = diff_words.SEVERAL_EDITIONS.format(first=paths[0], one=first.edition.id, other=path, two=report.edition.id)
            raise CannotError(said)
        if report.header.year != first.header.year:
            raise CannotError(diff_words.SEVERAL_YEARS.format(first=paths[0], one=first.header.year, other=path, two=report.header.year))


def _duplicate_agencies(paths: Sequence[str], reports: Sequence[Report]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for path, report in zip(paths, reports, strict=True):
        agency = "".join(report.header.agency.split())
        if agency in seen:
            yield diff_words.TWICE.format(agency=clean_line(report.header.agency), first=seen[agency], other=path)
        elif agency:
            seen[agency] = path


def _failures(paths: Sequence[str], checked: Sequence[Iterable[Finding]]) -> Iterator[str]:
    """Yield messages about internal failures while checking the reports."""
    for path, findings in zip(paths, checked, strict=True):
        for finding in findings:
            if finding.code in FAILURES:
                yield common_words.ERROR.format(message=f"{shown_path(path)}：{load_catalogue().message(finding)}")


def _inconsistent_reports(paths: Sequence[str], sources: Sequence[ReportFile], checked: Sequence[Iterable[Finding]]) -> Iterator[str]:
    """Yield messages about reports whose tables are inconsistent or could not be fully read."""
    for path, source, findings in zip(paths, sources, checked, strict=True):
        identities = {equation.code for equation in source.report.edition.equations}
        table_codes = identities | {problem.code for problem in source.problems}
        wrong = [one for one in findings if one.severity is Severity.ERROR and not one.waived and one.code in table_codes]
        if wrong:
            yield diff_words.WRONG_PART.format(path=shown_path(path), count=len(wrong))


def _blank_cells(paths: Sequence[str], lacks: Sequence[UnsummedCell]) -> Iterator[str]:
    for lack in lacks[:LISTED]:
        value = (
            diff_words.LACKING_WORDS.format(words=clean_line(lack.value.raw)) if isinstance(lack.value, Text) else diff_words.LACKING_BLANK
        )
        yield diff_words.LACKING.format(name=lack.name, path=paths[lack.report], value=value)
    if len(lacks) > LISTED:
        yield diff_words.MORE_LACKING.format(count=len(lacks) - LISTED)
