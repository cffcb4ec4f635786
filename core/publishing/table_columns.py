"""Column widths of a statutory table in exported text.

Values side by side get equal widths, and more only if a number needs it, since numbers are never broken. Row labels get the rest. Of
all divisions, the one with the lowest cost is taken: a low table, few labels cut inside a unit such as （三）, and space around the
numbers. Heights are estimated here; text is broken into lines only when the table is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, count, pairwise, product
from typing import TYPE_CHECKING, Final

from ..chinese.line_break import longest_unit
from ..chinese.width import text_width
from ..layout import Role, block_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..layout import PlacedCell, TableLayout
    from .style import TextStyle

Span = tuple[int, int]
"""First grid column and number of grid columns."""

CUT_LABEL: Final = 3.0
"""Cost of a label cut inside a unit. All costs are in lines of table height."""
VERTICAL_LABEL: Final = 1.0
"""Cost of a label printed with one character per line."""
NO_PADDING: Final = 4.0
"""Cost of text that touches the lines beside it."""
TIGHT_VALUES: Final = 4.0
"""Cost of numbers that touch the lines beside them."""
UNEVEN: Final = 1.0
"""Cost per column of difference between the average width of a value column and an even share of the table."""
ONE_CHARACTER: Final = 2
"""Width in columns of an ideograph, and the minimum width of a cell."""
GROUP_LABEL_WIDTHS: Final = (2, 4, 6, 8, 12)
"""Candidate widths for the columns of labels that span several rows."""


@dataclass(frozen=True, slots=True)
class Allotment:
    """Width of each grid column, without the lines between them."""

    widths: tuple[int, ...]
    padding: int
    """Columns left empty on both sides of a cell's text."""
    line_columns: int

    @property
    def total(self) -> int:
        """Width of the whole table."""
        return sum(self.widths) + (len(self.widths) + 1) * self.line_columns

    def width(self, column: int, columns: int) -> int:
        """Return the width of a cell that spans `columns` grid columns from `column`."""
        return sum(self.widths[column : column + columns]) + (columns - 1) * self.line_columns


@dataclass(frozen=True, slots=True)
class _Label:
    """Data of a label needed to estimate heights: its span, text width, and the width of its longest unbreakable unit."""

    row: int
    rows: int
    column: int
    columns: int
    width: int
    unit: int


