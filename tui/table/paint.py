"""Painting of table lines: labels, marks, values, cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rich.segment import Segment
from textual.strip import Strip

from ...core.chinese.width import centred, left_aligned, right_aligned, shorten
from ...core.layout import Role
from ...service.cell_marks import CellMark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.style import Style
    from textual.geometry import Size

    from ...core.chinese.width import Ambiguous
    from ...core.ids import Address
    from ...core.report import Report
    from .cell_draft import CellDraft
    from .grid import Box, Grid
    from .viewport import Viewport

#: Sign before a value, so that no state is shown by colour alone.
MARKS: Mapping[CellMark, str] = {
    CellMark.BROKEN: "!",
    CellMark.DOUBTFUL: "?",
    CellMark.INVOLVED: ":",
    CellMark.COMPUTED: "=",
    CellMark.NONE: " ",
}
ADDEND = "+"
#: Period in lines at which the label of a tall group is repeated.
SAID_AGAIN = 6
#: Placeholder for a blank cell, which is distinct from 0.
BLANK_SHOWN = "_"

_STYLE_OF: Mapping[CellMark, str] = {
    CellMark.BROKEN: "report-table--broken",
    CellMark.DOUBTFUL: "report-table--doubtful",
    CellMark.COMPUTED: "report-table--computed",
}


class _PaintedTable(Protocol):
    """The part of a table that painting reads."""

    ambiguous: Ambiguous
    rule: str
    """Character of the vertical rules."""
    addends: frozenset[Address]
    """Cells highlighted as addends of the cell under the cursor."""

    @property
    def size(self) -> Size: ...
    @property
    def rich_style(self) -> Style: ...
    @property
    def has_focus(self) -> bool: ...
    @property
    def report(self) -> Report | None: ...
    @property
    def marks(self) -> Mapping[Address, CellMark]: ...
    @property
    def grid(self) -> Grid: ...
    @property
    def view(self) -> Viewport: ...
    @property
    def draft(self) -> CellDraft | None: ...
    @property
    def here(self) -> Address: ...
    def get_component_rich_style(self, name: str, /) -> Style: ...
    def shown(self, address: Address, /) -> str: ...
    def is_selected(self, address: Address, /) -> bool: ...


def paint_line(table: _PaintedTable, y: int) -> Strip:
    """Paint one screen line."""
    base, width, grid = table.rich_style, table.size.width, table.grid
    line = table.view.table_y(y)
    if line >= grid.height or table.report is None:
        return Strip.blank(width, base)
    rule = Segment(table.rule, table.get_component_rich_style("report-table--line"))
    stub: list[Segment] = []
    body: list[Segment] = []
    for box in grid.lines[line]:
        if box.cell.role is Role.CAPTION and grid.stub_width:
            return _caption(table, box, width)
        target = stub if box.x < grid.stub_width and box.cell.role is not Role.CAPTION else body
        target += [_label(table, box, line) if box.cell.address is None else _value(table, box, box.cell.address), rule]
    values = Strip(body).crop(table.view.left, table.view.left + width - grid.stub_width)
    return Strip.join([Strip(stub), values]).adjust_cell_length(width, base)


def _caption(table: _PaintedTable, box: Box, width: int) -> Strip:
    room = min(box.width, width)
    text = centred(shorten(box.cell.label, room, table.ambiguous), room, table.ambiguous)
    style = table.get_component_rich_style("report-table--header")
    return Strip([Segment(text, style)]).adjust_cell_length(width, table.rich_style)


def _label(table: _PaintedTable, box: Box, line: int) -> Segment:
    if box.cell.role is Role.STUB:
        text = _repeated_label(box, line - box.y)
        return Segment(left_aligned(text, box.width, table.ambiguous), table.get_component_rich_style("report-table--stub"))
    top = box.y + (box.height - len(box.lines)) // 2
    text = box.lines[line - top] if 0 <= line - top < len(box.lines) else ""
    return Segment(centred(text, box.width, table.ambiguous), table.get_component_rich_style("report-table--header"))


def _repeated_label(box: Box, line: int) -> str:
    """Return a line of a group's label, which is repeated so that it is visible at any scroll position.

    The text depends on the table line alone, not on the scroll position, so that the terminal can scroll painted lines.
    """
    count = len(box.lines)
    time, place = divmod(line, max(count + 1, SAID_AGAIN))
    whole = (line - place) + count <= box.height
    return box.lines[place] if place < count and (whole or not time) else ""


def _value(table: _PaintedTable, box: Box, address: Address) -> Segment:
    if table.draft is not None and address == table.here:
        _, typed = table.draft.window(box.width, table.ambiguous)
        return Segment(right_aligned(typed, box.width, table.ambiguous), table.get_component_rich_style("report-table--draft"))
    shown = table.shown(address)
    mark = table.marks.get(address, CellMark.NONE)
    sign = ADDEND if address in table.addends else MARKS[mark]
    text = sign + right_aligned(shorten(shown, box.width - 1, table.ambiguous), box.width - 1, table.ambiguous)
    return Segment(text, _value_style(table, address, mark, blank=shown == BLANK_SHOWN))


def _value_style(table: _PaintedTable, address: Address, mark: CellMark, *, blank: bool) -> Style:
    name = _STYLE_OF.get(mark, "report-table--blank" if blank else "report-table--value")
    if address in table.addends:
        name = "report-table--addend"
    if table.is_selected(address):
        name = "report-table--selected"
    if address == table.here and table.has_focus:
        name = "report-table--cursor"
    return table.get_component_rich_style(name)
