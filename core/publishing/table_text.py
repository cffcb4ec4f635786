"""Drawing of a statutory table as text, with all merged cells, in lines of equal width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..chinese.line_break import wrap_centred, wrap_label
from ..chinese.width import centred, left_aligned
from ..layout import Role
from .style import Borders
from .table_columns import Allotment, allot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..layout import PlacedCell, TableLayout
    from .style import TextStyle

_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_JUNCTIONS: Final = {
    Borders.UNICODE: " ╵╷│╴┘┐┤╶└┌├─┴┬┼",
    Borders.ASCII: " |||-+++-+++-+++",
}
"""Box-drawing character for each set of arms, indexed by the sum of `_UP`, `_DOWN`, `_LEFT` and `_RIGHT`."""
_VERTICAL: Final = {Borders.UNICODE: "│", Borders.ASCII: "|"}
_HORIZONTAL: Final = {Borders.UNICODE: "─", Borders.ASCII: "-"}
_NO_LINE: Final = {
    Borders.UNICODE: {ord(char): "｜" for char in "│┃|"},
    Borders.ASCII: {ord("|"): "｜"},
}
"""Replacements for characters in cell text that could be mistaken for table lines."""


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table as text."""

    lines: tuple[str, ...]
    width: int
    """Width in columns of every line."""


def draw_table(layout: TableLayout, texts: list[str], style: TextStyle) -> DrawnTable:
    """Draw a table with the text of each cell of `layout.cells`, each text on one line.

    The table is at most `style.width` wide, unless the numbers need more. A rule separates all rows.
    """
    allotment = allot(layout, texts, style)
    texts = [text.translate(_NO_LINE[style.borders]) for text in texts]
    lines = _Drawing.of(layout, texts, style, allotment).lines()
    return DrawnTable(tuple(lines), allotment.total)


def _cell_lines(cell: PlacedCell, text: str, style: TextStyle, allotment: Allotment) -> list[str]:
    """Wrap a cell's text and align it to the cell's width: labels of single rows left-aligned, everything else centred."""
    width = allotment.width(cell.column, cell.columns)
    if not text:
        return []
    padding = allotment.padding
    if cell.role is Role.STUB and cell.rows == 1 and cell.column + cell.columns > 1:
        lines = wrap_label(text, width - 2 * padding, style.ambiguous)
        return [left_aligned(" " * padding + line, width, style.ambiguous) for line in lines]
    lines = wrap_centred(text, max(width - 2 * padding, 2), style.ambiguous, cell.rows)
    return [centred(line, width, style.ambiguous) for line in lines]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Inputs and intermediate results of drawing a table."""

    layout: TableLayout
    style: TextStyle
    allotment: Allotment
    heights: list[int]
    """Number of text lines of each grid row."""
    tops: list[int]
    """Line number at which each grid row starts, counting rules."""
    blocks: list[list[str]]
    """Lines of each cell over its whole height, padded with empty lines."""

    @classmethod
    def of(cls, layout: TableLayout, texts: list[str], style: TextStyle, allotment: Allotment) -> _Drawing:
        """Wrap all texts and compute the row heights they need."""
        cells = layout.cells
        broken = [_cell_lines(cell, text, style, allotment) for cell, text in zip(cells, texts, strict=True)]
        heights = _heights(layout, broken)
        tops = [1 + sum(heights[:row]) + row for row in range(layout.rows)]
        blocks = []
        for cell, lines in zip(cells, broken, strict=True):
            height = sum(heights[cell.row : cell.row + cell.rows]) + cell.rows - 1
            above = (height - len(lines)) // 2
            empty = " " * allotment.width(cell.column, cell.columns)
            blocks.append([empty] * above + lines + [empty] * (height - above - len(lines)))
        return cls(layout, style, allotment, heights, tops, blocks)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the table."""
        for row, height in enumerate(self.heights):
            yield self._rule(row)
            for line in range(self.tops[row], self.tops[row] + height):
                yield self._text_line(row, line)
        yield self._rule(self.layout.rows)

    def _text_line(self, row: int, line: int) -> str:
        """Return one text line of a grid row."""
        vertical = _VERTICAL[self.style.borders]
        segments = []
        previous = -1
        for owner in self.layout.owners[row]:
            if owner != previous:
                segments.append(self._segment(owner, line))
                previous = owner
        return vertical + vertical.join(segments) + vertical

    def _segment(self, owner: int, line: int) -> str:
        """Return the part of a cell that is on one line of the table."""
        return self.blocks[owner][line - self.tops[self.layout.cells[owner].row]]

    def _rule(self, row: int) -> str:
        """Return the rule above a grid row; cells that span several rows interrupt it."""
        owners, columns = self.layout.owners, self.layout.columns
        outside = (-1,) * columns
        above = owners[row - 1] if row else outside
        below = owners[row] if row < self.layout.rows else outside
        line = self.tops[row] - 1 if row < self.layout.rows else 0
        horizontal = _HORIZONTAL[self.style.borders]
        pieces = []
        column = 0
        while column < columns:
            pieces.append(self._junction(above, below, column))
            if above[column] == below[column]:
                cell = self.layout.cells[below[column]]
                pieces.append(self._segment(below[column], line))
                column += cell.columns
            else:
                pieces.append(horizontal * (self.allotment.widths[column] // self.style.line_columns))
                column += 1
        pieces.append(self._junction(above, below, columns))
        return "".join(pieces)

    def _junction(self, above: tuple[int, ...], below: tuple[int, ...], column: int) -> str:
        """Return the character at the crossing of the rule and the vertical line before a grid column."""
        last = len(above)
        up_left, down_left = (above[column - 1], below[column - 1]) if column else (-1, -1)
        up_right, down_right = (above[column], below[column]) if column < last else (-1, -1)
        arms = (
            _UP * (up_left != up_right)
            + _DOWN * (down_left != down_right)
            + _LEFT * (up_left != down_left)
            + _RIGHT * (up_right != down_right)
        )
        return _JUNCTIONS[self.style.borders][arms]


def _heights(layout: TableLayout, broken: list[list[str]]) -> list[int]:
    """Return the number of lines of each grid row: what its single-row cells need, plus an even share of what spanning cells lack."""
    heights = [1] * layout.rows
    tall = []
    for cell, lines in zip(layout.cells, broken, strict=True):
        if cell.rows == 1:
            heights[cell.row] = max(heights[cell.row], len(lines))
        elif lines:
            tall.append((cell, len(lines)))
    for cell, count in tall:
        missing = count - sum(heights[cell.row : cell.row + cell.rows]) - (cell.rows - 1)
        for extra in range(max(missing, 0)):
            heights[cell.row + extra % cell.rows] += 1
    return heights
