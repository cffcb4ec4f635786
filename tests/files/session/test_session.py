"""Sessions: nothing typed is lost, nothing changed externally is overwritten, and undo spans saves and crashes."""

from __future__ import annotations

import json

import pytest
from faulty_disk import SmallDisk
from nianbao.core.commands import CommandError, FillBlank, SetText
from nianbao.core.ids import SectionId
from nianbao.files.journal.record_format import Act, read_journal
from nianbao.files.journal.recovery import same_contents
from nianbao.files.saving.atomic_save import ChangedOnDiskError, SaveNote
from nianbao.files.saving.backups import backups_of
from nianbao.files.saving.errors import FileError, FileErrorKind
from nianbao.files.saving.process import Life, Owner
from nianbao.files.session.lock import LockedByOther
from nianbao.files.session.open_session import open_report
from nianbao.files.session.session import Event, JournalGoesOn, JournalStopped, LockLost, ReportChanged, ReportSaved, Session
from open_reports import OVERVIEW, Desk, set_cell, started_report, type_text
from session_steps import RECEIVED, all_undone, held, work


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
        assert same_contents(held(desk.path), report)
        assert desk.path.read_bytes().startswith(b"# kept\nformat = 1\n")
        assert not session.unsaved
        assert told == [ReportSaved(saved)]
        assert [backup.path.read_bytes() for backup in backups_of(desk.places, desk.path)] == [before]
        assert desk.beside() == [f".{desk.path.name}.lock"]

    def test_undo_reaches_back_over_a_save(self, desk: Desk) -> None:
        session = desk.begin()
        work(session)
        session.save()
        assert same_contents(all_undone(session), started_report())
        session.save()
        assert same_contents(held(desk.path), started_report())

    def test_a_file_that_somebody_else_changed_is_kept_and_the_user_decides(self, desk: Desk) -> None:
        session = desk.begin()
        work(session)
        theirs = desk.lay(started_report().with_text(OVERVIEW, "另一位同事写的。"))
        with pytest.raises(ChangedOnDiskError):
            session.save()
        assert desk.path.read_bytes() == theirs
        assert session.unsaved
        session.save(overwrite=True)
        assert same_contents(held(desk.path), session.report)
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
        assert same_contents(held(desk.path), session.report)
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
        assert same_contents(held(desk.path), session.report)

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
        assert same_contents(held(desk.path), session.report)
        assert [type(event) for event in told if not isinstance(event, ReportChanged)] == [JournalStopped, JournalGoesOn, ReportSaved]
        assert read_journal(session.journal.path).records == session.journal.records

    def test_a_backup_that_cannot_be_kept_does_not_stop_the_save(self, desk: Desk) -> None:
        session = desk.begin()
        work(session)
        desk.places.backups.write_bytes(b"in the way")
        assert session.save().notes == {SaveNote.BACKUP_NOT_KEPT}

    def test_a_layout_that_the_second_reader_refuses_is_saved_with_a_backup_and_a_note(self, desk: Desk) -> None:
        """tomlkit reads arrays up to a hundred levels deep."""
        before = desk.path.read_bytes() + f"\n[own]\ndeep = {'[' * 110}{']' * 110}\n".encode()
        desk.path.write_bytes(before)
        session = desk.begin()
        work(session)
        assert session.save().notes == {SaveNote.SECOND_READER_REFUSED}
        assert same_contents(held(desk.path), session.report)
        assert [backup.path.read_bytes() for backup in backups_of(desk.places, desk.path)] == [before]

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
        assert same_contents(held(other), report)
        assert desk.beside() == [".other.toml.lock", "other.toml"]
        assert [reading.header.path for reading in desk.journals()] == [other]
        session.dispatch(set_cell(RECEIVED, 15))
        recovered = open_report(other, desk.surroundings()).offers[0]
        assert same_contents(recovered.report, session.report)
        assert same_contents(all_undone(session), started_report())

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
        assert same_contents(held(other), report)
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
        assert same_contents(offer.report, report)

    def test_unsaved_changes_are_offered_even_in_the_same_program(self, desk: Desk) -> None:
        session = open_report(desk.path, desk.surroundings(dying=False)).begin()
        report = work(session)
        session.close()
        (reading,) = desk.journals()
        opening = open_report(desk.path, desk.surroundings(dying=False))
        again = opening.recover(opening.offers[0])
        assert same_contents(again.report, report)
        assert again.journal.path == reading.path
        again.dispatch(set_cell(RECEIVED, 15))
        assert [reading.life for reading in desk.journals()] == [Life.ALIVE]
        again.close()

    def test_unsaved_changes_that_are_put_away_are_not_offered(self, desk: Desk) -> None:
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
            assert same_contents(opening.offers[0].report, started_report())
            opening.recover(opening.offers[0]).close(discard=True)
            assert empty_desk.journals() == []

    def test_a_dropped_line_releases_the_lock_and_keeps_the_journal(self, desk: Desk) -> None:
        session = desk.begin()
        report = work(session)
        session.hang_up()
        assert desk.beside() == []
        assert same_contents(desk.open().offers[0].report, report)
