"""Contents carried over from one year's report to the next."""

from __future__ import annotations

import pytest
from nianbao.core.carry_over import new_report_from, paragraph_mark
from nianbao.core.ids import SectionId
from nianbao.core.report import BLANK, Header, blank_report
from nianbao.templates import load_edition
from rule_check import COLUMNS, by_code, example


def test_next_years_report_has_last_years_words_and_no_numbers_but_what_is_carried_over() -> None:
    last = example("city-2024")
    report = new_report_from(last, last.edition, 2025)
    assert report.texts == last.texts
    filled = [str(address) for address, value in zip(report.edition.addresses, report.cells, strict=True) if value is not BLANK]
    assert filled == [f"requests.carried_over.{column}" for column in COLUMNS]


@pytest.mark.parametrize("number", [2019, 2024, 2026, 2030])
def test_a_year_that_does_not_follow_takes_over_words_but_no_numbers(number: int) -> None:
    last = example("city-2024")
    report = new_report_from(last, last.edition, number)
    assert report.texts == last.texts
    assert set(report.cells) == {BLANK}


def test_an_edited_or_confirmed_paragraph_is_no_longer_marked() -> None:
    last = example("department-2024")
    report = new_report_from(last, last.edition, 2025)
    marked = len(by_code(report, last)["C47"])
    text = report.text(SectionId("overview"))
    edited = report.with_text(SectionId("overview"), text.replace("45条", "52条"))
    assert len(by_code(edited, last)["C47"]) == marked - 1
    assert paragraph_mark("甲 乙\u3000丙") == paragraph_mark("甲乙丙")


def test_a_report_of_2018_becomes_one_of_2019_with_all_its_words() -> None:
    old = blank_report(load_edition("2008"), Header("示例市民政局", "department", 2018)).with_text(SectionId("fees"), "没有收费。")
    report = new_report_from(old.with_text(SectionId("other"), "没有其他。"), load_edition("2019"), 2019)
    assert report.text(SectionId("other")) == "没有其他。\n没有收费。"
