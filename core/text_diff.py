"""The changed range between two versions of a text, and mapping offsets from the old version to the new."""

from __future__ import annotations

from typing import NamedTuple


class TextChange(NamedTuple):
    """A change of the characters from `start` up to `old_end` into those from `start` up to `new_end` of the new text."""

    start: int
    old_end: int
    new_end: int

    def moved(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the old text to the new text. Text inserted at its edges is not part of the span."""
        shift = self.new_end - self.old_end
        if end <= self.start:
            return start, end
        if start >= self.old_end:
            return start + shift, end + shift
        # A span that lost its beginning or end keeps the rest.
        first = start if start <= self.start else self.new_end
        last = end + shift if end >= self.old_end else self.start
        return first, max(first, last)


def changed_range(old: str, new: str) -> TextChange:
    """Return the smallest single change that turns `old` into `new`: the range between the common prefix and the common suffix."""
    start = 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    old_end, new_end = len(old), len(new)
    while old_end > start and new_end > start and old[old_end - 1] == new[new_end - 1]:
        old_end -= 1
        new_end -= 1
    return TextChange(start, old_end, new_end)
