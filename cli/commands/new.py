"""`nianbao new`: create a report, blank or carried over from last year's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...files.report.parse import KINDS
from ...files.report.serialize import report_bytes
from ...files.saving.process import now
from ...service.create_report import NewReportError, make_report
from ...service.words.new_report_words import carried_sentences, refusal_sentence
from ...templates import LAST_YEAR
from ..diagnostics import EXIT_CLEAN, STDIN, CannotError, Parser, UsageError, integer_between, say
from ..input_paths import read_source, same_file
from ..output import write
from ..words import common_words
from ..write_result import require_report_name, write_report

if TYPE_CHECKING:
    import argparse

    from ...service.create_report import NewReport

ABOUT = common_words.NEW_ABOUT


def add_arguments(parser: Parser) -> None:
    """Add the arguments of `nianbao new`."""
    parser.given.add_argument("output", nargs="?", default=STDIN, metavar="OUT", help=common_words.NEW_OUT)
    add = parser.choices.add_argument
    add("--agency", default="", help=common_words.AGENCY)
    add("--kind", choices=KINDS, default=None, help=common_words.KIND)
    add("--year", type=integer_between(1, LAST_YEAR), default=None, help=common_words.YEAR)
    add("--from", dest="last", default="", metavar="FILE", help=common_words.FROM)
    add("--force", action="store_true", help=common_words.FORCE)


def run(args: argparse.Namespace) -> int:
    """Write the new report."""
    if args.last and STDIN not in (args.output, args.last) and same_file(args.last, args.output):
        raise CannotError(common_words.SAME_SOURCE.format(path=args.output))
    require_report_name(args.output)
    data = report_bytes(_make(args).report)
    if args.output == STDIN:
        write(data.decode("utf-8"))
    else:
        write_report(args.output, data, force=args.force)
    return EXIT_CLEAN


def _make(args: argparse.Namespace) -> NewReport:
    last = read_source(args.last).report if args.last else None
    today = now().date()
    try:
        made = make_report(today=today, year=args.year or 0, agency=args.agency, kind=args.kind or "", last=last)
    except NewReportError as error:
        raise UsageError(refusal_sentence(error, args.last)) from None
    sentence = common_words.NEW_DATED if made.dated else common_words.NEW_MADE
    say(sentence.format(year=made.year, edition=made.report.edition.id))
    for remark in carried_sentences(made, args.last):
        say(remark)
    return made
