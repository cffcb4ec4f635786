"""Forms for a new report and for the header of the open one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from nianbao.core.ids import parse_address
from nianbao.files.report.report_file import load_report
from nianbao.files.report.serialize import report_bytes
from nianbao.tui import words
from nianbao.tui.app import Application
from tui_support import Stage, editing, finished_report, options_for


async def test_a_new_report_is_asked_for_agency_kind_year_and_last_years_file(tmp_path: Path) -> None:
    last = tmp_path / "2023.toml"
    report = finished_report()
    carried = report.with_cell(parse_address("requests.carried_forward.natural_person"), 2)
    last.write_bytes(report_bytes(carried.with_header(report.header._replace(year=2023))))
    editor = Application(options_for(tmp_path, path=None))
    async with editor.run_test(size=(80, 24)) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        await stage.settle()
        await stage.press("enter")
        await stage.write("示例市民政局")
        await stage.press("tab", "tab", "tab")
        await stage.write(str(last))
        await stage.press("tab")
        await stage.write(str(tmp_path / "2024.toml"))
        await stage.press("ctrl+s")
        assert stage.report.header.year == 2024
        assert stage.value("requests.carried_over.natural_person") == 2
        assert editor.previous is not None
        await stage.press("ctrl+s")
        assert load_report(tmp_path / "2024.toml").report == stage.report
        stage.session.close()


async def test_a_wrong_year_is_asked_again_with_what_was_typed(tmp_path: Path) -> None:
    editor = Application(options_for(tmp_path, path=tmp_path / "neu.toml"))
    async with editor.run_test(size=(80, 24)) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        await stage.settle()
        await stage.write("某局")
        await stage.press("tab", "tab")
        await stage.press("ctrl+a", "ctrl+k")
        await stage.write("24年")
        await stage.press("ctrl+s")
        assert words.BAD_YEAR in stage.screen()
        assert "某局" in stage.screen()
        assert editor.session is None
        assert editor.focused is editor.screen.query_one("#field-year"), "what is to be put right"


async def test_the_header_is_edited_in_a_form(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+i")
        await stage.press("end")
        await stage.write("（本级）")
        await stage.press("ctrl+s")
        assert stage.report.header.agency == "示例市民政局（本级）"
        await stage.press("ctrl+z")
        assert stage.report.header.agency == "示例市民政局"


async def test_kind_title_date_and_preface_are_edited_there_too(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+i", "tab", "up", "tab", "tab")
        await stage.write("二〇二四年年报")
        await stage.press("tab")
        await stage.write("2025-01-20")
        await stage.press("tab")
        await stage.write("前言。")
        await stage.press("ctrl+s")
        header = stage.report.header
        assert (header.kind, header.title, header.published, header.preface) == (
            "government",
            "二〇二四年年报",
            date(2025, 1, 20),
            "前言。",
        )
