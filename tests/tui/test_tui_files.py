"""From the screen to files: saving, conflicts, locks, recovery, export, new reports, leaving."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from faulty_disk import FaultyDisk
from nianbao.core.chinese.width import Ambiguous
from nianbao.core.commands import SetCell
from nianbao.core.ids import parse_address
from nianbao.core.publishing.official_text import export_text
from nianbao.core.publishing.style import Borders, TextStyle
from nianbao.core.report import Header, blank_report
from nianbao.files.journal.record_format import read_journal
from nianbao.files.journal.recovery import alike, replay
from nianbao.files.report.report_file import load_report
from nianbao.files.report.serialize import report_bytes
from nianbao.files.saving.directories import Places, beside, path_key
from nianbao.files.saving.errors import FileError, FileErrorKind
from nianbao.files.saving.process import Owner
from nianbao.files.session.open_session import open_report
from nianbao.files.session.surroundings import Surroundings
from nianbao.templates import load_edition
from nianbao.tui import words
from nianbao.tui.app import Application
from nianbao.tui.flows import save_export
from nianbao.tui.terminal import probe
from nianbao.tui.words.difference_words import differences
from tui_support import Stage, editing, finished_report, new_report, options_for, screen_text, wrong_report

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
        assert words.TROUBLES["folder_missing"][:8] in stage.screen() or words.CONFLICT_GONE in stage.screen()
        await stage.press("enter")
        await stage.press("ctrl+a", "ctrl+k")
        await stage.write(str(tmp_path / "rescued.toml"))
        await stage.press("enter")
        assert load_report(tmp_path / "rescued.toml").report == stage.report


async def test_somebody_elses_lock_is_named_and_may_be_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "report.toml"
    path.write_bytes(report_bytes(finished_report()))
    other = Owner(user="李", host="另一台主机", pid=7, since="2025-01-10T09:00:00+08:00")
    beside(path, "lock").write_text(json.dumps({**other.plain(), "token": "x"}), "utf-8")
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
    beside(path, "lock").write_text(json.dumps({**other.plain(), "token": "x"}), "utf-8")
    editor = Application(options_for(tmp_path, path=path))
    async with editor.run_test(size=(80, 24)) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        await stage.settle()
        await stage.press("enter")
    assert editor.exit_code == 3


def _die_with_unsaved_work(folder: Path) -> Path:
    """A report, the journal of an editor that died, and no lock."""
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


async def test_the_preview_is_exactly_what_is_exported(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report(), size=(100, 40)) as stage:
        await stage.press("f12")
        shown = stage.screen().splitlines()[1:-1]
        text = save_export.published_text(stage.editor)
        assert shown == [line.rstrip() for line in text.splitlines()[: len(shown)]]
        await stage.press("e", "enter")
        assert (tmp_path / "report.txt").read_text("utf-8") == text
        assert text == export_text(stage.report, TextStyle()).text
        assert words.exported_to(str(tmp_path / "report.txt"), 0) == stage.message()


@pytest.mark.parametrize("ambiguous", [1, 2])
async def test_the_preview_writes_the_very_bytes_of_the_export_command(tmp_path: Path, ambiguous: Ambiguous) -> None:
    profile = probe.Profile(draws=False, ambiguous=ambiguous)
    async with editing(tmp_path, wrong_report(), profile=profile) as stage:
        await stage.press("f12", "e", "enter")
    assert (tmp_path / "report.txt").read_bytes() == _exported_by_command(tmp_path / "report.toml", tmp_path / "command.txt")


def _exported_by_command(path: Path, out: Path) -> bytes:
    subprocess.run([sys.executable, "-m", "nianbao", "export", str(path), "-o", str(out)], check=False, timeout=60)
    return out.read_bytes()


async def test_lines_that_the_terminal_shows_otherwise_are_noted_and_may_be_changed(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report(), size=(100, 24)) as stage:
        await stage.press("f12")
        assert words.PREVIEW_LINES in stage.line(0)
        await stage.press("b")
        assert words.PREVIEW_LINES not in stage.line(0)
        await stage.press("d", "e", "enter")
        expected = export_text(stage.report, TextStyle(borders=Borders.ASCII), draft=True).text
        assert (tmp_path / "report.txt").read_text("utf-8") == expected


async def test_a_draft_is_marked_in_the_preview(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report()) as stage:
        await stage.press("f12")
        assert "草稿" in stage.screen()


async def test_leaving_with_unsaved_changes_asks(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.write("新")
        await stage.press("ctrl+q")
        assert words.QUIT_SAVE in stage.screen()
        await stage.press("escape")
        assert stage.editor.is_running
        await stage.press("ctrl+q", "enter")
    assert load_report(tmp_path / "report.toml").report.text(finished_report().edition.sections[0].id).startswith("新")
    assert not beside(tmp_path / "report.toml", "lock").exists()


async def test_leaving_without_changes_asks_nothing(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("ctrl+q")
        assert not stage.editor.is_running or stage.editor.session is None


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
        assert not beside(tmp_path / "report.toml", "lock").exists()


async def test_a_journal_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        journal = stage.session.journal.path
        journal.unlink()
        (tmp_path / "state" / "journals").rename(tmp_path / "state" / "elsewhere")
        (tmp_path / "state" / "journals").write_text("no folder", "utf-8")
        await stage.write("新")
        assert stage.session.journal.trouble is not None
        assert words.NO_JOURNAL in stage.line(0)


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


class RefusingFolder(FaultyDisk):
    """A disk that takes nothing new in one folder, once it `refuses`."""

    def __init__(self, folder: Path, error: int) -> None:
        super().__init__()
        self.folder = folder
        self.error = error
        self.refuses = False

    def create(self, path: Path, mode: int = 0o600) -> int:
        if self.refuses and self.folder in path.parents:
            raise OSError(self.error, os.strerror(self.error))
        return super().create(path, mode)

    def write(self, descriptor: int, data: bytes) -> int:
        if self.refuses and self.folder in Path(f"/proc/self/fd/{descriptor}").readlink().parents:
            raise OSError(self.error, os.strerror(self.error))
        return super().write(descriptor, data)


@asynccontextmanager
async def editing_on(disk: RefusingFolder, folder: Path) -> AsyncIterator[Stage]:
    """An editor on a report in a folder of that disk; its state is elsewhere."""
    path = disk.folder / "report.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(report_bytes(finished_report()))
    options = options_for(folder, path=path)
    editor = Application(replace(options, surroundings=replace(options.surroundings, disk=disk)))
    async with editor.run_test(size=(80, 24)) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        await stage.settle()
        yield stage
        if editor.session is not None:
            editor.session.close(discard=True)


FAULTS = [(errno.ENOSPC, "disk_full"), (errno.EDQUOT, "quota"), (errno.EROFS, "read_only_disk"), (errno.EACCES, "no_permission")]


@pytest.mark.parametrize(("error", "name"), FAULTS)
async def test_a_folder_that_refuses_is_told_of_and_the_work_goes_on_elsewhere(tmp_path: Path, error: int, name: str) -> None:
    disk = RefusingFolder(tmp_path / "reports", error)
    async with editing_on(disk, tmp_path) as stage:
        before = (disk.folder / "report.toml").read_bytes()
        disk.refuses = True
        await stage.write("新")
        await stage.press("ctrl+s")
        assert words.TROUBLES[name][:6] in stage.screen()
        assert (disk.folder / "report.toml").read_bytes() == before
        await stage.press("escape")
        await stage.write("增")
        assert alike(replay(read_journal(stage.session.journal.path)).report, stage.report), "the journal has the work"
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
        assert words.TROUBLES[name][:4] in stage.message()
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
    beside(other, "lock").write_text(json.dumps({**owner.plain(), "token": "x"}), "utf-8")
    async with editing(tmp_path, finished_report()) as stage:
        await stage.do("save_as")
        await stage.settle()
        await stage.press("ctrl+u")
        await stage.write(str(other))
        await stage.press("enter", "down", "enter")
        assert "没有保存" in stage.screen()
        assert "用户 李" in stage.screen()
        assert ".lock" not in stage.screen()


async def test_a_report_that_cannot_be_saved_where_it_is_is_told_of_when_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "nianbao.tui.flows.open_report.foreseen_trouble",
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
        assert alike(replay(read_journal(stage.session.journal.path)).report, stage.report)


async def test_a_folder_that_takes_no_lock_is_told_of_and_the_report_can_be_read(tmp_path: Path) -> None:
    disk = RefusingFolder(tmp_path / "reports", errno.EROFS)
    disk.refuses = True
    async with editing_on(disk, tmp_path) as stage:
        assert stage.report == finished_report()
        await stage.write("新")
        await stage.press("ctrl+s")
        assert words.TROUBLES["read_only_disk"][:6] in stage.screen()


def test_a_text_that_differs_is_shown_where_it_begins_to() -> None:
    before = blank_report(load_edition("2021"), Header("某局", "department", 2024, preface="本报告由某局办公厅编制，数据截至年底。"))
    after = before.with_header(before.header._replace(preface="本报告由某局办公室编制，数据截至年底。"))
    assert differences(before, after) == ["前言（19字未变）：“某局办公厅编制，数据截至” → “某局办公室编制，数据截至”"]
