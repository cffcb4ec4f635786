"""What was left over in the prose: last year's years, other bodies' names, superseded citations, page noise, slips of copying.

Each family is a function from a passage to its traces, and `in_prose` makes a check of it. Families look for a word before they
try a pattern, and their patterns are compiled when first needed, so that clean prose costs little.
"""

from __future__ import annotations

from functools import wraps
from itertools import islice
from typing import TYPE_CHECKING

from ..finding import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..context import CheckContext
    from ..finding import Finding
    from .examined_text import ExaminedText, Leftover

MOST = 10
"""Traces of one family in one section: more would bury what else there is to say."""
ONCE = frozenset(("traditional",))
"""Variants that are said once of a whole report."""
SHOWN = 40
"""Characters of the text that a message quotes."""


def in_prose(family: Callable[[ExaminedText], Iterator[Leftover]]) -> Callable[[CheckContext], Iterator[Finding]]:
    """The check that looks for a family's traces in every text; it keeps the family's name and module."""

    @wraps(family)
    def check(context: CheckContext) -> Iterator[Finding]:
        told: set[tuple[str, str]] = set()
        for passage in context.passages:
            for trace in islice(family(passage), MOST):
                if (trace.code, trace.variant) not in told:
                    yield _finding(context, passage, trace)
                if trace.variant in ONCE:
                    told.add((trace.code, trace.variant))

    return check


def _finding(context: CheckContext, passage: ExaminedText, trace: Leftover) -> Finding:
    found = " ".join(passage.text[trace.start : trace.end].split())
    words = {"found": found if len(found) <= SHOWN else found[: SHOWN - 1] + "…", "year": passage.year, "agency": passage.agency}
    if trace.variant:
        words["variant"] = trace.variant
    return context.finding(
        trace.code, words | dict(trace.words), span=Span(passage.section, trace.start, trace.end), severity=trace.severity
    )
