"""Single-line input field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Offset
from textual.widgets import Input

from ...core.publishing.printable import clean_line

if TYPE_CHECKING:
    from textual import events


class LineInput(Input):
    """Single-line input without blinking; pasted text is reduced to one line without tabs."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(clean_line(value), placeholder=placeholder, id=id, compact=True)
        self.cursor_blink = False

    @property
    def cursor_screen_offset(self) -> Offset:
        """Screen position of the caret; textual's own is one column too far at the end of the text."""
        x, y, _, _ = self.content_region
        return Offset(x + cell_len(self.value[: self.cursor_position]) - self.scroll_offset.x, y)

    def on_paste(self, event: events.Paste) -> None:
        """Insert the first line of a paste instead of textual's default handling."""
        event.stop()
        event.prevent_default()
        lines = event.text.strip().splitlines()
        line = clean_line(lines[0]) if lines else ""
        if self.selection.is_empty:
            self.insert_text_at_cursor(line)
        else:
            self.replace(line, *self.selection)
