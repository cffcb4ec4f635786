"""Separation of bracketed pastes from typed keys in terminal input. Pure.

textual's parser reads escape sequences inside a paste as keys and loses their order, so pastes are extracted before it sees them.
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
    """A complete paste."""

    text: str


@dataclass(slots=True)
class PasteSplitter:
    """Incremental splitter; a marker may be split between two reads."""

    _parts: list[str] = field(default_factory=list)
    """Parts of the current paste."""
    _inside: bool = False
    _held: str = ""
    """Held-back input that may be the start of a marker."""

    def feed(self, text: str) -> Iterator[str | Pasted]:
        """Iterate over keys (str) and pastes in order of arrival."""
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
        """Held-back input that may be keys; empty inside a paste."""
        return "" if self._inside else self._held

    def release(self) -> str:
        """Return and clear held-back input that turned out to be keys, because nothing followed for a while."""
        if self._inside:
            return ""
        held, self._held = self._held, ""
        return held


def _without_beginning_of(marker: str, text: str) -> tuple[str, str]:
    """Split text before the longest suffix that is a proper prefix of the marker."""
    for length in range(min(len(marker) - 1, len(text)), 0, -1):
        if text.endswith(marker[:length]):
            return text[:-length], text[-length:]
    return text, ""
