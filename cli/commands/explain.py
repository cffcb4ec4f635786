"""`nianbao explain CODE`: explain a rule by its meaning, legal basis, example and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.chinese.line_break import wrap
from ...core.did_you_mean import closest_name
from ...service.words.report_words import SEVERITIES
from ...templates import load_catalogue
from ..diagnostics import EXIT_CLEAN, CannotError, Parser
from ..output import write
from ..words import common_words

if TYPE_CHECKING:
    import argparse

    from ...core.checks.finding import Rule

ABOUT = common_words.EXPLAIN_ABOUT
WIDTH = 76


def add_arguments(parser: Parser) -> None:
    """Add the arguments of `nianbao explain`."""
    parser.given.add_argument("code", metavar="CODE", help=common_words.CODE)


def run(args: argparse.Namespace) -> int:
    """Print the explanation of a rule."""
    catalogue = load_catalogue()
    code = args.code.strip().upper()
    if code not in catalogue:
        guess = closest_name(code, catalogue)
        hint = common_words.DID_YOU_MEAN.format(name=guess) if guess else ""
        raise CannotError(common_words.UNKNOWN_CODE.format(code=args.code) + hint)
    write(explanation(catalogue[code]))
    return EXIT_CLEAN


def explanation(rule: Rule) -> str:
    """Return the explanation of a rule as text."""
    lines = [f"{rule.code}  {rule.title}"]
    for name, text in parts(rule):
        lines += ["", f"【{name}】", *(f"  {line}" for line in wrap(text, WIDTH - 2))]
    return "\n".join(lines) + "\n"


def parts(rule: Rule) -> tuple[tuple[str, str], ...]:
    """Return the parts of an explanation as (heading, text)."""
    level = SEVERITIES[rule.severity]
    if rule.draft is not rule.severity:
        level += common_words.LEVEL_DRAFT.format(draft=SEVERITIES[rule.draft])
    years = ((common_words.YEARS, common_words.COMPARES_YEARS),) if rule.compares_years else ()
    return (
        (common_words.LEVEL, level),
        (common_words.MEANING, rule.explain),
        (common_words.CLAUSE, rule.clause + (common_words.LAW if rule.law else common_words.CUSTOM)),
        *years,
        (common_words.EXAMPLE, rule.example),
        (common_words.MEND, rule.mend),
    )
