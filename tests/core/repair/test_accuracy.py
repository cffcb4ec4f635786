"""Accuracy of repairs on random tables with random errors."""

from __future__ import annotations

import pytest
from nianbao.core.repair.suggest import find_inconsistencies
from repair_tables import CITY, EDITIONS, each_office
from strategies_repair import (
    OFFICES,
    SLIPS,
    Office,
    best_repair,
    consistent_report,
    damaged,
    differences,
    repeatable,
)


def share_found(office: Office, kind: str, wrong_cells: int, cases: int) -> tuple[float, float]:
    """Return how often the first repair is correct, and how often the correct one is among the candidates."""
    random = repeatable(f"{office.name} {kind} {wrong_cells}")
    first = among = tried = 0
    while tried < cases:
        right = consistent_report(random.choice(EDITIONS), office, random)
        wrong = damaged(right, kind, wrong_cells, random)
        if wrong is None:
            continue
        tried += 1
        truth = differences(right, wrong)
        problems = find_inconsistencies(wrong)
        found = best_repair(problems) == truth
        first += found
        among += found or any(
            {change.index: change.new for change in repair.changes} == truth for problem in problems for repair in problem.candidates
        )
    return first / tried, among / tried


@each_office
def test_two_wrong_cells_are_found_in_99_of_100_tables(office: Office) -> None:
    """Two independent errors in table 三, each of any kind: off by one, a digit wrong, dropped, added or transposed, a value omitted, or any
    other number.
    """
    assert set(SLIPS) == {"one_off", "wrong_digit", "dropped_digit", "added_digit", "transposed_digits", "left_out", "anything"}
    first, among = share_found(office, "mixed", 2, 1000)
    assert first >= 0.99
    assert among >= 0.995


@pytest.mark.parametrize("kind", ["wrong_digit", "dropped_digit", "added_digit", "transposed_digits", "anything"])
def test_two_wrong_cells_are_found_in_99_of_100_tables_whatever_the_slips(kind: str) -> None:
    first, among = share_found(CITY, kind, 2, 400)
    assert first >= 0.99
    assert among >= 0.995


@each_office
def test_three_wrong_cells_are_found_mostly(office: Office) -> None:
    first, among = share_found(office, "mixed", 3, 100)
    assert first >= 0.95
    assert among >= 0.97


@pytest.mark.parametrize("wrong_cells", [4, 5, 6, 8])
def test_past_three_wrong_cells_hardly_ever_anything_is_said(wrong_cells: int) -> None:
    """Exceptions are tables in which three cells would explain all the effects of four or five errors."""
    random = repeatable(wrong_cells)
    said = tried = 0
    while tried < 300:
        wrong = damaged(consistent_report(random.choice(EDITIONS), random.choice(OFFICES), random), "mixed", wrong_cells, random)
        if wrong is not None:
            tried += 1
            said += any(problem.candidates for problem in find_inconsistencies(wrong))
    assert said / tried <= (0.01 if wrong_cells < 6 else 0)


@each_office
def test_two_cells_wrong_by_one_are_among_the_repairs_given(office: Office) -> None:
    """Two cells off by the same amount may be at either pair of opposite corners of a rectangle, and no sum tells which."""
    first, among = share_found(office, "one_off", 2, 100)
    assert first >= 0.7
    assert among >= 0.95


@each_office
def test_a_value_moved_to_a_neighbour_is_among_the_repairs_given(office: Office) -> None:
    _, among = share_found(office, "moved", 2, 100)
    assert among >= 0.98
