"""Differences between two reports, by cell and by paragraph."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.commands import reduce
from nianbao.core.ids import SectionId
from nianbao.core.report import BLANK, Header, Report, blank_report, same_cell
from nianbao.core.report_diff import diff_reports
from nianbao.templates import load_edition
from rule_check import EDITION
from strategies import address, commands, reports

TOTAL = Header("某市人民政府", "government", 2024)


@given(reports())
def test_a_report_does_not_differ_from_itself(report: Report) -> None:
    assert not any(diff_reports(report, report))


@given(st.data())
def test_every_changed_cell_is_told_with_both_values_and_no_other(data: st.DataObject) -> None:
    before = data.draw(reports(EDITION))
    after = reduce(before, data.draw(commands(before)))
    changed = {(place, *pair) for place, *pair in zip(EDITION.addresses, before.cells, after.cells, strict=True) if not same_cell(*pair)}
    assert {(one.address, one.before, one.after) for one in diff_reports(before, after).cells} == changed


@given(reports(EDITION), reports(EDITION))
def test_the_other_way_round_the_same_cells_differ(one: Report, other: Report) -> None:
    there, back = diff_reports(one, other), diff_reports(other, one)
    assert {(cell.address, cell.before, cell.after) for cell in there.cells} == {
        (cell.address, cell.after, cell.before) for cell in back.cells
    }


def test_across_editions_a_cell_that_one_lacks_is_told_where_it_says_something() -> None:
    old = blank_report(load_edition("2019"), Header("某局", "department", 2020)).with_cell(address("disclosure.licences.previous_items"), 7)
    new = blank_report(EDITION, Header("某局", "department", 2021)).with_cell(address("disclosure.licences.decisions"), 3)
    found = {str(one.address): (one.before, one.after) for one in diff_reports(old, new).cells}
    assert found == {"disclosure.licences.previous_items": (7, None), "disclosure.licences.decisions": (BLANK, 3)}


def test_paragraphs_are_compared_as_wholes_and_white_space_is_none() -> None:
    overview = SectionId("overview")
    before = blank_report(EDITION, TOTAL).with_text(overview, "甲段。\n乙段。\n\n丙段。")
    after = before.with_text(overview, "甲段。\n  乙段改了。\n丙段。\n丁段。")
    assert [(one.before, one.after) for one in diff_reports(before, after).paragraphs] == [
        (("乙段。",), ("乙段改了。",)),
        ((), ("丁段。",)),
    ]
