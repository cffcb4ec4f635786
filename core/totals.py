"""Totals that follow edits: a total that was correct before an edit is correct after it; one that was wrong is left alone and reported.

A total is correct if it equals the sum of its addends. If two identities define a total (the corner of table 三), it follows the first
of them that held.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from .report import BLANK, NA, Cell, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .edition import Edition, Equation
    from .report import Report


def sum_of(cells: Sequence[Cell], addends: Iterable[int]) -> Cell:
    """Return the sum of the cells at these positions.

    Blank cells add nothing; NA adds nothing. The sum is BLANK if no cell is a number and one is blank, NA if all are NA, and BLANK if
    any cell holds text, since no sum can be computed.
    """
    total: int | Decimal = 0
    numbers = blanks = 0
    for position in addends:
        value = cells[position]
        if isinstance(value, int | Decimal):
            total += value
            numbers += 1
        elif isinstance(value, Text):
            return BLANK
        elif value is BLANK:
            blanks += 1
    if numbers:
        return total
    return BLANK if blanks else NA


@lru_cache(maxsize=8)
def total_equations(edition: Edition) -> tuple[tuple[int, tuple[Equation, ...]], ...]:
    """Return each total with the identities that define it, in topological order: a total comes after the totals among its addends.

    Raises:
        ValueError: Totals depend on each other in a cycle.
    """
    defining: dict[int, list[Equation]] = {}
    for equation in edition.equations:
        if equation.total is not None:
            defining.setdefault(equation.total, []).append(equation)
    order: list[int] = []
    state: dict[int, bool] = {}

    def visit(total: int) -> None:
        if state.get(total) is False:
            raise ValueError(str(edition.addresses[total]))
        if total in state:
            return
        state[total] = False
        for equation in defining[total]:
            for position in equation.addends:
                if position in defining:
                    visit(position)
        state[total] = True
        order.append(total)

    for total in defining:
        visit(total)
    return tuple((total, tuple(defining[total])) for total in order)


def apply_edits(report: Report, edits: Mapping[int, Cell]) -> Report:
    """Apply edits and recalculate the totals that were correct before them. A total that is edited itself keeps its new value."""
    before = report.cells
    after = report.with_cells(edits)
    if after is report:
        return report
    cells = list(after.cells)
    changed = {position for position in edits if cells[position] is not before[position]}
    for total, equations in total_equations(report.edition):
        if total in edits:
            continue
        for equation in equations:
            addends = equation.addends
            if before[total] != sum_of(before, addends):
                continue
            if not changed.isdisjoint(addends):
                cells[total] = sum_of(cells, addends)
                changed.add(total)
            break
    return report.with_cells({position: cells[position] for position in changed})


def with_totals_accepted(report: Report, totals: Iterable[int]) -> Report:
    """Return the report with each of these totals replaced by the sum of its addends; other cells do not change."""
    wanted = set(totals)
    cells = list(report.cells)
    for total, equations in total_equations(report.edition):
        if total in wanted:
            value = sum_of(cells, equations[0].addends)
            if value is not BLANK:
                cells[total] = value
    return report.with_cells({total: cells[total] for total in wanted})
