"""The table of traditional characters, and the three foldings derived from it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.chinese.fold import _TRADITIONAL, LABELS_ONLY, SHARED, fold, radicals, reading_copy, simplification, traditional_letters
from nianbao.core.importing.clean_characters import clean_text, simplified_in_place

BEYOND_OPENCC = {"値": "值", "幺": "么", "甦": "苏", "瞭": "了", "谘": "咨"}
"""Pairs missing from the OpenCC data: variants, and characters that it keeps because of a second meaning."""


def test_every_character_stands_once_and_no_simplified_form_is_simplified_again() -> None:
    pairs = _TRADITIONAL.split()
    assert {len(pair) for pair in pairs} == {2}
    assert [letter for letter, times in Counter(pair[0] for pair in pairs).items() if times > 1] == []
    table = {pair[0]: pair[1] for pair in pairs} | LABELS_ONLY
    assert len(table) == len(pairs) + len(LABELS_ONLY)
    assert table.keys().isdisjoint(table.values())
    assert [pair[0] for pair in pairs] == sorted(pair[0] for pair in pairs)


def test_the_table_agrees_with_the_official_conversion() -> None:
    opencc = pytest.importorskip("opencc", reason="needs the OpenCC data")
    convert = opencc.OpenCC("t2s").convert
    table = {chr(code): plain for code, plain in simplification().items()}
    assert {letter: plain for letter, plain in table.items() if convert(letter) != plain} == BEYOND_OPENCC


def test_radicals_stand_for_one_character_each_and_a_simplified_one_stays() -> None:
    assert all(len(plain) == 1 for plain in radicals().values())
    assert radicals().keys().isdisjoint(map(ord, radicals().values()))
    assert clean_text("⽬⺠⼾見⾒") == "目民户見見"


@pytest.mark.parametrize("text", ["備瀏覈迴鏈礙輯", "參參照", "⼀⼆⽬⻅", "資訊網路", "３２件", "覆盖"])
def test_all_three_foldings_agree_on_characters(text: str) -> None:
    """Only single characters: words and the one character specific to labels are excluded."""
    expected = {
        "備瀏覈迴鏈礙輯": "备浏核回链碍辑",
        "參參照": "参参照",
        "⼀⼆⽬⻅": "一二目见",
        "資訊網路": "资讯网路",
        "３２件": "32件",
        "覆盖": "覆盖",
    }[text]
    assert reading_copy(text) == expected
    assert "".join(fold(letter).text for letter in text) == expected


def test_labels_are_simplified_further_than_prose() -> None:
    assert simplified_in_place("答覆") == "答复"
    assert simplified_in_place("資訊檔案網路") == "信息文件网络"
    assert fold("檔案").text == "档案"


def test_characters_that_both_scripts_have_are_not_called_traditional() -> None:
    assert {chr(code) for code in simplification()} >= SHARED
    assert traditional_letters().isdisjoint(SHARED)
    assert traditional_letters().isdisjoint(LABELS_ONLY)
    assert "備" in traditional_letters()


@given(st.text())
def test_a_reading_copy_has_the_length_of_its_text_and_is_read_once(text: str) -> None:
    copy = reading_copy(text)
    assert len(copy) == len(text)
    assert reading_copy(copy) == copy
