"""Unsaved changes of a dead editor are offered when the report is next opened, and problems of the journal are reported."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from faulty_disk import FaultyDisk, refusing
from nianbao.core.ids import parse_address
from nianbao.files.journal.journal import discard_journal
from nianbao.files.journal.record_format import Act, read_journal
from nianbao.files.journal.recovery import FileState, same_contents
from nianbao.files.saving.atomic_save import ChangedOnDiskError, Expect, SaveNote
from nianbao.files.saving.directories import Places
from nianbao.files.saving.errors import FileError, FileErrorKind
from nianbao.files.saving.process import this_process
from nianbao.files.session.session import Event, JournalGoesOn, JournalStopped, ReportChanged
from open_reports import OVERVIEW, Desk, set_cell, started_report
from session_steps import RECEIVED, all_undone, held, work

if TYPE_CHECKING:
    from pathlib import Path


class TestAfterACrash:
    def test_the_changes_are_offered_and_the_user_goes_on_where_the_editor_died(self, desk: Desk) -> None:
        report = work(desk.begin())
        opening = desk.open()
        (offer,) = opening.offers
        assert offer.state_of(opening.found) is FileState.AS_OPENED
        assert (offer.changes, offer.unsaved(opening.found), offer.lost) == (5, 5, 0)
        assert opening.resumable is None
        session = opening.recover(offer)
        assert same_contents(session.report, report)
        assert session.unsaved
        session.save()
        assert same_contents(held(desk.path), report)
        assert same_contents(all_undone(session), started_report())
        session.close()
        assert len(desk.journals()) == 1
        opening = desk.open()
        assert opening.offers[0].unsaved(opening.found) == 3

    def test_an_amount_comes_back_with_its_digits(self, desk: Desk) -> None:
        session = desk.begin()
        for written in ("18.8710", "1021.90"):
            session.dispatch(set_cell("disclosure.fees.amount", Decimal(written)))
            opening = desk.open()
            session = opening.recover(opening.offers[0])
            assert str(session.report.cell(parse_address("disclosure.fees.amount"))) == written
            session.save()
            assert f"fees = [{written}]" in " ".join(desk.path.read_text(encoding="utf-8").split())

    def test_what_had_been_saved_is_not_offered_but_can_be_undone(self, desk: Desk) -> None:
        first = desk.begin()
        report = work(first)
        first.save()
        opening = desk.open()
        assert opening.offers == ()
        session = opening.begin()
        assert same_contents(session.report, report)
        assert not session.unsaved
        assert same_contents(all_undone(session), started_report())

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
        assert same_contents(session.report, first.report)
        session.save()
        assert same_contents(held(desk.path), first.report)

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

    def test_changes_survive_one_crash_after_another(self, desk: Desk) -> None:
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
        assert same_contents(session.report, report)
        with pytest.raises(ChangedOnDiskError):
            session.save()
        assert desk.path.read_bytes() == theirs
        session.save(overwrite=True)
        assert same_contents(held(desk.path), report)

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
        assert same_contents(held(desk.path), report)

    def test_a_report_that_was_never_saved_is_offered(self, empty_desk: Desk) -> None:
        report = work(empty_desk.begin_new())
        opening = empty_desk.open()
        (offer,) = opening.offers
        assert offer.state_of(opening.found) is FileState.NEVER_SAVED
        session = opening.recover(offer)
        session.save()
        assert same_contents(held(empty_desk.path), report)

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
        assert same_contents(opening.offers[0].report, later.report)

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
        assert same_contents(desk.open().offers[0].report, again.report)

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
        assert same_contents(held(desk.path), report)

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
        assert same_contents(again.report, report)
        assert again.save().notes == {SaveNote.BACKUP_NOT_KEPT}
        again.dispatch(set_cell(RECEIVED, 15))
        again.close(discard=True)
        assert desk.beside() == []


def test_a_dead_journal_may_be_discarded_without_opening_the_report(desk: Desk) -> None:
    work(desk.begin())
    (reading,) = desk.journals()
    discard_journal(reading.path, desk.places, refusing("sync", errno.EIO))
    assert desk.open().offers == ()
    assert this_process(desk.time).host == reading.owner.host
