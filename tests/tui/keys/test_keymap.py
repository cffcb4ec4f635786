"""User-defined keys."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from nianbao.tui import words
from nianbao.tui.keys import keymap


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
