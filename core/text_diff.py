"""Where two texts differ, and where a place of the one stands in the other. Pure."""

from __future__ import annotations

from typing import NamedTuple


class TextChange(NamedTuple):
    """Characters `start` up to `old_end` of a text became `start` up to `new_end` of another."""

    start: int
    old_end: int
    new_end: int

    def moved(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the old text stands in the new one; what was typed at its edges does not belong to it."""
        shift = self.new_end - self.old_end
        if end <= self.start:
            return start, end
        if start >= self.old_end:
            return start + shift, end + shift
        # A stretch that loses its beginning or its end keeps the rest.
        first = start if start <= self.start else self.new_end
        last = end + shift if end >= self.old_end else self.start
        return first, max(first, last)


def changed_range(old: str, new: str) -> TextChange:
    """Where two texts differ."""
    start = 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    old_end, new_end = len(old), len(new)
    while old_end > start and new_end > start and old[old_end - 1] == new[new_end - 1]:
        old_end -= 1
        new_end -= 1
    return TextChange(start, old_end, new_end)
