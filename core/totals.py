"""Live totals: a total that was right before an edit is right after it; one that was already wrong is left alone and flagged.

A total is right where it equals what its addends make. Where two identities define one total (the corner of table 三), it follows
the first of them that held.
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
    """What these cells add up to: blank cells count as nothing yet, all blank make a blank, words make a sum impossible (blank)."""
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
    """Each total with the identities that define it, addends' totals before the totals made of them.

    Raises ValueError where totals are defined in a circle.
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


def settle(report: Report, edits: Mapping[int, Cell]) -> Report:
    """The report after these edits, with every total that was right before them right again."""
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


def accepted(report: Report, totals: Iterable[int]) -> Report:
    """The report with each of these totals replaced by what its addends make; other cells are left alone."""
    wanted = set(totals)
    cells = list(report.cells)
    for total, equations in total_equations(report.edition):
        if total in wanted:
            value = sum_of(cells, equations[0].addends)
            if value is not BLANK:
                cells[total] = value
    return report.with_cells({total: cells[total] for total in wanted})


def is_total(edition: Edition, position: int) -> bool:
    """Whether the form defines this cell as a sum."""
    return any(total == position for total, _ in total_equations(edition))
