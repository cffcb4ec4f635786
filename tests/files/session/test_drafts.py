"""Drafts: text being typed survives the end of the editor, and leaves no trace if it is abandoned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from nianbao.core.commands import ChangeHeader, SetCell, SetText
from nianbao.core.ids import PREFACE, parse_address
from nianbao.files.journal.record_format import Act, read_journal
from nianbao.files.journal.recovery import replay, same_contents
from nianbao.files.report.report_file import load_report
from open_reports import Desk, set_cell, started_report
from session_drafts import CELL

if TYPE_CHECKING:
    from nianbao.files.session.session import Session

BELOW = "requests.carried_over.natural_person"


def after_a_crash(desk: Desk) -> Session:
    """Return the report that a user gets by accepting the recovery."""
    (offer,) = (opening := desk.open()).offers
    return opening.recover(offer)


class TestAnEditorThatDiesWhileAValueIsTyped:
    def test_the_value_as_last_typed_is_offered_and_counts_as_one_change(self, desk: Desk) -> None:
        session = desk.begin()
        for value in (9, 99, 998):
            session.keep_draft(set_cell(CELL, value))
        opening = desk.open()
        (offer,) = opening.offers
        assert offer.unsaved(opening.found) == 1
        assert offer.report.cell(parse_address(CELL)) == 998

    def test_it_is_a_change_like_any_other_from_then_on(self, desk: Desk) -> None:
        desk.begin().keep_draft(set_cell(CELL, 998))
        session = after_a_crash(desk)
        assert session.draft is None
        recovered = session.report
        again = after_a_crash(desk)
        assert same_contents(again.report, recovered)
        assert same_contents(again.undo(), started_report())
        assert same_contents(replay(read_journal(again.journal.path)).report, started_report())

    def test_it_is_typed_on_what_was_done_before_it(self, desk: Desk) -> None:
        session = desk.begin()
        session.dispatch(set_cell(BELOW, 3))
        session.save()
        session.keep_draft(set_cell(CELL, 5))
        report = after_a_crash(desk).report
        assert (report.cell(parse_address(BELOW)), report.cell(parse_address(CELL))) == (3, 5)

    def test_a_save_meanwhile_leaves_it_what_it_was(self, desk: Desk) -> None:
        session = desk.begin()
        session.dispatch(set_cell(BELOW, 3))
        session.keep_draft(set_cell(CELL, 5))
        session.save()
        assert load_report(desk.path).report.cell(parse_address(CELL)) != 5
        assert after_a_crash(desk).report.cell(parse_address(CELL)) == 5

    def test_the_next_editor_may_die_before_its_first_record(self, desk: Desk) -> None:
        session = desk.begin()
        session.keep_draft(set_cell(CELL, 5))
        session.journal.append(Act.RESUMED, session.journal.header.owner.plain(), 0.0)
        assert after_a_crash(desk).report.cell(parse_address(CELL)) == 5

    def test_one_that_no_program_understands_is_counted_as_lost(self, desk: Desk) -> None:
        session = desk.begin()
        session.dispatch(set_cell(BELOW, 3))
        session.journal.append(Act.DRAFT, {"do": "Unheard"}, 0.0)
        (offer,) = (opening := desk.open()).offers
        assert (offer.lost, offer.changes) == (1, 1)
        assert opening.recover(offer).report.cell(parse_address(BELOW)) == 3
        (again,) = desk.open().offers
        assert again.lost == 0

    def test_it_is_offered_too_where_the_editor_was_left_meanwhile(self, desk: Desk) -> None:
        session = desk.begin()
        session.keep_draft(set_cell(CELL, 5))
        session.close()
        assert after_a_crash(desk).report.cell(parse_address(CELL)) == 5

    def test_a_report_saved_under_another_name_takes_it_along(self, desk: Desk) -> None:
        session = desk.begin()
        session.keep_draft(set_cell(CELL, 5))
        elsewhere = desk.path.with_name("另存.toml")
        session.save_as(elsewhere)
        desk.path = elsewhere
        assert after_a_crash(desk).report.cell(parse_address(CELL)) == 5


class TestWhatWasGivenUpOrTakenOver:
    def test_a_value_that_was_given_up_is_not_offered(self, desk: Desk) -> None:
        session = desk.begin()
        session.keep_draft(set_cell(CELL, 9))
        session.keep_draft(None)
        assert desk.open().offers == ()

    @pytest.mark.parametrize("command", [SetCell(parse_address(CELL), 998), SetText(PREFACE, "本报告按要求编制。")])
    def test_a_command_takes_the_place_of_what_was_typed(self, desk: Desk, command: SetCell | SetText) -> None:
        session = desk.begin()
        session.keep_draft(set_cell(CELL, 9))
        report = session.dispatch(command)
        assert session.draft is None
        assert same_contents(replay(read_journal(session.journal.path)).report, report)

    def test_a_key_that_changes_nothing_writes_nothing(self, desk: Desk) -> None:
        session = desk.begin()
        session.keep_draft(None)
        session.keep_draft(set_cell(CELL, 9))
        session.keep_draft(set_cell(CELL, 9))
        assert len(session.journal.records) == 1


class TestASaveOfWhatWasTakenBack:
    @pytest.mark.parametrize("crash", [False, True])
    def test_only_what_was_not_taken_back_is_in_the_file(self, desk: Desk, crash: bool) -> None:
        before = desk.path.read_text()
        session = desk.begin()
        session.dispatch(ChangeHeader((("title", "年度报告"), ("preface", "本报告按要求编制。"))))
        session.save()
        session = desk.begin() if crash else session
        session.undo()
        session.dispatch(SetText(PREFACE, "本报告按要求编制。"))
        session.save()
        assert "title" not in desk.path.read_text()
        session.undo()
        session.save()
        assert desk.path.read_text() == before
