"""Consistency of the reports of two consecutive years."""

from __future__ import annotations

import pytest
from nianbao.core.commands import FillBlank, SetCell, reduce
from nianbao.core.ids import SectionId, parse_address
from nianbao.core.report import Header, Report, blank_report
from nianbao.templates import load_edition
from rule_check import CATALOGUE, COLUMNS, by_code, example


def test_the_two_years_of_the_example_fit() -> None:
    found = by_code(example("city-2024"), example("city-2023"))
    assert set(found) <= {"C42"}


@pytest.mark.parametrize("column", COLUMNS)
def test_what_was_carried_forward_is_carried_over_in_every_column(column: str) -> None:
    address = parse_address(f"requests.carried_over.{column}")
    report = example("city-2024")
    value = report.cell(address)
    assert isinstance(value, int)
    found = by_code(report.with_cell(address, value + 1), example("city-2023"))["C40"]
    assert [(f.cells, f.expected, f.actual) for f in found] == [((address,), value, value + 1)]
    assert "二、上年结转" in CATALOGUE.message(found[0])


@pytest.mark.parametrize(("row", "right"), [("regulations", 12), ("normative_documents", 420)])
def test_documents_in_force_are_last_years_and_those_issued_less_those_repealed(row: str, right: int) -> None:
    address = parse_address(f"disclosure.{row}.in_force")
    finding = by_code(example("city-2024").with_cell(address, right + 3), example("city-2023"))["C41"][0]
    assert (finding.cells[0], finding.expected, finding.actual) == (address, right, right + 3)


def test_pending_cases_do_not_vanish() -> None:
    report = example("city-2024")
    row = {
        f"review.litigation_after_review.{c}": v for c, v in (("upheld", 3), ("other", 0), ("pending", 0), ("corrected", 0), ("total", 3))
    }
    report = report.with_cells({report.edition.index[parse_address(name)]: value for name, value in row.items()})
    message = CATALOGUE.message(by_code(report, example("city-2023"))["C44"][0])
    assert "上年有 9 件尚未审结，今年总计只有 3 件" in message


def test_a_jump_is_worth_a_look() -> None:
    report = example("city-2024").with_cell(parse_address("disclosure.licences.decisions"), 157)
    assert str(by_code(report, example("city-2023"))["C42"][0].cells[0]) == "disclosure.licences.decisions"


def test_yuan_in_a_column_of_wan_yuan_is_noticed() -> None:
    report = example("city-2024").with_cell(parse_address("disclosure.fees.amount"), 727012578)
    assert "相差约一万倍" in CATALOGUE.message(by_code(report, example("city-2023"))["C12"][0])


def test_another_agencys_report_or_another_year_is_said_to_be_that() -> None:
    assert "C48" in by_code(example("department-2024"), example("city-2023"))
    assert "C48" in by_code(example("city-2023"), example("city-2024"))


def year(edition: str, number: int) -> Report:
    report = blank_report(load_edition(edition), Header("示例市民政局", "department", number))
    for section in ("disclosure", "requests", "review"):
        report = reduce(report, FillBlank(SectionId(section)))
    return report


def test_across_editions_what_both_have_is_compared_and_the_rest_is_named() -> None:
    last = reduce(year("2019", 2020), SetCell(parse_address("requests.carried_forward.enterprise"), 2))
    found = by_code(year("2021", 2021), last)
    assert [str(f.cells[0]) for f in found["C40"]] == ["requests.carried_over.enterprise", "requests.carried_over.total"]
    assert {str(address) for address in found["C46"][0].cells} >= {
        "disclosure.regulations.in_force",
        "disclosure.normative_documents.in_force",
    }
    assert "C41" not in found
    assert "2019 版格式" in CATALOGUE.message(found["C46"][0])


def test_items_of_the_2019_form_follow_from_the_year_before() -> None:
    last = year("2019", 2019)
    last = reduce(last, SetCell(parse_address("disclosure.licences.previous_items"), 153))
    last = reduce(last, SetCell(parse_address("disclosure.licences.change"), -3))
    finding = by_code(year("2019", 2020), last)["C43"][0]
    assert (str(finding.cells[0]), finding.expected, finding.actual) == ("disclosure.licences.previous_items", 150, 0)
