"""Suggested repairs: the wrong cells of an inconsistent table, and their correct values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from example_counts import examples
from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.edition import Edition
from nianbao.core.repair.suggest import MOST_CANDIDATES, MOST_CELLS, Correction, Repair, find_inconsistencies, repairs_for
from nianbao.core.report import BLANK, NA, Cell, Report, Text
from repair_tables import CITY, COUNTY, EDITIONS, FORM, apply_repair, at, each_edition, only, violated, zeros
from strategies_repair import (
    OFFICES,
    SLIPS,
    best_repair,
    consistent_report,
    differences,
    identities_hold,
    number,
    repeatable,
    reports,
    table_three,
)


@each_edition
@pytest.mark.parametrize("slip", SLIPS)
def test_one_wrong_cell_is_found_with_its_old_value_wherever_it_stands(edition: Edition, slip: str) -> None:
    random = repeatable(slip)
    tried = 0
    for position, index in enumerate(table_three(edition)):
        right = consistent_report(edition, OFFICES[position % len(OFFICES)], random)
        value = number(right, index)
        written = SLIPS[slip](value, random)
        if written is None or written == value:
            continue
        tried += 1
        problem = only(find_inconsistencies(right.with_cells({index: written})))
        assert problem.candidates == (Repair((Correction(index, written, value),)),)
        assert problem.count == 1
    assert tried > len(table_three(edition)) // 10


@each_edition
def test_one_wrong_cell_in_an_empty_table_is_found(edition: Edition) -> None:
    for index in table_three(edition):
        assert best_repair(find_inconsistencies(zeros(edition).with_cells({index: 1}))) == {index: 0}


@given(st.sampled_from(EDITIONS).flatmap(reports), st.data())
@examples(50)
def test_one_wrong_cell_is_found_whatever_was_written(right: Report, data: st.DataObject) -> None:
    index = data.draw(st.sampled_from(table_three(right.edition)))
    written = data.draw(st.integers(0, 10**12).filter(lambda value: value != number(right, index)))
    assert only(find_inconsistencies(right.with_cells({index: written}))).candidates == (
        Repair((Correction(index, written, number(right, index)),)),
    )


@given(st.sampled_from(EDITIONS).flatmap(reports))
@examples(20)
def test_a_table_that_adds_up_has_no_problem(report: Report) -> None:
    assert identities_hold(report)
    assert find_inconsistencies(report) == ()


@given(st.sampled_from(EDITIONS).flatmap(reports), st.data())
def test_every_repair_mends_its_problem_breaks_nothing_and_writes_only_counts(right: Report, data: st.DataObject) -> None:
    cells = st.sampled_from(range(len(right.cells)))
    wrong = right.with_cells(data.draw(st.dictionaries(cells, st.integers(0, 30), max_size=5)))
    before = set(violated(wrong))
    for problem in find_inconsistencies(wrong):
        assert set(problem.equations) <= before
        assert len(problem.candidates) == min(problem.count, MOST_CANDIDATES)
        assert len({len(repair.changes) for repair in problem.candidates}) <= 1
        for repair in problem.candidates:
            assert 1 <= len(repair.changes) <= MOST_CELLS
            assert all(change.old == wrong.cells[change.index] != change.new for change in repair.changes)
            assert all(isinstance(change.new, int) and change.new >= 0 for change in repair.changes)
            assert set(violated(apply_repair(wrong, repair))) == before - set(problem.equations)


@given(st.sampled_from(EDITIONS).flatmap(reports), st.data())
@examples(30)
def test_every_violated_identity_belongs_to_one_problem_and_the_answer_is_always_the_same(right: Report, data: st.DataObject) -> None:
    cells = st.sampled_from(range(len(right.cells)))
    wrong = right.with_cells(data.draw(st.dictionaries(cells, st.integers(0, 30), max_size=8)))
    problems = find_inconsistencies(wrong)
    assert sorted(map(id, violated(wrong))) == sorted(id(equation) for problem in problems for equation in problem.equations)
    assert find_inconsistencies(wrong) == problems


def test_past_three_wrong_cells_nothing_is_said() -> None:
    right = consistent_report(FORM, CITY, repeatable(4))
    wrong = right.with_cells(
        {
            at(address): number(right, at(address)) + more
            for address, more in (
                ("requests.granted.natural_person", 1),
                ("requests.rejected_repeated.enterprise", 20),
                ("requests.rejected_complaint.research", 300),
                ("requests.unavailable_not_held.other", 4000),
            )
        }
    )
    problem = only(find_inconsistencies(wrong))
    assert len(problem.equations) == 8
    assert problem.candidates == ()
    assert problem.count == 0
    assert repairs_for(FORM, (problem,), problem.equations[0]) == ()


def test_tables_are_repaired_for_themselves() -> None:
    right = consistent_report(FORM, COUNTY, repeatable(6))
    cell, total = at("requests.refused_by_law.enterprise"), at("review.litigation_direct.total")
    wrong = right.with_cells({cell: number(right, cell) + 3, total: number(right, total) + 200})
    three, four = find_inconsistencies(wrong)
    assert {equation.code for equation in three.equations} == {"C02", "C03"}
    assert [equation.code for equation in four.equations] == ["C04"]
    assert best_repair((three,)) == {cell: number(right, cell)}
    assert best_repair((four,)) == {total: number(right, total)}


def test_clusters_that_share_no_cell_are_repaired_for_themselves_up_to_three_cells_between_them() -> None:
    right = consistent_report(FORM, CITY, repeatable(7))
    slips = {
        "requests.new_received.enterprise": 3,
        "requests.granted.natural_person": 400,
        "requests.rejected_repeated.research": 5000,
    }
    wrong = right.with_cells({at(address): number(right, at(address)) + more for address, more in slips.items()})
    problems = find_inconsistencies(wrong)
    assert len(problems) > 1
    assert best_repair(problems) == differences(right, wrong)
    fourth = at("requests.carried_forward.other")
    problems = find_inconsistencies(wrong.with_cells({fourth: number(right, fourth) + 20}))
    assert len(problems) > 1
    assert not any(problem.candidates for problem in problems)


def test_a_finding_gets_the_changes_that_hang_together_with_its_identity() -> None:
    right = consistent_report(FORM, CITY, repeatable(8))
    one, other = at("requests.granted.natural_person"), at("requests.rejected_repeated.enterprise")
    wrong = right.with_cells({one: number(right, one) + 7, other: number(right, other) + 40})
    problem = only(find_inconsistencies(wrong))
    assert len(problem.candidates[0].changes) == 2
    for equation in problem.equations:
        (repair,) = repairs_for(FORM, (problem,), equation)
        assert repair.changes == tuple(change for change in problem.candidates[0].changes if change.index in equation.cells)
        assert equation not in violated(apply_repair(wrong, repair))
    kept = next(equation for equation in FORM.equations if equation not in problem.equations)
    assert repairs_for(FORM, (problem,), kept) == ()


@pytest.mark.parametrize(
    "value",
    [BLANK, NA, Text("见附件"), -3, Decimal("2.5"), 10**4000, Decimal("NaN"), Decimal("1E+999999")],
    ids=["blank", "not applicable", "words", "negative", "fraction", "vast", "no number", "beyond all bounds"],
)
def test_an_identity_with_no_proper_number_in_it_cannot_be_judged(value: Cell) -> None:
    right = consistent_report(FORM, CITY, repeatable(10))
    hole = at("requests.granted.enterprise")
    assert find_inconsistencies(right.with_cells({hole: value})) == ()
    elsewhere = at("requests.rejected_repeated.other")
    wrong = right.with_cells({hole: value, elsewhere: number(right, elsewhere) + 6})
    assert best_repair(find_inconsistencies(wrong)) == {elsewhere: number(right, elsewhere)}


def test_two_of_three_that_could_be_wrong_are_both_given() -> None:
    right = consistent_report(FORM, CITY, repeatable(11))
    wrong = right.with_cells(dict.fromkeys((at("requests.granted.total"), at("requests.rejected_repeated.total")), BLANK))
    index = at("requests.granted.natural_person")
    problem = only(find_inconsistencies(wrong.with_cells({index: number(right, index) + 1})))
    assert {change.index for repair in problem.candidates for change in repair.changes} == {
        index,
        at("requests.rejected_repeated.natural_person"),
    }
    assert all(len(repair.changes) == 1 for repair in problem.candidates)


def test_without_row_totals_a_column_names_the_likeliest_of_its_cells_and_how_many_there_are() -> None:
    right = consistent_report(FORM, OFFICES[4], repeatable(12))
    wrong = right.with_cells(dict.fromkeys(table_three(FORM)[6::7], BLANK))
    index = at("requests.granted.enterprise")
    problem = only(find_inconsistencies(wrong.with_cells({index: number(right, index) + 1})))
    assert problem.count == 21
    assert len(problem.candidates) == MOST_CANDIDATES


def test_columns_that_nothing_connects_are_problems_of_their_own() -> None:
    right = consistent_report(FORM, OFFICES[4], repeatable(13))
    holes: dict[int, Cell] = dict.fromkeys(table_three(FORM)[6::7], BLANK)
    slips = {at(f"requests.total.{column}"): 1 for column in ("natural_person", "enterprise", "research", "other")}
    wrong = right.with_cells(holes).with_cells({index: number(right, index) + more for index, more in slips.items()})
    problems = find_inconsistencies(wrong)
    assert len(problems) == 4
    assert best_repair(problems) == {index: number(right, index) for index in slips}
