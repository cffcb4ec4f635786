"""A piece of prose under examination, and what a check of left-over text says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...chinese.punctuation import SENTENCE_ENDS

if TYPE_CHECKING:
    from ...edition import Edition
    from ...ids import SectionId
    from ..finding import Severity

REACH = 240
"""Characters to either side within which the ends of a sentence are looked for: keeps reading linear where there are none."""


class ExaminedText(NamedTuple):
    """The prose of one section with what its report says of itself."""

    section: SectionId
    text: str
    """The prose as it came."""
    plain: str
    """The same in simplified script with ordinary figures, letter for letter (`reading_copy`)."""
    agency: str
    year: int
    """0 where the report gives none."""
    edition: Edition
    first: bool
    """Whether it is the preface or the first section, where a report introduces itself."""
    problems: bool
    """Whether it is the section that names problems and improvements."""


class Leftover(NamedTuple):
    """Something that does not belong: a rule's code, a place in the passage, and the words of the message."""

    code: str
    start: int
    end: int
    variant: str = ""
    words: tuple[tuple[str, str], ...] = ()
    severity: Severity | None = None
    """Another severity than the rule's own."""


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence begins and ends that holds the characters from start to end."""
    low, high = max(0, start - REACH), min(len(text), end + REACH)
    first = max(text.rfind(mark, low, start) for mark in SENTENCE_ENDS) + 1
    ends = [at for mark in SENTENCE_ENDS if (at := text.find(mark, end, high)) >= 0]
    return max(first, low), min(ends, default=high)
