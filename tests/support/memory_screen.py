"""pyte's screen without its one error that matters here."""

from __future__ import annotations

import pyte


class MemoryScreen(pyte.Screen):
    """A terminal in memory that forgets what is pushed over its right edge; pyte keeps one cell of it and pulls it back on a deletion."""

    def insert_characters(self, count: int | None = None) -> None:
        """Push the rest of the line to the right."""
        super().insert_characters(count)
        self.buffer[self.cursor.y].pop(self.columns, None)
