"""Sum of the tables of several reports, as a government adds up the reports of its departments and townships.

A cell that is blank or text in one report is never counted as 0: it stays blank in the sum and is reported. `/` (not applicable) adds
nothing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from .cell_notation import money_in_wan
from .edition import CellKind
from .report import BLANK, NA, Report, is_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .ids import Address
    from .report import Cell, Header


class UnsummedCell(NamedTuple):
    """A cell that could not be summed, and the first report without a number in it."""

    address: Address
    name: str
    """Official labels."""
    report: int
    """Position of the report in the input."""
    value: Cell
    """Contents of the cell in that report."""


class ReportSum(NamedTuple):
    """The summed report, without prose, and the cells that could not be summed."""

    report: Report
    lacks: tuple[UnsummedCell, ...]


def sum_reports(reports: Sequence[Report], header: Header) -> ReportSum:
    """Add up the tables of reports of one edition under a new header.

    Raises:
        ValueError: There are no reports, or they are of several editions.
    """
    editions = {report.edition for report in reports}
    if len(editions) != 1:
        raise ValueError(f"one edition wanted, not {len(editions)}")
    edition = editions.pop()
    cells: list[Cell] = []
    lacks: list[UnsummedCell] = []
    for place, info in enumerate(edition.cells):
        values = [_number(report.cells[place], info.kind) for report in reports]
        lacking = next((at for at, value in enumerate(values) if not is_number(value) and value is not NA), None)
        if lacking is not None:
            lacks.append(UnsummedCell(info.address, info.name, lacking, reports[lacking].cells[place]))
        cells.append(_added(values) if lacking is None else BLANK)
    return ReportSum(Report(edition, header, ("",) * len(edition.sections), tuple(cells)), tuple(lacks))


def _number(value: Cell, kind: CellKind) -> Cell:
    """Return the addend for a value: amounts with a printed unit are converted to 万元."""
    if kind is not CellKind.MONEY or value is NA:
        return value
    amount = money_in_wan(value)
    return value if amount is None else amount


def _added(values: list[Cell]) -> Cell:
    numbers = [value for value in values if isinstance(value, int | Decimal)]
    if not numbers:
        return NA
    total = sum(numbers)
    return int(total) if total == int(total) else total
