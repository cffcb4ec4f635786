"""Sentences that contradict the tables: highlighted, with keys to go to the cell, insert the table's number, or waive the finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from nianbao.core.checks.finding import Severity
from nianbao.core.ids import SectionId, parse_address
from nianbao.files.report.report_file import load_report
from nianbao.tui import words
from tui_support import contradicting, editing

if TYPE_CHECKING:
    from pathlib import Path

OVERVIEW_ID = SectionId("overview")
TOTAL = "requests.new_received.total"


async def test_the_sentence_is_underlined_in_its_place(tmp_path: Path) -> None:
    async with editing(tmp_path, contradicting()) as stage:
        prose = stage.main.pane.prose
        last = prose.document.line_count - 1
        marked = [(span.start, span.end) for span in prose.get_line(last).spans if "underline" in str(span.style)]
        assert marked == [(0, len("全年收到政府信息公开申请16件"))]
        assert not prose.get_line(1).spans


async def test_one_key_leads_to_the_cell_and_back_to_the_sentence(tmp_path: Path) -> None:
    async with editing(tmp_path, contradicting()) as stage:
        await stage.press("f8")
        assert stage.main.pane.writing.selected_text == "全年收到政府信息公开申请16件"
        await stage.press("alt+j")
        assert stage.main.section.id == "requests"
        assert str(stage.main.address_here()) == TOTAL
        assert "16" in stage.screen(), "the status line shows what contradicts the cell"
        await stage.press("alt+j")
        assert stage.main.pane.writing.selected_text == "全年收到政府信息公开申请16件"


async def test_where_nothing_contradicts_the_key_says_so(tmp_path: Path) -> None:
    async with editing(tmp_path, contradicting()) as stage:
        await stage.press("alt+j")
        assert stage.message() == words.NO_COUNTERPART


@pytest.mark.parametrize("written", ["16", "１６", "十六"])
async def test_the_tables_number_is_put_with_one_key_and_taken_back_with_one(tmp_path: Path, written: str) -> None:
    report = contradicting(f"全年收到政府信息公开申请{written}件。")
    async with editing(tmp_path, report) as stage:
        await stage.press("f8", "alt+u")
        assert stage.report.text(OVERVIEW_ID).endswith("全年收到政府信息公开申请17件。")
        assert stage.message() == words.number_put(written, "17")
        assert not [finding for finding in stage.editor.examined().findings if finding.code == "C20"]  # type: ignore[union-attr]
        await stage.press("ctrl+z")
        assert stage.report == report


async def test_the_number_may_be_put_from_the_cell_too(tmp_path: Path) -> None:
    async with editing(tmp_path, contradicting()) as stage:
        await stage.press("f8", "alt+j", "alt+u")
        assert "申请17件" in stage.report.text(OVERVIEW_ID)
        assert str(stage.main.address_here()) == TOTAL


async def test_a_sentence_without_a_number_is_left_to_the_writer(tmp_path: Path) -> None:
    report = contradicting("全年未收到行政复议案件。")
    async with editing(tmp_path, report) as stage:
        await stage.press("f8", "alt+u")
        assert stage.message() == words.NO_NUMBER_TO_PUT
        assert stage.report == report


async def test_a_finding_is_waived_with_a_reason_and_stays_listed(tmp_path: Path) -> None:
    async with editing(tmp_path, contradicting()) as stage:
        await stage.press("f8", "alt+h")
        await stage.press("enter")
        assert words.WAIVE_NEEDS_REASON in stage.screen()
        await stage.write("含一件口头申请")
        await stage.press("enter")
        assert [waiver.reason for waiver in stage.report.header.waivers] == ["含一件口头申请"]
        examination = stage.editor.examined()
        assert examination is not None
        assert not examination.count(Severity.ERROR)
        await stage.press("f7")
        assert words.waived("", "含一件口头申请") in stage.screen()
        await stage.press("escape", "ctrl+s")
        assert load_report(tmp_path / "report.toml").report.header.waivers == stage.report.header.waivers


async def test_a_waiver_is_taken_back_by_the_same_key(tmp_path: Path) -> None:
    async with editing(tmp_path, contradicting()) as stage:
        await stage.press("f7", "h")
        await stage.write("另有口径")
        await stage.press("enter")
        assert stage.report.header.waivers
        await stage.press("alt+h", "enter")
        assert not stage.report.header.waivers


async def test_the_list_begins_with_the_first_error(tmp_path: Path) -> None:
    async with editing(tmp_path, contradicting()) as stage:
        await stage.press("f7")
        assert next(line for line in stage.screen().splitlines() if line.startswith("> ")).startswith("> !")


TWO_WRONG = "全年收到政府信息公开申请16件，办理行政许可36件。"


@pytest.mark.parametrize(
    ("caret", "left"),
    [("申请16", "全年收到政府信息公开申请17件，办理行政许可36件。"), ("许可36", "全年收到政府信息公开申请16件，办理行政许可35件。")],
)
async def test_of_two_wrong_numbers_the_one_at_the_caret_is_put_right(tmp_path: Path, caret: str, left: str) -> None:
    report = contradicting(TWO_WRONG)
    async with editing(tmp_path, report) as stage:
        at = report.text(OVERVIEW_ID).index(caret) + len(caret)
        await stage.main.go_to_text(OVERVIEW_ID, at, at)
        await stage.settle()
        await stage.press("alt+u")
        assert stage.report.text(OVERVIEW_ID).endswith(left)


async def test_the_finding_that_was_gone_to_is_the_one_that_is_meant(tmp_path: Path) -> None:
    async with editing(tmp_path, contradicting(TWO_WRONG)) as stage:
        found = [finding for finding in stage.editor.examined().findings if finding.span is not None]  # type: ignore[union-attr]
        assert len(found) == 2
        for finding in found:
            await stage.main.go_to(finding)
            assert stage.main.finding_here() == finding
            cells = finding.cells
            await stage.press("alt+j")
            assert stage.main.address_here() in cells


async def test_a_cell_that_two_sentences_contradict_leads_to_one_after_the_other(tmp_path: Path) -> None:
    report = contradicting("全年收到政府信息公开申请16件。\n其中，新收政府信息公开申请15件。")
    async with editing(tmp_path, report) as stage:
        await stage.main.go_to_cell(parse_address(TOTAL))
        await stage.settle()
        seen = []
        for _ in range(3):
            await stage.press("alt+j")
            seen.append(stage.main.pane.writing.selected_text)
            await stage.press("alt+j")
            assert str(stage.main.address_here()) == TOTAL
        assert seen[0] == seen[2]
        assert seen[0] != seen[1]
