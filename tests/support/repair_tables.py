"""Tables for tests of repairs, and readable forms of repairs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from nianbao.core.edition import Edition, Equation
from nianbao.core.ids import RowId, SectionId, parse_address
from nianbao.core.repair.search import plan_of
from nianbao.core.repair.suggest import InconsistencyGroup, Repair
from nianbao.core.report import Cell, Header, Report, blank_report
from nianbao.templates import load_edition
from strategies_repair import (
    OFFICES,
    number,
)

EDITIONS = [load_edition("2021"), load_edition("2019")]
FORM = EDITIONS[0]
COUNTY, CITY = OFFICES[1], OFFICES[2]
each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
each_office = pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.name)


def at(address: str, edition: Edition = FORM) -> int:
    return edition.index[parse_address(address)]


def zeros(edition: Edition = FORM) -> Report:
    return blank_report(edition, Header()).with_cells(dict.fromkeys(range(len(edition.addresses)), 0))


def with_row(report: Report, row: str, *values: Cell) -> Report:
    section, name = row.split(".")
    return report.with_cells(dict(zip(report.edition.row_cells[SectionId(section), RowId(name)], values, strict=True)))


def spoken(edition: Edition, repair: Repair) -> dict[str, tuple[int | Decimal, int | Decimal]]:
    return {str(edition.addresses[change.index]): (change.old, change.new) for change in repair.changes}


def only(problems: tuple[InconsistencyGroup, ...]) -> InconsistencyGroup:
    (problem,) = problems
    return problem


def violated(report: Report) -> list[Equation]:
    return [
        equation
        for equation in plan_of(report.edition).equations
        if sum(number(report, cell) for cell in equation.left) != sum(number(report, cell) for cell in equation.right)
    ]


def apply_repair(report: Report, repair: Repair) -> Report:
    """Return the report with a repair applied."""
    return report.with_cells({change.index: change.new for change in repair.changes})
