"""The preview: exactly the text that export writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen

from .. import ui_text
from ..actions import Scope, bindings
from ..widgets.bars import FooterBar, HeaderBar
from ..widgets.list_pane import TextPane

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from ...core.text.width import Ambiguous


class PreviewScreen(Screen[str | None]):
    """A text to read; gives back `export` where it is to be written."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.PREVIEW)

    def __init__(self, text: str, *, ambiguous: Ambiguous, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._text = text
        self._ambiguous: Ambiguous = ambiguous
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """The text between a header and the keys."""
        header = HeaderBar(ambiguous=self._ambiguous)
        header.title = ui_text.PREVIEW_TITLE
        yield header
        yield TextPane(self._text, wrapped=False, ambiguous=self._ambiguous)
        footer = FooterBar(self._keymap, ambiguous=self._ambiguous)
        footer.scope = Scope.PREVIEW
        yield footer

    def on_mount(self) -> None:
        """The keyboard goes to the text."""
        self.set_focus(self.query_one(TextPane))

    def action_export_preview(self) -> None:
        """Write it to a file."""
        self.dismiss("export")

    def action_copy_preview(self) -> None:
        """Send it to the clipboard of the user's machine."""
        self.app.copy_to_clipboard(self._text)
        self.query_one(HeaderBar).state = ui_text.COPIED_ALL

    def action_close_preview(self) -> None:
        """Go back to the report."""
        self.dismiss(None)
