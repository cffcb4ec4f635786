"""`nianbao explain CODE`: what a rule means, its clause, an example, how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.chinese.line_break import wrap
from ..core.nearest import nearest
from ..templates import load_catalogue
from . import ui_text
from .diagnostics import EXIT_CLEAN, CannotError, Parser
from .output import write

if TYPE_CHECKING:
    import argparse

    from ..core.checks.finding import Rule

ABOUT = ui_text.EXPLAIN_ABOUT
WIDTH = 76


def add_arguments(parser: Parser) -> None:
    """The arguments of `nianbao explain`."""
    parser.given.add_argument("code", metavar="CODE", help=ui_text.CODE)


def run(args: argparse.Namespace) -> int:
    """Print the explanation of one rule."""
    catalogue = load_catalogue()
    code = args.code.strip().upper()
    if code not in catalogue:
        guess = nearest(code, catalogue)
        hint = ui_text.DID_YOU_MEAN.format(name=guess) if guess else ""
        raise CannotError(ui_text.UNKNOWN_CODE.format(code=args.code) + hint)
    write(explanation(catalogue[code]))
    return EXIT_CLEAN


def explanation(rule: Rule) -> str:
    """A rule as a page of text."""
    lines = [f"{rule.code}  {rule.title}"]
    for name, text in parts(rule):
        lines += ["", f"【{name}】", *(f"  {line}" for line in wrap(text, WIDTH - 2))]
    return "\n".join(lines) + "\n"


def parts(rule: Rule) -> tuple[tuple[str, str], ...]:
    """The parts of an explanation, each with its heading."""
    level = ui_text.SEVERITIES[rule.severity]
    if rule.draft is not rule.severity:
        level += ui_text.LEVEL_DRAFT.format(draft=ui_text.SEVERITIES[rule.draft])
    years = ((ui_text.YEARS, ui_text.COMPARES_YEARS),) if rule.compares_years else ()
    return (
        (ui_text.LEVEL, level),
        (ui_text.MEANING, rule.explain),
        (ui_text.CLAUSE, rule.clause + (ui_text.LAW if rule.law else ui_text.CUSTOM)),
        *years,
        (ui_text.EXAMPLE, rule.example),
        (ui_text.MEND, rule.mend),
    )
