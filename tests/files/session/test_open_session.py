"""Opening a report: its lock, its journal, a new report."""

from __future__ import annotations

import pytest
from nianbao.files.journal.recovery import same_contents
from nianbao.files.report.report_file import UnreadableError
from nianbao.files.saving.errors import FileError, FileErrorKind
from nianbao.files.session.lock import LockedByOther
from nianbao.files.session.open_session import new_report, open_report
from nianbao.files.session.session import LockLost
from open_reports import Desk, set_cell, started_report
from session_steps import RECEIVED, held, work


class TestOpening:
    def test_the_work_of_an_editor_that_hangs_is_taken_over_with_its_lock(self, desk: Desk) -> None:
        hanging = open_report(desk.path, desk.surroundings(dying=False)).begin()
        report = work(hanging)
        with pytest.raises(LockedByOther) as caught:
            desk.open()
        opening = open_report(desk.path, desk.surroundings(dying=False), take_over=caught.value.owner)
        session = opening.recover(opening.offers[0])
        assert same_contents(session.report, report)
        assert session.journal.path != hanging.journal.path
        hanging.dispatch(set_cell(RECEIVED, 99))
        with pytest.raises(LockLost):
            hanging.save()
        session.save()
        assert same_contents(held(desk.path), report)

    def test_a_file_that_is_no_report_does_not_stay_locked(self, desk: Desk) -> None:
        desk.path.write_bytes(b"not a report")
        with pytest.raises(UnreadableError):
            desk.open()
        assert desk.beside() == []

    def test_a_path_with_neither_file_nor_journal_is_refused(self, empty_desk: Desk) -> None:
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
        assert same_contents(held(empty_desk.path), started_report())
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


def test_a_report_may_not_be_new_twice(empty_desk: Desk) -> None:
    first = new_report(empty_desk.path, started_report(), empty_desk.surroundings(dying=False))
    with pytest.raises(LockedByOther):
        empty_desk.begin_new()
    assert first.report.header == started_report().header
    first.close()
