"""`nianbao new`: a blank report, or next year's from last year's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ...core.carry_over import carried_into
from ...core.report import Header, Report, blank_report
from ...files.report.parse import KINDS
from ...files.report.serialize import report_bytes
from ...templates import LAST_YEAR, UnknownEditionError, edition_for_year, edition_ids, load_edition
from ..diagnostics import EXIT_CLEAN, STDIN, CannotError, Parser, UsageError, say, whole_number
from ..output import write
from ..words import common_words
from ..write_result import require_report_name, write_report
from .export import read_source, same_file

if TYPE_CHECKING:
    import argparse

    from ...core.edition import Edition

ABOUT = common_words.NEW_ABOUT
SEASON = 7
"""From July on, the report that is next due is the current year's."""


def add_arguments(parser: Parser) -> None:
    """The arguments of `nianbao new`."""
    parser.given.add_argument("output", nargs="?", default=STDIN, metavar="OUT", help=common_words.NEW_OUT)
    add = parser.choices.add_argument
    add("--agency", default="", help=common_words.AGENCY)
    add("--kind", choices=KINDS, default=None, help=common_words.KIND)
    add("--year", type=whole_number(1, LAST_YEAR), default=None, help=common_words.YEAR)
    add("--from", dest="last", default="", metavar="FILE", help=common_words.FROM)
    add("--force", action="store_true", help=common_words.FORCE)


def run(args: argparse.Namespace) -> int:
    """Write the new report."""
    if args.last and STDIN not in (args.output, args.last) and same_file(args.last, args.output):
        raise CannotError(common_words.SAME_SOURCE.format(path=args.output))
    require_report_name(args.output)
    report = _next(args) if args.last else _blank(args)
    data = report_bytes(report)
    if args.output == STDIN:
        write(data.decode("utf-8"))
    else:
        write_report(args.output, data, force=args.force)
    return EXIT_CLEAN


def edition_of(year: int) -> Edition:
    """The edition for a year. Raises UsageError."""
    try:
        return edition_for_year(year)
    except UnknownEditionError:
        first = min(load_edition(name).first_year for name in edition_ids())
        raise UsageError(common_words.NO_EDITION.format(year=year, first=first)) from None


def due_year(today: date) -> int:
    """The year of the report that is next due, or was due last."""
    return today.year if today.month >= SEASON else today.year - 1


def _blank(args: argparse.Namespace) -> Report:
    year = due_year(date.today()) if args.year is None else args.year  # noqa: DTZ011 - the clerk's own calendar
    return blank_report(edition_of(year), Header(agency=args.agency, kind=args.kind or "department", year=year))


def _next(args: argparse.Namespace) -> Report:

    last = read_source(args.last).report
    year = _following(args.last, last.header.year, args.year)
    report = carried_into(last, edition_of(year), year)
    header = report.header._replace(agency=args.agency or report.header.agency, kind=args.kind or report.header.kind)
    if header.carried:
        say(common_words.NEW_CARRIED.format(count=len(header.carried)))
    if year != last.header.year + 1:
        told = common_words.NEW_NOT_LAST_YEAR if last.header.year else common_words.NEW_YEAR_NOT_TOLD
        say(told.format(path=args.last, last=last.header.year, before=year - 1))
    if last.edition != report.edition:
        say(common_words.NEW_EDITION_CHANGED.format(old=last.edition.id, new=report.edition.id))
    return report.with_header(header)


def _following(path: str, last: int, wanted: int | None) -> int:
    """The year of a report made from that of `last` (0 where it names none). Raises UsageError where it does not come later."""
    if wanted is None and not last:
        raise UsageError(common_words.NEW_YEAR_UNKNOWN.format(path=path))
    year = last + 1 if wanted is None else wanted
    if year <= last:
        raise UsageError(common_words.NEW_NOT_LATER.format(path=path, last=last, year=year))
    return year
