"""Queries to the terminal, and the editor's requirements of it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import threading

import pytest
from nianbao.tui import words
from nianbao.tui.run_editor import refusal
from nianbao.tui.terminal import probe
from patience import PATIENCE


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_a_terminal_that_cannot_show_a_screen_is_refused_with_a_way_out(term: str) -> None:
    sentence = refusal({"TERM": term}, interactive=True)
    assert sentence is not None
    assert "nianbao check" in sentence


@pytest.mark.parametrize("term", ["xterm-256color", "screen", "tmux-256color", "linux", "vt100"])
def test_common_terminals_are_accepted(term: str) -> None:
    assert refusal({"TERM": term}, interactive=True) is None


def test_without_a_terminal_the_editor_says_so() -> None:
    assert refusal({"TERM": "xterm"}, interactive=False) == words.NO_TERMINAL


def test_the_command_exits_with_2_where_there_is_no_terminal() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nianbao", "edit", "x.toml"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert words.NO_TERMINAL in done.stderr
    assert done.stdout == ""


def test_what_the_user_set_in_the_environment_stays() -> None:
    environ = {"TEXTUAL_DISABLE_KITTY_KEY": "0", "TERM": "xterm"}
    probe.prepare_environment(environ)
    assert environ["TEXTUAL_DISABLE_KITTY_KEY"] == "0"
    assert environ["TEXTUAL_ANIMATIONS"] == "none"
    assert "NO_COLOR" not in environ


@pytest.mark.parametrize("environ", [{"TERM": "vt100"}, {"TERM": "vt220"}, {"TERM": "xterm", "NO_COLOR": "1"}])
def test_colour_is_left_out_where_it_is_not_to_be_had(environ: dict[str, str]) -> None:
    probe.prepare_environment(environ)
    assert environ["NO_COLOR"] == "1"


@pytest.mark.parametrize(("answer", "width", "left"), [(b"\x1b[1;2R", 1, b""), (b"ab\x1b[7;3Rc", 2, b"abc"), (b"", None, b"")])
def test_the_terminal_is_asked_for_the_width_of_ambiguous_characters(answer: bytes, width: int | None, left: bytes) -> None:
    master, slave = pty.openpty()
    asked = b""

    def reply() -> None:
        nonlocal asked
        while b"\x1b[6n" not in asked:
            asked += os.read(master, 64)
        os.write(master, answer)

    thread = threading.Thread(target=reply)
    thread.start()
    found = probe.probe_width(slave, slave, seconds=PATIENCE if answer else 0.2)
    thread.join()
    os.close(slave)
    os.close(master)
    assert found == (width, left)
    assert probe.PROBE_CHARACTER.encode() in asked


def test_a_hung_up_terminal_is_noticed() -> None:
    master, slave = pty.openpty()
    assert not probe.is_hung_up(slave)
    os.close(master)
    assert probe.is_hung_up(slave)
    os.close(slave)


def test_ambiguous_characters_are_two_columns_wide_in_every_part_of_textual_when_asked_for() -> None:
    script = """
import os
from nianbao.tui.terminal import probe as terminal
terminal.prepare_environment(os.environ)
from nianbao.tui.terminal._rich_compat import widen_ambiguous
widen_ambiguous()
from rich.segment import Segment
from textual._cells import cell_len
from textual.strip import Strip
from nianbao.tui.terminal._textual_compat import install, wrap_offsets
install(ambiguous=2)
print(cell_len("“十四五”——规划……"), cell_len("│─"), Strip([Segment("“甲”")]).cell_length, wrap_offsets("——————", 4, 4))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split(" ", 3)[:3] == ["22", "4", "6"]
    assert done.stdout.strip().endswith("[2, 4]")


def test_widths_cannot_be_changed_once_textual_is_loaded() -> None:
    script = "import textual\nfrom nianbao.tui.terminal._rich_compat import widen_ambiguous\nwiden_ambiguous()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "RuntimeError" in done.stderr


def test_importing_the_command_loads_no_textual() -> None:
    script = "import sys, nianbao.cli.commands.edit, nianbao.cli.main\nprint('textual' in sys.modules, 'rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
