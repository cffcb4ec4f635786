"""Pane of one section: its table, if any, and its prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from ...core.ids import PREFACE
from ...core.layout import layouts
from ...service.cell_marks import CellMark
from ..table.report_table import ReportTable
from .prose_area import ProseArea

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.widget import Widget

    from ...core.chinese.width import Ambiguous
    from ...core.commands import Command
    from ...core.edition import Section
    from ...core.ids import Address, SectionId
    from ...core.report import Report
    from ...service.examination import Examination
    from ..import_source import ImportSource


class SectionPane(Vertical):
    """Pane of one section, created when it is first shown."""

    def __init__(
        self,
        section: Section,
        report: Report,
        dispatch: Callable[[Command], bool],
        keep_draft: Callable[[Command | None], None],
        *,
        ambiguous: Ambiguous,
        ascii_lines: bool,
        opens_report: bool = False,
        source: ImportSource | None = None,
    ) -> None:
        super().__init__(id=f"pane-{section.id}", classes="pane")
        self.section = section
        self._source = source
        self.preface = ProseArea(PREFACE, report.header.preface, dispatch, id="preface") if opens_report else None
        """Preface of the report; only in the pane of the first section."""
        layout = layouts(report.edition).get(section.id)
        self.table = (
            None
            if layout is None
            else ReportTable(layout, dispatch, keep_draft, ambiguous=ambiguous, ascii_lines=ascii_lines, id=f"table-{section.id}")
        )
        self.prose = ProseArea(section.id, report.text(section.id), dispatch, id=f"prose-{section.id}")
        self.set_class(self.table is not None, "-with-table")
        # Set before mounting: a class that changes afterwards recomputes the styles of all descendants.
        self.set_class(self.table is None, "-writing")
        self._tell_what_there_is(report)

    def compose(self) -> ComposeResult:
        """Lay out preface, table and prose from top to bottom."""
        if self.preface is not None:
            yield self.preface
        if self.table is not None:
            yield self.table
        yield self.prose

    def show(self, report: Report, examination: Examination | None) -> None:
        """Update the widgets from a report and, once available, its examination."""
        self.prose.report = report
        if self.preface is not None:
            self.preface.report = report
        if self.table is not None:
            self.table.report = report
        self._tell_what_there_is(report)
        if examination is not None:
            self.prose.spans = examination.spans(self.section.id)
            if self.preface is not None:
                self.preface.spans = examination.spans(PREFACE)
            if self.table is not None:
                unread = dict.fromkeys(self._unread(report), CellMark.DOUBTFUL)
                self.table.marks = {**examination.marks(self.section.id), **unread}

    def _tell_what_there_is(self, report: Report) -> None:
        self.set_class(self.preface is not None and bool(report.header.preface.strip()), "-with-preface")
        self.set_class(bool(report.text(self.section.id).strip()), "-with-text")

    def _unread(self, report: Report) -> frozenset[Address]:
        return frozenset() if self._source is None else self._source.unread(report, self.section.id)

    @property
    def writing(self) -> ProseArea:
        """The focused prose area: the preface if it has the focus, else the section's own."""
        # `has_focus` is updated by a message; the screen's `focused` is current.
        return self.preface if self.preface is not None and self.screen.focused is self.preface else self.prose

    def area_of(self, section: SectionId) -> ProseArea:
        """Return the prose area of a section, or the preface if requested and part of this pane."""
        return self.preface if section == PREFACE and self.preface is not None else self.prose

    def after(self, part: Widget | None) -> Widget:
        """Return the part that follows in the focus order: table, prose, preface, then the first again."""
        parts = self.parts()
        return parts[(parts.index(part) + 1) % len(parts)] if part in parts else parts[0]

    def parts(self) -> list[Widget]:
        """Return the focusable parts, the main one first."""
        return [part for part in (self.table, self.prose, self.preface) if part is not None]

    def focus_main(self) -> None:
        """Focus the table, or the prose if there is no table."""
        self.screen.set_focus(self.parts()[0])

    def commit(self) -> None:
        """Commit the draft of a cell."""
        if self.table is not None:
            self.table.commit()
