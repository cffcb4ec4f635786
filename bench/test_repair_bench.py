"""Benchmarks of the repair search: one to four wrong cells, and the worst cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from nianbao.core.repair.search import plan_of
from nianbao.core.repair.suggest import find_inconsistencies
from nianbao.core.report import BLANK
from nianbao.templates import load_edition
from strategies_repair import OFFICES, consistent_report, damaged, number, repeatable, table_three

if TYPE_CHECKING:
    from nianbao.core.report import Report
    from pytest_benchmark.fixture import BenchmarkFixture

FORM = load_edition("2021")
CITY = OFFICES[2]


def right_report() -> Report:
    return consistent_report(FORM, CITY, repeatable("bench"))


def off_by(report: Report, amounts: dict[tuple[int, int], int]) -> Report:
    """Return the report with cells of table 三, by (row, column), changed by these amounts."""
    cells = {table_three(FORM)[7 * row + column]: amount for (row, column), amount in amounts.items()}
    return report.with_cells({index: number(report, index) + amount for index, amount in cells.items()})


def test_plan_of_an_edition(benchmark: BenchmarkFixture) -> None:
    plan = benchmark(plan_of.__wrapped__, FORM)
    assert len(plan.equations) == 42


def test_a_right_report(benchmark: BenchmarkFixture) -> None:
    assert benchmark(find_inconsistencies, right_report()) == ()


@pytest.mark.parametrize("wrong_cells", [1, 2, 3, 4])
def test_wrong_cells(benchmark: BenchmarkFixture, wrong_cells: int) -> None:
    wrong = damaged(right_report(), "wrong_digit", wrong_cells, repeatable("slips"))
    assert wrong is not None
    assert benchmark(find_inconsistencies, wrong)


def test_a_value_moved_along_a_row(benchmark: BenchmarkFixture) -> None:
    """Each of 21 rows explains the error."""
    right = consistent_report(FORM, OFFICES[4], repeatable("bench"))
    (problem,) = benchmark(find_inconsistencies, off_by(right, {(3, 1): 1, (3, 2): -1}))
    assert problem.count > 10


def test_three_cells_that_partly_cancel_out(benchmark: BenchmarkFixture) -> None:
    """The corner of two rows and two columns is wrong: no family of identities has one for each cell."""
    right = consistent_report(FORM, OFFICES[4], repeatable("bench"))
    (problem,) = benchmark(find_inconsistencies, off_by(right, {(3, 1): 1, (3, 2): 5, (9, 2): 2}))
    assert len(problem.candidates[0].changes) == 3


def test_three_wrong_cells_without_most_row_totals(benchmark: BenchmarkFixture) -> None:
    """Blank cells make row totals unknown, so that hundreds of explanations are possible."""
    right = consistent_report(FORM, OFFICES[4], repeatable("bench"))
    wrong = off_by(right, {(3, 1): 1, (3, 2): 1, (9, 4): 1}).with_cells(dict.fromkeys(table_three(FORM)[48:160:7], BLANK))
    assert benchmark(find_inconsistencies, wrong)
