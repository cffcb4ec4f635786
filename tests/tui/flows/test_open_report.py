"""Opening files in the editor: locks, unsaved changes, files that are not reports."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from nianbao.core.commands import SetCell
from nianbao.core.ids import parse_address
from nianbao.files.report.serialize import report_bytes
from nianbao.files.saving.directories import Places, companion_path, path_key
from nianbao.files.saving.errors import FileError, FileErrorKind
from nianbao.files.saving.process import Owner
from nianbao.files.session.open_session import open_report
from nianbao.files.session.surroundings import Surroundings
from nianbao.service.words.file_error_words import FILE_ERRORS
from nianbao.tui import words
from nianbao.tui.app import Application
from refusing_folder import RefusingFolder, editing_on
from tui_support import Stage, editing, finished_report, options_for, screen_text, wrong_report

CELL = "requests.new_received.natural_person"


async def test_somebody_elses_lock_is_named_and_may_be_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "report.toml"
    path.write_bytes(report_bytes(finished_report()))
    other = Owner(user="李", host="另一台主机", pid=7, since="2025-01-10T09:00:00+08:00")
    companion_path(path, "lock").write_text(json.dumps({**other.plain(), "token": "x"}), "utf-8")
    editor = Application(options_for(tmp_path, path=path))
    async with editor.run_test(size=(80, 24)) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        await stage.settle()
        assert "用户 李" in stage.screen()
        assert "另一台主机" in stage.screen()
        await stage.press("down", "enter")
        assert editor.session is not None
        editor.session.close()


async def test_declining_to_take_over_leaves_with_the_code_for_locked(tmp_path: Path) -> None:
    path = tmp_path / "report.toml"
    path.write_bytes(report_bytes(finished_report()))
    other = Owner(user="李", host="另一台主机", pid=7)
    companion_path(path, "lock").write_text(json.dumps({**other.plain(), "token": "x"}), "utf-8")
    editor = Application(options_for(tmp_path, path=path))
    async with editor.run_test(size=(80, 24)) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        await stage.settle()
        await stage.press("enter")
    assert editor.exit_code == 3


def _die_with_unsaved_work(folder: Path) -> Path:
    """Leave a report and the journal of a dead editor, without a lock."""
    path = folder / "report.toml"
    path.write_bytes(report_bytes(finished_report()))
    dead = Owner(user="王", host=os.uname().nodename, pid=2**22 - 3)
    surroundings = Surroundings(Places(folder / "state"), process=lambda _: dead)
    session = open_report(path, surroundings).begin()
    session.dispatch(SetCell(parse_address(CELL), 27))
    session.journal.close()
    session.hang_up()
    return path


async def test_unfinished_work_is_shown_and_offered(tmp_path: Path) -> None:
    path = _die_with_unsaved_work(tmp_path)
    editor = Application(options_for(tmp_path, path=path))
    async with editor.run_test(size=(80, 24)) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        await stage.settle()
        assert words.RECOVER_TITLE in stage.screen()
        assert "14 → 27" in stage.screen()
        await stage.press("enter")
        assert stage.value(CELL) == 27
        assert stage.session.unsaved
        await stage.press("ctrl+z")
        assert stage.value(CELL) == 14, "the recovered change can be undone"
        stage.session.close(discard=True)


@pytest.mark.parametrize(("keys", "kept"), [(("down", "enter"), True), (("down", "down", "enter"), False)])
async def test_unfinished_work_may_wait_or_be_put_away(tmp_path: Path, keys: tuple[str, ...], *, kept: bool) -> None:
    path = _die_with_unsaved_work(tmp_path)
    editor = Application(options_for(tmp_path, path=path))
    async with editor.run_test(size=(80, 24)) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        await stage.settle()
        await stage.press(*keys)
        assert stage.value(CELL) == 14
        stage.session.close()
    opening = open_report(path, Surroundings(Places(tmp_path / "state")))
    assert bool(opening.offers) is kept
    opening.close()


async def test_a_file_that_is_no_report_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text('format = 1\n[report]\nagency = "甲\n', "utf-8")
    editor = Application(options_for(tmp_path, path=path))
    async with editor.run_test(size=(80, 24)) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        await stage.settle()
        assert "第3行" in stage.screen()
        await stage.press("escape")
    assert editor.exit_code == 2


async def test_another_report_is_opened_and_the_first_is_let_go(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_bytes(report_bytes(wrong_report()))
    async with editing(tmp_path, finished_report()) as stage:
        await stage.do("open")
        await stage.settle()
        await stage.settle()
        await stage.write(str(other))
        await stage.press("enter")
        assert stage.session.path == other
        assert not companion_path(tmp_path / "report.toml", "lock").exists()


async def test_the_first_time_a_hint_is_shown_and_later_not(tmp_path: Path) -> None:
    options = options_for(tmp_path, path=tmp_path / "report.toml")
    (tmp_path / "report.toml").write_bytes(report_bytes(finished_report()))
    (tmp_path / "state" / "first-hint").unlink()
    for expected in (True, False):
        editor = Application(options)
        async with editor.run_test(size=(120, 30)) as pilot:
            stage = Stage(editor, pilot)
            await stage.settle()
            assert ("Ctrl+P" in screen_text(editor)) is expected
            stage.session.close()


async def test_a_report_that_cannot_be_saved_where_it_is_is_told_of_when_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "nianbao.tui.flows.open_report.predict_save_error",
        lambda path: FileError(FileErrorKind.READ_ONLY_DISK, path),
    )
    async with editing(tmp_path, finished_report()) as stage:
        assert stage.message() == "在原处不能保存（磁盘是只读的），可以编辑，保存时请另存"


async def test_a_journal_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "report.toml"
    journals = tmp_path / "state" / "journals"
    journals.mkdir(parents=True)
    (journals / f"{path_key(path)}-20250110T093000Z-1-abcdef.nianbao-journal").write_text("damaged", "utf-8")
    async with editing(tmp_path, finished_report()) as stage:
        assert stage.message() == words.journals_unread(1)
        await stage.press("down")
        assert stage.message() == ""


async def test_a_folder_that_takes_no_lock_is_told_of_and_the_report_can_be_read(tmp_path: Path) -> None:
    disk = RefusingFolder(tmp_path / "reports", errno.EROFS)
    disk.refuses = True
    async with editing_on(disk, tmp_path) as stage:
        assert stage.report == finished_report()
        await stage.write("新")
        await stage.press("ctrl+s")
        assert FILE_ERRORS[FileErrorKind("read_only_disk")][:6] in stage.screen()
