"""The value being typed in a cell is in the journal after every key."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from nianbao.core.ids import parse_address
from nianbao.files.journal.record_format import read_journal
from nianbao.files.journal.recovery import replay, same_contents
from nianbao.files.report.report_file import load_report
from pty_terminal import PtyTerminal, editor_command, editor_environ
from session_drafts import CELL, journal_value, reopen_and_save
from tui_support import editing, finished_report

if TYPE_CHECKING:
    from pathlib import Path


BELOW = "requests.carried_over.natural_person"


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
            assert same_contents(replay(read_journal(stage.session.journal.path)).report, finished_report())
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
            assert same_contents(replay(read_journal(stage.session.journal.path)).report, finished_report())


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
