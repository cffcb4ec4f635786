"""Layout of a statutory table: cells with positions and spans, from which every renderer paints.

The grid has the columns of the row labels on the left (as many as the deepest row path) and the columns of the values to their right.
Blocks of one table may divide the width of the values differently (three columns above two), so the grid has a line wherever one of
them has, and a cell may span several grid columns. Merged cells follow from common prefixes of the label paths.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from .edition import CellKind, Edition
from .ids import Address
from .report import Mark, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .edition import Block, Column, Row, Table
    from .ids import SectionId
    from .report import Cell, Report

Path = tuple[str, ...]


class Role(StrEnum):
    """Function of a cell in a table."""

    CAPTION = "caption"
    """Line across the whole width: 第二十条第（一）项."""
    CORNER = "corner"
    """Label above the row labels."""
    HEADER = "header"
    """Label of one or more columns."""
    STUB = "stub"
    """Label of one or more rows."""
    VALUE = "value"
    """Cell of the report."""


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell of the form with its position and span in grid rows and columns."""

    row: int
    column: int
    rows: int
    columns: int
    role: Role
    label: str = ""
    """Official label; empty for a value."""
    address: Address | None = None
    """Address of the report's cell; None for a label."""
    kind: CellKind = CellKind.COUNT

    def text(self, report: Report) -> str:
        """Return the printed text of the cell for a report."""
        return self.label if self.address is None else value_text(report.cell(self.address), self.kind)


@dataclass(frozen=True, eq=False)
class TableLayout:
    """Layout of a table. Compared by identity, so that renderers can key caches by it."""

    table: Table
    rows: int
    stub_columns: int
    """Grid columns of row labels; 0 if all rows are printed across, as in table 四."""
    value_lines: tuple[Fraction, ...]
    """Positions of the vertical lines among the values, as fractions of the values' width: from 0 to 1, ascending."""
    cells: tuple[PlacedCell, ...]
    """Cells in reading order. They cover every grid position exactly once."""

    @property
    def columns(self) -> int:
        """Number of grid columns, of row labels and values together."""
        return self.stub_columns + len(self.value_lines) - 1

    @cached_property
    def owners(self) -> tuple[tuple[int, ...], ...]:
        """Grid row → grid column → index in `cells` of the cell that covers the position."""
        grid = [[-1] * self.columns for _ in range(self.rows)]
        for position, cell in enumerate(self.cells):
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    grid[row][column] = position
        return tuple(map(tuple, grid))

    @cached_property
    def place_of(self) -> dict[Address, PlacedCell]:
        """Address of a report's cell → its place in the grid."""
        return {cell.address: cell for cell in self.cells if cell.address is not None}


@lru_cache(maxsize=64)
def layouts(edition: Edition) -> dict[SectionId, TableLayout]:
    """Return the layout of every table of an edition, by section; cached."""
    return {table.section: lay_out(table) for table in edition.tables}


def lay_out(table: Table) -> TableLayout:
    """Compute the layout of a table."""
    stub_columns = max((len(row.path) for block in table.blocks if not block.across for row in block.rows), default=0)
    lines = tuple(sorted({Fraction(step, block_width(b)) for b in table.blocks for step in range(block_width(b) + 1)}))
    cells: list[PlacedCell] = []
    row = 0
    for block in table.blocks:
        width = block_width(block)
        edges = tuple(stub_columns + lines.index(Fraction(place, width)) for place in range(width + 1))
        painter = _BlockPainter(table, block, stub_columns, edges)
        cells.extend(painter.cells(row))
        row += painter.height
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return TableLayout(table, row, stub_columns, lines, tuple(cells))


def block_width(block: Block) -> int:
    """Return the number of values side by side in a block."""
    return len(block.columns) * (len(block.rows) if block.across else 1)