@dataclass(frozen=True, slots=True)
class _WidthProblem:
    """A table, the widths its numbers need, and the style with the available width."""

    layout: TableLayout
    needs: tuple[tuple[Span, int], ...]
    style: TextStyle

    @property
    def step(self) -> int:
        """Divisor of all widths: the width of one character of a horizontal line."""
        return self.style.line_columns

    def round_up(self, width: int) -> int:
        """Round a width up to a multiple of `step`."""
        return -(-width // self.step) * self.step


def allot(layout: TableLayout, texts: list[str], style: TextStyle) -> Allotment:
    """Divide `style.width` among the grid columns of a table whose cells show `texts`.

    If the numbers do not fit, the allotment's `total` exceeds `style.width`.
    """
    needs: dict[Span, int] = {}
    for cell, text in zip(layout.cells, texts, strict=True):
        if cell.role is Role.VALUE:
            span = (cell.column, cell.columns)
            needs[span] = max(needs.get(span, ONE_CHARACTER), value_need(text, style))
    return _allot(_WidthProblem(layout, tuple(sorted(needs.items())), style))


def value_need(text: str, style: TextStyle) -> int:
    """Return the width a value needs: a number or short text in full, a longer text its longest unbreakable unit."""
    width = text_width(text, style.ambiguous)
    if text.isascii() or width <= GROUP_LABEL_WIDTHS[-1]:
        return width
    return max(min(longest_unit(text, style.ambiguous), width), GROUP_LABEL_WIDTHS[-1])


@lru_cache(maxsize=512)
def _allot(problem: _WidthProblem) -> Allotment:
    labels = [_label(cell, problem.style) for cell in problem.layout.cells if cell.label]
    labels.sort(key=lambda label: label.rows > 1)
    best: Allotment | None = None
    least = float("inf")
    for padding in (1, 0) if problem.step == 1 else (0,):
        for values in _value_divisions(problem, padding):
            if _floor(problem, labels, values, padding) >= least:
                continue
            for stubs in _stub_divisions(problem, values, padding):
                allotment = Allotment((*stubs, *values), padding, problem.step)
                cost = _cost(problem, labels, allotment)
                if cost < least:
                    best, least = allotment, cost
    if best is None:
        stub = problem.round_up(GROUP_LABEL_WIDTHS[-1])
        values = _value_widths(problem, 0, 0)
        return Allotment((*(stub,) * problem.layout.stub_columns, *values), 0, problem.step)
    return best


def _label(cell: PlacedCell, style: TextStyle) -> _Label:
    width = text_width(cell.label, style.ambiguous)
    return _Label(cell.row, cell.rows, cell.column, cell.columns, width, longest_unit(cell.label, style.ambiguous))


def _value_divisions(problem: _WidthProblem, padding: int) -> list[tuple[int, ...]]:
    """Return widths of the value columns that hold every number and leave space for labels, the most even first."""
    stubs, step = problem.layout.stub_columns, problem.step
    beside = max(map(block_width, problem.layout.table.blocks))
    least = problem.round_up(ONE_CHARACTER + 2 * padding)
    found: list[tuple[int, ...]] = []
    for share in count(beside * (least + step), beside * step):
        values = _value_widths(problem, share, padding)
        if _room(problem, values) < stubs * least:
            break
        found.append(values)
    whole = (problem.style.width - step) // step * step
    if not stubs and whole >= beside * (2 * ONE_CHARACTER + 2 * padding + step):
        values = _value_widths(problem, whole, padding)
        if _room(problem, values) >= 0:
            found.append(values)
    return sorted(found, key=lambda widths: _unevenness(problem, widths))


def _room(problem: _WidthProblem, values: tuple[int, ...]) -> int:
    """Return the width left by the values for the text of row labels; negative if there is no space for them."""
    lines = (problem.layout.columns + 1) * problem.step
    room = problem.style.width - lines - sum(values)
    return room - room % problem.step


def _stub_divisions(problem: _WidthProblem, values: tuple[int, ...], padding: int) -> Iterator[tuple[int, ...]]:
    """Yield divisions of the space for row labels. The last column, with the labels of single rows, gets the remainder."""
    stubs = problem.layout.stub_columns
    if not stubs:
        yield ()
        return
    room = _room(problem, values)
    widths = sorted({problem.round_up(width + 2 * padding) for width in GROUP_LABEL_WIDTHS})
    for groups in product(widths, repeat=stubs - 1):
        last = room - sum(groups)
        if last >= max((ONE_CHARACTER + 2 * padding, *groups)):
            yield (*groups, last)


def _value_widths(problem: _WidthProblem, share: int, padding: int) -> tuple[int, ...]:
    """Return the widths of the values' grid columns if they take `share` columns including their lines, widened for long numbers."""
    layout, step = problem.layout, problem.step
    places = [_nearest(line.numerator * share, line.denominator * step) * step for line in layout.value_lines]
    widths = [max(after - before - step, 0) for before, after in pairwise(places)]
    for (column, columns), need in problem.needs:
        first = column - layout.stub_columns
        have = sum(widths[first : first + columns]) + (columns - 1) * step
        if have < need + 2 * padding:
            widths[first + columns - 1] += problem.round_up(need + 2 * padding - have)
    return tuple(widths)


def _nearest(numerator: int, denominator: int) -> int:
    """Return the fraction rounded to the nearest integer, halves up."""
    return (2 * numerator + denominator) // (2 * denominator)


def _unevenness(problem: _WidthProblem, values: tuple[int, ...]) -> float:
    """Return the cost of value columns wider or narrower than an even share of the table."""
    even = (problem.style.width - problem.step) / problem.layout.columns - problem.step
    return UNEVEN * abs(sum(values) / len(values) - even)


def _floor(problem: _WidthProblem, labels: list[_Label], values: tuple[int, ...], padding: int) -> float:
    """Return a lower bound on the cost of any division with these values: labels of single rows only, with the most space possible."""
    groups = (problem.round_up(ONE_CHARACTER + 2 * padding),) * (problem.layout.stub_columns - 1)
    stubs = (*groups, _room(problem, values) - sum(groups)) if problem.layout.stub_columns else ()
    single = [label for label in labels if label.rows == 1]
    return _cost(problem, single, Allotment((*stubs, *values), padding, problem.step))


def _cost(problem: _WidthProblem, labels: list[_Label], allotment: Allotment) -> float:
    """Return the cost of a division in lines of table height; `labels` must have those of single rows first."""
    heights = [1] * problem.layout.rows
    cost = 0.0
    edges = [0, *accumulate(width + problem.step for width in allotment.widths)]
    around = problem.step + 2 * allotment.padding
    for label in labels:
        width = edges[label.column + label.columns] - edges[label.column] - around
        if width < ONE_CHARACTER:
            return float("inf")
        if label.unit > width:
            cost += CUT_LABEL
        if label.width > width:
            lines = -(-label.width // width)
            cost += VERTICAL_LABEL * (width < 2 * ONE_CHARACTER)
            last = label.row + label.rows - 1
            if label.rows > 1:
                lines -= sum(heights[label.row : last]) + label.rows - 1
            heights[last] = max(heights[last], lines)
    cost += NO_PADDING * (problem.step == 1 and not allotment.padding)
    cost += TIGHT_VALUES * any(allotment.width(*span) < need + 2 for span, need in problem.needs)
    return cost + sum(heights) + _unevenness(problem, allotment.widths[problem.layout.stub_columns :])
