"""The journal: every command is written before the next key whatever the disk does, and is read back unchanged."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
import tempfile
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from faulty_disk import FaultyDisk, SmallDisk, refusing
from hypothesis import given
from hypothesis import strategies as st
from nianbao.files.journal.background_sync import Syncer
from nianbao.files.journal.journal import (
    ARCHIVED,
    ENDING,
    Journal,
    all_journals,
    discard_journal,
    journals_of,
    resume_journal,
    start_journal,
)
from nianbao.files.journal.moved_journals import create_signpost
from nianbao.files.journal.record_format import Act, JournalHeader, Record, header_line, read_journal, record_line
from nianbao.files.saving.directories import Places
from nianbao.files.saving.disk import DISK
from nianbao.files.saving.errors import FileError, FileErrorKind
from nianbao.files.saving.process import Owner, this_process
from saved_files import OLD, OPEN_FILES

if TYPE_CHECKING:
    from nianbao.files.saving.disk import Disk

OPENED = datetime(2025, 1, 10, 9, 30, tzinfo=UTC)
COMMANDS: list[dict[str, object]] = [{"do": "SetCell", "cell": "requests.total.total", "value": number} for number in range(5)]


def header_for(report: Path, owner: Owner | None = None, opened: datetime = OPENED) -> JournalHeader:
    return JournalHeader(report, OLD, exists=True, owner=owner or this_process(opened), opened=opened)


def journal_for(report: Path, places: Places, disk: Disk = DISK) -> Journal:
    return start_journal(header_for(report), places, disk)


def write(journal: Journal, commands: list[dict[str, object]] = COMMANDS) -> None:
    for number, command in enumerate(commands):
        journal.append(Act.DO, command, OPENED.timestamp() + number)


def commands_in(path: Path) -> list[object]:
    return [record.data for record in read_journal(path).records if record.act is Act.DO]


def trouble_of(journal: Journal) -> FileErrorKind | None:
    return journal.trouble.kind if journal.trouble else None


def dead_process() -> Owner:
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True)
    here = this_process(OPENED)
    return Owner(here.user, here.host, int(ended.stdout), started="1", boot=here.boot, since=here.since)


class TestWriting:
    def test_what_is_written_is_read_back(self, report: Path, places: Places) -> None:
        journal = journal_for(report, places)
        write(journal)
        journal.append(Act.UNDO, data=True, at=OPENED.timestamp() + 9)
        journal.append(Act.SAVING, "digest", OPENED.timestamp() + 9.25)
        reading = read_journal(journal.path)
        assert reading.header == header_for(report)
        assert reading.header.path == report
        assert [record.data for record in reading.records] == [*COMMANDS, True, "digest"]
        assert reading.records[-1] == Record(Act.SAVING, "digest", OPENED.timestamp() + 9.25)
        assert (reading.torn, reading.unread) == (False, 0)
        assert reading.last_change == OPENED + timedelta(seconds=9.25)
        assert journal.records == reading.records
        journal.finish()
        assert not journal.path.exists()

    def test_every_command_is_with_the_system_when_the_call_returns(self, report: Path, places: Places) -> None:
        journal = journal_for(report, places)
        for number, command in enumerate(COMMANDS, 1):
            journal.append(Act.DO, command, 0)
            assert journal.trouble is None
            assert commands_in(journal.path) == COMMANDS[:number]

    def test_a_command_costs_one_write_and_no_wait_for_the_device(self, report: Path, places: Places) -> None:
        disk = FaultyDisk()
        journal = Journal(header_for(report), places.journals / f"a-1{ENDING}", disk, own_folder=True)
        journal.start()
        here = threading.get_ident()
        synced_by: list[int] = []
        disk.before = lambda _number, call: synced_by.append(threading.get_ident()) if call == "sync" else None
        disk.calls.clear()
        write(journal)
        journal.close()
        assert [call for call in disk.calls if call not in ("sync", "close")] == ["write"] * len(COMMANDS)
        assert here not in synced_by
        assert disk.calls.count("sync") <= 1

    def test_a_line_holds_any_text_that_a_terminal_can_send(self, report: Path, places: Places) -> None:
        journal = journal_for(report, places)
        texts = ["“年报”——……\n\r\t\0", "\ud83d", "😀", '\\"}\n{"n":1}', "\u2028"]
        write(journal, [{"text": text} for text in texts])
        assert commands_in(journal.path) == [{"text": text} for text in texts]

    def test_a_path_and_contents_that_are_no_text_are_kept(self, places: Places, tmp_path: Path) -> None:
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.toml"))
        journal = start_journal(JournalHeader(path, b"\xff\x00", exists=True, owner=this_process(OPENED), opened=OPENED), places)
        header = read_journal(journal.path).header
        assert (header.path, header.base) == (path, b"\xff\x00")

    def test_only_the_user_may_read_it(self, report: Path, places: Places) -> None:
        assert stat.S_IMODE(journal_for(report, places).path.stat().st_mode) == 0o600

    def test_waiting_for_the_device_happens_in_the_background_and_its_failure_is_told(self, tmp_path: Path) -> None:
        reached = threading.Event()

        def before(_number: int, call: str) -> OSError | None:
            if call == "sync":
                reached.set()
                return OSError(errno.EIO, os.strerror(errno.EIO))
            return None

        syncer = Syncer(FaultyDisk(before), pause=0)
        descriptor = os.open(tmp_path / "file", os.O_WRONLY | os.O_CREAT)
        syncer.written(descriptor)
        assert reached.wait(10)
        syncer.stop()
        error = syncer.error()
        assert error is not None
        assert error.errno == errno.EIO
        assert syncer.error() is None
        os.close(descriptor)


class TestTheDiskFails:
    def test_lines_that_find_no_room_wait_in_memory_and_follow_when_there_is_room(self, report: Path, places: Places) -> None:
        disk = SmallDisk(10_000)
        journal = journal_for(report, places, disk)
        write(journal, COMMANDS[:2])
        disk.room = 20
        write(journal, COMMANDS[2:4])
        assert (trouble_of(journal), journal.waiting) == (FileErrorKind.DISK_FULL, 2)
        assert commands_in(journal.path) == COMMANDS[:2]
        disk.room = 10_000
        write(journal, COMMANDS[4:])
        assert (trouble_of(journal), journal.waiting) == (None, 0)
        assert commands_in(journal.path) == COMMANDS
        assert read_journal(journal.path).unread == 0

    def test_lines_follow_even_where_a_half_line_cannot_be_removed(self, report: Path, places: Places) -> None:
        class Stubborn(SmallDisk):
            def truncate(self, _descriptor: int, _length: int) -> None:
                raise OSError(errno.EIO, os.strerror(errno.EIO))

        disk = Stubborn(10_000)
        journal = journal_for(report, places, disk)
        write(journal, COMMANDS[:2])
        for room in range(0, 200, 7):
            disk.room = room
            write(journal, COMMANDS[2:3])
        disk.room = 100_000
        write(journal, COMMANDS[3:])
        assert journal.trouble is None
        reading = read_journal(journal.path)
        assert reading.unread == 0
        assert reading.records == journal.records

    def test_where_the_state_folder_takes_nothing_the_journal_lies_hidden_beside_the_report(self, report: Path, tmp_path: Path) -> None:
        blocked = tmp_path / "file"
        blocked.write_bytes(b"")
        places = Places(blocked / "state")
        journal = journal_for(report, places)
        write(journal)
        assert journal.path.parent == report.parent
        assert journal.path.name.startswith(".")
        found, troubles = journals_of(report, places)
        assert [reading.path for reading in found] == [journal.path]
        assert troubles == []

    def test_where_nothing_can_be_written_the_lines_can_be_taken_elsewhere(self, report: Path, places: Places, tmp_path: Path) -> None:
        refused = {places.journals, report.parent}

        class Refusing(FaultyDisk):
            def create(self, path: Path, mode: int = 0o600) -> int:
                if path.parent in refused:
                    raise OSError(errno.EROFS, os.strerror(errno.EROFS))
                return super().create(path, mode)

        journal = journal_for(report, places, Refusing())
        write(journal, COMMANDS[:3])
        assert (trouble_of(journal), journal.waiting) == (FileErrorKind.READ_ONLY_DISK, 3)
        with pytest.raises(FileError) as caught:
            journal.move_to(tmp_path / "gone")
        assert caught.value.kind is FileErrorKind.FOLDER_MISSING
        assert not (tmp_path / "gone").exists()
        assert journal.waiting == 3
        stick = tmp_path / "stick"
        stick.mkdir()
        journal.move_to(stick)
        assert (trouble_of(journal), journal.waiting, journal.path.parent) == (None, 0, stick)
        write(journal, COMMANDS[3:])
        assert commands_in(journal.path) == COMMANDS

    def test_moving_a_sound_journal_leaves_one_copy(self, report: Path, places: Places, tmp_path: Path) -> None:
        journal = journal_for(report, places)
        write(journal, COMMANDS[:3])
        journal.move_to(tmp_path)
        write(journal, COMMANDS[3:])
        assert commands_in(journal.path) == COMMANDS
        assert list(places.journals.iterdir()) == []

    def test_a_journal_that_is_swept_away_is_written_anew(self, report: Path, places: Places) -> None:
        journal = journal_for(report, places)
        write(journal, COMMANDS[:3])
        journal.path.unlink()
        places.journals.rmdir()
        write(journal, COMMANDS[3:])
        assert journal.trouble is None
        assert commands_in(journal.path) == COMMANDS

    def test_a_journal_that_is_written_anew_is_synced_like_the_first(self, report: Path, places: Places) -> None:
        synced = threading.Event()
        disk = FaultyDisk(lambda _number, call: synced.set() if call == "sync" else None)
        journal = journal_for(report, places, disk)
        assert synced.wait(10)
        synced.clear()
        journal.path.unlink()
        write(journal, COMMANDS[:1])
        assert synced.wait(10)
        assert commands_in(journal.path) == COMMANDS[:1]
        journal.close()

    def test_a_folder_that_is_gone_is_not_made_anew_by_a_resumed_journal(self, report: Path, places: Places) -> None:
        first = start_journal(header_for(report, dead_process()), places)
        write(first, COMMANDS[:3])
        journal = resume_journal(read_journal(first.path), this_process(OPENED), OPENED.timestamp())
        journal.path.unlink()
        places.journals.rmdir()
        write(journal, COMMANDS[3:])
        assert not places.journals.exists()
        assert trouble_of(journal) is FileErrorKind.FOLDER_MISSING

    def test_what_the_device_refused_is_written_anew(self, report: Path, places: Places) -> None:
        disk = refusing("sync", errno.EIO)
        journal = journal_for(report, places, disk)
        write(journal, COMMANDS[:3])
        first = journal.path
        journal.sync()
        assert journal.trouble is not None
        assert journal.trouble.kind is FileErrorKind.DISK_FAULT
        write(journal, COMMANDS[3:])
        assert journal.path != first
        assert commands_in(journal.path) == COMMANDS
        assert [path.name for path in places.journals.iterdir()] == [journal.path.name]

    def test_a_journal_appears_whole_or_not_at_all(self, report: Path, places: Places) -> None:
        journal = journal_for(report, places, SmallDisk(50))
        assert journal.trouble is not None
        assert list(places.journals.iterdir()) == []
        assert sorted(path.name for path in report.parent.iterdir()) == [report.name]


class TestReading:
    def test_a_journal_cut_off_anywhere_gives_every_whole_line(self, report: Path, places: Places, tmp_path: Path) -> None:
        journal = journal_for(report, places)
        write(journal)
        data = journal.path.read_bytes()
        ends = [at for at, byte in enumerate(data) if byte == ord("\n")]
        cut = tmp_path / f"cut{ENDING}"
        for length in range(ends[0], len(data)):
            cut.write_bytes(data[:length])
            reading = read_journal(cut)
            whole = sum(end <= length for end in ends) - 1
            assert [record.data for record in reading.records] == COMMANDS[:whole]
            assert reading.torn == (length not in ends and length - 1 not in ends)
        for length in range(ends[0]):
            cut.write_bytes(data[:length])
            with pytest.raises(FileError) as caught:
                read_journal(cut)
            assert caught.value.kind is FileErrorKind.JOURNAL_UNREADABLE

    def test_zeros_that_a_power_cut_left_at_the_end_are_no_record(self, report: Path, places: Places) -> None:
        journal = journal_for(report, places)
        write(journal)
        with journal.path.open("ab") as file:
            file.write(b"\0" * 4096)
        reading = read_journal(journal.path)
        assert [record.data for record in reading.records] == COMMANDS
        assert (reading.torn, reading.unread) == (True, 0)

    def test_behind_a_lost_line_nothing_is_trusted(self, report: Path, places: Places) -> None:
        journal = journal_for(report, places)
        write(journal)
        lines = journal.path.read_bytes().splitlines(keepends=True)
        for spoilt in (
            b"",
            b"#" * 40 + b"\n",
            b'{"n":3,"at":"noon","do":{}}\n',
            b'{"n":3,"at":1,"eat":{}}\n',
            b'{"n":3,"at":1,"do":{},"undo":1}\n',
            b"3\n",
        ):
            journal.path.write_bytes(b"".join([*lines[:3], spoilt, *lines[4:]]))
            reading = read_journal(journal.path)
            assert [record.data for record in reading.records] == COMMANDS[:2]
            assert reading.unread >= 2

    def test_a_newer_journal_and_one_that_is_none_are_told_apart(self, report: Path, places: Places, tmp_path: Path) -> None:
        header = json.loads(header_line(header_for(report)))
        unreadable: list[object] = [
            {**header, "journal": 0},
            {**header, "owner": {}},
            {**header, "opened": "yesterday"},
            {**header, "opened": "2025-01-10T09:30:00"},
            {**header, "base": "something else"},
            {key: value for key, value in header.items() if key != "base"},
            [],
            {},
        ]
        path = tmp_path / f"x{ENDING}"
        for data, kind in [
            ({**header, "journal": 2}, FileErrorKind.JOURNAL_NEWER),
            *((data, FileErrorKind.JOURNAL_UNREADABLE) for data in unreadable),
        ]:
            path.write_text(json.dumps(data) + "\n")
            with pytest.raises(FileError) as caught:
                read_journal(path)
            assert caught.value.kind is kind
        readings, troubles = all_journals(places, [tmp_path])
        assert (readings, [trouble.path for trouble in troubles]) == ([], [path])

    @given(
        st.lists(
            st.tuples(
                st.sampled_from([Act.DO, Act.UNDO, Act.REDO, Act.SAVING, Act.SAVED]),
                st.recursive(
                    st.none() | st.booleans() | st.integers() | st.text(),
                    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
                    max_leaves=5,
                ),
                st.floats(0, 4e9),
            ),
            max_size=8,
        ),
        st.binary(max_size=40),
    )
    def test_any_records_are_read_back_whatever_torn_line_is_behind_them(
        self, given_records: list[tuple[Act, object, float]], tail: bytes
    ) -> None:
        records = tuple(Record(act, data, at) for act, data, at in given_records)
        head = header_line(header_for(Path("/reports/a.toml"), Owner("王", "host", 1)))
        lines = b"".join(record_line(number, record) for number, record in enumerate(records, 1))
        with tempfile.NamedTemporaryFile(suffix=ENDING) as file:
            file.write(head + lines + tail.replace(b"{", b""))
            file.flush()
            assert read_journal(Path(file.name)).records == records


class TestAfterTheProcessIsGone:
    def test_a_later_process_goes_on_in_the_same_file_behind_a_torn_line(self, report: Path, places: Places) -> None:
        journal = start_journal(header_for(report, dead_process()), places)
        write(journal, COMMANDS[:3])
        journal.close()
        with journal.path.open("ab") as file:
            file.write(b'{"n":4,"at":1,"do":{"do":"Se')
        again = resume_journal(read_journal(journal.path), this_process(OPENED), OPENED.timestamp())
        write(again, COMMANDS[3:])
        reading = read_journal(journal.path)
        assert again.path == journal.path
        assert commands_in(journal.path) == COMMANDS
        assert (reading.torn, reading.unread) == (False, 0)
        assert reading.owner == this_process(OPENED)
        assert reading.header.owner != reading.owner

    def test_a_damaged_journal_is_left_alone_and_gone_on_with_in_another(self, report: Path, places: Places) -> None:
        journal = start_journal(header_for(report, dead_process()), places)
        write(journal)
        journal.close()
        lines = journal.path.read_bytes().splitlines(keepends=True)
        damaged = b"".join([*lines[:3], *lines[4:]])
        journal.path.write_bytes(damaged)
        again = resume_journal(read_journal(journal.path), this_process(OPENED), OPENED.timestamp())
        assert again.path != journal.path
        assert journal.path.read_bytes() == damaged
        assert commands_in(again.path) == COMMANDS[:2]

    def test_a_journal_whose_process_may_live_elsewhere_is_copied(self, report: Path, places: Places) -> None:
        elsewhere = Owner("李", "another-machine", 4711)
        journal = start_journal(header_for(report, elsewhere), places)
        write(journal)
        before = journal.path.read_bytes()
        again = resume_journal(read_journal(journal.path), this_process(OPENED), OPENED.timestamp())
        assert again.path != journal.path
        assert journal.path.read_bytes() == before
        assert commands_in(again.path) == COMMANDS

    def test_journals_are_listed_oldest_first_and_by_report(self, report: Path, places: Places) -> None:
        other = report.with_name("other.toml")
        for path, hours in ((other, 2), (report, 1), (report, 0)):
            start_journal(header_for(path, opened=OPENED + timedelta(hours=hours)), places).close()
        readings, _troubles = all_journals(places)
        assert [reading.header.opened - OPENED for reading in readings] == [timedelta(hours=hours) for hours in range(3)]
        assert [reading.header.opened - OPENED for reading in journals_of(report, places)[0]] == [
            timedelta(hours=hours) for hours in range(2)
        ]

    def test_discarded_journals_are_kept_for_a_while(self, report: Path, places: Places) -> None:
        kept: list[Path | None] = []
        for number in range(ARCHIVED + 3):
            journal = start_journal(header_for(report, opened=OPENED + timedelta(minutes=number)), places)
            write(journal)
            journal.close()
            kept.append(discard_journal(journal.path, places))
            path = kept[-1]
            assert path is not None
            os.utime(path, (number, number))
            assert not journal.path.exists()
        assert set(kept[3:]) == set(places.archive.iterdir())
        assert commands_in(max(places.archive.iterdir())) == COMMANDS

    def test_a_journal_on_another_file_system_is_discarded_into_the_same_archive(self, report: Path, places: Places) -> None:
        class TwoFileSystems(FaultyDisk):
            def replace(self, source: Path, target: Path) -> None:
                if target.parent == places.archive:
                    raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
                super().replace(source, target)

        journal = journal_for(report, places)
        write(journal)
        journal.close()
        kept = discard_journal(journal.path, places, TwoFileSystems())
        assert kept is not None
        assert commands_in(kept) == COMMANDS
        assert not journal.path.exists()

    def test_a_journal_that_cannot_be_archived_is_removed_all_the_same(self, report: Path, places: Places) -> None:
        journal = journal_for(report, places)
        assert discard_journal(journal.path, places, refusing("make_folder", errno.EROFS)) is None
        assert not journal.path.exists()


class TestWhatAJournalLeavesToTheSystem:
    @pytest.mark.skipif(not OPEN_FILES.is_dir(), reason="needs /proc to count open files")
    def test_a_closed_journal_leaves_no_file_open(self, report: Path, places: Places) -> None:
        before = list(OPEN_FILES.iterdir())
        for _ in range(5):
            journal = journal_for(report, places)
            write(journal)
            journal.close()
        assert len(list(OPEN_FILES.iterdir())) == len(before)

    def test_a_journal_that_cannot_be_removed_is_let_be(self, report: Path, places: Places) -> None:
        disk = FaultyDisk()
        journal = journal_for(report, places, disk)
        write(journal)
        disk.before = lambda _number, call: OSError(errno.EACCES, "") if call == "remove" else None
        journal.finish()
        assert journal.path.exists()

    def test_what_may_not_be_moved_is_not_copied(self, report: Path, places: Places) -> None:
        journal = journal_for(report, places)
        write(journal)
        journal.close()
        disk = FaultyDisk(lambda _number, call: OSError(errno.EACCES, "") if call == "replace" else None)
        discard_journal(journal.path, places, disk)
        assert "create" not in disk.calls

    def test_a_signpost_to_a_folder_that_is_there_is_no_trouble(self, report: Path, places: Places, tmp_path: Path) -> None:
        journal = journal_for(report, places)
        write(journal)
        (tmp_path / "stick").mkdir()
        assert create_signpost(tmp_path / "stick", report, places, DISK)
        journal.move_to(tmp_path / "stick")
        found, troubles = all_journals(places)
        assert [contents.path for contents in found] == [journal.path]
        assert troubles == []
        journal.close()
