"""Leaving the editor."""

from __future__ import annotations

from pathlib import Path

from nianbao.files.report.report_file import load_report
from nianbao.files.saving.directories import companion_path
from nianbao.tui import words
from tui_support import editing, finished_report


async def test_leaving_with_unsaved_changes_asks(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.write("新")
        await stage.press("ctrl+q")
        assert words.QUIT_SAVE in stage.screen()
        await stage.press("escape")
        assert stage.editor.is_running
        await stage.press("ctrl+q", "enter")
    assert load_report(tmp_path / "report.toml").report.text(finished_report().edition.sections[0].id).startswith("新")
    assert not companion_path(tmp_path / "report.toml", "lock").exists()


async def test_leaving_without_changes_asks_nothing(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("ctrl+q")
        assert not stage.editor.is_running or stage.editor.session is None
