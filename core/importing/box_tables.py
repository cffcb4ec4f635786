"""Parser for tables drawn with box characters, as `nianbao export` writes them: rows of cells, however the labels are wrapped."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ..chinese.width import char_widths
from .source_lines import GridCell, SourceLine, row_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..chinese.width import Ambiguous

_HORIZONTAL: Final = frozenset("─━-═")
_VERTICAL: Final = frozenset("│┃|║")
_JUNCTION: Final = frozenset("┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╵╷╴╶+")
_WALL: Final = _VERTICAL | _JUNCTION
_LEAST_LINES: Final = 3
_MOST_LINES: Final = 2000


def read_box_tables(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Replace every drawn table by its rows."""
    result: list[SourceLine] = []
    block: list[SourceLine] = []
    for line in [*lines, SourceLine(0, "")]:
        text = line.text.strip()
        if line.cells is None and text and text[0] in _WALL and text[-1] in _WALL and len(text) > 1:
            block.append(line)
            continue
        if block:
            result += _table(block) or block
            block = []
        result.append(line)
    return result[:-1]


def _table(block: Sequence[SourceLine]) -> list[SourceLine]:
    """Return the rows of a drawn table, or an empty list if the lines do not form one."""
    rules = [line for line in block if _is_rule(line.text.strip())]
    if not _LEAST_LINES <= len(block) <= _MOST_LINES or len(rules) < 2 or not _is_rule(block[0].text.strip()):  # noqa: PLR2004 - top and bottom
        return []
    ambiguous: tuple[Ambiguous, ...] = (2, 1)
    for columns in ambiguous:
        grid = [_columns(line.text.strip(), columns) for line in block]
        if len({len(row) for row in grid}) == 1:
            return list(_rows(block, grid))
    return []


def _is_rule(text: str) -> bool:
    return len(text) > 1 and text[0] in _JUNCTION and all(char in _HORIZONTAL or char in _WALL for char in text)


def _is_wall(row: Sequence[str], column: int) -> bool:
    """Return whether this column is a border. A plus sign is one only beside a horizontal line, else the sign of a number."""
    if row[column] != "+":
        return row[column] in _WALL
    return any(0 <= beside < len(row) and row[beside] in _HORIZONTAL for beside in (column - 1, column + 1))


def _columns(text: str, ambiguous: Ambiguous) -> list[str]:
    """Split a line into display columns. A wide character is in its first column; its others are empty."""
    widths = char_widths(ambiguous)
    row: list[str] = []
    for char in text:
        row.append(char)
        row += [""] * (widths[char] - 1)
        if widths[char] == 0:
            row.pop()
            if row:
                row[-1] += char
    return row


@dataclass(slots=True)
class _OpenCell:
    """A cell whose end has not been reached."""

    first: int
    """Index of the line on which it begins."""
    span: int
    """Number of elementary columns that it spans."""
    parts: list[str]


def _rows(block: Sequence[SourceLine], grid: Sequence[Sequence[str]]) -> Iterator[SourceLine]:
    """Yield rows of cells, grouped by the line on which the cells begin, from left to right."""
    bounds = sorted({column for row in grid for column in range(len(row)) if _is_wall(row, column)})
    open_cells: dict[int, _OpenCell] = {}
    done: list[tuple[int, int, _OpenCell]] = []
    for number, row in enumerate(grid):
        seen: set[int] = set()
        for start, end, text in _segments(row, bounds):
            if text and all(char in _HORIZONTAL for char in text):
                continue
            seen.add(start)
            cell = open_cells.get(start)
            if cell is None or cell.span != end - start:
                cell = open_cells[start] = _OpenCell(number, end - start, [])
            cell.parts.append(text.strip())
        for start in [start for start in open_cells if start not in seen]:
            cell = open_cells.pop(start)
            done.append((cell.first, start, cell))
    done += [(cell.first, start, cell) for start, cell in open_cells.items()]
    rows: dict[int, list[GridCell]] = {}
    for first, _, cell in sorted(done, key=lambda item: item[:2]):
        rows.setdefault(first, []).append(GridCell("".join(cell.parts), cell.span))
    for first, cells in rows.items():
        yield row_line(block[first].number, tuple(cells))


def _segments(row: Sequence[str], bounds: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a line between borders, as (left, right, text); left and right are indices into `bounds`."""
    walls = [position for position, column in enumerate(bounds) if _is_wall(row, column)]
    for left, right in pairwise(walls):
        text = "".join(row[bounds[left] + 1 : bounds[right]])
        yield left, right, text
