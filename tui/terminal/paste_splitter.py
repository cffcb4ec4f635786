"""Telling pasted text from typed keys in what a terminal sends.

textual's parser reads escape sequences inside a paste as keys and loses their order, so pastes are taken out
before it sees them. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGIN = "\x1b[200~"
END = "\x1b[201~"


@dataclass(frozen=True, slots=True)
class Pasted:
    """One paste, complete."""

    text: str


@dataclass(slots=True)
class PasteSplitter:
    """Splits a stream of input; a marker may be cut in two by the end of a read."""

    _parts: list[str] = field(default_factory=list)
    """The paste so far, while one is going on."""
    _inside: bool = False
    _held: str = ""
    """The beginning of what may become a marker."""

    def feed(self, text: str) -> Iterator[str | Pasted]:
        """Keys and pastes in the order in which they came."""
        data = self._held + text
        self._held = ""
        while data:
            marker = END if self._inside else BEGIN
            before, found, after = data.partition(marker)
            if not found:
                before, self._held = _without_beginning_of(marker, before)
                data = ""
            else:
                data = after
            if self._inside:
                self._parts.append(before)
                if found:
                    yield Pasted("".join(self._parts))
                    self._parts.clear()
            elif before:
                yield before
            if found:
                self._inside = not self._inside

    @property
    def held(self) -> str:
        """What is held back at the moment, as far as it may be keys."""
        return "" if self._inside else self._held

    def release(self) -> str:
        """What was held back as a possible marker and turned out to be keys: nothing has followed for a while."""
        if self._inside:
            return ""
        held, self._held = self._held, ""
        return held


def _without_beginning_of(marker: str, text: str) -> tuple[str, str]:
    """The text without an end that a marker may begin with, and that end."""
    for length in range(min(len(marker) - 1, len(text)), 0, -1):
        if text.endswith(marker[:length]):
            return text[:-length], text[-length:]
    return text, ""
