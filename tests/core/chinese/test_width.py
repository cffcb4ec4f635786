"""Display width of Chinese text in terminal columns."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.chinese.width import Ambiguous, centred, char_widths, left_aligned, right_aligned, text_width
from rich.cells import get_character_cell_size

WRITTEN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x600),
    *range(0x2000, 0x2630),
    *range(0x2E80, 0x4DC0),
    *range(0x4E00, 0xD7A4),
    *range(0xF900, 0xFB00),
    *range(0xFE30, 0xFFA0),
    *range(0x20000, 0x20100),
]
"""Latin, Greek, Cyrillic, punctuation, symbols and all East Asian scripts."""


def test_chinese_characters_and_full_width_signs_take_two_columns() -> None:
    assert text_width("政府信息公开，（一）１２３") == 26


def test_ascii_takes_one_column_and_marks_none() -> None:
    assert text_width("2024-01-31 abc") == 14
    assert text_width("e\u0301\u200b\x1b\x07") == 1


@pytest.mark.parametrize("char", "“”‘’—…·×①─│┌℃")
def test_ambiguous_characters_take_what_they_are_told(char: str) -> None:
    assert text_width(char, 1) == 1
    assert text_width(char, 2) == 2


def test_width_agrees_with_what_the_screen_library_measures() -> None:
    assigned = [chr(code) for code in WRITTEN if unicodedata.category(chr(code))[0] not in "CMZ"]
    differing = {char for char in assigned if get_character_cell_size(char) != text_width(char)}
    assert {unicodedata.name(char) for char in differing} <= {"HANGUL FILLER"}
    assert len(assigned) > 40_000


@given(st.text(), st.text(), st.sampled_from((1, 2)))
def test_width_adds_up(one: str, other: str, ambiguous: Ambiguous) -> None:
    assert text_width(one + other, ambiguous) == text_width(one, ambiguous) + text_width(other, ambiguous)
    assert text_width(one, 1) <= text_width(one, 2)


@given(st.text(), st.sampled_from((1, 2)))
def test_width_of_a_text_is_that_of_its_characters(text: str, ambiguous: Ambiguous) -> None:
    assert text_width(text, ambiguous) == sum([char_widths(ambiguous)[char] for char in text])


@given(st.text(max_size=20), st.integers(0, 60))
def test_aligned_text_fills_its_column(text: str, width: int) -> None:
    full = max(width, text_width(text))
    for aligned in (centred(text, width), left_aligned(text, width), right_aligned(text, width)):
        assert text_width(aligned) == full
        assert text in aligned
    assert left_aligned(text, width).startswith(text)
    assert right_aligned(text, width).endswith(text)
