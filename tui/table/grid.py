"""Geometry of a table on a screen of a given width: columns and lines of each merged cell.

Pure. Values and styles are the widget's concern.
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
"""Minimum width of a value in columns: four digits and the mark before them."""
LEAST_VALUE_ACROSS = 4
"""Minimum width of a value in a block whose rows are laid side by side."""
MOST_VALUE = 10
"""Maximum width of a value on a wide screen, unless the numbers need more."""
SPARE_DIGITS = 1
"""Digits by which a number can grow without relayout, if there is room."""
LEAST_STUB = 18
"""Minimum width of the row labels in columns; below that the values scroll horizontally."""
MOST_STUB = 46


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of the form on the screen. The column after it holds a vertical rule."""

    cell: PlacedCell
    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    """The label, wrapped and truncated to the box; empty for a value."""

    @property
    def bottom(self) -> int:
        """First line below the box."""
        return self.y + self.height


@dataclass(frozen=True, eq=False)
class Grid:
    """A table laid out for the screen."""

    layout: TableLayout
    stub_width: int
    """Columns of the row labels including the rule after them; 0 without row labels."""
    width: int
    height: int
    head: int
    """Lines at the top that do not scroll: the column labels of a table with one block, else 0."""
    boxes: tuple[Box, ...]

    @cached_property
    def lines(self) -> tuple[tuple[Box, ...], ...]:
        """Screen line → its boxes from left to right."""
        found: list[list[Box]] = [[] for _ in range(self.height)]
        for box in self.boxes:
            for y in range(box.y, box.bottom):
                found[y].append(box)
        return tuple(tuple(sorted(boxes, key=lambda box: box.x)) for boxes in found)

    @cached_property
    def box_of(self) -> dict[Address, Box]:
        """Report cell → its box."""
        return {box.cell.address: box for box in self.boxes if box.cell.address is not None}

    @cached_property
    def values(self) -> tuple[Box, ...]:
        """Boxes of the report's cells in reading order."""
        return tuple(box for box in self.boxes if box.cell.role is Role.VALUE)

    @cached_property
    def value_rows(self) -> tuple[tuple[Box, ...], ...]:
        """Boxes of the report's cells by line, from left to right."""
        by_line: dict[int, list[Box]] = {}
        for box in self.values:
            by_line.setdefault(box.y, []).append(box)
        return tuple(tuple(by_line[y]) for y in sorted(by_line))

    def between(self, one: Address, other: Address) -> tuple[tuple[Address, ...], ...]:
        """Return the rectangle of cells between two corners, row by row."""
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
        """Return the values on a cell's line."""
        here = self.box_of[address]
        return next(row for row in self.value_rows if row[0].y == here.y)

    def beyond(self, address: Address, direction: int) -> Box | None:
        """Return the nearest value in the line above (-1) or below (1); None at the edge."""
        rows, here = self.value_rows, self.box_of[address]
        position = rows.index(self.row_of(address)) + direction
        if not 0 <= position < len(rows):
            return None
        middle = here.x + here.width // 2
        return min(rows[position], key=lambda box: abs(box.x + box.width // 2 - middle))


def fit(layout: TableLayout, longest: Sequence[int], width: int, ambiguous: Ambiguous = 1) -> Grid:
    """Lay a table out in `width` columns; the result is wider if the numbers need it.

    Each lane gets room for one more digit if possible: a number that outgrows its lane moves everything beside it, which costs output
    and is hard to follow.

    Args:
        layout: The form.
        longest: Columns of the longest value of each lane.
        width: Columns of the screen.
        ambiguous: Columns of an ambiguous character.
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
    """Return the number of lanes: one per column of values, or one per block if several are stacked."""
    blocks = layout.table.blocks
    return len(layout.value_lines) - 1 if len(blocks) == 1 else len(blocks)


def _lane_widths(layout: TableLayout, longest: Sequence[int], spare: int) -> list[int]:
    """Return the width of a value in each lane, including its mark and `spare` digits."""
    blocks = layout.table.blocks
    across = [block.across for block in blocks] if len(blocks) > 1 else [blocks[0].across] * len(longest)
    least = [LEAST_VALUE_ACROSS if one else LEAST_VALUE for one in across]
    return [max(text + 1 + spare, at_least) for text, at_least in zip(longest, least, strict=True)]


def _values_width(layout: TableLayout, widths: Sequence[int]) -> int:
    """Return the columns of all lanes, including the rule after each value."""
    blocks = layout.table.blocks
    if len(blocks) == 1:
        return sum(width + 1 for width in widths)
    return max(block_width(block) * (width + 1) for block, width in zip(blocks, widths, strict=True))


def _stub_wish(layout: TableLayout, ambiguous: Ambiguous) -> int:
    """Return the width at which every row label fits on one line."""
    levels = _stub_levels(layout.stub_columns, MOST_STUB)
    wish = 0
    for cell in layout.cells:
        if cell.role is Role.STUB and cell.rows == 1:
            wish = max(wish, sum(levels[: cell.column]) + cell.column + text_width(cell.label, ambiguous) + 1)
    return wish


def _stub_levels(count: int, width: int) -> list[int]:
    """Return the width of each level of row labels without rules: groups are narrow, rows get the rest."""
    group = 2 if width < 28 else 4  # noqa: PLR2004 - below that every column goes to the row's own label
    narrow = [group, *([group + 4] * (count - 2))][: count - 1]
    return [*narrow, max(width - sum(narrow) - count, 2)]


def _column_edges(layout: TableLayout, stub: int, values: Sequence[int]) -> list[int]:
    """Return for each grid line the screen column after its vertical rule."""
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
    """Return the lines of each grid row: column labels are shown in full, rows of values take one line each."""
    heights = [1] * layout.rows
    heads = [(position, cell) for position, cell in enumerate(layout.cells) if cell.role is Role.HEADER]
    for position, cell in sorted(heads, key=lambda entry: entry[1].rows):
        rows = range(cell.row, cell.row + cell.rows)
        missing = len(labels[position]) - sum(heights[row] for row in rows)
        if missing > 0:
            heights[rows[-1]] += missing
    return heights


def _cut(lines: tuple[str, ...], height: int, width: int, ambiguous: Ambiguous) -> tuple[str, ...]:
    """Truncate a label to the lines of its box, marking the last one."""
    if len(lines) <= height:
        return lines
    last = "".join(lines[height - 1 :])
    return (*lines[: height - 1], shorten(last, width, ambiguous))


def longest_values(layout: TableLayout, texts: Iterable[tuple[Address, str]], ambiguous: Ambiguous = 1) -> list[int]:
    """Return the columns of the longest value of each lane."""
    blocks = layout.table.blocks
    block_of = {row.id: position for position, block in enumerate(blocks) for row in block.rows}
    longest = [0] * lane_count(layout)
    for address, text in texts:
        lane = layout.place_of[address].column - layout.stub_columns if len(blocks) == 1 else block_of[address.row]
        longest[lane] = max(longest[lane], text_width(text, ambiguous))
    return longest
