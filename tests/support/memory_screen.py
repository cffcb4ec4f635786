"""pyte's screen with one defect corrected."""

from __future__ import annotations

import pyte


class MemoryScreen(pyte.Screen):
    """In-memory terminal that discards what is pushed past its right edge; pyte keeps one such cell and restores it on a deletion."""

    def insert_characters(self, count: int | None = None) -> None:
        """Insert blanks and shift the rest of the line right."""
        super().insert_characters(count)
        self.buffer[self.cursor.y].pop(self.columns, None)
