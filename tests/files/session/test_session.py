"""An open report: nothing typed is lost, nothing of anybody else's is overwritten, one undo reaches over saves and crashes."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from faulty_disk import FaultyDisk, SmallDisk, refusing
from nianbao.core.commands import CommandError, FillBlank, SetHeader, SetText
from nianbao.core.ids import SectionId
from nianbao.files.journal.journal import discard_journal
from nianbao.files.journal.record_format import Act, read_journal
from nianbao.files.journal.recovery import FileState, alike
from nianbao.files.report.report_file import UnreadableError, load_report
from nianbao.files.saving.atomic_save import ChangedOnDiskError, Expect, SaveNote
from nianbao.files.saving.backups import backups_of
from nianbao.files.saving.directories import Places
from nianbao.files.saving.errors import FileError, FileErrorKind
from nianbao.files.saving.process import Life, Owner, this_process
from nianbao.files.session.lock import LockedByOther
from nianbao.files.session.open_session import new_report, open_report
from nianbao.files.session.session import Event, JournalGoesOn, JournalStopped, LockLost, ReportChanged, ReportSaved, Session
from open_reports import OVERVIEW, Desk, set_cell, started_report, type_text

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.core.report import Report

RECEIVED = "requests.new_received.natural_person"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.lay()
    return desk


@pytest.fixture
def empty_desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def work(session: Session) -> Report:
    """Five changes of several kinds, an undo among them; the report after them."""
    session.dispatch(set_cell(RECEIVED, 14))
    session.dispatch(type_text(session.report, "新收申请十四件。"))
    session.dispatch(set_cell("requests.granted.natural_person", 9))
    session.undo()
    session.dispatch(SetHeader("agency", "示例市民政事务局"))
    return session.report


def all_undone(session: Session) -> Report:
    while session.history.past:
        session.undo()
    return session.report


def held(path: Path) -> Report:
    return load_report(path).report


class TestChanging:
    def test_a_change_is_in_the_journal_before_anybody_is_told(self, desk: Desk) -> None:
        session = desk.begin()
        seen: list[tuple[Event, int]] = []
        session.listeners.append(lambda event: seen.append((event, len(read_journal(session.journal.path).records))))
        before = session.report
        command = set_cell(RECEIVED, 14)
        after = session.dispatch(command)
        session.undo()
        session.redo()
        assert seen == [
            (ReportChanged(before, after, command), 1),
            (ReportChanged(after, before, None), 2),
            (ReportChanged(before, after, None), 3),
        ]
        assert session.report is after
        assert [record.act for record in session.journal.records] == [Act.DO, Act.UNDO, Act.REDO]

    def test_what_changes_nothing_is_neither_written_nor_told(self, desk: Desk) -> None:
        session = desk.begin()
        told: list[Event] = []
        session.listeners.append(told.append)
        session.undo()
        session.redo()
        session.dispatch(SetText(OVERVIEW, session.report.text(OVERVIEW)))
        assert (told, session.journal.records, session.unsaved) == ([], (), False)

    def test_a_command_that_means_nothing_changes_nothing(self, desk: Desk) -> None:
        session = desk.begin()
        with pytest.raises(CommandError):
            session.dispatch(SetText(SectionId("seventh"), ""))
        assert session.journal.records == ()

    def test_typing_back_what_is_saved_leaves_nothing_unsaved(self, desk: Desk) -> None:
        session = desk.begin()
        session.dispatch(set_cell(RECEIVED, 14))
        assert session.unsaved
        session.undo()
        assert not session.unsaved


class TestSaving:
    def test_a_save_writes_what_changed_and_keeps_the_rest_of_the_file(self, desk: Desk) -> None:
        before = desk.path.read_bytes()
        session = desk.begin()
        told: list[Event] = []
        report = work(session)
        session.listeners.append(told.append)
        saved = session.save()
        assert alike(held(desk.path), report)
        assert desk.path.read_bytes().startswith(b"# kept\nformat = 1\n")
        assert not session.unsaved
        assert told == [ReportSaved(saved)]
        assert [backup.path.read_bytes() for backup in backups_of(desk.places, desk.path)] == [before]
        assert desk.beside() == [f".{desk.path.name}.lock"]

    def test_undo_reaches_back_over_a_save(self, desk: Desk) -> None:
        session = desk.begin()
        work(session)
        session.save()
        assert alike(all_undone(session), started_report())
        session.save()
        assert alike(held(desk.path), started_report())

    def test_a_file_that_somebody_else_changed_is_kept_and_the_user_decides(self, desk: Desk) -> None:
        session = desk.begin()
        work(session)
        assert not session.changed_on_disk()
        theirs = desk.lay(started_report().with_text(OVERVIEW, "另一位同事写的。"))
        assert session.changed_on_disk()
        with pytest.raises(ChangedOnDiskError):
            session.save()
        assert desk.path.read_bytes() == theirs
        assert session.unsaved
        session.save(overwrite=True)
        assert alike(held(desk.path), session.report)
        assert backups_of(desk.places, desk.path)[0].path.read_bytes() == theirs
        session.dispatch(FillBlank(SectionId("review")))
        session.save()

    def test_a_lock_that_was_taken_over_is_noticed_before_the_save(self, desk: Desk) -> None:
        session = desk.begin()
        work(session)
        lock = desk.path.with_name(f".{desk.path.name}.lock")
        other = Owner("李", "another-machine", 4711)
        lock.write_text(json.dumps(other.plain()))
        with pytest.raises(LockLost) as caught:
            session.save()
        assert caught.value.holder == other
        desk.lay(started_report().with_text(OVERVIEW, "另一位同事写的。"))
        with pytest.raises(ChangedOnDiskError):
            session.save(despite_lock=True)
        session.save(overwrite=True)
        assert alike(held(desk.path), session.report)
        session.close()
        assert not lock.exists()

    def test_a_lock_that_somebody_removed_is_made_anew(self, desk: Desk) -> None:
        session = desk.begin()
        desk.path.with_name(f".{desk.path.name}.lock").unlink()
        session.save()
        assert desk.beside() == [f".{desk.path.name}.lock"]
        session.close()
        assert desk.beside() == []

    def test_a_folder_that_is_gone_is_told_and_the_work_goes_on(self, desk: Desk) -> None:
        session = desk.begin()
        work(session)
        away = desk.path.parent.rename(desk.path.parent.with_name("away"))
        with pytest.raises(FileError) as caught:
            session.save()
        assert caught.value.kind is FileErrorKind.FOLDER_MISSING
        session.dispatch(set_cell(RECEIVED, 15))
        away.rename(desk.path.parent)
        session.save()
        assert alike(held(desk.path), session.report)

    def test_a_full_disk_is_told_and_the_save_succeeds_when_there_is_room(self, desk: Desk) -> None:
        disk = SmallDisk(100_000)
        session = desk.begin(disk)
        before = desk.path.read_bytes()
        told: list[Event] = []
        session.listeners.append(told.append)
        disk.room = 100
        work(session)
        with pytest.raises(FileError) as caught:
            session.save()
        assert caught.value.kind is FileErrorKind.DISK_FULL
        assert desk.path.read_bytes() == before
        assert [type(event) for event in told if not isinstance(event, ReportChanged)] == [JournalStopped]
        disk.room = 100_000
        session.dispatch(set_cell(RECEIVED, 15))
        session.save()
        assert alike(held(desk.path), session.report)
        assert [type(event) for event in told if not isinstance(event, ReportChanged)] == [JournalStopped, JournalGoesOn, ReportSaved]
        assert read_journal(session.journal.path).records == session.journal.records

    def test_a_backup_that_cannot_be_kept_does_not_stop_the_save(self, desk: Desk) -> None:
        session = desk.begin()
        work(session)
        desk.places.backups.write_bytes(b"in the way")
        assert session.save().notes == {SaveNote.BACKUP_NOT_KEPT}

    def test_text_that_no_file_can_hold_is_not_saved_over_what_is_there(self, desk: Desk) -> None:
        before = desk.path.read_bytes()
        session = desk.begin()
        session.dispatch(type_text(session.report, "\ud83d"))
        with pytest.raises(FileError) as caught:
            session.save()
        assert caught.value.kind is FileErrorKind.NOT_VERIFIED
        assert desk.path.read_bytes() == before
        session.undo()
        session.save()

    def test_saving_elsewhere_takes_lock_journal_and_undo_along(self, desk: Desk) -> None:
        before = desk.path.read_bytes()
        session = desk.begin()
        report = work(session)
        other = desk.path.with_name("other.toml")
        session.save_as(other)
        assert desk.path.read_bytes() == before
        assert alike(held(other), report)
        assert desk.beside() == [".other.toml.lock", "other.toml"]
        assert [reading.header.path for reading in desk.journals()] == [other]
        session.dispatch(set_cell(RECEIVED, 15))
        recovered = open_report(other, desk.surroundings()).offers[0]
        assert alike(recovered.report, session.report)
        assert alike(all_undone(session), started_report())

    def test_saving_elsewhere_takes_nobodys_place(self, desk: Desk) -> None:
        session = desk.begin()
        report = work(session)
        other = desk.path.with_name("other.toml")
        other.write_bytes(b"theirs")
        with pytest.raises(ChangedOnDiskError):
            session.save_as(other)
        assert other.read_bytes() == b"theirs"
        assert session.path == desk.path
        assert desk.beside() == sorted([f".{desk.path.name}.lock", "other.toml"])
        assert [reading.header.path for reading in desk.journals()] == [desk.path]
        session.save_as(other, overwrite=True)
        assert alike(held(other), report)
        assert backups_of(desk.places, other)[0].path.read_bytes() == b"theirs"
        session.save_as(other)

    def test_saving_elsewhere_heeds_the_lock_there(self, desk: Desk) -> None:
        other = desk.path.with_name("other.toml")
        other.write_bytes(desk.path.read_bytes())
        theirs = open_report(other, desk.surroundings(dying=False))
        session = desk.begin()
        with pytest.raises(LockedByOther) as caught:
            session.save_as(other, overwrite=True)
        assert caught.value.owner == theirs.owner
        theirs.close()


class TestClosing:
    def test_a_saved_report_leaves_nothing_behind(self, desk: Desk) -> None:
        session = desk.begin()
        work(session)
        session.save()
        session.close()
        assert desk.journals() == []
        assert desk.beside() == []

    def test_unsaved_changes_stay_in_the_journal_and_are_offered(self, desk: Desk) -> None:
        session = desk.begin()
        report = work(session)
        session.close()
        assert desk.beside() == []
        (offer,) = desk.open().offers
        assert alike(offer.report, report)

    def test_even_in_the_same_program(self, desk: Desk) -> None:
        session = open_report(desk.path, desk.surroundings(dying=False)).begin()
        report = work(session)
        session.close()
        (reading,) = desk.journals()
        opening = open_report(desk.path, desk.surroundings(dying=False))
        again = opening.recover(opening.offers[0])
        assert alike(again.report, report)
        assert again.journal.path == reading.path
        again.dispatch(set_cell(RECEIVED, 15))
        assert [reading.life for reading in desk.journals()] == [Life.ALIVE]
        again.close()

    def test_unless_they_are_put_away(self, desk: Desk) -> None:
        session = desk.begin()
        work(session)
        session.close(discard=True)
        assert desk.open().offers == ()
        assert len(list(desk.places.archive.iterdir())) == 1

    def test_a_report_only_looked_at_leaves_nothing(self, desk: Desk) -> None:
        desk.begin().close()
        desk.begin().hang_up()
        assert desk.journals() == []
        assert desk.beside() == []

    def test_a_new_report_is_kept_although_nothing_was_changed_in_it(self, empty_desk: Desk) -> None:
        for leave in (Session.close, Session.hang_up):
            session = empty_desk.begin_new()
            leave(session)
            opening = empty_desk.open()
            assert alike(opening.offers[0].report, started_report())
            opening.recover(opening.offers[0]).close(discard=True)
            assert empty_desk.journals() == []

    def test_a_dropped_line_releases_the_lock_and_keeps_the_journal(self, desk: Desk) -> None:
        session = desk.begin()
        report = work(session)
        session.hang_up()
        assert desk.beside() == []
        assert alike(desk.open().offers[0].report, report)


class TestOpening:
    def test_the_work_of_an_editor_that_hangs_is_taken_over_with_its_lock(self, desk: Desk) -> None:
        hanging = open_report(desk.path, desk.surroundings(dying=False)).begin()
        report = work(hanging)
        with pytest.raises(LockedByOther) as caught:
            desk.open()
        opening = open_report(desk.path, desk.surroundings(dying=False), take_over=caught.value.owner)
        session = opening.recover(opening.offers[0])
        assert alike(session.report, report)
        assert session.journal.path != hanging.journal.path
        hanging.dispatch(set_cell(RECEIVED, 99))
        with pytest.raises(LockLost):
            hanging.save()
        session.save()
        assert alike(held(desk.path), report)

    def test_a_file_that_is_no_report_does_not_stay_locked(self, desk: Desk) -> None:
        desk.path.write_bytes(b"not a report")
        with pytest.raises(UnreadableError):
            desk.open()
        assert desk.beside() == []

    def test_a_path_with_neither_file_nor_journal(self, empty_desk: Desk) -> None:
        with pytest.raises(FileError) as caught:
            empty_desk.open()
        assert caught.value.kind is FileErrorKind.FILE_MISSING
        assert empty_desk.beside() == []

    def test_a_report_open_elsewhere_is_not_opened_twice(self, desk: Desk) -> None:
        first = open_report(desk.path, desk.surroundings(dying=False))
        with pytest.raises(LockedByOther):
            desk.open()
        first.close()
        desk.begin().close()

    def test_a_new_report_does_not_take_the_place_of_a_file(self, desk: Desk) -> None:
        with pytest.raises(FileError) as caught:
            desk.begin_new()
        assert caught.value.kind is FileErrorKind.FILE_EXISTS
        assert desk.beside() == []

    def test_a_new_report_is_unsaved_until_its_first_save(self, empty_desk: Desk) -> None:
        session = empty_desk.begin_new()
        unsaved = [session.unsaved]
        session.save()
        unsaved.append(session.unsaved)
        assert unsaved == [True, False]
        assert alike(held(empty_desk.path), started_report())
        session.close()
        assert empty_desk.journals() == []

    def test_a_journal_that_cannot_be_read_is_told_of_and_left(self, desk: Desk) -> None:
        session = desk.begin()
        work(session)
        session.journal.path.write_bytes(session.journal.path.read_bytes()[10:])
        opening = desk.open()
        assert [(trouble.kind, trouble.path) for trouble in opening.troubles] == [(FileErrorKind.JOURNAL_UNREADABLE, session.journal.path)]
        assert opening.offers == ()
        assert session.journal.path.exists()


class TestAfterACrash:
    def test_the_changes_are_offered_and_the_user_goes_on_where_the_editor_died(self, desk: Desk) -> None:
        report = work(desk.begin())
        opening = desk.open()
        (offer,) = opening.offers
        assert offer.state_of(opening.found) is FileState.AS_OPENED
        assert (offer.changes, offer.unsaved(opening.found), offer.lost) == (5, 5, 0)
        assert opening.resumable is None
        session = opening.recover(offer)
        assert alike(session.report, report)
        assert session.unsaved
        session.save()
        assert alike(held(desk.path), report)
        assert alike(all_undone(session), started_report())
        session.close()
        assert len(desk.journals()) == 1
        opening = desk.open()
        assert opening.offers[0].unsaved(opening.found) == 3

    def test_what_had_been_saved_is_not_offered_but_can_be_undone(self, desk: Desk) -> None:
        first = desk.begin()
        report = work(first)
        first.save()
        opening = desk.open()
        assert opening.offers == ()
        session = opening.begin()
        assert alike(session.report, report)
        assert not session.unsaved
        assert alike(all_undone(session), started_report())

    def test_only_changes_after_the_last_save_count(self, desk: Desk) -> None:
        first = desk.begin()
        work(first)
        first.save()
        first.dispatch(set_cell(RECEIVED, 99))
        opening = desk.open()
        (offer,) = opening.offers
        assert offer.state_of(opening.found) is FileState.AS_SAVED
        assert offer.unsaved(opening.found) == 1
        session = opening.recover(offer)
        assert alike(session.report, first.report)
        session.save()
        assert alike(held(desk.path), first.report)

    def test_of_saves_with_the_same_contents_the_last_counts(self, desk: Desk) -> None:
        first = desk.begin()
        first.dispatch(set_cell(RECEIVED, 1))
        first.save()
        first.dispatch(set_cell(RECEIVED, 2))
        first.undo()
        first.save()
        first.dispatch(set_cell(RECEIVED, 3))
        opening = desk.open()
        assert opening.offers[0].unsaved(opening.found) == 1

    def test_again_and_again(self, desk: Desk) -> None:
        session = desk.begin()
        for number in range(4):
            session.dispatch(set_cell(RECEIVED, number))
            if number == 2:
                session.save()
            opening = desk.open()
            session = opening.recover(opening.offers[0]) if opening.offers else opening.begin()
        assert len(desk.journals()) == 1
        assert [step.command for step in session.history.past] == [set_cell(RECEIVED, number) for number in range(4)]

    def test_a_file_changed_meanwhile_is_not_overwritten_by_the_recovered_report(self, desk: Desk) -> None:
        report = work(desk.begin())
        theirs = desk.lay(started_report().with_text(OVERVIEW, "另一位同事写的。"))
        opening = desk.open()
        (offer,) = opening.offers
        assert offer.state_of(opening.found) is FileState.CHANGED
        session = opening.recover(offer)
        assert alike(session.report, report)
        with pytest.raises(ChangedOnDiskError):
            session.save()
        assert desk.path.read_bytes() == theirs
        session.save(overwrite=True)
        assert alike(held(desk.path), report)

    def test_a_file_changed_after_it_was_saved_is_not_overwritten_either(self, desk: Desk) -> None:
        first = desk.begin()
        work(first)
        first.save()
        first.dispatch(set_cell(RECEIVED, 99))
        desk.lay(started_report().with_text(OVERVIEW, "另一位同事写的。"))
        opening = desk.open()
        session = opening.recover(opening.offers[0])
        with pytest.raises(ChangedOnDiskError):
            session.save()

    def test_a_file_that_was_removed_is_not_needed(self, desk: Desk) -> None:
        report = work(desk.begin())
        desk.path.unlink()
        opening = desk.open()
        (offer,) = opening.offers
        assert offer.state_of(opening.found) is FileState.MISSING
        with pytest.raises(FileError):
            opening.begin()
        session = opening.recover(offer)
        with pytest.raises(ChangedOnDiskError) as caught:
            session.save()
        assert caught.value.found is Expect.ABSENT
        session.save(overwrite=True)
        assert alike(held(desk.path), report)

    def test_a_report_that_was_never_saved_is_offered(self, empty_desk: Desk) -> None:
        report = work(empty_desk.begin_new())
        opening = empty_desk.open()
        (offer,) = opening.offers
        assert offer.state_of(opening.found) is FileState.NEVER_SAVED
        session = opening.recover(offer)
        session.save()
        assert alike(held(empty_desk.path), report)

    def test_nor_does_it_take_the_place_of_a_file_that_came_to_be(self, empty_desk: Desk) -> None:
        work(empty_desk.begin_new())
        theirs = empty_desk.lay()
        opening = empty_desk.open()
        session = opening.recover(opening.offers[0])
        with pytest.raises(ChangedOnDiskError):
            session.save()
        assert empty_desk.path.read_bytes() == theirs

    def test_what_the_file_has_by_other_ways_is_not_offered(self, desk: Desk) -> None:
        report = work(desk.begin())
        desk.lay(report)
        opening = desk.open()
        assert opening.offers == ()
        assert desk.journals() == []
        opening.begin()

    def test_offers_stay_until_they_are_taken_or_discarded(self, desk: Desk) -> None:
        work(desk.begin())
        later = desk.open().begin()
        later.dispatch(set_cell(RECEIVED, 77))
        opening = desk.open()
        assert [offer.report.cells.count(77) > 0 for offer in opening.offers] == [True, False]
        opening.discard(opening.offers[1])
        opening.close()
        opening = desk.open()
        assert len(opening.offers) == 1
        assert alike(opening.offers[0].report, later.report)

    def test_a_command_that_this_program_does_not_know_ends_the_replay_and_is_counted(self, desk: Desk) -> None:
        session = desk.begin()
        session.dispatch(set_cell(RECEIVED, 14))
        session.journal.append(Act.DO, {"do": "Translate", "to": "en"}, 0)
        session.journal.append(Act.DO, "nothing", 0)
        session.journal.append(Act.SAVING, "x", 0)
        unknown = session.journal.path.read_bytes()
        opening = desk.open()
        (offer,) = opening.offers
        assert (offer.changes, offer.lost) == (1, 2)
        again = opening.recover(offer)
        again.dispatch(set_cell(RECEIVED, 15))
        (archived,) = desk.places.archive.iterdir()
        assert archived.read_bytes() == unknown
        assert [reading.path for reading in desk.journals()] == [again.journal.path]
        assert alike(desk.open().offers[0].report, again.report)

    def test_a_journal_that_starts_from_no_report_is_told_of(self, desk: Desk) -> None:
        session = desk.begin()
        session.journal.header = replace(session.journal.header, base=b"[")
        session.journal.begin_anew()
        work(session)
        opening = desk.open()
        assert FileErrorKind.JOURNAL_UNREADABLE in [trouble.kind for trouble in opening.troubles]

    def test_half_saved_files_are_cleared_at_the_next_opening(self, desk: Desk) -> None:
        desk.begin().close()
        forgotten = desk.path.with_name(".nianbao-0-0-0-0.tmp")
        forgotten.write_bytes(b"of another report")
        desk.begin().close()
        assert desk.beside() == [forgotten.name]


class TestTheJournalCannotBeWritten:
    def test_it_is_told_once_and_the_work_can_be_kept_elsewhere(self, desk: Desk, tmp_path: Path) -> None:
        stick = tmp_path / "stick"
        stick.mkdir()

        class OnlyTheStick(FaultyDisk):
            def create(self, path: Path, mode: int = 0o600) -> int:
                if path.parent != stick:
                    raise OSError(errno.EROFS, os.strerror(errno.EROFS))
                return super().create(path, mode)

        with pytest.raises(FileError) as caught:
            desk.begin(OnlyTheStick())
        assert caught.value.kind is FileErrorKind.READ_ONLY_DISK
        session = desk.begin()
        session.journal.close()
        told: list[Event] = []
        session.listeners.append(told.append)
        session.journal = type(session.journal)(session.journal.header, session.journal.path.with_name("b-1"), OnlyTheStick())
        report = work(session)
        assert [type(event) for event in told if not isinstance(event, ReportChanged)] == [JournalStopped]
        session.move_journal(stick)
        assert [type(event) for event in told if not isinstance(event, ReportChanged)] == [JournalStopped, JournalGoesOn]
        assert len(read_journal(session.journal.path).records) == 5
        session.save()
        assert alike(held(desk.path), report)

    def test_a_state_folder_that_cannot_be_written_costs_only_backups(self, tmp_path: Path) -> None:
        desk = Desk(tmp_path)
        desk.lay()
        (tmp_path / "file").write_bytes(b"")
        desk.places = Places(tmp_path / "file" / "state")
        session = desk.begin()
        report = work(session)
        assert session.journal.trouble is None
        opening = desk.open()
        again = opening.recover(opening.offers[0])
        assert alike(again.report, report)
        assert again.save().notes == {SaveNote.BACKUP_NOT_KEPT}
        again.dispatch(set_cell(RECEIVED, 15))
        again.close(discard=True)
        assert desk.beside() == []


def test_a_report_may_not_be_new_twice(empty_desk: Desk) -> None:
    first = new_report(empty_desk.path, started_report(), empty_desk.surroundings(dying=False))
    with pytest.raises(LockedByOther):
        empty_desk.begin_new()
    assert first.report.header == started_report().header
    first.close()


def test_a_dead_journal_may_be_discarded_without_opening_the_report(desk: Desk) -> None:
    work(desk.begin())
    (reading,) = desk.journals()
    discard_journal(reading.path, desk.places, refusing("sync", errno.EIO))
    assert desk.open().offers == ()
    assert this_process(desk.time).host == reading.owner.host
