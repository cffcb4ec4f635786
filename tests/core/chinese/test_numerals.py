"""Parsing and formatting of Chinese numerals, also of excessive length."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.chinese.counts import read_numeral
from nianbao.core.chinese.numerals import (
    CIRCLED,
    DIGITS,
    MOST_DIGITS,
    NUMERALS,
    han_number,
    han_ordinal,
    han_percent,
    ordinal,
    renumbered,
    written_year,
)
from nianbao.core.prose import read_prose
from nianbao.core.prose.number_span import find_number
from repository import ROOT


@given(st.integers(1, 99))
def test_ordinals_are_read_as_they_are_written(value: int) -> None:
    assert ordinal(han_ordinal(value)) == ordinal(str(value)) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("十", 10),
        ("一十二", 12),
        ("二十", 20),
        ("３", 3),
        ("⑫", 12),
        ("两", 2),
        ("一二", 0),
        ("十十", 0),
        ("十二三", 0),
        ("百", 0),
        ("甲", 0),
        ("", 0),
    ],
)
def test_an_ordinal_is_read_in_each_of_its_forms(written: str, value: int) -> None:
    assert ordinal(written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("二〇二四", 2024),
        ("一百零五", 105),
        ("三千零六万", 30_060_000),
        ("叁拾贰", 32),
        ("一亿二千三百万", 123_000_000),
        ("一万亿", 10**12),
        ("两百", 200),
        ("三个", None),
        ("", None),
    ],
)
def test_chinese_numerals_are_read_as_numbers(written: str, value: int | None) -> None:
    assert han_number(written) == value


@pytest.mark.parametrize("written", ["2024", "２０２４", "二〇二四", "二零二四", "二○二四", "二O二四", "二0二四"])
def test_a_year_is_read_in_each_of_its_forms(written: str) -> None:
    assert written_year(written) == 2024


@pytest.mark.parametrize(
    ("mark", "next_one"), [("（一）", "（二）"), ("1.", "2."), ("(1)", "(2)"), ("①", "②"), ("第一，", "第二，"), ("一、", "二、")]
)
def test_the_next_mark_of_an_enumeration_keeps_its_form(mark: str, next_one: str) -> None:
    assert renumbered(mark, 2) == next_one


@pytest.mark.parametrize("letter", ["1", "九", "亿", "１"])
def test_a_numeral_longer_than_any_count_is_no_number(letter: str) -> None:
    """Python refuses to convert 4,301 digits to an integer."""
    for length in (MOST_DIGITS + 1, 4_301, 20_000):
        long = letter * length
        assert han_number(long) is None
        assert ordinal(long) == 0
        assert han_percent(f"五点{long}") is None
        assert read_numeral(f"{long}件", 0) is None
        assert find_number(f"共{long}件，另3件", "3") is not None
        assert read_prose(f"2023年收到申请{long}件。", year=2023, agency="某局").facts == ()


@given(st.text(NUMERALS + CIRCLED + "0123456789.点", max_size=60))
def test_every_string_of_numerals_has_a_reading(text: str) -> None:
    assert ordinal(text) >= 0
    number, percent = han_number(text), han_percent(text)
    assert number is None or str(number)
    assert percent is None or Decimal(percent) >= 0


def test_the_digits_are_spelt_out_in_one_place() -> None:
    product = [path for room in ("core", "cli", "tui", "files") for path in (ROOT / room).rglob("*.py")]
    spelling = [str(path.relative_to(ROOT)) for path in product if DIGITS in path.read_text(encoding="utf-8")]
    assert spelling == [str(Path("core", "chinese", "numerals.py"))]
