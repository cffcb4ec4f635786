"""The real program on a pseudo-terminal: screen, saved file, and state after a hang-up."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from nianbao.core.ids import SectionId, parse_address
from nianbao.files.journal.record_format import read_journal
from nianbao.files.journal.recovery import replay
from nianbao.files.report.report_file import load_report
from nianbao.files.saving.directories import Places, companion_path
from patience import PATIENCE
from pty_terminal import SAMPLE, PtyTerminal, colours_in, editor_command, editor_environ

OVERVIEW = SectionId("overview")
CELL = parse_address("requests.new_received.natural_person")
READY = "总体情况"


@pytest.fixture
def editor(report: Path, state: Path) -> Iterator[PtyTerminal]:
    with PtyTerminal(editor_command(report), editor_environ(state)) as terminal:
        terminal.wait_for(READY)
        yield terminal


def journal_of(state: Path) -> Path:
    (journal,) = Places(state).journals.glob("*.nianbao-journal")
    return journal


def save(terminal: PtyTerminal) -> None:
    terminal.type("\x13")
    terminal.wait_for("已保存到")


@pytest.mark.parametrize("length", [1, 4, 5, 15, 40])
def test_an_input_methods_commit_arrives_on_the_screen_and_in_the_file(editor: PtyTerminal, report: Path, length: int) -> None:
    text = SAMPLE[:length]
    editor.type(text)
    editor.wait_for(f"{len(text)}字")
    assert "".join(editor.text().splitlines()[2:4]).replace(" ", "").startswith(text[:38])
    save(editor)
    assert load_report(report).report.text(OVERVIEW) == text


def test_a_bracketed_paste_of_several_paragraphs_arrives_whole(editor: PtyTerminal, report: Path) -> None:
    editor.paste(f"（一）主动公开。{SAMPLE}\r\n（二）依申请公开。\x07\x1b[31m按期答复。")
    editor.wait_for("按期答复")
    save(editor)
    assert load_report(report).report.text(OVERVIEW) == f"（一）主动公开。{SAMPLE}\n（二）依申请公开。按期答复。"


def test_a_paste_of_100_kilobytes_arrives_whole(editor: PtyTerminal, report: Path) -> None:
    text = "".join(f"第{number}条。{SAMPLE}\n" for number in range(700))
    assert len(text.encode()) > 100_000
    editor.paste(text)
    count = sum(not character.isspace() for character in text)
    editor.wait_for(f"{count}字")
    save(editor)
    assert load_report(report).report.text(OVERVIEW) == text


def test_numbers_typed_in_a_table_arrive(editor: PtyTerminal, report: Path) -> None:
    editor.type("\x1b3")
    editor.wait_for("申请人情况")
    editor.type("２１\r1,005\t\x1b[A")
    editor.wait_for("1005│")
    save(editor)
    saved = load_report(report).report
    assert saved.cell(CELL) == 21
    assert saved.cell(parse_address("requests.carried_over.natural_person")) == 1005


def test_the_real_cursor_is_shown_where_the_next_character_goes(editor: PtyTerminal) -> None:
    editor.type("公开")
    editor.wait_for("2字")
    editor.read_until_quiet()
    cursor = editor.screen.cursor
    assert not cursor.hidden
    assert (cursor.x, cursor.y) == (4, 2)
    editor.type("\x1b3")
    editor.wait_for("申请人情况")
    editor.type("12")
    editor.read_until_quiet()
    assert "12" in editor.lines()[editor.screen.cursor.y]


def test_the_mouse_is_left_to_the_terminal(editor: PtyTerminal) -> None:
    assert not re.search(rb"\x1b\[\?(1000|1002|1003|1006)h", editor.received)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
def test_on_a_signal_it_is_gone_at_once_with_everything_typed_in_the_journal(
    editor: PtyTerminal, report: Path, state: Path, number: int, status: int
) -> None:
    editor.type(SAMPLE)
    editor.wait_for(f"{len(SAMPLE)}字")
    editor.kill(number)
    assert editor.wait_for_end() == status
    assert not companion_path(report, "lock").exists()
    assert replay(read_journal(journal_of(state))).report.text(OVERVIEW) == SAMPLE


def test_a_dropped_line_ends_it_and_the_next_start_offers_the_work(report: Path, state: Path) -> None:
    with PtyTerminal(editor_command(report), editor_environ(state)) as terminal:
        terminal.wait_for(READY)
        terminal.type(SAMPLE)
        terminal.wait_for(f"{len(SAMPLE)}字")
        terminal.hang_up()
        assert terminal.wait_for_end() == 129
    assert not companion_path(report, "lock").exists()
    assert load_report(report).report.text(OVERVIEW) == ""
    with PtyTerminal(editor_command(report), editor_environ(state)) as terminal:
        terminal.wait_for("发现上次没有保存的修改")
        terminal.type("\r")
        terminal.wait_for(f"{len(SAMPLE)}字")


def test_a_dropped_line_is_noticed_when_the_hang_up_signal_is_ignored(report: Path, state: Path) -> None:
    def ignore() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    with PtyTerminal(editor_command(report), editor_environ(state), before_exec=ignore) as terminal:
        terminal.wait_for(READY)
        terminal.type("公开")
        terminal.wait_for("2字")
        terminal.hang_up()
        assert terminal.wait_for_end() == 129
    assert not companion_path(report, "lock").exists()


def test_killed_outright_it_loses_nothing_that_was_answered(editor: PtyTerminal, report: Path, state: Path) -> None:
    editor.type(SAMPLE)
    editor.wait_for(f"{len(SAMPLE)}字")
    editor.kill(signal.SIGKILL)
    assert editor.wait_for_end() == -signal.SIGKILL
    assert replay(read_journal(journal_of(state))).report.text(OVERVIEW) == SAMPLE


def test_after_a_stop_and_a_return_the_screen_is_whole(editor: PtyTerminal) -> None:
    editor.type("公开")
    editor.wait_for("2字")
    editor.read_until_quiet()
    before = editor.text()
    editor.kill(signal.SIGTSTP)
    deadline = time.monotonic() + PATIENCE
    while _state_of(editor.pid) != "T" and time.monotonic() < deadline:
        editor.read(0.05)
    assert _state_of(editor.pid) == "T"
    editor.screen.reset()
    editor.kill(signal.SIGCONT)
    editor.wait_for("2字")
    editor.read_until_quiet()
    assert editor.text() == before
    assert not editor.screen.cursor.hidden
    editor.type("好")
    editor.wait_for("3字")


def test_a_storm_of_resizes_leaves_the_screen_as_a_repaint_would(editor: PtyTerminal) -> None:
    editor.type("\x1b3")
    editor.wait_for("申请人情况")
    for columns, lines in ((60, 20), (132, 43), (20, 5), (81, 25), (100, 30), (40, 12), (120, 40), (80, 24)) * 3:
        editor.resize(columns, lines)
        editor.read(0.01)
    editor.read_until_quiet(0.4)
    shown = editor.text()
    editor.screen.reset()
    editor.type("\x0c")
    editor.read_until_quiet(0.4)
    assert editor.text() == shown
    assert "一、本年新收政府信息公开申请数量" in shown


@pytest.mark.parametrize("term", ["linux", "screen", "tmux-256color", "vt100", "xterm-256color"])
def test_it_runs_on_the_terminals_there_are(report: Path, state: Path, term: str) -> None:
    with PtyTerminal(editor_command(report), editor_environ(state, TERM=term)) as terminal:
        terminal.wait_for(READY)
        terminal.type("\x1b3")
        terminal.wait_for("=  17│")
        colours = colours_in(terminal.received)
        assert "38" not in colours, "no more than the terminal's own sixteen colours"
        assert bool(colours) is (term != "vt100")
        terminal.type("\x11")
        assert terminal.wait_for_end() == 0


def test_no_colour_is_sent_where_none_is_wanted(report: Path, state: Path) -> None:
    with PtyTerminal(editor_command(report), editor_environ(state, NO_COLOR="1")) as terminal:
        terminal.wait_for(READY)
        terminal.type("\x1b3")
        terminal.wait_for("=  17│")
        assert colours_in(terminal.received) == set()


@pytest.mark.parametrize(("term", "words"), [("dumb", "TERM=dumb"), ("", "TERM=（未设置）")])
def test_a_terminal_that_cannot_show_it_is_refused(report: Path, state: Path, term: str, words: str) -> None:
    with PtyTerminal(editor_command(report), editor_environ(state, TERM=term)) as terminal:
        assert terminal.wait_for_end() == 2
        terminal.read_until_quiet()
        assert words in terminal.text().replace("\n", "")


def test_a_terminal_with_wide_ambiguous_characters_is_recognised(report: Path, state: Path) -> None:
    with PtyTerminal(editor_command(report), editor_environ(state), ambiguous=2) as terminal:
        terminal.wait_for(READY)
        terminal.type("\x1b3")
        terminal.wait_for("=  17|")
        assert "│" not in terminal.text()
        terminal.type("\x1b1“”")
        terminal.read_until_quiet()
        assert terminal.screen.cursor.x == 4


def test_a_terminal_that_does_not_answer_is_taken_as_usual(report: Path, state: Path) -> None:
    with PtyTerminal(editor_command(report, "--ambiguous-width", "1"), editor_environ(state)) as terminal:
        terminal.wait_for(READY)
        assert b"\x1b[6n" not in terminal.received


def test_keys_typed_before_the_first_screen_are_not_lost(report: Path, state: Path) -> None:
    with PtyTerminal(editor_command(report), editor_environ(state)) as terminal:
        terminal.type("早")
        terminal.wait_for("1字")
        assert "早" in terminal.text()


def test_it_says_nothing_while_nothing_happens(editor: PtyTerminal) -> None:
    editor.read_until_quiet(0.5)
    assert editor.read(3.0) == b""


class TestBytes:
    """Bytes sent per key at 80×24; independent of the machine."""

    def test_a_cursor_move_in_a_table_costs_few_bytes(self, editor: PtyTerminal) -> None:
        editor.type("\x1b3")
        editor.wait_for("=  17│")
        editor.read_until_quiet()
        moves = [len(editor.answer(key)) for key in ("\x1b[B", "\x1b[C", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[A") * 2]
        assert max(moves) <= 400

    def test_an_edit_with_its_totals_and_marks_costs_few_bytes(self, editor: PtyTerminal) -> None:
        editor.type("\x1b4")
        editor.wait_for("行政复议")
        editor.read_until_quiet()
        edits = [len(editor.answer(key)) for key in ("5", "\r", "7", "\x1b[A", "\x1a")]
        assert max(edits) <= 500

    def test_a_key_of_prose_costs_few_bytes(self, editor: PtyTerminal) -> None:
        editor.paste(SAMPLE * 6)
        editor.wait_for(f"{len(SAMPLE) * 6}字")
        editor.read_until_quiet()
        keys = [
            len(editor.answer(key)) for key in ("中", "文", "。", "\x7f", "\x1b[A", "\x1b[D", "字", "\x1b[A", "\x1b[A", "新", "\r", "\x1a")
        ]
        assert max(keys) <= 1200


def _state_of(pid: int) -> str:
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        pytest.skip("no /proc on this system")
    return stat.read_text("utf-8").rpartition(")")[2].split()[0]


def test_the_process_table_is_understood() -> None:
    assert _state_of(os.getpid()) in "RSD"
