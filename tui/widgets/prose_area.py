"""The prose of one section: soft wrap by Chinese rules, no history of its own.

Each edit is handed to the session at once, as the range it replaced, so that it is in the journal
before the next key. A report that changed elsewhere (undo, replace, another editor) is followed by
replacing the range that differs, so that the caret stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.reactive import reactive
from textual.widgets.text_area import Edit, EditResult, Selection

from ...core.editing import Command, ReplaceText, text_of
from ...core.report import PREFACE
from .._textual_compat import PlainTextArea

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.text import Text
    from textual.widgets import TextArea

    from ...core.checks.finding import Span
    from ...core.report import Report, SectionId

    Location = tuple[int, int]


class ProseArea(PlainTextArea):
    """An editor for one section's text."""

    report: reactive[Report | None] = reactive(None, repaint=False)
    spans: reactive[Sequence[Span]] = reactive(tuple, repaint=False)
    """Places that findings are about; they are underlined."""

    @dataclass
    class CaretMoved(Message):
        """The caret stands somewhere else."""

        area: ProseArea
        offset: int

        @property
        def control(self) -> ProseArea:
            """The area it comes from."""
            return self.area

    def __init__(self, section: SectionId, text: str, dispatch: Callable[[Command], None], *, id: str | None = None) -> None:  # noqa: A002
        self._following = True
        super().__init__(text, id=id)
        self.section = section
        self._dispatch = dispatch
        self._known = text
        self._following = False

    # ------------------------------------------------------------ up: what the user writes

    def edit(self, edit: Edit) -> EditResult:
        """Apply an edit to the widget and hand it to the session."""
        start, end = self.offset_of(edit.top), self.offset_of(edit.bottom)
        result = super().edit(edit)
        if not self._following:
            text = edit.text.replace("\r\n", "\n").replace("\r", "\n")
            self._known = self._known[:start] + text + self._known[end:]
            self._dispatch(ReplaceText(self.section, start, end, text))
        return result

    # ------------------------------------------------------------ down: what the report says

    def watch_report(self, report: Report | None) -> None:
        """Follow a change that was made elsewhere."""
        if report is None or (self.section != PREFACE and self.section not in report.edition.section_index):
            return
        text = text_of(report, self.section)
        if text == self._known:
            return
        start, old_end, new_end = changed_range(self._known, text)
        first, last = self.location_of(start), self.location_of(old_end)
        self._known = text
        self._following = True
        try:
            self.replace(text[start:new_end], first, last, maintain_selection_offset=True)
        finally:
            self._following = False
        self.move_cursor(self.location_of(new_end))

    def watch_spans(self) -> None:
        """Underline other places."""
        self.forget_lines()

    def get_line(self, line_index: int) -> Text:
        """One paragraph, with the places that findings are about underlined."""
        line = super().get_line(line_index)
        if self.spans:
            first = self.offset_of((line_index, 0))
            for span in self.spans:
                start, end = max(span.start - first, 0), min(span.end - first, len(line.plain))
                if start < end:
                    self.underline(line, start, end)
        return line

    # ------------------------------------------------------------ places

    @property
    def caret(self) -> int:
        """The caret as an offset into the section's text."""
        return self.offset_of(self.cursor_location)

    def offset_of(self, location: Location) -> int:
        """A row and column as an offset into the text."""
        row, column = location
        lines = self.document.lines
        return sum(len(line) + 1 for line in lines[:row]) + column

    def location_of(self, offset: int) -> Location:
        """An offset into the text as row and column; the end where the text is shorter."""
        for row, line in enumerate(self.document.lines):
            if offset <= len(line):
                return row, max(offset, 0)
            offset -= len(line) + 1
        return self.document.end

    def select_range(self, start: int, end: int) -> None:
        """Select a stretch of the text and bring it into view."""
        self.selection = Selection(self.location_of(start), self.location_of(end))
        self.scroll_cursor_visible(center=True, animate=False)

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """Tell where the caret is now."""
        event.stop()
        self.post_message(self.CaretMoved(self, self.caret))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """The session knows already."""
        event.stop()


def changed_range(old: str, new: str) -> tuple[int, int, int]:
    """Where two texts differ: the start, the end in the old one and the end in the new one."""
    start = 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    old_end, new_end = len(old), len(new)
    while old_end > start and new_end > start and old[old_end - 1] == new[new_end - 1]:
        old_end -= 1
        new_end -= 1
    return start, old_end, new_end