def value_text(value: Cell, kind: CellKind = CellKind.COUNT) -> str:
    """Format a cell for publication: blank as the empty string, NA as `/`, an increase as `+3`, a decimal without exponent."""
    if isinstance(value, Mark):
        return value.value
    if isinstance(value, Text):
        return value.raw
    if isinstance(value, Decimal):
        return format(value, "f")
    return f"{value:+d}" if kind is CellKind.CHANGE and value else str(value)


@dataclass(frozen=True, slots=True)
class _Group:
    """A label that spans one or more adjacent rows or columns, at its level of the paths."""

    first: int
    count: int
    level: int
    levels: int
    label: str


def _groups(paths: Sequence[Path], depth: int) -> Iterator[_Group]:
    """Yield the merged labels of adjacent paths: a common prefix is one label, and the last label of a path spans the levels below it."""
    for level in range(depth):
        for key, run in groupby(range(len(paths)), key=lambda index: _merge_key(paths, index, level)):
            members = list(run)
            path = paths[members[0]]
            if key is not None:
                levels = depth - level if len(path) == level + 1 else 1
                yield _Group(members[0], len(members), level, levels, path[level])


def _merge_key(paths: Sequence[Path], index: int, level: int) -> tuple[Path, int] | None:
    """Return the key that adjacent paths must share to be merged at this level; None if the path ended at an earlier level."""
    path = paths[index]
    if len(path) <= level:
        return None
    return path[: level + 1], index if len(path) == level + 1 else -1


@dataclass(frozen=True, slots=True)
class _BlockPainter:
    """Places the cells of one block in the grid."""

    table: Table
    block: Block
    stub_columns: int
    edges: tuple[int, ...]
    """Grid columns at which the block's values start, and the one after the last."""

    @property
    def header_paths(self) -> list[Path]:
        """Label paths of the values that are side by side, one per value."""
        if self.block.across:
            return [row.path + column.path for row in self.block.rows for column in self.block.columns]
        return [column.path for column in self.block.columns]

    @property
    def header_height(self) -> int:
        """Number of grid rows of column labels."""
        return max(map(len, self.header_paths))

    @property
    def height(self) -> int:
        """Number of grid rows of the whole block."""
        data = 1 if self.block.across else len(self.block.rows)
        return bool(self.block.caption) + self.header_height + data

    def cells(self, top: int) -> Iterator[PlacedCell]:
        """Yield the block's cells, starting at grid row `top`."""
        block = self.block
        if block.caption:
            yield PlacedCell(top, 0, 1, self.edges[-1], Role.CAPTION, block.caption)
            top += 1
        height = self.header_height
        if self.stub_columns:
            yield PlacedCell(top, 0, height, self.stub_columns, Role.CORNER, block.corner)
        for group in _groups(self.header_paths, height):
            column, columns = self._span(group.first, group.count)
            yield PlacedCell(top + group.level, column, group.levels, columns, Role.HEADER, group.label)
        yield from self._data(top + height)

    def _data(self, top: int) -> Iterator[PlacedCell]:
        """Yield row labels and values, starting at grid row `top`."""
        block = self.block
        if block.across:
            if self.stub_columns:
                yield PlacedCell(top, 0, 1, self.stub_columns, Role.STUB)
            for place, (row, column) in enumerate((row, column) for row in block.rows for column in block.columns):
                yield self._value(top, place, row, column)
            return
        for group in _groups([row.path for row in block.rows], self.stub_columns):
            yield PlacedCell(top + group.first, group.level, group.count, group.levels, Role.STUB, group.label)
        for offset, row in enumerate(block.rows):
            for place, column in enumerate(block.columns):
                yield self._value(top + offset, place, row, column)

    def _value(self, grid_row: int, place: int, row: Row, column: Column) -> PlacedCell:
        first, columns = self._span(place, 1)
        address = Address(self.table.section, row.id, column.id)
        return PlacedCell(grid_row, first, 1, columns, Role.VALUE, address=address, kind=column.kind)

    def _span(self, place: int, count: int) -> tuple[int, int]:
        """Return the first grid column and the number of grid columns of `count` values, starting with value number `place`."""
        return self.edges[place], self.edges[place + count] - self.edges[place]
