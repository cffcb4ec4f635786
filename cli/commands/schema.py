"""`nianbao schema`: JSON Schema of report files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...files.report.json_schema import report_schema
from ...templates import edition_ids, load_edition
from ..diagnostics import EXIT_CLEAN, Parser
from ..output import json_text, write
from ..words import common_words

if TYPE_CHECKING:
    import argparse

ABOUT = common_words.SCHEMA_ABOUT


def add_arguments(parser: Parser) -> None:
    """Add the arguments of `nianbao schema`."""
    parser.choices.add_argument("--edition", choices=edition_ids(), default=None, help=common_words.SCHEMA_EDITION)


def run(args: argparse.Namespace) -> int:
    """Print the schema."""
    names = [args.edition] if args.edition else edition_ids()
    schema = report_schema([load_edition(name) for name in names])
    write(json_text(schema))
    return EXIT_CLEAN
