"""Draft of a cell value: the line editor inside a cell."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...core.chinese.width import text_width

if TYPE_CHECKING:
    from ...core.chinese.width import Ambiguous

#: Characters besides digits that start a value.
_BEGINNINGS = frozenset("+-−–—./无增减(")


#: Keys that always leave the cell, and keys that move the caret when the value is edited rather than replaced.
VERTICAL = frozenset({"up", "down", "pageup", "pagedown"})
HORIZONTAL = frozenset({"left", "right", "home", "end"})


@dataclass(slots=True)
class CellDraft:
    """The typed text and the caret's offset in it."""

    text: str
    caret: int
    replaces: bool = False
    """Whether typing replaced the old value: horizontal keys then leave the cell. Started with F2, they move the caret."""

    def insert(self, text: str) -> None:
        """Insert text at the caret."""
        self.text = self.text[: self.caret] + text + self.text[self.caret :]
        self.caret += len(text)

    def delete(self, step: int) -> None:
        """Delete the character before the caret (-1) or after it (0)."""
        at = self.caret + step
        if 0 <= at < len(self.text):
            self.text = self.text[:at] + self.text[at + 1 :]
            self.caret = at

    def take(self, key: str, character: str | None) -> bool:
        """Handle a key while a value is typed; return whether it was handled."""
        if key in VERTICAL or (self.replaces and key in HORIZONTAL):
            return False
        match key:
            case "backspace":
                self.delete(-1)
            case "delete":
                self.delete(0)
            case "left":
                self.caret = max(self.caret - 1, 0)
            case "right":
                self.caret = min(self.caret + 1, len(self.text))
            case "home":
                self.caret = 0
            case "end":
                self.caret = len(self.text)
            case _ if character:
                self.insert(character)
            case _:
                return False
        return True

    def window(self, width: int, ambiguous: Ambiguous = 1) -> tuple[int, str]:
        """Return the part of the text that fits `width` columns and contains the caret: its start offset and the text."""
        room = width - 1 if self.caret == len(self.text) else width
        start = 0
        while text_width(self.text[start : max(self.caret, start + 1)], ambiguous) > room:
            start += 1
        shown = self.text[start:] + (" " if self.caret == len(self.text) else "")
        while text_width(shown, ambiguous) > width:
            shown = shown[:-1]
        return start, shown

    def caret_column(self, width: int, ambiguous: Ambiguous = 1) -> int:
        """Return the caret's column in a right-aligned cell of `width` columns."""
        start, shown = self.window(width, ambiguous)
        column = width - text_width(shown, ambiguous) + text_width(self.text[start : self.caret], ambiguous)
        return min(column, width - 1)


def begins_value(character: str) -> bool:
    """Return whether typing this character on a cell starts a new value."""
    plain = unicodedata.normalize("NFKC", character)
    return plain[:1].isdigit() or plain in _BEGINNINGS
