"""Frame of a text written by `nianbao export`: title, agency and date, draft marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from ..chinese.line_break import INDENT
from ..publishing import fixed_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..edition import Edition
    from .source_lines import SourceLine

_DATE: Final = re.compile(r"(\d{1,4})年(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True, slots=True)
class Frame:
    """Title and signature of an exported text."""

    title: str = ""
    agency: str = ""
    published: date | None = None


def without_draft_marks(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Remove the draft marks at the start and end of the document."""
    filled = [index for index, line in enumerate(lines) if line.text.strip()]
    marks: set[int] = set()
    for ends in (filled, filled[::-1]):
        for index in ends[:2]:
            if lines[index].text.startswith(fixed_words.DRAFT):
                marks.add(index)
                break
    return [line for index, line in enumerate(lines) if index not in marks]


def is_placed(text: str) -> bool:
    """Return whether a line is centred or right-aligned with spaces, as titles and signatures are."""
    return text.startswith(" ") and not text.startswith(INDENT) and bool(text.strip())


def take_frame(lines: Sequence[SourceLine]) -> tuple[list[SourceLine], Frame]:
    """Split off title and signature. Return the lines between them, and the frame."""
    rest = list(lines)
    while rest and not rest[0].text.strip():
        rest.pop(0)
    title: list[str] = []
    while rest and rest[0].text.strip() and rest[0].cells is None:
        title.append(rest.pop(0).text.strip())
    while rest and not rest[-1].text.strip():
        rest.pop()
    tail: list[str] = []
    while rest and rest[-1].cells is None and is_placed(rest[-1].text):
        tail.insert(0, rest.pop().text.strip())
    published = None
    if tail and (found := _DATE.fullmatch(tail[-1])) is not None:
        published = _day(found)
        tail = tail[:-1] if published else tail
    return rest, Frame("".join(title), "".join(tail), published)


def split_frame_title(frame: Frame, edition: Edition) -> tuple[str, int, str]:
    """Return the agency, the year (0 if missing), and the title if it differs from the form's."""
    before, _, after = edition.title.partition("{agency}")
    middle, _, end = after.partition("{year}")
    pattern = f"{re.escape(before)}(?P<agency>.*){re.escape(middle)}(?P<year>\\d{{4}}|{fixed_words.MISSING}){re.escape(end)}"
    found = re.fullmatch(pattern, frame.title)
    if found is None:
        year = re.search(r"((?:19|20)\d{2})年", frame.title)
        return frame.agency, int(year[1]) if year else 0, frame.title
    agency = "" if found["agency"] == fixed_words.MISSING else found["agency"]
    year_text = found["year"]
    title = "" if not frame.agency or agency == frame.agency else frame.title
    return frame.agency or agency, 0 if year_text == fixed_words.MISSING else int(year_text), title


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
