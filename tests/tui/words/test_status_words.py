"""Status lines about the cell under the cursor, within the available height."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from nianbao.core.chinese.width import text_width
from nianbao.core.edition import CellInfo
from nianbao.core.ids import Address, parse_address
from nianbao.core.report import BLANK, NA, Cell, Header, Report, Text, blank_report
from nianbao.service.examination import examination_of
from nianbao.service.examine import ExamineOptions
from nianbao.templates import load_edition
from nianbao.tui.words.status_words import USUAL_HEIGHT, StatusLines, shorter_labels, value_with_unit
from tui_support import editing, finished_report

FEE = parse_address("disclosure.fees.amount")


def without_zeros() -> Report:
    """Return a report in which every cell of table 三 is part of a broken identity."""
    report = finished_report()
    wrong = {
        report.edition.index[address]: 1 + place % 7
        for place, address in enumerate(report.edition.addresses)
        if address.section == "requests"
    }
    return report.with_cells(wrong)


def said_of(report: Report, address: Address, *, previous: Report | None = None, width: int = 80, height: int = 3) -> list[str]:
    examination = examination_of(report, ExamineOptions(previous=previous))
    found = examination.at_cell(address)
    return StatusLines(report, examination, tuple(found), None, "Alt+M", width, 1, height).of_cell(address)


def full_label(info: CellInfo) -> str:
    """Return all official labels above and beside a cell, separated by spaces."""
    return " ".join(part for part in (info.block.caption, *info.row.path, *info.column.path) if part)


@pytest.mark.parametrize(("width", "height"), [(80, 3), (60, 3), (40, 3), (120, 4)])
def test_neither_the_problem_nor_the_identities_give_way_to_a_long_label(width: int, height: int) -> None:
    report = without_zeros()
    for address in report.edition.addresses:
        if address.section != "requests":
            continue
        lines = said_of(report, address, previous=report, width=width, height=height)[:height]
        assert lines[-1].startswith("勾稽：")
        assert any(line.startswith("问题") for line in lines)
        label = "".join(lines[:-2])
        assert "2024年：" in label.replace(" ", "")
        assert all(text_width(line) <= width for line in lines[:-2])


def test_a_label_that_fits_is_said_in_full() -> None:
    report = finished_report()
    for address in report.edition.addresses:
        lines = said_of(report, address, width=200)
        assert lines[0].startswith(full_label(report.edition.info(address)))


def test_on_a_screen_of_24_lines_the_label_is_said_in_full_beside_everything_else() -> None:
    report = without_zeros()
    for address in report.edition.addresses:
        if address.section == "requests":
            lines = said_of(report, address, previous=report, height=USUAL_HEIGHT)[:USUAL_HEIGHT]
            said = "".join(lines).replace(" ", "")
            info = report.edition.info(address)
            fits = text_width(full_label(info)) < 2 * 80 - 24
            assert (full_label(info) if fits else " ".join(info.row.path)).replace(" ", "") in said
            assert "问题" in said
            assert "勾稽：" in said


def test_the_outer_levels_are_left_out_first() -> None:
    labels = list(shorter_labels(("", "甲", "乙"), ("子", "丑", "寅")))
    assert labels[0] == "甲 乙 子 丑 寅"
    assert labels[-1].split() == ["……", "乙", "寅"]
    assert [len(label.split()) for label in labels[1:]] == [5, 4, 3]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(Decimal("1.2"), "1.2万元"), (3, "3万元"), (Text("１.２万元"), "１.２万元"), (BLANK, ""), (NA, "/")],
)
def test_only_a_number_is_given_the_unit_of_its_column(value: Cell, shown: str) -> None:
    assert value_with_unit(finished_report().with_cell(FEE, value), FEE) == shown


def test_last_years_value_has_its_unit_too() -> None:
    report = finished_report()
    said = "".join(said_of(report.with_cell(FEE, BLANK), FEE, previous=report.with_cell(FEE, Decimal("1.5")), width=200))
    assert "：（未填）（2024年：1.5万元）" in said


def test_the_verdict_fits_the_relation() -> None:
    form = load_edition("2019")
    report = blank_report(form, Header(agency="示例县", kind="government", year=2019))
    report = report.with_cells({form.index[address]: place + 1 for place, address in enumerate(form.addresses)})
    said = " ".join(line for address in form.addresses for line in said_of(report, address, width=400))
    parts = [part for part in said.replace("勾稽：", "；").split("；") if " ≥ " in part or " ≠ " in part]
    assert parts
    assert all("平" not in part.split(" ≥ ")[-1].split(" ≠ ")[-1] for part in parts)
    assert any("符合" in part for part in parts)
    equal = [part for part in said.replace("勾稽：", "；").split("；") if " = " in part and " ≥ " not in part and " ≠ " not in part]
    assert any("不平！" in part for part in equal)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_the_identities_stay_on_the_screen_beside_a_problem(tmp_path: Path, size: tuple[int, int]) -> None:
    async with editing(tmp_path, without_zeros(), size=size) as stage:
        await stage.press("alt+3", "ctrl+end", *["up"] * 12, "left")
        screen = stage.screen()
        assert "勾稽：" in screen
        assert "问题" in screen


async def test_a_resize_says_it_anew_in_the_room_there_is(tmp_path: Path) -> None:
    async with editing(tmp_path, without_zeros(), size=(120, 40)) as stage:
        await stage.press("alt+3", "ctrl+end", *["up"] * 12)
        await stage.pilot.resize_terminal(60, 20)
        await stage.settle()
        assert "勾稽：" in stage.screen()
        assert "问题" in stage.screen()
