"""Preview of the text that export writes, unchanged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen

from ...core.publishing.style import Borders
from ...service.export_report import USUAL_STYLE, exported
from .. import words
from ..keys.actions import Scope, bindings
from ..widgets.bars import FooterBar, HeaderBar
from ..widgets.list_pane import TextPane

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from ...core.chinese.width import Ambiguous
    from ...core.publishing.official_text import ExportedText
    from ...core.report import Report


class PreviewScreen(Screen[str | None]):
    """Preview of the exported text. Returns the text if exactly this text is to be written."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.PREVIEW)

    def __init__(
        self,
        report: Report,
        *,
        unfinished: bool,
        ambiguous: Ambiguous,
        keymap: Mapping[str, str],
    ) -> None:
        super().__init__()
        self._report = report
        self._style = USUAL_STYLE
        self._draft = False
        self._unfinished = unfinished
        self._ambiguous: Ambiguous = ambiguous
        self._keymap = keymap
        self._shown = self._export()

    def compose(self) -> ComposeResult:
        """Lay out the text between header and footer."""
        header = HeaderBar(ambiguous=self._ambiguous)
        header.title = words.preview_title(unfinished=self._unfinished)
        header.state = self._note()
        yield header
        yield TextPane(self._shown.text, wrapped=False, ambiguous=self._ambiguous)
        footer = FooterBar(self._keymap, ambiguous=self._ambiguous)
        footer.scope = Scope.PREVIEW
        yield footer

    def on_mount(self) -> None:
        """Focus the text."""
        self.set_focus(self.query_one(TextPane))

    def _note(self) -> str:
        """Return why the text looks different here than to its readers; empty if it does not."""
        if self._shown.borders is Borders.UNICODE and self._style.ambiguous != self._ambiguous:
            return words.PREVIEW_LINES
        return "" if self._shown.fits else words.PREVIEW_TOO_WIDE

    def _export(self) -> ExportedText:
        return exported(self._report, self._style, draft=self._draft)

    def _show(self) -> None:
        self._shown = self._export()
        self.query_one(TextPane).text = self._shown.text
        self.query_one(HeaderBar).state = self._note()

    def action_preview_borders(self) -> None:
        """Switch between Unicode and ASCII borders."""
        other = Borders.ASCII if self._style.borders is Borders.UNICODE else Borders.UNICODE
        self._style = replace(self._style, borders=other)
        self._show()

    def action_preview_draft(self) -> None:
        """Toggle the draft mark."""
        self._draft = not self._draft
        self._show()

    def action_export_preview(self) -> None:
        """Export the text to a file."""
        self.dismiss(self._shown.text)

    def action_copy_preview(self) -> None:
        """Copy the text to the clipboard of the user's machine (OSC 52)."""
        self.app.copy_to_clipboard(self._shown.text)
        self.query_one(HeaderBar).state = words.COPIED_ALL

    def action_close_preview(self) -> None:
        """Go back to the report."""
        self.dismiss(None)
