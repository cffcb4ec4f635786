"""Before the first screen: which terminals are refused, what they are told and asked."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from nianbao.tui import words
from nianbao.tui.keys import keymap
from nianbao.tui.terminal import probe
from patience import PATIENCE


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_a_terminal_that_cannot_show_a_screen_is_refused_with_a_way_out(term: str) -> None:
    sentence = probe.refusal({"TERM": term}, interactive=True)
    assert sentence is not None
    assert "nianbao check" in sentence


@pytest.mark.parametrize("term", ["xterm-256color", "screen", "tmux-256color", "linux", "vt100"])
def test_common_terminals_are_accepted(term: str) -> None:
    assert probe.refusal({"TERM": term}, interactive=True) is None


def test_without_a_terminal_the_editor_says_so() -> None:
    assert probe.refusal({"TERM": "xterm"}, interactive=False) == words.NO_TERMINAL


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


class TestOwnKeys:
    def test_no_file_changes_nothing(self, tmp_path: os.PathLike[str]) -> None:
        assert keymap.load(__import__("pathlib").Path(tmp_path) / "keys.toml") == ({}, [])

    def test_a_key_is_given_to_an_action(self) -> None:
        assert keymap.checked({"save": "shift+f2,ctrl+s"}) == ({"save": "shift+f2,ctrl+s"}, [])

    def test_unknown_actions_and_clashes_are_named(self) -> None:
        keys, complaints = keymap.checked({"nonsense": "f2", "undo": "ctrl+s"})
        assert keys == {}
        assert any("nonsense" in complaint for complaint in complaints)
        assert any("Ctrl+S" in complaint for complaint in complaints)

    def test_a_key_of_another_action_is_refused_and_that_action_named(self) -> None:
        keys, (complaint,) = keymap.checked({"save": "f2"})
        assert keys == {}
        assert "“保存”的 F2 已用于“修改”" in complaint

    def test_two_actions_may_change_keys_with_each_other(self) -> None:
        swapped = {"save": "f2", "edit_cell": "ctrl+s"}
        assert keymap.checked(swapped) == (swapped, [])

    def test_where_one_of_two_changes_is_refused_the_other_is_too_if_it_needs_it(self) -> None:
        keys, complaints = keymap.checked({"save": "f2", "edit_cell": "f3"})
        assert keys == {}
        assert len(complaints) == 2

    def test_of_two_changes_to_one_key_the_first_holds(self) -> None:
        keys, (complaint,) = keymap.checked({"save": "shift+f5", "undo": "shift+f5"})
        assert keys == {"save": "shift+f5"}
        assert "撤销" in complaint

    @pytest.mark.parametrize(("key", "other"), [("ctrl+m", "回车"), ("ctrl+i", "Tab"), ("ctrl+h", "退格")])
    def test_a_key_that_the_terminal_sends_for_another_is_refused(self, key: str, other: str) -> None:
        keys, (complaint,) = keymap.checked({"save": key})
        assert keys == {}
        assert other in complaint

    def test_of_several_complaints_the_number_and_the_first_are_said(self) -> None:
        (said,) = words.startup_complaints(["甲", "乙", "丙"], "F1")
        assert "3处" in said
        assert "甲" in said
        assert "F1" in said
        assert words.startup_complaints(["甲"], "F1") == ["甲"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[keys]\nsave = f2\n", "第2行"),
        ("[keys]\nsave = 'f2'\n[keys", "最后一行"),
        ("keys = 3\n", "[keys]"),
        ("[keys]\nfind = 3\n", "引号"),
        ("[keys]\nundo = 'ctrl+foo'\n", "没有这样的按键"),
        ("[keys]\nundo = 'ctl+z'\n", "没有这样的按键"),
        ("[keys]\nfindings = 'x'\n", "妨碍输入文字"),
        ("[keys]\nfindings = 'equals_sign'\n", "妨碍输入文字"),
        ("[keys]\nnope = 'f3'\n", "nope"),
    ],
)
def test_a_broken_key_file_is_named_and_the_defaults_hold(tmp_path: Path, written: str, said: str) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(written, "utf-8")
    keys, (complaint,) = keymap.load(path)
    assert keys == {}
    assert said in complaint
    assert str(tmp_path) not in complaint


def test_a_key_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert keymap.load(path) == ({}, [words.keymap_unreadable("keys.toml", words.KEYMAP_NO_TEXT)])


@pytest.mark.parametrize("keys", ["shift+f2", "alt+equals_sign", "shift+f3", "", "alt+pagedown"])
def test_keys_that_there_are_may_be_chosen(keys: str) -> None:
    assert keymap.checked({"export": keys}) == ({"export": keys}, [])


def test_a_single_character_may_be_chosen_where_no_text_is_typed() -> None:
    assert keymap.checked({"export_preview": "x"}) == ({"export_preview": "x"}, [])
