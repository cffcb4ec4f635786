"""`nianbao rules`: list all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...service.words.report_words import SEVERITIES
from ...templates import load_catalogue
from ..diagnostics import EXIT_CLEAN, Parser
from ..output import json_text, write
from ..words import common_words

if TYPE_CHECKING:
    import argparse

    from ...core.checks.finding import Rule

ABOUT = common_words.RULES_ABOUT


def add_arguments(parser: Parser) -> None:
    """Add the arguments of `nianbao rules`."""
    parser.choices.add_argument("--format", choices=("text", "json"), default="text", help=common_words.RULES_FORMAT)


def run(args: argparse.Namespace) -> int:
    """Print all rules."""
    rules = load_catalogue().values()
    if args.format == "json":
        write(json_text([rule_data(rule) for rule in rules]))
    else:
        write("".join(f"{rule.code}  {SEVERITIES[rule.severity]}  {rule.title}\n" for rule in rules))
    return EXIT_CLEAN


def rule_data(rule: Rule) -> dict[str, object]:
    """Return a rule as JSON data."""
    return {
        "code": rule.code,
        "severity": rule.severity.value,
        "title": rule.title,
        "clause": rule.clause,
        "law": rule.law,
        "explain": rule.explain,
        "example": rule.example,
        "mend": rule.mend,
    }
