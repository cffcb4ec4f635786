"""Checks of leftovers in the prose: earlier years, other bodies, superseded citations, page furniture, errors of copying.

A family of such checks is a function from an `ExaminedText` to `Leftover`s; `leftover_check` makes a check of it. Families search for
a word before they try a pattern, and patterns are compiled on first use, so that clean prose costs little.
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
"""Maximum of findings of one family in one section; more would hide the other findings."""
ONCE = frozenset(("traditional",))
"""Variants reported only once per report."""
SHOWN = 40
"""Characters of the text quoted in a message."""


def leftover_check(family: Callable[[ExaminedText], Iterator[Leftover]]) -> Callable[[CheckContext], Iterator[Finding]]:
    """Return the check that runs a family on every text. It keeps the family's name and module."""

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
