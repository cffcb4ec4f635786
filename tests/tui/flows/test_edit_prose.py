"""Editing prose: typing, undo, outline, pastes, external editor."""

from __future__ import annotations

import stat
from contextlib import nullcontext
from pathlib import Path

import pytest
from nianbao.core.carry_over import paragraph_mark
from nianbao.core.commands import SetText
from nianbao.core.ids import PREFACE, SectionId
from nianbao.tui import words
from nianbao.tui.prose_search import count_characters
from tui_support import OVERVIEW, editing, finished_report, new_report

OVERVIEW_ID = SectionId("overview")


async def test_what_is_typed_is_in_the_report_at_once(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report()) as stage:
        await stage.write("本机关“十四五”——规划……\n第二段。")
        assert stage.report.text(OVERVIEW_ID) == "本机关“十四五”——规划……\n第二段。"
        assert f"{count_characters(stage.report.text(OVERVIEW_ID))}字" in stage.screen()


async def test_each_typed_character_is_in_the_journal(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report()) as stage:
        await stage.write("公开")
        assert len(stage.session.journal.records) == 2


async def test_one_undo_reaches_over_tables_prose_and_header(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        before = stage.report
        await stage.write("新")
        await stage.press("alt+3")
        await stage.write("20")
        await stage.press("enter", "ctrl+s")
        await stage.press("ctrl+z")
        assert stage.report.cells == before.cells
        await stage.press("ctrl+z")
        assert stage.report == before
        await stage.press("ctrl+y", "ctrl+y")
        assert stage.value("requests.new_received.natural_person") == 20
        assert stage.report.text(OVERVIEW_ID) == "新" + OVERVIEW


async def test_an_undo_of_prose_shows_in_the_pane_and_keeps_the_caret_near(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("down", "right", "right")
        await stage.write("补充")
        await stage.press("ctrl+z")
        prose = stage.main.pane.prose
        assert prose.text == OVERVIEW
        assert prose.cursor_location[0] == 0 or prose.cursor_location == (0, prose.cursor_location[1])
        assert prose.caret > 0


async def test_control_characters_of_a_paste_are_left_out(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report()) as stage:
        await stage.paste("第一段\x07\x1b[31m。\r\n第二段\t。")
        assert stage.report.text(OVERVIEW_ID) == "第一段。\n第二段 。"


async def test_a_large_paste_arrives_whole_as_one_step(tmp_path: Path) -> None:
    text = "政府信息公开工作。" * 3800
    async with editing(tmp_path, new_report()) as stage:
        await stage.paste(text)
        assert stage.report.text(OVERVIEW_ID) == text
        await stage.press("ctrl+z")
        assert stage.report.text(OVERVIEW_ID) == ""


async def test_no_line_starts_with_a_full_stop(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report(), size=(60, 20)) as stage:
        await stage.write("本" * 29 + "，公开。" * 20)
        lines = stage.screen().splitlines()[2:10]
        assert not any(line[:1] in "，。" for line in lines if line)


async def test_the_preface_is_written_in_the_first_pane(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        before = stage.report
        await stage.press("f4")
        await stage.write("本报告根据条例编制。")
        assert stage.report.header.preface == "本报告根据条例编制。"
        assert "本报告根据条例编制。" in stage.screen()
        assert words.prose_place(words.PREFACE_TITLE, 1, 1) in stage.screen()
        await stage.press("f4")
        assert stage.editor.focused is stage.main.pane.prose
        assert "本报告根据条例编制。" in stage.screen()
        await stage.press("ctrl+z")
        assert stage.report == before


async def test_a_finding_about_the_preface_is_reached_by_the_key_for_the_next(tmp_path: Path) -> None:
    report = finished_report()
    report = report.with_header(report.header._replace(preface="本报告根据条例编制（草稿。"))
    async with editing(tmp_path, report) as stage:
        seen = set()
        for _ in range(8):
            await stage.press("f8")
            seen.add(stage.main.pane.writing.section)
        assert PREFACE in seen


async def test_the_outline_lists_the_headings_and_goes_there(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+l", "down", "enter")
        assert stage.main.pane.prose.cursor_location == (2, 0)


async def test_another_editor_takes_the_section_and_gives_it_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "other-editor"
    script.write_text('#!/bin/sh\nprintf "另写的一段。\\n" >> "$1"\n', "utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("VISUAL", str(script))
    async with editing(tmp_path, finished_report()) as stage:
        monkeypatch.setattr(stage.editor, "suspend", _no_suspend)
        await stage.press("alt+o")
        assert stage.report.text(OVERVIEW_ID) == OVERVIEW + "另写的一段。"
        await stage.press("ctrl+z")
        assert stage.report.text(OVERVIEW_ID) == OVERVIEW


async def test_without_another_editor_the_user_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+o")
        assert stage.message() == words.NO_EDITOR


async def test_the_bound_on_section_one_is_a_hint(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report()) as stage:
        await stage.paste("公开" * 600)
        assert words.prose_line(1200, 1000) in stage.screen()


async def test_a_carried_paragraph_is_confirmed(tmp_path: Path) -> None:
    report = finished_report()
    first = OVERVIEW.split("\n")[0]
    carried = report.with_header(report.header._replace(carried=(paragraph_mark(first),)))
    async with editing(tmp_path, carried) as stage:
        await stage.press("alt+k")
        assert not stage.report.header.carried
        await stage.press("ctrl+z")
        assert list(stage.report.header.carried) == [paragraph_mark(first)]


async def test_the_prose_of_a_section_with_a_table_is_one_key_away(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report()) as stage:
        await stage.press("alt+3", "f4")
        await stage.write("说明")
        assert stage.report.text(SectionId("requests")) == "说明"
        await stage.press("f4")
        assert stage.editor.focused is stage.main.table


async def test_markup_in_prose_is_shown_as_it_is(tmp_path: Path) -> None:
    report = finished_report().with_text(OVERVIEW_ID, "[/] [red] 【】 [bold]公开[/bold]")
    async with editing(tmp_path, report) as stage:
        assert "[/] [red] 【】 [bold]公开[/bold]" in stage.screen()
        await stage.press("f12")
        assert "[/] [red]" in stage.screen()
        await stage.press("escape", "f7", "escape")


async def test_a_change_made_elsewhere_replaces_only_what_differs(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        stage.session.dispatch(SetText(OVERVIEW_ID, OVERVIEW.replace("按期答复", "按时答复")))
        await stage.settle()
        assert stage.main.pane.prose.text == OVERVIEW.replace("按期答复", "按时答复")


def _no_suspend() -> object:
    return nullcontext()
