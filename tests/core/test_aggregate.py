"""Sums of several reports: every cell is added, nothing is guessed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nianbao.core.aggregate import sum_reports
from nianbao.core.report import BLANK, NA, Header, Report, Text, blank_report, is_number
from nianbao.templates import load_edition
from rule_check import EDITION
from strategies import address, broken, consistent_reports, reports

if TYPE_CHECKING:
    from collections.abc import Sequence

GRANTED = address("requests.granted.natural_person")
TOTAL = Header("某市人民政府", "government", 2024)


def of_numbers(values: Sequence[int | Decimal]) -> Report:
    return Report(EDITION, Header("某局", "department", 2024), ("",) * len(EDITION.sections), tuple(values))


@settings(suppress_health_check=[HealthCheck.large_base_example])  # two whole reports are that large
@given(consistent_reports(EDITION), consistent_reports(EDITION))
def test_the_sum_of_reports_that_add_up_adds_up(one: Report, other: Report) -> None:
    parts = [one, other]
    found = sum_reports(parts, TOTAL)
    assert found.lacks == ()
    assert broken(found.report) == []
    for place, value in enumerate(found.report.cells):
        assert value == sum(part.cells[place] for part in parts if is_number(part.cells[place]))  # type: ignore[misc]


@given(reports(EDITION), reports(EDITION))
def test_the_order_of_the_reports_does_not_matter(one: Report, other: Report) -> None:
    assert sum_reports([one, other], TOTAL).report.cells == sum_reports([other, one], TOTAL).report.cells


@given(consistent_reports(EDITION), st.sampled_from(range(len(EDITION.addresses))), st.sampled_from((BLANK, Text("若干"))))
def test_a_cell_without_a_number_is_left_blank_and_named(report: Report, place: int, instead: object) -> None:
    cells = list(report.cells)
    cells[place] = instead  # type: ignore[call-overload]
    found = sum_reports([report, Report(EDITION, TOTAL, report.texts, tuple(cells))], TOTAL)
    assert found.report.cells[place] is BLANK
    assert [(lack.address, lack.report, lack.value) for lack in found.lacks] == [(EDITION.addresses[place], 1, instead)]


def test_not_applicable_adds_nothing() -> None:
    report = of_numbers([3] * len(EDITION.addresses))
    without = report.with_cell(GRANTED, NA)
    assert sum_reports([report, without], TOTAL).report.cell(GRANTED) == 3
    assert sum_reports([without, without], TOTAL).report.cell(GRANTED) is NA


def test_amounts_with_their_unit_are_added_in_the_forms_unit() -> None:
    edition = load_edition("2019")
    amount = address("disclosure.procurement.amount")
    report = blank_report(edition, Header("某局", "department", 2019))
    parts = [report.with_cell(amount, Text("251000元")), report.with_cell(amount, Decimal("0.5"))]
    assert sum_reports(parts, TOTAL).report.cell(amount) == Decimal("25.6")


def test_reports_of_two_editions_are_not_added() -> None:
    with pytest.raises(ValueError, match="one edition"):
        sum_reports([blank_report(load_edition(name), TOTAL) for name in ("2019", "2021")], TOTAL)
