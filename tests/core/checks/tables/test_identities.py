"""Consistent reports have no arithmetic finding; one changed cell causes a finding that names it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from example_counts import examples
from hypothesis import find, given
from hypothesis import strategies as st
from nianbao.core.checks.finding import Finding, Severity
from nianbao.core.checks.run_checks import check_report
from nianbao.core.edition import CellKind, Edition
from nianbao.core.ids import parse_address
from nianbao.core.report import BLANK, NA, Cell, Header, Report, Text, blank_report
from nianbao.templates import load_edition
from rule_check import CATALOGUE
from strategies import balanced, consistent_reports, reports, sparse_reports

if TYPE_CHECKING:
    from collections.abc import Callable

ARITHMETIC = {"C01", "C02", "C03", "C04", "C09", "C10", "C11"}
CELL_CODES = {"C05", "C06", "C15", "C16", "C17", "C18", "C19"}


def findings(report: Report) -> tuple[Finding, ...]:
    return check_report(report, CATALOGUE, edition_for=report.edition)


@given(consistent_reports())
def test_a_consistent_report_has_no_arithmetic_finding(report: Report) -> None:
    assert [finding for finding in findings(report) if finding.code in ARITHMETIC | CELL_CODES] == []


def sample(edition: Edition) -> Report:
    """Return a consistent report with different figures in all cells."""
    values: list[Cell] = [(at * 37) % 211 + 1 for at in range(len(edition.addresses))]
    for at, kind in enumerate(edition.kinds):
        if kind is CellKind.AMOUNT:
            values[at] = Decimal("18.8710")
    return Report(
        edition, Header("示例市民政局", "department", edition.first_year), ("",) * len(edition.sections), balanced(edition, values)
    )


def off_by_one(value: int) -> Cell:
    return value + 1


def digit_dropped(value: int) -> Cell:
    return int(str(value)[:-1] or 0) if value > 9 else value + 10


def digits_swapped(value: int) -> Cell:
    text = str(value)
    swapped = int(text[:-2] + text[-1] + text[-2]) if len(text) > 1 else value * 10
    return swapped if swapped != value else value + 9


NUMBER_SLIPS: dict[str, Callable[[int], Cell]] = {
    "off by one": off_by_one,
    "a digit dropped": digit_dropped,
    "digits swapped": digits_swapped,
}
TYPE_SLIPS: dict[str, tuple[Cell, set[str]]] = {
    "blank": (BLANK, {"C15"}),
    "not applicable": (NA, {"C06"}),
    "words": (Text("三件左右"), {"C05"}),
    "another writing": (Text("１２"), {"C19"}),
    "negative": (-5, {"C16"}),
    "a fraction": (Decimal("3.5"), {"C17"}),
    "too many digits": (10**12, {"C18"}),
}


@pytest.mark.parametrize("slip", NUMBER_SLIPS)
@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_every_wrong_number_in_a_table_with_identities_is_named_first(edition: str, slip: str) -> None:
    report = sample(load_edition(edition))
    for at, address in enumerate(report.edition.addresses):
        if address.section != "requests":
            continue
        right = report.cells[at]
        assert isinstance(right, int)
        found = [f for f in findings(report.with_cell(address, NUMBER_SLIPS[slip](right))) if f.code in ARITHMETIC]
        assert found, f"{address} {slip}"
        for finding in found:
            assert address in finding.cells
            assert finding.cells[0] == address
            assert finding.expected == right
            assert finding.repairs[0][0].after == right
            assert finding.severity is Severity.ERROR


@pytest.mark.parametrize("slip", NUMBER_SLIPS)
@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_every_wrong_number_in_table_4_is_among_the_named(edition: str, slip: str) -> None:
    report = sample(load_edition(edition))
    for at, address in enumerate(report.edition.addresses):
        if address.section != "review":
            continue
        right = report.cells[at]
        assert isinstance(right, int)
        found = [f for f in findings(report.with_cell(address, NUMBER_SLIPS[slip](right))) if f.code == "C04"]
        assert [address in f.cells for f in found] == [True]
        assert any(change.cell == address and change.after == right for repair in found[0].repairs for change in repair)


@pytest.mark.parametrize("slip", TYPE_SLIPS)
@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_a_wrong_type_is_reported_as_that_and_never_as_arithmetic(edition: str, slip: str) -> None:
    report = sample(load_edition(edition))
    value, codes = TYPE_SLIPS[slip]
    for at, address in enumerate(report.edition.addresses):
        kind = report.edition.kinds[at]
        if (slip == "negative" and kind is CellKind.CHANGE) or (slip == "a fraction" and kind in (CellKind.AMOUNT, CellKind.MONEY)):
            continue
        if slip == "too many digits" and kind in (CellKind.AMOUNT, CellKind.MONEY):
            continue
        found = findings(report.with_cell(address, value))
        named = [f for f in found if f.code in CELL_CODES]
        assert {f.code for f in named} == codes, address
        assert all(f.cells == (address,) for f in named)
        assert all(CATALOGUE.message(f) for f in named)
        assert [f.code for f in found if f.code in ARITHMETIC] == [], address


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_a_value_moved_to_its_neighbour_is_found(edition: str) -> None:
    report = sample(load_edition(edition))
    for at, address in enumerate(report.edition.addresses[:-1]):
        neighbour = report.edition.addresses[at + 1]
        if address.section != "requests" or neighbour.row != address.row:
            continue
        moved = report.with_cells({at: report.cells[at + 1], at + 1: report.cells[at]})
        if moved is report:
            continue
        found = [f for f in findings(moved) if f.code in ARITHMETIC]
        assert found
        assert any(address in f.cells or neighbour in f.cells for f in found)


def test_change_may_be_negative_in_the_2019_form() -> None:
    report = sample(load_edition("2019"))
    changes = {at: -30 for at, kind in enumerate(report.edition.kinds) if kind is CellKind.CHANGE}
    assert [f for f in findings(report.with_cells(dict(changes))) if f.code in CELL_CODES] == []


@examples(40)
@given(consistent_reports(), st.data())
def test_a_total_that_is_too_small_whatever_the_blank_holds_is_wrong(report: Report, data: st.DataObject) -> None:
    sums = [e for e in report.edition.equations if e.total is not None and any(report.cells[at] != 0 for at in e.addends[1:])]
    if not sums:
        return
    equation = data.draw(st.sampled_from(sums))
    assert equation.total is not None
    torn = report.with_cells({equation.addends[0]: BLANK, equation.total: 0})
    partial = [f for f in findings(torn) if f.code == equation.code and f.param("variant") == "partial"]
    assert any(report.edition.addresses[equation.total] in f.cells for f in partial)


@given(st.sampled_from(["2021", "2019"]), st.data())
def test_no_report_makes_a_check_raise(edition: str, data: st.DataObject) -> None:
    report = data.draw(st.one_of(sparse_reports(load_edition(edition)), reports(load_edition(edition))))
    previous = data.draw(st.one_of(st.none(), sparse_reports(), reports()))
    for finding in check_report(report, CATALOGUE, previous=previous, edition_for=report.edition):
        assert CATALOGUE.message(finding)


CARRIED, RECEIVED = parse_address("requests.carried_over.natural_person"), parse_address("requests.new_received.natural_person")


def test_more_carried_over_than_results_is_wrong_whatever_the_blank_holds() -> None:
    report = blank_report(load_edition("2021"), Header()).with_cells(dict.fromkeys(range(len(load_edition("2021").addresses)), 0))
    found = [f for f in findings(report.with_cell(CARRIED, 10).with_cell(RECEIVED, BLANK)) if f.code == "C01" and CARRIED in f.cells]
    assert [(f.param("variant"), f.expected) for f in found] == [("partial", None)]


def test_a_wrong_total_is_told_with_its_sum_and_one_over_a_blank_is_not() -> None:
    report = sample(load_edition("2021"))
    equation = next(e for e in report.edition.equations if e.code == "C04" and e.total is not None)
    assert equation.total is not None
    right = report.cells[equation.total]
    assert isinstance(right, int)
    wrong = report.with_cells({equation.total: right + 1})
    (whole,) = [f for f in findings(wrong) if f.code == "C04"]
    assert (whole.expected, whole.actual) == (right, right + 1)
    torn = [
        f for f in findings(report.with_cells({equation.total: 0, equation.addends[-1]: BLANK, equation.addends[0]: 1})) if f.code == "C04"
    ]
    assert [(f.param("variant"), f.expected) for f in torn] == [("partial", None)]


def test_a_previous_report_with_a_blank_carried_forward_total_is_among_those_drawn() -> None:
    """The promise of the test below this generator's name: no report, and no previous report, makes a check raise."""
    total = parse_address("requests.carried_forward.total")
    drawn = find(sparse_reports(), lambda report: total in report.edition.index and report.cell(total) is BLANK)
    assert drawn.cell(total) is BLANK
