"""What is being typed and is no change yet survives the end of the editor, and leaves no trace where it is given up."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from nianbao.core.commands import ChangeHeader, SetCell, SetText
from nianbao.core.ids import PREFACE, parse_address
from nianbao.files.journal.record_format import Act, read_journal
from nianbao.files.journal.recovery import alike, replay
from nianbao.files.report.report_file import load_report
from nianbao.files.report.serialize import report_bytes
from open_reports import Desk, set_cell, started_report
from pty_terminal import PtyTerminal, editor_command, editor_environ
from tui_support import editing, finished_report, wrong_report

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.core.report import Header
    from nianbao.files.session.session import Session

CELL = "requests.new_received.natural_person"
BELOW = "requests.carried_over.natural_person"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.lay()
    return desk


def after_a_crash(desk: Desk) -> Session:
    """What the user gets who accepts what is offered."""
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
        assert alike(again.report, recovered)
        assert alike(again.undo(), started_report())
        assert alike(replay(read_journal(again.journal.path)).report, started_report())

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
        assert alike(replay(read_journal(session.journal.path)).report, report)

    def test_a_key_that_changes_nothing_writes_nothing(self, desk: Desk) -> None:
        session = desk.begin()
        session.keep_draft(None)
        session.keep_draft(set_cell(CELL, 9))
        session.keep_draft(set_cell(CELL, 9))
        assert len(session.journal.records) == 1


class TestInTheEditor:
    async def test_every_key_in_a_cell_is_in_the_journal(self, tmp_path: Path) -> None:
        async with editing(tmp_path, finished_report()) as stage:
            await stage.press("alt+3")
            for typed, value in (("9", 9), ("9", 99), ("8", 998)):
                await stage.write(typed)
                assert journal_value(stage.session) == value
            await stage.press("backspace")
            assert journal_value(stage.session) == 99
            await stage.press("escape")
            assert alike(replay(read_journal(stage.session.journal.path)).report, finished_report())
            await stage.write("7")
            await stage.press("enter")
            assert stage.session.draft is None
            assert stage.value(CELL) == 7

    async def test_typing_what_is_there_already_is_no_change(self, tmp_path: Path) -> None:
        async with editing(tmp_path, finished_report()) as stage:
            await stage.press("alt+3")
            there = str(stage.value(CELL))
            await stage.write(f"{there}1")
            await stage.press("backspace", "enter")
            assert stage.session.draft is None
            assert alike(replay(read_journal(stage.session.journal.path)).report, finished_report())


class TestTheFormOfTheHeader:
    async def test_every_key_is_in_the_journal_and_what_means_nothing_yet_is_left_out(self, tmp_path: Path) -> None:
        async with editing(tmp_path, finished_report()) as stage:
            await stage.press("alt+i", "tab", "tab")
            await stage.write("19")
            assert journal_header(stage.session) == finished_report().header
            await stage.press("tab")
            await stage.write("年度报告")
            assert journal_header(stage.session).title == "年度报告"
            assert stage.report == finished_report()
            await stage.press("escape")
            assert journal_header(stage.session) == finished_report().header

    async def test_an_accepted_form_is_one_step(self, tmp_path: Path) -> None:
        async with editing(tmp_path, finished_report()) as stage:
            await stage.press("alt+i")
            await stage.write("示例市林业局")
            await stage.press("tab", "up", "tab", "tab")
            await stage.write("年度报告")
            await stage.press("ctrl+s")
            assert (stage.report.header.agency, stage.report.header.title) == ("示例市林业局", "年度报告")
            assert len(stage.session.history.past) == 1
            assert stage.session.draft is None
            await stage.press("ctrl+z")
            assert stage.report == finished_report()

    async def test_the_value_of_a_cell_being_typed_is_taken_over_before_the_form(self, tmp_path: Path) -> None:
        async with editing(tmp_path, finished_report()) as stage:
            await stage.press("alt+3")
            await stage.write("7")
            await stage.press("alt+i", "escape")
            assert stage.value(CELL) == 7

    async def test_what_was_saved_and_taken_back_leaves_no_trace_in_the_file(self, tmp_path: Path) -> None:
        async with editing(tmp_path, finished_report()) as stage:
            before = stage.session.path.read_bytes()
            await stage.press("alt+i", "tab", "tab", "tab")
            await stage.write("年度报告")
            await stage.press("tab")
            await stage.write("2025-01-20")
            await stage.press("tab")
            await stage.write("本报告按要求编制。")
            await stage.press("ctrl+s", "ctrl+s")
            saved = load_report(stage.session.path).report.header
            assert (saved.title, saved.preface) == ("年度报告", "本报告按要求编制。")
            await stage.press("ctrl+z", "ctrl+s")
            assert not stage.session.unsaved
            assert stage.session.path.read_bytes() == before


async def test_a_reason_being_typed_is_in_the_journal_too(tmp_path: Path) -> None:
    async with editing(tmp_path, wrong_report()) as stage:
        await stage.press("f8")
        await stage.press("alt+h")
        await stage.write("已核")
        (waiver,) = journal_header(stage.session).waivers
        assert waiver.reason == "已核"
        await stage.press("escape")
        assert journal_header(stage.session).waivers == ()


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


def journal_header(session: Session) -> Header:
    return replay(read_journal(session.journal.path)).report.header


def journal_value(session: Session) -> object:
    return replay(read_journal(session.journal.path)).report.cell(parse_address(CELL))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.toml"
    path.write_bytes(report_bytes(finished_report()))
    return path


@pytest.fixture
def state(tmp_path: Path) -> Path:
    folder = tmp_path / "state"
    folder.mkdir()
    (folder / "first-hint").touch()
    return folder


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_a_number_on_the_screen_is_offered_whatever_ends_the_editor(report: Path, state: Path, number: int) -> None:
    with PtyTerminal(editor_command(report), editor_environ(state)) as terminal:
        terminal.wait_for("总体情况")
        terminal.type("\x1b3")
        terminal.wait_for("申请人情况")
        terminal.type("\x1b[B9988")
        terminal.wait_for("9988")
        terminal.kill(number)
        terminal.wait_for_end()
    reopen_and_save(report, state)
    assert load_report(report).report.cell(parse_address(BELOW)) == 9988


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP])
def test_a_sentence_in_the_form_is_offered_whatever_ends_the_editor(report: Path, state: Path, number: int) -> None:
    sentence = "本报告按年度汇总编制。"
    with PtyTerminal(editor_command(report), editor_environ(state)) as terminal:
        terminal.wait_for("总体情况")
        terminal.type("\x1bi")
        terminal.wait_for("前言")
        terminal.type("\t\t\t\t\t")
        terminal.type(sentence)
        terminal.wait_for(lambda screen: sentence in screen.replace(" ", ""))
        terminal.kill(number)
        terminal.wait_for_end()
    reopen_and_save(report, state)
    assert load_report(report).report.header.preface == sentence


def reopen_and_save(report: Path, state: Path) -> None:
    with PtyTerminal(editor_command(report), editor_environ(state)) as terminal:
        terminal.wait_for("恢复")
        terminal.type("\r")
        terminal.wait_for("未保存")
        terminal.type("\x13")
        terminal.wait_for("已保存到")
