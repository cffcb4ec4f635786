"""A laid-out table on a screen of a given width: where each merged cell stands, in columns and lines.

Pure geometry. What is printed in the cells and in which style is the widget's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from ...core.chinese.line_break import wrap_centred, wrap_label
from ...core.chinese.width import Ambiguous, shorten, text_width
from ...core.layout import PlacedCell, Role, TableLayout, block_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...core.ids import Address

LEAST_VALUE = 5
"""Columns of a value at least: four digits and the mark before them."""
LEAST_VALUE_ACROSS = 4
"""The same where all rows of a table stand side by side."""
MOST_VALUE = 10
"""Columns of a value at most where the screen is wide, unless its numbers need more."""
SPARE_DIGITS = 1
"""Digits by which a number can grow without moving what is beside it, where there is room for them."""
LEAST_STUB = 18
"""Columns of the row labels at least; below that the values scroll sideways."""
MOST_STUB = 46


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of the form on the screen. A vertical line stands in the column after it."""

    cell: PlacedCell
    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    """The label, wrapped and cut to the box; empty for a value."""

    @property
    def bottom(self) -> int:
        """The first line below the box."""
        return self.y + self.height


@dataclass(frozen=True, eq=False)
class Grid:
    """A table on the screen."""

    layout: TableLayout
    stub_width: int
    """Columns of the row labels with the line after them; 0 where there are none."""
    width: int
    height: int
    head: int
    """Lines at the top that stay when the rest scrolls: the column labels of a table with one block."""
    boxes: tuple[Box, ...]

    @cached_property
    def lines(self) -> tuple[tuple[Box, ...], ...]:
        """Screen line → the boxes on it from left to right."""
        found: list[list[Box]] = [[] for _ in range(self.height)]
        for box in self.boxes:
            for y in range(box.y, box.bottom):
                found[y].append(box)
        return tuple(tuple(sorted(boxes, key=lambda box: box.x)) for boxes in found)

    @cached_property
    def box_of(self) -> dict[Address, Box]:
        """Cell of the report → its box."""
        return {box.cell.address: box for box in self.boxes if box.cell.address is not None}

    @cached_property
    def values(self) -> tuple[Box, ...]:
        """The boxes of the report's cells in reading order."""
        return tuple(box for box in self.boxes if box.cell.role is Role.VALUE)

    @cached_property
    def value_rows(self) -> tuple[tuple[Box, ...], ...]:
        """The values line by line, from left to right."""
        by_line: dict[int, list[Box]] = {}
        for box in self.values:
            by_line.setdefault(box.y, []).append(box)
        return tuple(tuple(by_line[y]) for y in sorted(by_line))

    def between(self, one: Address, other: Address) -> tuple[tuple[Address, ...], ...]:
        """The rectangle of cells that two cells span, row by row."""
        first, last = self.box_of[one], self.box_of[other]
        top, bottom = sorted((first.y, last.y))
        left = min(first.x, last.x)
        right = max(first.x + first.width, last.x + last.width)
        rows = (
            tuple(box.cell.address for box in row if box.x < right and box.x + box.width > left and box.cell.address)
            for row in self.value_rows
            if top <= row[0].y <= bottom
        )
        return tuple(row for row in rows if row)

    def row_of(self, address: Address) -> tuple[Box, ...]:
        """The values on the line of a cell."""
        here = self.box_of[address]
        return next(row for row in self.value_rows if row[0].y == here.y)

    def beyond(self, address: Address, direction: int) -> Box | None:
        """The nearest value in the line above (-1) or below (1); None at the edge."""
        rows, here = self.value_rows, self.box_of[address]
        position = rows.index(self.row_of(address)) + direction
        if not 0 <= position < len(rows):
            return None
        middle = here.x + here.width // 2
        return min(rows[position], key=lambda box: abs(box.x + box.width // 2 - middle))


def fit(layout: TableLayout, longest: Sequence[int], width: int, ambiguous: Ambiguous = 1) -> Grid:
    """Fit a table into `width` columns; it may come out wider where the numbers need it.

    `longest` has the columns of the longest value of each lane. Each lane gets room for a digit more where there is any:
    a number that outgrows its lane moves everything beside it, which is much to send and to look at.
    """
    least_stub = LEAST_STUB if layout.stub_columns else 0
    values = _lane_widths(layout, longest, SPARE_DIGITS)
    if least_stub + _values_width(layout, values) > width:
        values = _lane_widths(layout, longest, 0)
    stub = 0
    if layout.stub_columns:
        wish = min(_stub_wish(layout, ambiguous), MOST_STUB)
        stub = max(min(width - _values_width(layout, values), wish), LEAST_STUB)
    while min(values) < MOST_VALUE:
        wider = list(values)
        wider[values.index(min(values))] += 1
        if stub + _values_width(layout, wider) > width:
            break
        values = wider
    return _place(layout, _column_edges(layout, stub, values), ambiguous)


def lane_count(layout: TableLayout) -> int:
    """How many lanes a table has: each column of values is one, or all columns of a block where several are stacked."""
    blocks = layout.table.blocks
    return len(layout.value_lines) - 1 if len(blocks) == 1 else len(blocks)


def _lane_widths(layout: TableLayout, longest: Sequence[int], spare: int) -> list[int]:
    """Columns of a value in each lane, with the mark before it and room for some digits more."""
    blocks = layout.table.blocks
    across = [block.across for block in blocks] if len(blocks) > 1 else [blocks[0].across] * len(longest)
    least = [LEAST_VALUE_ACROSS if one else LEAST_VALUE for one in across]
    return [max(text + 1 + spare, at_least) for text, at_least in zip(longest, least, strict=True)]


def _values_width(layout: TableLayout, widths: Sequence[int]) -> int:
    """Columns that the values of all lanes take, each with the line after it."""
    blocks = layout.table.blocks
    if len(blocks) == 1:
        return sum(width + 1 for width in widths)
    return max(block_width(block) * (width + 1) for block, width in zip(blocks, widths, strict=True))


def _stub_wish(layout: TableLayout, ambiguous: Ambiguous) -> int:
    """Columns with which every row label would stand on one line."""
    levels = _stub_levels(layout.stub_columns, MOST_STUB)
    wish = 0
    for cell in layout.cells:
        if cell.role is Role.STUB and cell.rows == 1:
            wish = max(wish, sum(levels[: cell.column]) + cell.column + text_width(cell.label, ambiguous) + 1)
    return wish


def _stub_levels(count: int, width: int) -> list[int]:
    """Columns of each level of row labels, without the lines after them: groups are narrow, rows get the rest."""
    group = 2 if width < 28 else 4  # noqa: PLR2004 - below that every column goes to the row's own label
    narrow = [group, *([group + 4] * (count - 2))][: count - 1]
    return [*narrow, max(width - sum(narrow) - count, 2)]


def _column_edges(layout: TableLayout, stub: int, values: Sequence[int]) -> list[int]:
    """Grid line → the screen column after the vertical line that stands there."""
    edges = [0]
    if layout.stub_columns:
        for level in _stub_levels(layout.stub_columns, stub):
            edges.append(edges[-1] + level + 1)
    start = edges[-1]
    if len(layout.table.blocks) == 1:
        return [*edges, *(start + width for width in accumulate(value + 1 for value in values))]
    width = _values_width(layout, values)
    return [*edges[:-1], *(start + round(share * width) for share in layout.value_lines)]


def _place(layout: TableLayout, edges: Sequence[int], ambiguous: Ambiguous) -> Grid:
    labels = {
        position: _label_lines(cell, edges[cell.column + cell.columns] - edges[cell.column] - 1, ambiguous)
        for position, cell in enumerate(layout.cells)
    }
    heights = _row_heights(layout, labels)
    tops = [0]
    for height in heights:
        tops.append(tops[-1] + height)
    boxes = []
    for position, cell in enumerate(layout.cells):
        x, y = edges[cell.column], tops[cell.row]
        width, height = edges[cell.column + cell.columns] - x - 1, tops[cell.row + cell.rows] - y
        boxes.append(Box(cell, x, y, width, height, _cut(labels[position], height, width, ambiguous)))
    one_block = len(layout.table.blocks) == 1
    first_value = next(cell.row for cell in layout.cells if cell.role is Role.VALUE)
    return Grid(
        layout,
        stub_width=edges[layout.stub_columns],
        width=edges[-1],
        height=tops[-1],
        head=tops[first_value] if one_block else 0,
        boxes=tuple(boxes),
    )


def _label_lines(cell: PlacedCell, width: int, ambiguous: Ambiguous) -> tuple[str, ...]:
    if not cell.label:
        return ()
    if cell.role is Role.STUB:
        return wrap_label(cell.label, max(width, 2), ambiguous)
    return wrap_centred(cell.label, max(width, 2), ambiguous, cell.rows)


def _row_heights(layout: TableLayout, labels: dict[int, tuple[str, ...]]) -> list[int]:
    """Lines of each grid row: column labels are shown whole, rows of values take one line each."""
    heights = [1] * layout.rows
    heads = [(position, cell) for position, cell in enumerate(layout.cells) if cell.role is Role.HEADER]
    for position, cell in sorted(heads, key=lambda entry: entry[1].rows):
        rows = range(cell.row, cell.row + cell.rows)
        missing = len(labels[position]) - sum(heights[row] for row in rows)
        if missing > 0:
            heights[rows[-1]] += missing
    return heights


def _cut(lines: tuple[str, ...], height: int, width: int, ambiguous: Ambiguous) -> tuple[str, ...]:
    """The lines that the box has room for, the last one marked where the label goes on."""
    if len(lines) <= height:
        return lines
    last = "".join(lines[height - 1 :])
    return (*lines[: height - 1], shorten(last, width, ambiguous))


def longest_values(layout: TableLayout, texts: Iterable[tuple[Address, str]], ambiguous: Ambiguous = 1) -> list[int]:
    """For each lane the columns of its longest value."""
    blocks = layout.table.blocks
    block_of = {row.id: position for position, block in enumerate(blocks) for row in block.rows}
    longest = [0] * lane_count(layout)
    for address, text in texts:
        lane = layout.place_of[address].column - layout.stub_columns if len(blocks) == 1 else block_of[address.row]
        longest[lane] = max(longest[lane], text_width(text, ambiguous))
    return longest
