"""`nianbao export`: export a report as text in the official layout."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ...core.checks.boundary import FAILURES
from ...core.publishing.style import GREATEST_WIDTH, LEAST_WIDTH, Borders, TextStyle
from ...files.saving.output_format import ExportFormat
from ...service.check_file import CheckOptions, examine_source
from ...service.export_report import errors_in, exported
from ...service.words.policy_words import policy_sentences
from ...templates import load_catalogue
from ..diagnostics import EXIT_CLEAN, EXIT_FINDINGS, EXIT_INTERNAL, STDIN, Parser, UsageError, integer_between, say, shown_path
from ..failures import trace
from ..input_paths import file_path, read_source, same_file
from ..output import write
from ..policy_options import add_policy_arguments, require_policy
from ..words import common_words
from ..write_result import export_format, write_export

if TYPE_CHECKING:
    import argparse

    from ...service.reports import ReportFile

ABOUT = common_words.EXPORT_ABOUT


def add_arguments(parser: Parser) -> None:
    """Add the arguments of `nianbao export`."""
    parser.given.add_argument("file", metavar="FILE", help=common_words.REPORT_FILE)
    add = parser.choices.add_argument
    add("-o", "--output", default=STDIN, metavar="OUT", help=common_words.OUT)
    add("--format", choices=list(ExportFormat), default=None, help=common_words.EXPORT_FORMAT)
    add("--width", type=integer_between(LEAST_WIDTH, GREATEST_WIDTH), default=LEAST_WIDTH, metavar="N", help=common_words.WIDTH)
    add("--borders", choices=list(Borders), default=Borders.UNICODE.value, help=common_words.BORDERS)
    add("--ambiguous", type=int, choices=(1, 2), default=2, help=common_words.AMBIGUOUS)
    add("--draft", action="store_true", help=common_words.EXPORT_DRAFT)
    add("--force", action="store_true", help=common_words.EXPORT_FORCE)
    add_policy_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Export the report; exit code 1 if it has errors and is not exported as a draft."""
    require_policy(args.policy)
    source = read_source(args.file)
    if STDIN not in (args.output, args.file) and same_file(args.file, args.output):
        raise UsageError(common_words.SAME_FILE.format(path=args.output))
    wanted = export_format(args.output, args.format)
    style = TextStyle(width=args.width, borders=Borders(args.borders), ambiguous=args.ambiguous)
    found = exported(source.report, style, draft=args.draft, wanted=wanted)
    if args.output == STDIN:
        write(found.text)
    else:
        write_export(args.output, found.text, force=args.force)
    if found.borders is not style.borders:
        say(common_words.ASCII_USED.format(width=args.width))
    if not found.fits:
        say(common_words.TOO_WIDE.format(width=args.width))
    return EXIT_CLEAN if args.draft else _warn(args.file, source, args.policy)


def _warn(path: str, source: ReportFile, policy: str) -> int:
    found = examine_source(source, file_path(path), CheckOptions(policy=policy), on_failure=trace)[0]
    sys.stdout.flush()
    for sentence in policy_sentences(found.policy):
        say(sentence)
    errors = errors_in(found.findings)
    if not errors:
        return EXIT_CLEAN
    say(common_words.EXPORTED_WITH_ERRORS.format(errors=len(errors), path=shown_path(path), message=load_catalogue().message(errors[0])))
    return EXIT_INTERNAL if any(finding.code in FAILURES for finding in errors) else EXIT_FINDINGS
