"""This year's report against last year's."""

from __future__ import annotations

from pathlib import Path

import pytest
from nianbao.core.carry_over import carried_into, paragraph_mark
from nianbao.core.checks.finding import Finding
from nianbao.core.checks.run_checks import check_report
from nianbao.core.commands import FillBlank, SetCell, reduce
from nianbao.core.ids import SectionId, parse_address
from nianbao.core.report import BLANK, Header, Report, blank_report
from nianbao.files.report.report_file import load_report
from nianbao.templates import load_catalogue, load_edition

EXAMPLES = Path(__file__).parents[3] / "examples"
CATALOGUE = load_catalogue()
COLUMNS = ("natural_person", "enterprise", "research", "public_interest", "legal_service", "other", "total")


def load(name: str) -> Report:
    return load_report(EXAMPLES / f"{name}.toml").report


def between(report: Report, previous: Report) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in check_report(report, CATALOGUE, previous=previous, edition_for=report.edition):
        found.setdefault(finding.code, []).append(finding)
    return found


def test_the_two_years_of_the_example_fit() -> None:
    found = between(load("city-2024"), load("city-2023"))
    assert set(found) <= {"C42"}


@pytest.mark.parametrize("column", COLUMNS)
def test_what_was_carried_forward_is_carried_over_in_every_column(column: str) -> None:
    address = parse_address(f"requests.carried_over.{column}")
    report = load("city-2024")
    value = report.cell(address)
    assert isinstance(value, int)
    found = between(report.with_cell(address, value + 1), load("city-2023"))["C40"]
    assert [(f.cells, f.expected, f.actual) for f in found] == [((address,), value, value + 1)]
    assert "二、上年结转" in CATALOGUE.message(found[0])


@pytest.mark.parametrize(("row", "right"), [("regulations", 12), ("normative_documents", 420)])
def test_the_chain_of_documents_in_force(row: str, right: int) -> None:
    address = parse_address(f"disclosure.{row}.in_force")
    finding = between(load("city-2024").with_cell(address, right + 3), load("city-2023"))["C41"][0]
    assert (finding.cells[0], finding.expected, finding.actual) == (address, right, right + 3)


def test_pending_cases_do_not_vanish() -> None:
    report = load("city-2024")
    row = {
        f"review.litigation_after_review.{c}": v for c, v in (("upheld", 3), ("other", 0), ("pending", 0), ("corrected", 0), ("total", 3))
    }
    report = report.with_cells({report.edition.index[parse_address(name)]: value for name, value in row.items()})
    message = CATALOGUE.message(between(report, load("city-2023"))["C44"][0])
    assert "上年有 9 件尚未审结，今年总计只有 3 件" in message


def test_a_jump_is_worth_a_look() -> None:
    report = load("city-2024").with_cell(parse_address("disclosure.licences.decisions"), 157)
    assert str(between(report, load("city-2023"))["C42"][0].cells[0]) == "disclosure.licences.decisions"


def test_yuan_in_a_column_of_wan_yuan_is_noticed() -> None:
    report = load("city-2024").with_cell(parse_address("disclosure.fees.amount"), 727012578)
    assert "相差约一万倍" in CATALOGUE.message(between(report, load("city-2023"))["C12"][0])


def test_another_agencys_report_or_another_year_is_said_to_be_that() -> None:
    assert "C48" in between(load("department-2024"), load("city-2023"))
    assert "C48" in between(load("city-2023"), load("city-2024"))


def year(edition: str, number: int) -> Report:
    report = blank_report(load_edition(edition), Header("示例市民政局", "department", number))
    for section in ("disclosure", "requests", "review"):
        report = reduce(report, FillBlank(SectionId(section)))
    return report


def test_across_editions_what_both_have_is_compared_and_the_rest_is_named() -> None:
    last = reduce(year("2019", 2020), SetCell(parse_address("requests.carried_forward.enterprise"), 2))
    found = between(year("2021", 2021), last)
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
    finding = between(year("2019", 2020), last)["C43"][0]
    assert (str(finding.cells[0]), finding.expected, finding.actual) == ("disclosure.licences.previous_items", 150, 0)


def test_next_years_report_has_last_years_words_and_no_numbers_but_what_is_carried_over() -> None:
    last = load("city-2024")
    report = carried_into(last, last.edition, 2025)
    assert report.texts == last.texts
    filled = [str(address) for address, value in zip(report.edition.addresses, report.cells, strict=True) if value is not BLANK]
    assert filled == [f"requests.carried_over.{column}" for column in COLUMNS]


@pytest.mark.parametrize("number", [2019, 2024, 2026, 2030])
def test_a_year_that_does_not_follow_takes_over_words_but_no_numbers(number: int) -> None:
    last = load("city-2024")
    report = carried_into(last, last.edition, number)
    assert report.texts == last.texts
    assert set(report.cells) == {BLANK}


def test_an_edited_or_confirmed_paragraph_is_no_longer_marked() -> None:
    last = load("department-2024")
    report = carried_into(last, last.edition, 2025)
    marked = len(between(report, last)["C47"])
    text = report.text(SectionId("overview"))
    edited = report.with_text(SectionId("overview"), text.replace("45条", "52条"))
    assert len(between(edited, last)["C47"]) == marked - 1
    assert paragraph_mark("甲 乙\u3000丙") == paragraph_mark("甲乙丙")


def test_a_report_of_2018_becomes_one_of_2019_with_all_its_words() -> None:
    old = blank_report(load_edition("2008"), Header("示例市民政局", "department", 2018)).with_text(SectionId("fees"), "没有收费。")
    report = carried_into(old.with_text(SectionId("other"), "没有其他。"), load_edition("2019"), 2019)
    assert report.text(SectionId("other")) == "没有其他。\n没有收费。"
