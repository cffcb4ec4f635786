"""`nianbao schema`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..files.schema import report_schema
from ..templates import edition_ids, load_edition
from . import ui_text
from .diagnostics import EXIT_CLEAN, Parser
from .output import json_text, write

if TYPE_CHECKING:
    import argparse

ABOUT = ui_text.SCHEMA_ABOUT


def add_arguments(parser: Parser) -> None:
    """The arguments of `nianbao schema`."""
    parser.choices.add_argument("--edition", choices=edition_ids(), default=None, help=ui_text.SCHEMA_EDITION)


def run(args: argparse.Namespace) -> int:
    """Print the schema."""
    names = [args.edition] if args.edition else edition_ids()
    schema = report_schema([load_edition(name) for name in names])
    write(json_text(schema))
    return EXIT_CLEAN
