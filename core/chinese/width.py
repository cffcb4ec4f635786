"""Display width of text in a terminal, or wherever Chinese characters are two columns wide.

By Unicode's East Asian Width: wide and full-width characters take 2 columns, combining marks and format characters none, and
*ambiguous* ones (“ ” — · ─ │ ①) 1 or 2: 2 in Chinese fonts, 1 in most terminals.
"""

from __future__ import annotations

import unicodedata
from typing import Final, Literal

Ambiguous = Literal[1, 2]
"""Width in columns of an ambiguous character."""
CUT: Final = ".."
"""Ellipsis at the end of a shortened text."""


class _Widths(dict[str, int]):
    """Cache of character → width in columns."""

    __slots__ = ("ambiguous",)

    def __init__(self, ambiguous: Ambiguous) -> None:
        super().__init__()
        self.ambiguous = ambiguous

    def __missing__(self, char: str) -> int:
        columns = 1
        if unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"}:
            columns = 0
        elif (kind := unicodedata.east_asian_width(char)) in {"W", "F"}:
            columns = 2
        elif kind == "A":
            columns = self.ambiguous
        self[char] = columns
        return columns


_WIDTHS: dict[Ambiguous, _Widths] = {1: _Widths(1), 2: _Widths(2)}


def char_widths(ambiguous: Ambiguous = 1) -> dict[str, int]:
    """Return the table of character widths. Use `[]`, which computes missing entries; `get` does not."""
    return _WIDTHS[ambiguous]


def text_width(text: str, ambiguous: Ambiguous = 1) -> int:
    """Return the width of a line of text in columns; control characters take none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_WIDTHS[ambiguous].__getitem__, text))


def centred(text: str, width: int, ambiguous: Ambiguous = 1) -> str:
    """Centre a text by spaces to `width` columns; an odd space goes to the right."""
    free = max(width - text_width(text, ambiguous), 0)
    return " " * (free // 2) + text + " " * (free - free // 2)


def left_aligned(text: str, width: int, ambiguous: Ambiguous = 1) -> str:
    """Pad a text on the right with spaces to `width` columns."""
    return text + " " * (width - text_width(text, ambiguous))


def right_aligned(text: str, width: int, ambiguous: Ambiguous = 1) -> str:
    """Pad a text on the left with spaces to `width` columns."""
    return " " * (width - text_width(text, ambiguous)) + text


def shorten(text: str, width: int, ambiguous: Ambiguous = 1) -> str:
    """Truncate a text to `width` columns, ending in `CUT` if it was longer."""
    if text_width(text, ambiguous) <= width:
        return text
    room = width - len(CUT)
    if room <= 0:
        return CUT[: max(width, 0)]
    kept = ""
    for character in text:
        room -= text_width(character, ambiguous)
        if room < 0:
            break
        kept += character
    return kept + CUT


def pad(text: str, width: int, ambiguous: Ambiguous = 1) -> str:
    """Truncate a text or pad it on the right to exactly `width` columns."""
    return left_aligned(shorten(text, width, ambiguous), width, ambiguous)
