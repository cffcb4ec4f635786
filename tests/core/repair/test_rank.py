"""Ranking of repairs by likelihood."""

from __future__ import annotations

from math import log

import pytest
from nianbao.core.repair.rank import MOVE, SLIP, Ranking
from nianbao.core.repair.suggest import find_inconsistencies, repairs_for
from nianbao.core.repair.typo_model import slip_cost
from nianbao.core.report import Report
from repair_tables import FORM, at, only, spoken, with_row, zeros
from strategies_repair import (
    best_repair,
    differences,
    identities_hold,
)


def added_up(**results: tuple[int, int, int, int, int, int]) -> Report:
    """Return a table 三 with these result rows, all newly received and handled this year, with correct totals."""
    report = zeros()
    for row, values in results.items():
        report = with_row(report, f"requests.{row}", *values, sum(values))
    columns = [sum(column) for column in zip(*results.values(), strict=True)]
    for row in ("total", "new_received"):
        report = with_row(report, f"requests.{row}", *columns, sum(columns))
    assert identities_hold(report)
    return report


def test_equal_slips_could_stand_in_either_two_of_four_corners_and_both_are_given() -> None:
    right = added_up(granted=(40, 50, 60, 0, 0, 0), rejected_repeated=(70, 80, 90, 0, 0, 0))
    wrong = right.with_cells({at("requests.granted.enterprise"): 52, at("requests.rejected_repeated.research"): 92})
    problem = only(find_inconsistencies(wrong))
    assert problem.count == 2
    assert {tuple(spoken(FORM, repair).items()) for repair in problem.candidates} == {
        (("requests.granted.enterprise", (52, 50)), ("requests.rejected_repeated.research", (92, 90))),
        (("requests.granted.research", (60, 58)), ("requests.rejected_repeated.enterprise", (80, 78))),
    }


def test_equal_slips_are_told_apart_where_the_other_corners_have_no_room() -> None:
    right = added_up(granted=(40, 0, 1, 0, 0, 0), rejected_repeated=(70, 0, 90, 0, 0, 0))
    wrong = right.with_cells({at("requests.granted.enterprise"): 2, at("requests.rejected_repeated.research"): 92})
    problem = only(find_inconsistencies(wrong))
    assert problem.count == 1
    assert best_repair((problem,)) == differences(right, wrong)


def test_equal_slips_are_told_apart_by_what_people_do_to_digits() -> None:
    right = added_up(granted=(40, 27, 60, 0, 0, 0), rejected_repeated=(70, 80, 138, 0, 0, 0))
    wrong = right.with_cells({at("requests.granted.enterprise"): 72, at("requests.rejected_repeated.research"): 183})
    problem = only(find_inconsistencies(wrong))
    assert problem.count == 2
    assert best_repair((problem,)) == differences(right, wrong)


def test_a_value_written_one_column_off_goes_back_where_it_was() -> None:
    right = added_up(granted=(0, 0, 7, 0, 0, 0), rejected_repeated=(3, 12, 0, 0, 0, 0), unavailable_not_held=(5, 8, 2, 0, 0, 0))
    problem = only(find_inconsistencies(with_row(right, "requests.granted", 0, 7, 0, 0, 0, 0, 7)))
    best = problem.candidates[0]
    assert spoken(FORM, best) == {"requests.granted.enterprise": (7, 0), "requests.granted.research": (0, 7)}
    assert problem.count == 3  # two wrong figures in each other row would explain it too
    assert [equation.place for equation in problem.equations] == ["商业企业", "科研机构"]
    for equation in problem.equations:
        assert repairs_for(FORM, (problem,), equation)[0] == best  # half of it would break the row's identity


def test_a_row_of_table_four_gives_every_cell_that_could_be_wrong_the_total_first() -> None:
    problem = only(find_inconsistencies(with_row(zeros(), "review.reconsideration", 2, 0, 1, 0, 4)))
    assert [spoken(FORM, repair) for repair in problem.candidates] == [
        {"review.reconsideration.total": (4, 3)},
        {"review.reconsideration.upheld": (2, 3)},
        {"review.reconsideration.other": (1, 2)},
        {"review.reconsideration.corrected": (0, 1)},
        {"review.reconsideration.pending": (0, 1)},
    ]


def test_what_would_have_to_be_negative_is_no_repair() -> None:
    problem = only(find_inconsistencies(with_row(zeros(), "review.litigation_direct", 2, 0, 1, 0, 0)))
    assert [spoken(FORM, repair) for repair in problem.candidates] == [{"review.litigation_direct.total": (0, 3)}]


@pytest.mark.parametrize(
    ("row", "best"),
    [
        pytest.param((34, 2, 0, 1, 46), ("upheld", 43), id="two digits in each other's place"),
        pytest.param((120, 0, 3, 0, 15), ("upheld", 12), id="a digit too many"),
        pytest.param((7, 40, 0, 0, 117), ("upheld", 77), id="a digit dropped, as likely as any in the total"),
        pytest.param((1, 0, 0, 0, 0), ("total", 1), id="a total forgotten"),
        pytest.param((12, 3, 5, 0, 2), ("total", 20), id="a total without its last digit"),
    ],
)
def test_the_commoner_slip_comes_first(row: tuple[int, ...], best: tuple[str, int]) -> None:
    problem = only(find_inconsistencies(with_row(zeros(), "review.reconsideration", *row)))
    (change,) = problem.candidates[0].changes
    assert (FORM.addresses[change.index].column, change.new) == best


GRANTED = [at(f"requests.granted.{column}") for column in ("natural_person", "enterprise")]
"""Two neighbours, which hold 417 and 9 in `neighbours`."""


def neighbours() -> Ranking:
    return Ranking(FORM, with_row(zeros(), "requests.granted", 417, 9, 0, 0, 0, 0, 426).cells)


def apart(ranking: Ranking, first: int, second: int) -> float:
    """Return the score of two values as slips that have nothing to do with each other."""
    return ranking.score(((GRANTED[0], first),)) + ranking.score(((GRANTED[1], second),))


def test_two_neighbours_that_changed_places_are_one_slip_whatever_their_values() -> None:
    ranking = neighbours()
    assert ranking.score(((GRANTED[0], 9), (GRANTED[1], 417))) == pytest.approx(MOVE)
    assert apart(ranking, 9, 417) > MOVE + 1


@pytest.mark.parametrize(("first", "second"), [(9, 528), (528, 417)])
def test_neighbours_of_which_one_has_the_others_value_are_two_slips(first: int, second: int) -> None:
    ranking = neighbours()
    assert ranking.score(((GRANTED[0], first), (GRANTED[1], second))) == pytest.approx(apart(ranking, first, second))


def test_a_number_fits_as_well_as_its_row_column_and_table_are_filled() -> None:
    """Of the 24 rows and 6 columns of table 三 that are no totals, four cells of one column and three of another row are filled."""
    column = ("new_received", "partly_granted", "rejected_complaint", "other_reasons")
    report = zeros().with_cells({at(f"requests.{row}.natural_person"): 1 for row in column})
    report = with_row(report, "requests.granted", 1, 1, 1, 0, 0, 0, 3)
    cell = at("requests.granted.other")
    share = (7 + 1) / (24 * 6 + 2)
    in_row, in_column = (3 + 4 * share) / (6 + 4), (0 + 4 * share) / (24 + 4)
    chance = in_row * in_column / share
    fit = log(1 - chance) - log(chance / (5 * 6))
    assert Ranking(FORM, report.cells).score(((cell, 5),)) == pytest.approx(SLIP + slip_cost(5, 0) + fit)
