"""Panel below the pane with the document from which the report was imported; it follows the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import words
from .list_pane import TextPane

if TYPE_CHECKING:
    from ...core.chinese.width import Ambiguous
    from ..import_source import ImportSource

BEFORE = 1
"""Context lines above the current line."""
MOST = 12
"""Maximum number of lines shown."""


class SourcePanel(TextPane, can_focus=False):
    """Read-only panel; the focus stays with the cells and the prose."""

    def __init__(self, *, ambiguous: Ambiguous = 1, id: str | None = None) -> None:  # noqa: A002 - textual's own name
        super().__init__("", ambiguous=ambiguous, id=id)

    def show(self, source: ImportSource, line: int) -> None:
        """Show the source around a line, or from its beginning if the line is 0."""
        shown = source.lines_from(line, BEFORE)[:MOST]
        here = next((number for number, _ in shown if number >= line), 0) if line else 0
        self.border_title = words.plain_title(words.source_title(source.name, line))
        self.text = "\n".join(words.source_line(number, text, here=number == here) for number, text in shown)
