"""The second reader in the editor: loaded after the first frame, never blocking, with a message for a save it cannot confirm."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
import tomlkit
from nianbao.files.report import second_reader
from nianbao.files.report.report_file import load_report
from nianbao.files.saving.atomic_save import SaveNote
from nianbao.files.saving.directories import Places
from nianbao.service.words.save_words import SECOND_READER
from nianbao.tui import words
from tui_support import Stage, editing, finished_report


def refuse(_text: str) -> None:
    raise IndexError


async def save_changed(stage: Stage) -> bytes:
    """Change and save the report, and return the file's previous contents."""
    path = stage.session.path
    before = path.read_bytes()
    await stage.write("新")
    await stage.press("ctrl+s")
    return before


def kept(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in Places(folder / "state").backups.rglob("*.toml")]


async def test_a_refusal_is_said_in_the_status_line_and_the_report_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tomlkit, "parse", refuse)
    async with editing(tmp_path, finished_report()) as stage:
        before = await save_changed(stage)
        assert stage.message() == f"{words.saved_to('report.toml')}；{words.SECOND_READER_REFUSED}"
        assert load_report(tmp_path / "report.toml").report == stage.report
        assert kept(tmp_path) == [before]


async def test_a_difference_is_told_in_a_notice_and_the_report_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parse = tomlkit.parse
    monkeypatch.setattr(tomlkit, "parse", lambda text: parse(f"own = 1\n{text}"))
    async with editing(tmp_path, finished_report()) as stage:
        before = await save_changed(stage)
        assert words.SAVED_DOUBTFUL_TITLE in stage.screen()
        assert SECOND_READER[SaveNote.SECOND_READER_DIFFERS][6:14] in stage.screen()
        await stage.press("escape")
        assert words.SAVED_DOUBTFUL_TITLE not in stage.screen()
        assert load_report(tmp_path / "report.toml").report == stage.report
        assert kept(tmp_path) == [before]


async def test_who_leaves_with_a_save_is_told_before_the_editor_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tomlkit, "parse", refuse)
    async with editing(tmp_path, finished_report()) as stage:
        await stage.write("新")
        report = stage.report
        await stage.press("ctrl+q", "enter")
        assert words.SAVED_DOUBTFUL_TITLE in stage.screen()
        await stage.press("escape")
        assert stage.editor.session is None
        assert load_report(tmp_path / "report.toml").report == report


async def test_keys_and_saves_do_not_wait_for_the_thread_that_loads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    began, go_on = threading.Event(), threading.Event()

    def load_for_ever() -> None:
        began.set()
        go_on.wait()

    monkeypatch.setattr(second_reader, "_load", load_for_ever)
    monkeypatch.delitem(sys.modules, "tomlkit")
    try:
        async with editing(tmp_path, finished_report()) as stage:
            assert began.is_set()
            await save_changed(stage)
            assert stage.message() == words.saved_to("report.toml")
            assert load_report(tmp_path / "report.toml").report == stage.report
    finally:
        go_on.set()
