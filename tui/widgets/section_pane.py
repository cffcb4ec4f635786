"""One section on the screen: its table where it has one, and its prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from ...core.layout import layouts
from .prose_area import ProseArea
from .report_table import ReportTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.widget import Widget

    from ...core.editing import Command
    from ...core.edition import Section
    from ...core.report import Report
    from ...core.text.width import Ambiguous
    from ..examination import Examination


class SectionPane(Vertical):
    """A pane; its widgets are made when it is first shown."""

    def __init__(
        self,
        section: Section,
        report: Report,
        dispatch: Callable[[Command], None],
        *,
        ambiguous: Ambiguous,
        ascii_lines: bool,
    ) -> None:
        super().__init__(id=f"pane-{section.id}", classes="pane")
        self.section = section
        layout = layouts(report.edition).get(section.id)
        self.table = (
            None
            if layout is None
            else ReportTable(layout, dispatch, ambiguous=ambiguous, ascii_lines=ascii_lines, id=f"table-{section.id}")
        )
        self.prose = ProseArea(section.id, report.text(section.id), dispatch, id=f"prose-{section.id}")
        self.set_class(self.table is not None, "-with-table")

    def compose(self) -> ComposeResult:
        """The table over the prose."""
        if self.table is not None:
            yield self.table
        yield self.prose

    def show(self, report: Report, examination: Examination | None) -> None:
        """Take a new report, and what was found in it once that is known."""
        self.prose.report = report
        if self.table is not None:
            self.table.report = report
        self.set_class(bool(report.text(self.section.id).strip()), "-with-text")
        if examination is not None:
            self.prose.spans = examination.spans(self.section.id)
            if self.table is not None:
                self.table.marks = examination.marks(self.section.id)

    def parts(self) -> list[Widget]:
        """What can have the keyboard, the main part first."""
        return [part for part in (self.table, self.prose) if part is not None]

    def focus_main(self) -> None:
        """Give the keyboard to the table, or to the prose where there is none."""
        self.screen.set_focus(self.parts()[0])

    def commit(self) -> None:
        """Take over what is being typed into a cell."""
        if self.table is not None:
            self.table.commit()
