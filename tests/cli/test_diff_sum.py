"""What differs between two reports, and what several come to: every cell by its official label, nothing guessed."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nianbao.cli.main import main
from nianbao.core.aggregate import sum_reports
from nianbao.core.cell_notation import write_cell
from nianbao.core.commands import reduce
from nianbao.core.ids import SectionId
from nianbao.core.report import BLANK, NA, Header, Report, Text, blank_report, is_number, same_cell
from nianbao.core.report_diff import difference
from nianbao.files.report.report_file import load_report, read_report
from nianbao.files.report.serialize import report_bytes
from nianbao.templates import load_edition
from strategies import address, broken, commands, consistent_reports, reports

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLES = Path(__file__).parents[2] / "examples"
CITY, LAST = str(EXAMPLES / "city-2024.toml"), str(EXAMPLES / "city-2023.toml")
EDITION = load_edition("2021")
GRANTED = address("requests.granted.natural_person")
TOTAL = Header("某市人民政府", "government", 2024)


def of_numbers(values: Sequence[int | Decimal]) -> Report:
    return Report(EDITION, Header("某局", "department", 2024), ("",) * len(EDITION.sections), tuple(values))


# What differs.


@given(reports())
def test_a_report_does_not_differ_from_itself(report: Report) -> None:
    assert not any(difference(report, report))


@given(st.data())
def test_every_changed_cell_is_told_with_both_values_and_no_other(data: st.DataObject) -> None:
    before = data.draw(reports(EDITION))
    after = reduce(before, data.draw(commands(before)))
    changed = {(place, *pair) for place, *pair in zip(EDITION.addresses, before.cells, after.cells, strict=True) if not same_cell(*pair)}
    assert {(one.address, one.before, one.after) for one in difference(before, after).cells} == changed


@given(reports(EDITION), reports(EDITION))
def test_the_other_way_round_the_same_cells_differ(one: Report, other: Report) -> None:
    there, back = difference(one, other), difference(other, one)
    assert {(cell.address, cell.before, cell.after) for cell in there.cells} == {
        (cell.address, cell.after, cell.before) for cell in back.cells
    }


def test_across_editions_a_cell_that_one_lacks_is_told_where_it_says_something() -> None:
    old = blank_report(load_edition("2019"), Header("某局", "department", 2020)).with_cell(address("disclosure.licences.previous_items"), 7)
    new = blank_report(EDITION, Header("某局", "department", 2021)).with_cell(address("disclosure.licences.decisions"), 3)
    found = {str(one.address): (one.before, one.after) for one in difference(old, new).cells}
    assert found == {"disclosure.licences.previous_items": (7, None), "disclosure.licences.decisions": (BLANK, 3)}


def test_paragraphs_are_compared_as_wholes_and_white_space_is_none() -> None:
    overview = SectionId("overview")
    before = blank_report(EDITION, TOTAL).with_text(overview, "甲段。\n乙段。\n\n丙段。")
    after = before.with_text(overview, "甲段。\n  乙段改了。\n丙段。\n丁段。")
    assert [(one.before, one.after) for one in difference(before, after).paragraphs] == [(("乙段。",), ("乙段改了。",)), ((), ("丁段。",))]


# What several come to.


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


# The commands.


def test_diff_tells_cells_by_their_labels_and_exits_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", LAST, CITY]) == 1
    shown = capsys.readouterr()
    assert "  年度：2023 → 2024\n" in shown.out
    old, new = (load_report(Path(path)).report.cell(GRANTED) for path in (LAST, CITY))
    assert f"表三“（一）予以公开”自然人：{write_cell(old)} → {write_cell(new)}（" in shown.out
    assert "不同之处" in shown.err


def test_diff_of_a_report_with_itself_says_so_and_exits_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", CITY, CITY]) == 0
    assert capsys.readouterr() == ("", "两份报告没有不同。\n")


def test_diff_for_scripts_names_cells_by_address(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", LAST, CITY, "--format", "json", "--only", "tables"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["fields"], found["paragraphs"]) == ([], [])
    assert {"cell", "name", "before", "after"} == set(found["cells"][0])
    assert str(GRANTED) in [one["cell"] for one in found["cells"]]


def test_a_report_cannot_send_anything_to_the_terminal_through_diff(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("a", "甲"), ("b", "\x1b[2J乙\u202e")):
        report = blank_report(EDITION, TOTAL).with_text(SectionId("overview"), text)
        (tmp_path / name).write_bytes(report_bytes(report))
    assert main(["diff", str(tmp_path / "a"), str(tmp_path / "b")]) == 1
    assert "+ 乙" in (shown := capsys.readouterr().out)
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_sum_writes_a_report_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "all.toml"
    assert main(["sum", CITY, str(EXAMPLES / "department-2024.toml"), "--agency", "某市人民政府", "-o", str(out)]) == 0
    report = load_report(out).report
    assert (report.header.agency, report.header.kind, report.header.year) == ("某市人民政府", "government", 2024)
    assert broken(report) == []
    assert "2 份报告相加（2024 年度，2021 版格式）。" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["city-2024.toml"], "至少要有两份报告"),
        (["city-2024.toml", "city-2023.toml"], "年度不同"),
        (["city-2024.toml", "district-2019.toml"], "格式版本不同"),
        (["city-2024.toml", "no-such.toml"], "没有这个文件"),
    ],
)
def test_sum_refuses_what_cannot_be_added(names: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sum", *(str(EXAMPLES / name) for name in names)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err


def test_sum_says_what_it_left_out_what_is_wrong_and_who_is_counted_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = str(EXAMPLES / "wrong-2024.toml")
    again = tmp_path / "again.toml"
    again.write_bytes(Path(CITY).read_bytes())
    assert main(["sum", CITY, wrong, str(again)]) == 1
    shown = capsys.readouterr()
    assert f"{wrong} 的表格有 3 处错误" in shown.err
    assert f"{CITY} 的表格" not in shown.err
    assert f"表三“（六）其他处理3.其他”科研机构没有相加，留空：{wrong} 里空着。" in shown.err
    assert f"同一机关有两份报告，数重复计算了：{load_report(Path(CITY)).report.header.agency}（{CITY}，{again}）。" in shown.err
    assert read_report(shown.out.encode()).report.cell(address("requests.other_reasons.research")) is BLANK


def test_a_sum_is_of_different_reports_and_takes_the_place_of_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = []
    for name in ("city-2024.toml", "department-2024.toml"):
        (tmp_path / name).write_bytes((EXAMPLES / name).read_bytes())
        parts.append(str(tmp_path / name))
    assert main(["sum", str(tmp_path), parts[0]]) == 2
    assert "同一份报告给了两次" in capsys.readouterr().err
    assert main(["sum", *parts, "-o", parts[1], "--force"]) == 2
    assert "不能用汇总覆盖它" in capsys.readouterr().err
    assert Path(parts[1]).read_bytes() == (EXAMPLES / "department-2024.toml").read_bytes()


def test_a_report_without_a_year_is_not_added(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    undated = tmp_path / "undated.toml"
    undated.write_bytes(report_bytes(blank_report(EDITION, Header("某局", "department", 0))))
    assert main(["sum", str(undated), CITY]) == 2
    assert f"{undated} 没有写年度" in capsys.readouterr().err


def test_diff_shows_each_paragraph_with_the_one_in_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = []
    for name, text in (("a", "甲一。\n乙一。"), ("b", "甲二。\n乙二。")):
        report = blank_report(EDITION, Header("某局", "department" if name == "a" else "government", 2024)).with_text(
            SectionId("overview"), text
        )
        (tmp_path / name).write_bytes(report_bytes(report))
        paths.append(str(tmp_path / name))
    assert main(["diff", *paths]) == 1
    shown = capsys.readouterr().out
    assert "  - 甲一。\n  + 甲二。\n  - 乙一。\n  + 乙二。\n" in shown
    assert "机关类别：政府部门 → 各级人民政府" in shown
