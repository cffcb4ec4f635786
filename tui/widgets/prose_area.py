"""Text area for the prose of a section: Chinese soft wrap, no undo history of its own.

Each edit is dispatched to the session immediately as a replaced range, so that it is in the journal before the next key. Changes made
elsewhere (undo, replace, another editor) are applied to the widget as a replacement of the differing range, so that the caret stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widgets.text_area import Edit, EditResult, Selection

from ...core.commands import Command, ReplaceText, text_of
from ...core.ids import PREFACE
from ...core.text_diff import TextChange, changed_range
from ..terminal._textual_compat import PlainTextArea

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.text import Text
    from textual.widgets import TextArea

    from ...core.checks.finding import Span
    from ...core.ids import SectionId
    from ...core.report import Report

    Location = tuple[int, int]


class ProseArea(PlainTextArea):
    """Editor of one section's text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "text_start", show=False),
        Binding("ctrl+end", "text_end", show=False),
        Binding("ctrl+a", "select_all", show=False),
    ]

    report: reactive[Report | None] = reactive(None, repaint=False)
    spans: reactive[Sequence[Span]] = reactive(tuple, repaint=False)
    """Underlined ranges of findings."""

    @dataclass
    class CaretMoved(Message):
        """The caret moved."""

        area: ProseArea
        offset: int

        @property
        def control(self) -> ProseArea:
            """Sender, for `on` selectors."""
            return self.area

    def __init__(self, section: SectionId, text: str, dispatch: Callable[[Command], bool], *, id: str | None = None) -> None:  # noqa: A002
        self._following = True
        super().__init__(text, id=id)
        self.section = section
        self._dispatch = dispatch
        self._known = text
        self._following = False

    # ------------------------------------------------------------ up: the user's edits

    def edit(self, edit: Edit) -> EditResult:
        """Apply an edit to the widget and dispatch it; revert it if the session refuses."""
        edit.from_location, edit.to_location = self._within(edit.from_location), self._within(edit.to_location)
        start, end = self.offset_of(edit.top), self.offset_of(edit.bottom)
        result = super().edit(edit)
        if not self._following:
            change, text = self._written(start, end, edit.text.replace("\r\n", "\n").replace("\r", "\n"))
            start, end, _ = change
            self._known = self._known[:start] + text + self._known[end:]
            self._move_spans(change)
            if not self._dispatch(ReplaceText(self.section, start, end, text)):
                self.watch_report(self.report)
        return result

    def _written(self, start: int, end: int, text: str) -> tuple[TextChange, str]:
        """Return the change from the known text to the widget's text, and the inserted text.

        Usually the requested edit. Textual breaks lines at rare characters (U+0085, U+2028) that a report may contain; then the change is
        computed as a diff.
        """
        shown = "\n".join(self.document.lines)
        if self._known[:start] + text + self._known[end:] == shown:
            return TextChange(start, end, start + len(text)), text
        change = changed_range(self._known, shown)
        return change, shown[change.start : change.new_end]

    # ------------------------------------------------------------ down: changes of the report

    def watch_report(self, report: Report | None) -> None:
        """Apply a change that was made elsewhere."""
        if report is None or (self.section != PREFACE and self.section not in report.edition.section_index):
            return
        text = text_of(report, self.section)
        if text == self._known:
            return
        change = changed_range(self._known, text)
        start, old_end, new_end = change
        first, last = self.location_of(start), self.location_of(old_end)
        self._known = text
        self._following = True
        try:
            self.replace(text[start:new_end], first, last, maintain_selection_offset=True)
        finally:
            self._following = False
        self._move_spans(change)
        self.move_cursor(self.location_of(new_end))

    def _move_spans(self, change: TextChange) -> None:
        """Shift the underlined ranges with the text until the next check, without a repaint: changed lines are repainted anyway."""
        moved = tuple(span._replace(start=start, end=end) for span in self.spans for start, end in [change.moved(span.start, span.end)])
        self.set_reactive(ProseArea.spans, moved)

    def watch_spans(self) -> None:
        """Repaint with the new underlines."""
        self.forget_lines()

    def get_line(self, line_index: int) -> Text:
        """Return a paragraph with the ranges of findings underlined."""
        line = super().get_line(line_index)
        for start, end in self.decorations(line_index):
            self.underline(line, start, end)
        return line

    def decorations(self, row: int) -> tuple[tuple[int, int], ...]:
        """Return the (start, end) columns of findings within a paragraph."""
        if not self.spans:
            return ()
        first, length = self.offset_of((row, 0)), len(self.document.get_line(row))
        within = [(max(span.start - first, 0), min(span.end - first, length)) for span in self.spans]
        return tuple((start, end) for start, end in within if start < end)

    # ------------------------------------------------------------ positions

    @property
    def caret(self) -> int:
        """Offset of the caret in the section's text."""
        return self.offset_of(self.cursor_location)

    def offset_of(self, location: Location) -> int:
        """Convert (row, column) to an offset in the text."""
        row, column = location
        lines = self.document.lines
        return sum(len(line) + 1 for line in lines[:row]) + column

    def _within(self, location: Location) -> Location:
        """Clamp a location to the document. Textual uses locations outside it: cutting the last line ends on the line after."""
        row, column = location
        if row < 0:
            return 0, 0
        if row >= self.document.line_count:
            return self.document.end
        return row, min(max(column, 0), len(self.document.get_line(row)))

    def location_of(self, offset: int) -> Location:
        """Convert an offset to (row, column); beyond the text, the end of the document."""
        for row, line in enumerate(self.document.lines):
            if offset <= len(line):
                return row, max(offset, 0)
            offset -= len(line) + 1
        return self.document.end

    def select_range(self, start: int, end: int) -> None:
        """Select a range and scroll to it."""
        self.selection = Selection(self.location_of(start), self.location_of(end))
        self.scroll_cursor_visible(center=True, animate=False)

    def action_text_start(self) -> None:
        """Go to the start of the text."""
        self.move_cursor((0, 0))

    def action_text_end(self) -> None:
        """Go to the end of the text."""
        self.move_cursor(self.document.end)

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """Replace textual's message by `CaretMoved`."""
        event.stop()
        self.post_message(self.CaretMoved(self, self.caret))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Stop textual's message: `edit` has already dispatched the change."""
        event.stop()
