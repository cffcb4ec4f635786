"""Widget of a statutory table: merged headers, cell cursor, in-place editing.

It paints the layout computed by core/layout.py and depends on no file and no other widget: the report comes down through reactives,
commands go up through a callback. The callback is synchronous rather than a message, so that a value is in the journal before the
next key. The draft goes up through a second callback on each key, as the command that Enter would dispatch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import reactive, var

from ...core.cell_notation import Normalisation, parse_cell
from ...core.chinese.width import text_width
from ...core.commands import ClearCells, Command, SetCell
from ...core.layout import TableLayout, value_text
from ...core.report import BLANK, Report, Text, same_cell
from ..keys.actions import Scope, bindings
from .cell_draft import CellDraft, begins_value
from .cursor import MovingCursor
from .grid import Grid, fit, lane_count, longest_values
from .paint import BLANK_SHOWN, paint_line
from .viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events
    from textual.strip import Strip

    from ...core.chinese.width import Ambiguous
    from ...core.ids import Address
    from ...service.cell_marks import CellMark

#: Characters bound to actions of the table.
_COMMAND_CHARACTERS = frozenset("hjkl=")


class ReportTable(MovingCursor, can_focus=True):
    """One statutory table of the report."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "report-table--line",
        "report-table--header",
        "report-table--stub",
        "report-table--value",
        "report-table--blank",
        "report-table--computed",
        "report-table--doubtful",
        "report-table--broken",
        "report-table--addend",
        "report-table--cursor",
        "report-table--selected",
        "report-table--draft",
    }
    BINDINGS = bindings(Scope.TABLE)

    report: reactive[Report | None] = reactive(None, repaint=False)
    marks: reactive[Mapping[Address, CellMark]] = reactive(dict, repaint=False)
    addends: var[frozenset[Address]] = var(frozenset)
    """Highlighted addends of the total at the cursor; empty while hidden."""

    @dataclass
    class CursorMoved(Message):
        """The cursor moved to another cell."""

        table: ReportTable
        address: Address

        @property
        def control(self) -> ReportTable:
            """Sender, for `on` selectors."""
            return self.table

    @dataclass
    class ValueRead(Message):
        """A typed value was normalised or stored as text."""

        table: ReportTable
        address: Address
        written: str
        notes: tuple[Normalisation, ...]
        is_text: bool

    @dataclass
    class KeyRefused(Message):
        """A character was typed that has no meaning in a table."""

        table: ReportTable
        character: str

    @dataclass
    class AddendsAsked(Message):
        """The user asked for the identities of a cell."""

        table: ReportTable
        address: Address

    @dataclass
    class BlockCopied(Message):
        """Cells were copied, as tab-separated lines, to the clipboard or to a file."""

        table: ReportTable
        text: str
        to_file: bool

    @dataclass
    class BlockPasted(Message):
        """Text was pasted at `address`; None pastes the last copied block."""

        table: ReportTable
        address: Address
        text: str | None

    def __init__(
        self,
        layout: TableLayout,
        dispatch: Callable[[Command], bool],
        keep_draft: Callable[[Command | None], None],
        *,
        ambiguous: Ambiguous = 1,
        ascii_lines: bool = False,
        id: str | None = None,  # noqa: A002 - textual's own name
    ) -> None:
        super().__init__(id=id)
        self._layout = layout
        self._dispatch = dispatch
        self._keep_draft = keep_draft
        self.ambiguous = ambiguous
        self.rule = "|" if ascii_lines else "│"
        self._grid: Grid | None = None
        self._room = [0] * lane_count(layout)
        """Maximum width so far of the values in each lane."""
        self.view = Viewport()
        """The visible part of the table."""
        self.draft: CellDraft | None = None
        """The value being typed; None if no cell is edited."""
        self.set_reactive(ReportTable.cursor, next(iter(layout.place_of), None))

    # ------------------------------------------------------------ geometry

    @property
    def grid(self) -> Grid:
        """The table's geometry at the current width."""
        if self._grid is None:
            # Columns never shrink while numbers change: a table that keeps moving is hard to read.
            self._room = [max(pair) for pair in zip(self._longest(), self._room, strict=True)]
            self._grid = fit(self._layout, self._room, max(self.size.width, 20), self.ambiguous)
        return self._grid

    def _longest(self) -> list[int]:
        report = self.report
        texts = [] if report is None else [(address, self._shown(report, address)) for address in self._layout.place_of]
        return longest_values(self._layout, texts, self.ambiguous)

    def _shown(self, report: Report, address: Address) -> str:
        value = report.cell(address)
        return BLANK_SHOWN if value is BLANK else value_text(value, self._layout.place_of[address].kind)

    def on_resize(self) -> None:
        """Lay the table out again and keep the cursor visible."""
        self._lay_out_again()

    def _lay_out_again(self) -> None:
        self._grid = None
        self._show_cursor()
        self.refresh()

    # ------------------------------------------------------------ state from the parent

    def watch_report(self, old: Report | None, new: Report | None) -> None:
        """Repaint the cells that changed; lay out again if a number has outgrown its column."""
        if old is None or new is None or old.edition != new.edition:
            self._lay_out_again()
        elif old.cells is not new.cells:
            changed = [address for address in self._layout.place_of if old.cell(address) is not new.cell(address)]
            room = {address: self.grid.box_of[address].width - 1 for address in changed}
            if any(text_width(self._shown(new, address), self.ambiguous) > room[address] for address in changed):
                self._lay_out_again()
            else:
                self._refresh_cells(changed)

    def watch_marks(self, old: Mapping[Address, CellMark], new: Mapping[Address, CellMark]) -> None:
        """Repaint the cells whose marks changed."""
        self._refresh_cells([address for address in old.keys() | new.keys() if old.get(address) != new.get(address)])

    def watch_addends(self) -> None:
        """Repaint the highlighted cells."""
        self.refresh()

    def watch_cursor(self, old: Address | None, new: Address | None) -> None:
        """Scroll to the cursor and notify the screen."""
        before = (self._grid, self.view)
        self._show_cursor()
        whole = bool(self.corner or self.addends) or before != (self._grid, self.view)
        self.addends = frozenset()
        if whole:
            self.refresh()
        else:
            self._refresh_cells([address for address in (old, new) if address is not None])
        if new is not None and self.is_mounted:
            self.post_message(self.CursorMoved(self, new))

    def _refresh_cells(self, addresses: Sequence[Address]) -> None:
        """Repaint the lines of the given cells."""
        boxes = [self.grid.box_of[address] for address in addresses if address in self.grid.box_of]
        lines = {y for box in boxes if 0 <= (y := self.view.screen_y(box.y)) < self.size.height}
        if lines:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in sorted(lines)))

    def on_focus(self) -> None:
        """Show the cursor's focused style."""
        self.refresh()

    def on_blur(self) -> None:
        """Commit the draft rather than lose it."""
        self.commit()
        self.refresh()

    def move_to(self, address: Address) -> None:
        """Move the cursor to a cell and clear the selection."""
        if address in self._layout.place_of:
            self.commit()
            self.corner = None
            self.cursor = address

    def _show_cursor(self) -> None:
        if self.size and self.here in self.grid.box_of:
            self.view = self.view.showing(self.grid, self.grid.box_of[self.here], self.size.width, self.size.height)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Screen position of the caret, for the terminal's own cursor."""
        box = self.grid.box_of.get(self.here)
        if box is None:
            return self.content_region.offset
        column = box.width - 1 if self.draft is None else self.draft.caret_column(box.width, self.ambiguous)
        return self.content_region.offset + Offset(self.view.screen_x(box.x + column), self.view.screen_y(box.y))

    # ------------------------------------------------------------ painting

    def render_line(self, y: int) -> Strip:
        """Paint one line: row labels are fixed, values scroll beside them."""
        return paint_line(self, y)

    def shown(self, address: Address) -> str:
        """Return a cell's value as displayed."""
        return "" if self.report is None else self._shown(self.report, address)

    # ------------------------------------------------------------ typing

    async def on_key(self, event: events.Key) -> None:
        """Start or edit a draft."""
        if self.draft is None:
            self._begin(event)
        else:
            self._type(event)

    def _begin(self, event: events.Key) -> None:
        character = event.character
        if event.key == "escape":
            self.corner = None
            self.addends = frozenset()
            self.refresh()
            return
        if not event.is_printable or not character or character in _COMMAND_CHARACTERS:
            return
        event.stop()
        event.prevent_default()
        if not begins_value(character):
            self.post_message(self.KeyRefused(self, character))
            return
        self._start(CellDraft(character, len(character), replaces=True))

    def _type(self, event: events.Key) -> None:
        draft = self.draft
        if draft is None:
            return
        if event.key == "escape":
            self.cancel()
        elif not draft.take(event.key, event.character if event.is_printable else None):
            return
        event.stop()
        event.prevent_default()
        self._drafted()

    def _start(self, draft: CellDraft) -> None:
        self.corner = None
        self.draft = draft
        self._drafted()

    def _drafted(self) -> None:
        """Report the draft to the journal and repaint it."""
        self._keep_draft(self._typed())
        self._refresh_cells([self.here])

    def _typed(self) -> Command | None:
        """Return the command that Enter would dispatch; None if the value would not change."""
        draft, report = self.draft, self.report
        if draft is None or report is None:
            return None
        value = parse_cell(draft.text, self._layout.place_of[self.here].kind).value
        return None if same_cell(value, report.cell(self.here)) else SetCell(self.here, value)

    def _stop(self) -> None:
        self.draft = None
        self._refresh_cells([self.here])

    def cancel(self) -> bool:
        """Discard the draft; return whether there was one."""
        typing = self.draft is not None
        if typing:
            self._stop()
            self._keep_draft(None)
        return typing

    def commit(self) -> None:
        """Store the draft's value, if there is a draft."""
        draft, report = self.draft, self.report
        if draft is None or report is None:
            return
        self._stop()
        address = self.here
        reading = parse_cell(draft.text, self._layout.place_of[address].kind)
        if same_cell(reading.value, report.cell(address)):
            self._keep_draft(None)
        else:
            self._dispatch(SetCell(address, reading.value))
        is_text = isinstance(reading.value, Text)
        if reading.notes or is_text:
            self.post_message(self.ValueRead(self, address, draft.text, reading.notes, is_text))

    def on_paste(self, event: events.Paste) -> None:
        """Insert a pasted number into the draft; post a block for preview."""
        event.stop()
        event.prevent_default()
        if self.draft is not None and "\n" not in event.text.strip() and "\t" not in event.text.strip():
            self.draft.insert("".join(filter(str.isprintable, event.text.strip())))
            self._drafted()
            return
        self.commit()
        self.post_message(self.BlockPasted(self, self.here, event.text))

    # ------------------------------------------------------------ actions

    def action_edit_cell(self) -> None:
        """Edit the current value; in a draft that replaces it, switch to caret movement."""
        report = self.report
        if self.draft is not None:
            self.draft.replaces = False
        elif report is not None:
            value = report.cell(self.here)
            text = "" if value is BLANK else value_text(value, self._layout.place_of[self.here].kind)
            self._start(CellDraft(text, len(text)))

    def action_clear_cell(self) -> None:
        """Blank the selected cells."""
        addresses = tuple(address for row in self.selection() for address in row)
        self._dispatch(ClearCells(addresses))

    def action_addends(self) -> None:
        """Show or hide the identities of the cell at the cursor."""
        if self.addends:
            self.addends = frozenset()
        else:
            self.post_message(self.AddendsAsked(self, self.here))

    def action_copy_block(self) -> None:
        """Copy the selection to the clipboard."""
        self.post_message(self.BlockCopied(self, self._block_text(), to_file=False))

    def action_copy_to_file(self) -> None:
        """Copy the selection to a file."""
        self.post_message(self.BlockCopied(self, self._block_text(), to_file=True))

    def action_paste_block(self) -> None:
        """Paste the last copied block."""
        self.commit()
        self.post_message(self.BlockPasted(self, self.here, None))

    def _block_text(self) -> str:
        report = self.report
        if report is None:
            return ""
        place = self._layout.place_of
        rows = [[value_text(report.cell(address), place[address].kind) for address in row] for row in self.selection()]
        return "".join("\t".join(row) + "\n" for row in rows)
