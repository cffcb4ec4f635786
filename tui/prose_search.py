"""Search in the prose: occurrences of a text, and the outline of numbered headings. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.chinese.numerals import TO_TEN
from ..core.ids import PREFACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..core.ids import SectionId
    from ..core.report import Report

_HEADING = re.compile(
    r"^[\s\u3000]*(?:"
    rf"(?P<first>[{TO_TEN}]+、)|"
    rf"(?P<second>[（(][{TO_TEN}]+[）)])|"
    r"(?P<third>\d{1,2}[.．、](?!\d))|"
    r"(?P<fourth>[（(]\d{1,2}[）)])"
    r")"
)
_LEVELS = ("first", "second", "third", "fourth")
#: Maximum length of a heading in characters, for one that continues as a paragraph.
LONGEST_HEADING = 40


@dataclass(frozen=True, slots=True)
class TextRange:
    """Half-open range in one section's text."""

    section: SectionId
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OutlineHeading:
    """Numbered heading within a section."""

    level: int
    """0 for 一、, 1 for （一）, 2 for 1., 3 for （1）."""
    text: str
    start: int


def outline(text: str) -> list[OutlineHeading]:
    """Return the numbered headings of a text; a heading ends with its first sentence."""
    headings = []
    start = 0
    for line in text.split("\n"):
        found = _HEADING.match(line)
        if found is not None:
            level = next(position for position, name in enumerate(_LEVELS) if found[name])
            words = re.split(r"[。；：]", line.strip(), maxsplit=1)[0]
            headings.append(OutlineHeading(level, words[:LONGEST_HEADING], start))
        start += len(line) + 1
    return headings


def sections_with_text(report: Report) -> list[tuple[SectionId, str]]:
    """Return the preface and every section with their texts, in reading order."""
    named = [(section.id, text) for section, text in zip(report.edition.sections, report.texts, strict=True)]
    return [(PREFACE, report.header.preface), *named]


def occurrences(report: Report, wanted: str) -> Iterator[TextRange]:
    """Iterate over the non-overlapping occurrences of a text, in reading order."""
    if not wanted:
        return
    for section, text in sections_with_text(report):
        start = text.find(wanted)
        while start >= 0:
            yield TextRange(section, start, start + len(wanted))
            start = text.find(wanted, start + len(wanted))


def next_place(places: list[TextRange], report: Report, section: SectionId, offset: int) -> TextRange | None:
    """Return the first occurrence at or after a position, wrapping around; None if there are none."""
    if not places:
        return None
    order = {name: position for position, (name, _) in enumerate(sections_with_text(report))}
    here = (order[section], offset)
    later = [place for place in places if (order[place.section], place.start) >= here]
    return (later or places)[0]


def count_characters(text: str) -> int:
    """Count the characters other than white space, as word processors do."""
    return sum(1 for character in text if not character.isspace())
