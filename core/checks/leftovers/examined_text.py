"""Text of one section prepared for the checks of leftovers, and what these checks return."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...chinese.punctuation import SENTENCE_ENDS

if TYPE_CHECKING:
    from ...edition import Edition
    from ...ids import SectionId
    from ..finding import Severity

REACH = 240
"""Maximum distance in characters to the ends of a sentence. Keeps the search linear in texts without sentence ends."""


class ExaminedText(NamedTuple):
    """The prose of one section with the header data and edition of its report."""

    section: SectionId
    text: str
    """The original prose."""
    plain: str
    """The same in simplified characters with ordinary digits; offsets are equal (`reading_copy`)."""
    agency: str
    year: int
    """The report's year; 0 if not given."""
    edition: Edition
    first: bool
    """Whether it is the preface or the first section, in which a report introduces itself."""
    problems: bool
    """Whether it is the section about problems and remedies."""


class Leftover(NamedTuple):
    """Text that does not belong in the report: the rule's code, a span of the section's text, and parameters of the message."""

    code: str
    start: int
    end: int
    variant: str = ""
    words: tuple[tuple[str, str], ...] = ()
    severity: Severity | None = None
    """Overrides the rule's severity; None keeps it."""


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentence that contains the characters `[start, end)`."""
    low, high = max(0, start - REACH), min(len(text), end + REACH)
    first = max(text.rfind(mark, low, start) for mark in SENTENCE_ENDS) + 1
    ends = [at for mark in SENTENCE_ENDS if (at := text.find(mark, end, high)) >= 0]
    return max(first, low), min(ends, default=high)
