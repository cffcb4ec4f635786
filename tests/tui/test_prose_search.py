"""Find and replace in all sections."""

from __future__ import annotations

from pathlib import Path

from nianbao.core.ids import PREFACE, SectionId
from nianbao.tui import words
from tui_support import editing, finished_report


async def test_find_goes_through_the_sections_and_replace_changes_one_place(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("f3")
        await stage.write("改进")
        await stage.press("enter")
        assert words.found_at(1, 3) in stage.screen()
        await stage.press("enter")
        assert stage.main.section.id == "problems"
        await stage.press("tab")
        await stage.write("提升")
        await stage.press("alt+r")
        assert stage.report.text(SectionId("problems")).count("提升") == 1


async def test_replacing_everywhere_is_counted_and_can_be_undone(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        before = stage.report
        await stage.press("f3")
        await stage.write("改进")
        await stage.press("tab")
        await stage.write("提升")
        await stage.press("alt+a")
        assert words.replaced(3, 2) in stage.screen()
        await stage.press("escape", "ctrl+z", "ctrl+z")
        assert stage.report == before


async def test_replacing_everywhere_reaches_the_preface_and_is_one_step(tmp_path: Path) -> None:
    report = finished_report()
    report = report.with_header(report.header._replace(preface="本年报按要求改进编制。"))
    async with editing(tmp_path, report) as stage:
        await stage.press("f3")
        await stage.write("改进")
        await stage.press("tab")
        await stage.write("提升")
        await stage.press("alt+a")
        assert words.replaced(4, 3) in stage.screen()
        assert stage.report.header.preface == "本年报按要求提升编制。"
        await stage.press("escape", "ctrl+z")
        assert stage.report == report


async def test_find_reaches_the_preface(tmp_path: Path) -> None:
    report = finished_report()
    report = report.with_header(report.header._replace(preface="本年报由办公室编制。"))
    async with editing(tmp_path, report) as stage:
        await stage.press("f3")
        await stage.write("办公室编制")
        await stage.press("enter", "escape")
        assert stage.main.pane.writing.section == PREFACE
        assert stage.main.pane.writing.selected_text == "办公室编制"
