"""Saving and exporting in the editor: conflicts, refusing disks, journals without space."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from nianbao.core.ids import parse_address
from nianbao.files.journal.record_format import read_journal
from nianbao.files.journal.recovery import replay, same_contents
from nianbao.files.report.report_file import load_report
from nianbao.files.report.serialize import report_bytes
from nianbao.files.saving.directories import companion_path
from nianbao.files.saving.errors import FileErrorKind
from nianbao.files.saving.process import Owner
from nianbao.service.words.file_error_words import FILE_ERRORS
from nianbao.tui import words
from refusing_folder import RefusingFolder, editing_on
from tui_support import editing, finished_report, wrong_report

CELL = "requests.new_received.natural_person"


async def test_a_save_writes_the_file_and_says_so(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.write("新")
        assert words.UNSAVED in stage.line(0)
        await stage.press("ctrl+s")
        assert words.SAVED in stage.line(0)
        assert stage.message() == words.saved_to("report.toml")
        assert load_report(tmp_path / "report.toml").report == stage.report


async def test_a_value_being_typed_is_saved_too(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3")
        await stage.write("31")
        await stage.press("ctrl+s")
        assert load_report(tmp_path / "report.toml").report.cell(parse_address(CELL)) == 31


async def test_a_file_changed_by_someone_else_is_never_overwritten_silently(tmp_path: Path) -> None:
    path = tmp_path / "report.toml"
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3")
        await stage.write("21")
        await stage.press("enter")
        theirs = report_bytes(finished_report().with_cell(parse_address(CELL), 15))
        path.write_bytes(theirs)
        await stage.press("ctrl+s")
        assert words.CONFLICT_TITLE in stage.screen()
        assert "15 → 21" in stage.screen()
        await stage.press("enter", "enter")
        assert path.read_bytes() == theirs
        assert load_report(tmp_path / "report-2.toml").report.cell(parse_address(CELL)) == 21
        assert stage.session.path.name == "report-2.toml"


async def test_the_user_may_overwrite_and_the_others_version_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "report.toml"
    async with editing(tmp_path, finished_report()) as stage:
        await stage.write("新")
        theirs = report_bytes(wrong_report())
        path.write_bytes(theirs)
        await stage.press("ctrl+s", "down", "enter")
        assert load_report(path).report == stage.report
        kept = [file.read_bytes() for file in (tmp_path / "state" / "backups").rglob("*.toml")]
        assert theirs in kept


async def test_a_folder_that_takes_no_file_is_named_and_the_work_may_go_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    async with editing(folder, finished_report()) as stage:
        await stage.write("新")
        for file in folder.iterdir():
            if file.is_file():
                file.unlink()
        folder.rename(tmp_path / "moved")
        await stage.press("ctrl+s")
        assert FILE_ERRORS[FileErrorKind("folder_missing")][:8] in stage.screen() or words.CONFLICT_GONE in stage.screen()
        await stage.press("enter")
        await stage.press("ctrl+a", "ctrl+k")
        await stage.write(str(tmp_path / "rescued.toml"))
        await stage.press("enter")
        assert load_report(tmp_path / "rescued.toml").report == stage.report


async def test_a_journal_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        journal = stage.session.journal.path
        journal.unlink()
        (tmp_path / "state" / "journals").rename(tmp_path / "state" / "elsewhere")
        (tmp_path / "state" / "journals").write_text("no folder", "utf-8")
        await stage.write("新")
        assert stage.session.journal.trouble is not None
        assert words.NO_JOURNAL in stage.line(0)


FAULTS = [(errno.ENOSPC, "disk_full"), (errno.EDQUOT, "quota"), (errno.EROFS, "read_only_disk"), (errno.EACCES, "no_permission")]


@pytest.mark.parametrize(("error", "name"), FAULTS)
async def test_a_folder_that_refuses_is_told_of_and_the_work_goes_on_elsewhere(tmp_path: Path, error: int, name: str) -> None:
    disk = RefusingFolder(tmp_path / "reports", error)
    async with editing_on(disk, tmp_path) as stage:
        before = (disk.folder / "report.toml").read_bytes()
        disk.refuses = True
        await stage.write("新")
        await stage.press("ctrl+s")
        assert FILE_ERRORS[FileErrorKind(name)][:6] in stage.screen()
        assert (disk.folder / "report.toml").read_bytes() == before
        await stage.press("escape")
        await stage.write("增")
        assert same_contents(replay(read_journal(stage.session.journal.path)).report, stage.report), "the journal has the work"
        assert stage.report.texts[0].startswith("新增")
        await stage.press("ctrl+s", "enter", "ctrl+a", "ctrl+k")
        await stage.write(str(tmp_path / "rescued.toml"))
        await stage.press("enter")
        assert load_report(tmp_path / "rescued.toml").report == stage.report
        assert stage.session.path == tmp_path / "rescued.toml"
        assert words.SAVED in stage.line(0)


@pytest.mark.parametrize(("error", "name"), FAULTS)
async def test_a_journal_without_room_is_told_of_and_the_file_takes_the_work(tmp_path: Path, error: int, name: str) -> None:
    disk = RefusingFolder(tmp_path / "state", error)
    disk.folder = tmp_path / "reports"
    async with editing_on(disk, tmp_path) as stage:
        disk.folder, disk.refuses = tmp_path / "state", True
        await stage.write("新增")
        assert FILE_ERRORS[FileErrorKind(name)][:4] in stage.message()
        assert words.NO_JOURNAL in stage.line(0)
        await stage.press("ctrl+s")
        assert load_report(stage.session.path).report == stage.report
        disk.refuses = False
        await stage.write("又")
        assert stage.session.journal.trouble is None
        assert stage.message() == words.JOURNAL_GOES_ON


async def test_a_save_that_fails_says_where_the_changes_are(tmp_path: Path) -> None:
    disk = RefusingFolder(tmp_path / "reports", errno.ENOSPC)
    async with editing_on(disk, tmp_path) as stage:
        disk.refuses = True
        await stage.write("新")
        await stage.press("ctrl+s")
        shown = stage.screen().replace("\n", "")
        assert words.CHANGES_IN_JOURNAL in shown
        assert os.strerror(errno.ENOSPC) not in shown, "the system's own words say nothing that the sentence does not"
        await stage.press("escape")
        disk.folder = tmp_path
        await stage.write("增")
        await stage.press("ctrl+s")
        assert "日志也写不进" in stage.screen()


async def test_a_folder_that_is_gone_is_said_of_the_report_not_of_the_lock(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    async with editing(folder, finished_report()) as stage:
        await stage.write("新")
        folder.rename(tmp_path / "moved")
        await stage.press("ctrl+s")
        assert "report.toml" in stage.screen()
        assert ".lock" not in stage.screen()


async def test_saving_under_a_name_that_somebody_edits_names_the_person_and_a_way_on(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_bytes(report_bytes(finished_report()))
    owner = Owner(user="李", host="另一台主机", pid=7, since="2025-01-10T09:00:00+08:00")
    companion_path(other, "lock").write_text(json.dumps({**owner.plain(), "token": "x"}), "utf-8")
    async with editing(tmp_path, finished_report()) as stage:
        await stage.do("save_as")
        await stage.settle()
        await stage.press("ctrl+u")
        await stage.write(str(other))
        await stage.press("enter", "down", "enter")
        assert "没有保存" in stage.screen()
        assert "用户 李" in stage.screen()
        assert ".lock" not in stage.screen()


async def test_the_journal_may_be_kept_in_another_folder(tmp_path: Path) -> None:
    disk = RefusingFolder(tmp_path / "reports", errno.ENOSPC)
    other = tmp_path / "other"
    other.mkdir()
    async with editing_on(disk, tmp_path) as stage:
        disk.folder, disk.refuses = tmp_path / "state", True
        await stage.write("新增")
        await stage.do("move_journal")
        await stage.settle()
        await stage.press("ctrl+a", "ctrl+k")
        await stage.write(str(other))
        await stage.press("enter")
        assert stage.session.journal.trouble is None
        assert stage.session.journal.path.is_relative_to(other)
        assert same_contents(replay(read_journal(stage.session.journal.path)).report, stage.report)
