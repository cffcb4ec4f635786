"""Text typed in a form is in the journal after every key."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from nianbao.files.journal.record_format import read_journal
from nianbao.files.journal.recovery import replay
from nianbao.files.report.report_file import load_report
from pty_terminal import PtyTerminal, editor_command, editor_environ
from session_drafts import CELL, reopen_and_save
from tui_support import editing, finished_report, wrong_report

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.core.report import Header
    from nianbao.files.session.session import Session


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


def journal_header(session: Session) -> Header:
    return replay(read_journal(session.journal.path)).report.header


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
