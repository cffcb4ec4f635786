"""Main screen: one pane per section between header, section bar, status and footer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.screen import Screen

from ...core.ids import PREFACE, Address, SectionId
from ...core.layout import value_text
from ...service.findings_at import findings_at, order_of_place
from ...service.section_state import SectionEntry, SectionState
from .. import words
from ..keys.actions import BY_ID, Scope, bindings, keys_of
from ..table.addends import explain_identities
from ..table.report_table import ReportTable
from ..widgets.bars import FooterBar, HeaderBar, SectionBar, StatusPane
from ..widgets.findings_panel import FindingsPanel
from ..widgets.prose_area import ProseArea
from ..widgets.section_pane import SectionPane
from ..widgets.source_panel import SourcePanel
from ..words.status_words import USUAL_HEIGHT, StatusLines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import DescendantFocus
    from textual.widget import Widget

    from ...core.checks.finding import Finding
    from ...core.chinese.width import Ambiguous
    from ...core.commands import Command
    from ...core.edition import Section
    from ...core.report import Report
    from ...service.examination import Examination
    from ..import_source import ImportSource


class MainScreen(Screen[None]):
    """Editing view of a report; everything beyond the screen is delegated to the application."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.MAIN)
    # textual declares these as instance attributes.
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-narrow"),
        (110, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-short"),
        (22, "-normal"),
        (30, "-tall"),
    ]
    AUTO_FOCUS = ""

    report: reactive[Report | None] = reactive(None, repaint=False)
    examination: reactive[Examination | None] = reactive(None, repaint=False)
    current: reactive[int] = reactive(0, repaint=False, init=False)
    """Index of the section shown."""

    def __init__(
        self,
        report: Report,
        dispatch: Callable[[Command], bool],
        keep_draft: Callable[[Command | None], None],
        keymap: Mapping[str, str],
        *,
        ambiguous: Ambiguous = 1,
        ascii_lines: bool = False,
        source: ImportSource | None = None,
        name: str = "",
        state: str = "",
    ) -> None:
        """Create the screen of a report.

        Args:
            report: The report at opening.
            dispatch: Executes a command; returns False if it is refused.
            keep_draft: Journals the command that Enter would dispatch; None clears it.
            keymap: The user's keys.
            ambiguous: Columns of an ambiguous character.
            ascii_lines: Whether to draw rules in ASCII.
            source: The document of an import.
            name: File name for the header.
            state: Save state for the header.
        """
        super().__init__()
        self._name_and_state = (name, state)
        self._dispatch = dispatch
        self._keep_draft = keep_draft
        self._keymap = keymap
        self._ambiguous: Ambiguous = ambiguous
        self._ascii_lines = ascii_lines
        self._source = source
        self._panes: dict[SectionId, SectionPane] = {}
        self._pointed: tuple[Finding, tuple[int, int, int]] | None = None
        self.set_reactive(MainScreen.report, report)

    def compose(self) -> ComposeResult:
        """Lay out the bars around the panes, with the findings beside them on wide screens."""
        header = HeaderBar(ambiguous=self._ambiguous, id="header")
        if self.report is not None:
            header.title, header.state = self._header_words(self.report, *self._name_and_state)
        yield header
        bar = SectionBar(ambiguous=self._ambiguous, id="sections")
        bar.entries = tuple(SectionEntry(section.numeral, section.heading, SectionState.UNCHECKED, 0) for section in self.sections)
        yield bar
        with Horizontal(id="body"):
            yield Vertical(id="panes")
            yield FindingsPanel(ambiguous=self._ambiguous, id="beside")
        yield SourcePanel(ambiguous=self._ambiguous, id="source")
        yield StatusPane(ambiguous=self._ambiguous, id="status")
        yield FooterBar(self._keymap, ambiguous=self._ambiguous, id="footer")

    async def on_mount(self) -> None:
        """Show the first section."""
        await self._show_section(0)

    # ------------------------------------------------------------ contents

    @property
    def sections(self) -> tuple[Section, ...]:
        """Sections of the report's edition."""
        return () if self.report is None else self.report.edition.sections

    @property
    def section(self) -> Section:
        """The section shown."""
        return self.sections[self.current]

    @property
    def pane(self) -> SectionPane:
        """The pane shown."""
        return self._panes[self.section.id]

    @property
    def table(self) -> ReportTable | None:
        """Table of the section shown; None if it has none."""
        return self.pane.table

    def watch_report(self, report: Report | None) -> None:
        """Update the visible pane; the others are updated when they are shown."""
        if report is not None and self.section.id in self._panes:
            self.pane.show(report, None)
            self.update_status()

    def watch_examination(self, examination: Examination | None) -> None:
        """Show the results of the checks."""
        if examination is None or not self.is_mounted or self.section.id not in self._panes:
            return
        self.pane.show(examination.report, examination)
        bar = self.query_one(SectionBar)
        bar.entries = tuple(map(self._entry, self.sections, examination.entries))
        self.query_one(FindingsPanel).show(examination, self.section.id)
        self.update_status()

    def _entry(self, section: Section, entry: SectionEntry) -> SectionEntry:
        """Return a section's entry for the bar, with its number of cells that the import could not read."""
        unread = self._source.unread(self.report, section.id) if self._source is not None and self.report is not None else ()
        return replace(entry, heading=words.unread_heading(entry.heading, len(unread))) if unread else entry

    async def _show_section(self, position: int) -> None:
        report = self.report
        if report is None:
            return
        section = self.sections[position]
        holder = self.query_one("#panes", Vertical)
        pane = self._panes.get(section.id)
        if pane is None:
            pane = SectionPane(
                section,
                report,
                self._dispatch,
                self._keep_draft,
                ambiguous=self._ambiguous,
                ascii_lines=self._ascii_lines,
                opens_report=position == 0,
                source=self._source,
            )
            self._panes[section.id] = pane
            await holder.mount(pane)
        for other in self._panes.values():
            other.display = other is pane
        self.set_reactive(MainScreen.current, position)
        self.query_one(SectionBar).current = position
        pane.show(report, self.examination)
        if self.examination is not None:
            self.query_one(FindingsPanel).show(self.examination, section.id)
        pane.focus_main()
        self.update_status()

    async def go_to_section(self, position: int) -> None:
        """Show another section; the index wraps around."""
        self.pane.commit()
        await self._show_section(position % len(self.sections))

    async def go_to(self, finding: Finding) -> None:
        """Go to the cell or text range of a finding; it stays the current finding until the cursor moves."""
        await self._go_to_place_of(finding)
        self._pointed = (finding, self.place_in_order())
        self.update_status()

    async def _go_to_place_of(self, finding: Finding) -> None:
        section = finding.section
        if finding.span is not None:
            await self.go_to_text(finding.span.section, finding.span.start, finding.span.end)
        elif finding.cells:
            await self.go_to_cell(finding.cells[0])
        elif section is not None:
            await self._show_place_of(section)
            if section == PREFACE or self.table is None:
                self.focus_prose(section)

    async def go_to_cell(self, address: Address) -> None:
        """Go to a cell."""
        await self._show_place_of(address.section)
        if self.table is not None and self.section.id == address.section:
            self.set_focus(self.table)
            self.table.move_to(address)

    async def go_to_text(self, section: SectionId, start: int, end: int) -> None:
        """Select a range in a section's prose or in the preface."""
        if await self._show_place_of(section):
            self.focus_prose(section)
            self.pane.area_of(section).select_range(start, end)

    async def _show_place_of(self, section: SectionId) -> bool:
        """Show the pane that contains a section's text; return False if there is none."""
        position = 0 if section == PREFACE else self.report.edition.section_index.get(section) if self.report is not None else None
        if position is None:
            return False
        if position != self.current:
            await self.go_to_section(position)
        return True

    def focus_prose(self, section: SectionId | None = None) -> None:
        """Focus the prose of a section, or the preface if requested."""
        area = self.pane.prose if section is None else self.pane.area_of(section)
        self._make_room_for(area)
        self.set_focus(area)

    def _make_room_for(self, part: Widget | None) -> None:
        """Expand the prose area that has, or is about to receive, the focus."""
        self.pane.set_class(isinstance(part, ProseArea), "-writing")
        self.pane.set_class(part is not None and part is self.pane.preface, "-prefacing")

    # ------------------------------------------------------------ the cursor's position

    def update_status(self) -> None:
        """Update the status lines for the cursor's position."""
        if not self.is_mounted or self.report is None or self.section.id not in self._panes:
            return
        if self.examination is not None and self.examination.report is not self.report and self.address_here() is not None:
            # The lines of a cell depend on the checks, which run after the frame; this avoids painting them twice.
            return
        self.query_one(StatusPane).lines = tuple(self._status())
        self._follow_in_source()

    def on_resize(self) -> None:
        """Update the status lines for the new size."""
        self.call_after_refresh(self.update_status)

    def _status(self) -> list[str]:
        report, address = self.report, self.address_here()
        if report is None:
            return []
        keys = keys_of(BY_ID["source_text"], self._keymap)
        key = words.key_name(keys[0]) if keys else words.PALETTE_ONLY
        # This report's own checks run after the frame.
        known = None if self.examination is None else self.examination.carried_to(report)
        height = self.query_one(StatusPane).size.height or USUAL_HEIGHT
        status = StatusLines(report, known, self._found_here(known), self._source, key, self.size.width, self._ambiguous, height)
        if address is not None:
            return status.of_cell(address)
        area = self.pane.writing
        return status.of_prose(self.section, area.section, area.cursor_location[0], area.document.line_count)

    @property
    def in_prose(self) -> bool:
        """Whether the focus is in prose rather than in cells."""
        return isinstance(self.focused, ProseArea)

    def _follow_in_source(self) -> None:
        """Scroll the source panel, if visible, to the cursor's position."""
        panel = self.query_one(SourcePanel)
        if self._source is None or self.report is None or not panel.has_class("-shown"):
            return
        address = self.address_here()
        if address is not None:
            line = self._source.line_of_cell(address)
        else:
            area = self.pane.writing
            line = self._source.line_of_text(area.section, area.document.get_line(area.cursor_location[0]))
        panel.show(self._source, line)

    def action_source_text(self) -> None:
        """Show or hide the document from which the report was imported."""
        if self._source is None:
            self.say(words.NO_SOURCE)
            return
        self.query_one(SourcePanel).toggle_class("-shown")
        self._follow_in_source()

    def finding_here(self) -> Finding | None:
        """Return the most severe finding at the cursor; None if there is none."""
        found = self.findings_here()
        return found[0] if found else None

    def findings_here(self) -> tuple[Finding, ...]:
        """Return all findings at the cursor: first the one that the user went to, then by severity or distance."""
        return self._found_here(self.examination)

    def _found_here(self, examination: Examination | None) -> tuple[Finding, ...]:
        if examination is None:
            return ()
        area = self.pane.writing
        return findings_at(examination, self.address_here(), area.section, area.caret, self.pointed)

    @property
    def pointed(self) -> Finding | None:
        """The finding that the user went to, until the cursor moves away."""
        if self._pointed is None or self._pointed[1] != self.place_in_order():
            return None
        return self._pointed[0]

    def place_in_order(self) -> tuple[int, int, int]:
        """Return the cursor's position as a key comparable with `findings_at.order_of`."""
        area = self.pane.writing
        return (-1, 1, 0) if self.report is None else order_of_place(self.report, self.address_here(), area.section, area.caret)

    # ------------------------------------------------------------ messages from widgets

    @on(ReportTable.CursorMoved)
    @on(ProseArea.CaretMoved)
    def _cursor_moved(self, event: ReportTable.CursorMoved | ProseArea.CaretMoved) -> None:
        event.stop()
        self.update_status()

    @on(ReportTable.AddendsAsked)
    def _addends_asked(self, event: ReportTable.AddendsAsked) -> None:
        event.stop()
        report, examination = self.report, self.examination
        if report is None or examination is None:
            return
        parts, wording = explain_identities(examination.carried_to(report), event.address)
        event.table.addends = parts
        self.say(wording)

    @on(ReportTable.KeyRefused)
    def _key_refused(self, event: ReportTable.KeyRefused) -> None:
        event.stop()
        self.say(words.key_refused(event.character))

    @on(ReportTable.ValueRead)
    def _value_read(self, event: ReportTable.ValueRead) -> None:
        event.stop()
        if event.is_text:
            self.say(words.NOT_A_NUMBER)
        elif self.report is not None:
            value = value_text(self.report.cell(event.address)) or words.BLANK_WORD
            self.say(words.normalised(event.written, value))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Update footer and status for the focused widget."""
        self.query_one(FooterBar).scope = Scope.PROSE if isinstance(event.widget, ProseArea) else Scope.TABLE
        if self.section.id in self._panes:
            self._make_room_for(event.widget)
        self.update_status()

    def show_header(self, report: Report, name: str, state: str) -> None:
        """Update the header."""
        bar = self.query_one(HeaderBar)
        bar.title, bar.state = self._header_words(report, name, state)

    def _header_words(self, report: Report, name: str, state: str) -> tuple[str, str]:
        header = report.header
        return words.header_title(header.agency, header.year, report.edition.id, name), state

    def cancel_draft(self) -> bool:
        """Discard the draft of a cell; return whether there was one."""
        return self.table is not None and self.table.cancel()

    def say(self, message: str) -> None:
        """Show a message in the status pane."""
        self.query_one(StatusPane).message = message

    # ------------------------------------------------------------ navigation between sections

    async def action_section(self, number: int) -> None:
        """Show a section by its number, from 1."""
        if number <= len(self.sections):
            await self.go_to_section(number - 1)

    async def action_next_section(self, direction: int) -> None:
        """Show the next or previous section."""
        await self.go_to_section(self.current + direction)

    def action_switch_part(self) -> None:
        """Move the focus between table, prose and, in the first section, the preface."""
        part = self.pane.after(self.focused)
        if part is self.focused:
            self.say(words.NO_OTHER_PART)
            return
        self.pane.commit()
        self._make_room_for(part)
        self.set_focus(part)

    def address_here(self) -> Address | None:
        """Return the cell at the cursor; None in prose."""
        return self.table.here if self.table is not None and not self.in_prose else None
