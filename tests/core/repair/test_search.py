"""Search for minimal repairs: complete, within its budget, for the identities of any edition."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import pytest
from example_counts import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from nianbao.core.edition import Block, CellKind, Column, Edition, Equation, Row, Section, Table
from nianbao.core.ids import Address, ColumnId, RowId, SectionId
from nianbao.core.repair import suggest as repair_module
from nianbao.core.repair.search import Budget, Search, plan_of
from nianbao.core.repair.suggest import MOST_CANDIDATES, Correction, InconsistencyGroup, Repair, find_inconsistencies
from nianbao.core.report import Cell, Header, Report, Text, blank_report
from nianbao.templates import load_edition
from repair_tables import CITY, FORM, apply_repair, at, only, spoken, violated
from strategies_repair import (
    OFFICES,
    consistent_report,
    number,
    repeatable,
    table_three,
)


def test_a_search_that_takes_too_long_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    right = consistent_report(FORM, CITY, repeatable(5))
    index = at("requests.granted.total")
    wrong = right.with_cells({index: number(right, index) + 1})
    assert only(find_inconsistencies(wrong)).count == 1
    monkeypatch.setattr(repair_module, "BUDGET", 0)
    assert only(find_inconsistencies(wrong)).candidates == ()


@given(st.integers(0, 2**32))
@examples(100)
def test_the_budget_suffices_for_three_wrong_cells(seed: int) -> None:
    """Including cells that share a row or column and cancel out, which make the search largest."""
    random = repeatable(seed)
    right = consistent_report(FORM, random.choice(OFFICES), random)
    cells = table_three(FORM)
    row, column = random.randrange(25), random.randrange(7)
    pool = {*cells[7 * row : 7 * row + 7], *cells[column::7]}
    changes = {index: max(0, number(right, index) + random.choice((-1, 1))) for index in random.sample(sorted(pool), 3)}
    assert all(problem.candidates for problem in find_inconsistencies(right.with_cells(changes)))


@dataclass(frozen=True)
class Sum:
    """An identity of a fictitious edition."""

    left: tuple[int, ...]
    right: tuple[int, ...]


def made_up(kinds: list[CellKind], sums: list[Sum]) -> Edition:
    """Return an edition with one table of one row."""
    columns = tuple(Column(ColumnId(f"c{place}"), (f"第{place}列",), f"第{place}列", kind) for place, kind in enumerate(kinds))
    row = Row(RowId("only"), ("数量",), "数量")
    section = SectionId("figures")
    return Edition(
        id="made-up",
        first_year=2030,
        last_year=None,
        notice="",
        title="{agency}{year}",
        sections=(Section(section, "一", "数字", Table(section, "表一", (Block((row,), columns),))),),
        addresses=tuple(Address(section, row.id, column.id) for column in columns),
        equations=tuple(Equation("X01", each.left, each.right) for each in sums),
        chains=(),
        deadlines={},
    )


def filled(edition: Edition, *values: Cell) -> Report:
    return blank_report(edition, Header()).with_cells(dict(enumerate(values)))


def test_amounts_are_mended_to_the_last_decimal_and_counts_only_to_whole_numbers() -> None:
    edition = made_up([CellKind.AMOUNT, CellKind.COUNT, CellKind.AMOUNT], [Sum((0, 1), (2,))])
    problem = only(find_inconsistencies(filled(edition, Decimal("12.40"), 3, Decimal("15.04"))))
    assert [spoken(edition, repair) for repair in problem.candidates] == [
        {"figures.only.c0": (Decimal("12.40"), Decimal("12.04"))},
        {"figures.only.c2": (Decimal("15.04"), Decimal("15.40"))},
    ]
    problem = only(find_inconsistencies(filled(edition, Decimal("12.40"), 3, Decimal("12.40"))))
    assert Correction(1, 3, 0) in {change for repair in problem.candidates for change in repair.changes}


def test_a_change_may_be_mended_to_a_negative_number() -> None:
    edition = made_up([CellKind.COUNT, CellKind.CHANGE, CellKind.COUNT], [Sum((0, 1), (2,))])
    problem = only(find_inconsistencies(filled(edition, 30, 5, 25)))
    assert {repair.changes[0].index: repair.changes[0].new for repair in problem.candidates} == {0: 20, 1: -5, 2: 35}


@pytest.mark.parametrize("edition", [load_edition("2021"), load_edition("2019")], ids=lambda edition: edition.id)
def test_no_two_cells_of_the_form_share_two_identities(edition: Edition) -> None:
    assert plan_of(edition).knots == ()


TANGLED = [
    pytest.param([Sum((0, 1), (3,)), Sum((1, 2), (4,)), Sum((0, 2), (5,))], id="three sums of two"),
    pytest.param([Sum((0, 1), (2,)), Sum((0,), (1, 3)), Sum((4,), (5,))], id="a sum and a difference of the same"),
    pytest.param([Sum((0, 0, 1), (2,)), Sum((0, 1), (3,)), Sum((2,), (4, 5))], id="one counted twice"),
    pytest.param([Sum((0, 1, 2), (3,)), Sum((3,), (4, 5)), Sum((0,), (4,))], id="a circle"),
]


@pytest.mark.parametrize("sums", TANGLED)
@given(st.lists(st.integers(0, 4), min_size=6, max_size=6))
@examples(25)
def test_in_a_tangled_edition_the_smallest_repairs_are_just_those_that_trying_everything_finds(sums: list[Sum], values: list[int]) -> None:
    edition = made_up([CellKind.COUNT] * 6, sums)
    report = filled(edition, *values)
    assume(violated(report))
    for problem in find_inconsistencies(report):
        everything = by_trying(report, problem, most=2)
        if everything:
            assert len(problem.candidates) == min(len(everything), MOST_CANDIDATES)
            assert {repair.changes for repair in problem.candidates} <= everything
        else:
            assert all(len(repair.changes) > 2 for repair in problem.candidates)


def by_trying(report: Report, problem: InconsistencyGroup, most: int) -> set[tuple[Correction, ...]]:
    """Return the smallest sets of changes that satisfy the problem's identities and break no other, by brute force.

    Sets of cells whose changes can compensate for each other are excluded.
    """
    wanted = set(violated(report)) - set(problem.equations)
    for size in range(1, most + 1):
        found = set()
        for cells in combinations(range(len(report.cells)), size):
            if not independent(report.edition, cells):
                continue
            for values in product(range(20), repeat=size):
                changes = tuple(Correction(cell, number(report, cell), value) for cell, value in zip(cells, values, strict=True))
                if all(change.old != change.new for change in changes) and set(violated(apply_repair(report, Repair(changes)))) == wanted:
                    found.add(changes)
        if found:
            return found
    return set()


def independent(edition: Edition, cells: tuple[int, ...]) -> bool:
    """Return whether different amounts in these cells always give different residuals."""
    columns = [[Fraction(equation.left.count(cell) - equation.right.count(cell)) for equation in edition.equations] for cell in cells]
    if len(columns) == 1:
        return any(columns[0])
    one, other = columns
    return any(a * d != b * c for (a, b), (c, d) in combinations(list(zip(one, other, strict=True)), 2))


def test_three_cells_that_can_only_be_found_together_are_found() -> None:
    edition = made_up([CellKind.COUNT] * 12, [Sum((0, 1), (3, 6, 9)), Sum((1, 2), (4, 7, 10)), Sum((0, 2), (5, 8, 11))])
    right = (10, 20, 30, 30, 50, 40, 0, 0, 0, 0, 0, 0)
    wrong = filled(edition, 17, 35, 61, *right[3:])
    truth = (Correction(0, 17, 10), Correction(1, 35, 20), Correction(2, 61, 30))
    problem = only(find_inconsistencies(wrong))
    assert problem.count > MOST_CANDIDATES  # one cell of each sum would be a repair too
    assert all(len(repair.changes) <= 3 for repair in problem.candidates)
    search = Search(plan_of(edition), wrong.cells)
    explanations = search.explanations(search.residuals(), 3, Budget(10**6))
    assert tuple((change.index, change.new) for change in truth) in explanations


KNOT = [Sum((0, 1), (2,)), Sum((0,), (1, 3))]
"""Identities of which each contains the cells 0 and 1."""


def explained(edition: Edition, cells: int, *values: Cell) -> set[tuple[tuple[int, int | Decimal], ...]]:
    search = Search(plan_of(edition), filled(edition, *values).cells)
    return set(search.explanations(search.residuals(), cells, Budget(10**6)))


def test_a_cell_that_keeps_its_value_is_no_part_of_an_explanation() -> None:
    edition = made_up([CellKind.COUNT] * 4, KNOT)
    values = (9, 2, 7, 3)  # 0 alone is wrong: it should hold 5
    assert explained(edition, 1, *values) == {((0, 5),)}
    for explanation in explained(edition, 2, *values):
        assert all(meant != values[cell] for cell, meant in explanation)


def test_cells_that_no_judged_identity_ties_together_are_passed_over() -> None:
    edition = made_up([CellKind.COUNT] * 8, [*KNOT, Sum((0,), (4,)), Sum((1,), (5,)), Sum((6,), (7,))])
    values = (5, 2, Text("七"), Text("三"), 5, 2, 8, 9)
    assert explained(edition, 1, *values) == {((6, 9),), ((7, 8),)}
    assert not any({0, 1} <= {cell for cell, _ in explanation} for explanation in explained(edition, 3, *values))
