"""Numerals: character sets for patterns, parsing and formatting, and the marks of enumerations.

Parsers are total. A numeral of more than `MOST_DIGITS` characters is an identifier or noise, never a count; it is not parsed (None, or 0
for marks of enumerations), since Python refuses to convert very long ones.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

MOST_DIGITS: Final = 30
"""Maximum length in characters of a numeral that is parsed."""

DIGITS: Final = "一二三四五六七八九"
TO_TEN: Final = DIGITS + "十"
"""Characters of ordinals up to 99: （十二）."""
FORMAL: Final = "壹贰叁肆伍陆柒捌玖"
WIDE_DIGITS: Final = "０１２３４５６７８９"
CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
ZEROS: Final = "〇○零"
"""Zeros in a year in Chinese numerals; ○ is a common misspelling."""
HAN_YEAR: Final = rf"二[{ZEROS}][{DIGITS}{ZEROS}]{{2}}(?=年)"
"""Pattern of a year in Chinese numerals: 二〇二四年."""

_VALUES: Final = {letter: value for row in ("〇" + DIGITS, "零" + FORMAL) for value, letter in enumerate(row)} | {"两": 2}
_TENS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS: Final = {"万": 10**4, "亿": 10**8}
NUMERALS: Final = "".join((*_VALUES, *_TENS, *_MYRIADS))
"""All characters of Chinese numerals in folded text."""

_YEAR_FIGURES: Final = str.maketrans(f"{DIGITS}{ZEROS}oOΟ", "123456789000000")
_INNER: Final = rf"\d+|[{TO_TEN}]+"


def is_figures(written: str) -> bool:
    """Return whether a text is a decimal number of at most `MOST_DIGITS` digits."""
    return written.isdecimal() and len(written) <= MOST_DIGITS


def han_number(letters: str) -> int | None:
    """Parse a Chinese numeral (十二, 一百零五, 二〇二四, 三千零六万); None if it is not one."""
    if not letters or len(letters) > MOST_DIGITS:
        return None
    if _VALUES.keys() >= set(letters):
        return int("".join(str(_VALUES[letter]) for letter in letters))
    total = section = digit = 0
    for letter in letters:
        if letter in _VALUES:
            digit = _VALUES[letter]
        elif letter in _TENS:
            section += (digit or 1) * _TENS[letter]
            digit = 0
        elif letter == "万":
            total += (section + digit or 1) * _MYRIADS[letter]
            section = digit = 0
        elif letter == "亿":
            total = (total + section + digit or 1) * _MYRIADS[letter]
            section = digit = 0
        else:
            return None
    return total + section + digit


def han_percent(letters: str) -> Decimal | int | None:
    """Parse the number after 百分之, with 点 as the decimal point: 五点三 is 5.3; None if it is not a number."""
    whole, point, fraction = letters.partition("点")
    value = han_number(whole)
    if not point or value is None or len(fraction) > MOST_DIGITS:
        return None if point else value
    return Decimal(f"{value}." + "".join(str(_VALUES.get(letter, 0)) for letter in fraction))


def han_ordinal(value: int) -> str:
    """Format a number from 1 to 99 as in headings: 12 is 十二."""
    tens, ones = divmod(value, 10)
    return (("" if tens == 1 else DIGITS[tens - 1]) + "十" if tens else "") + (DIGITS[ones - 1] if ones else "")


def ordinal(written: str) -> int:
    """Parse the number in a mark of an enumeration (12, １２, 十二, ⑫); 0 if it is not one.

    Chinese numerals up to 99 are recognised in the spelling of `han_ordinal`, and also 一十二 and 两.
    """
    if written.isdecimal():
        return int(written) if len(written) <= MOST_DIGITS else 0
    if len(written) == 1 and written in CIRCLED:
        return CIRCLED.index(written) + 1
    value = han_number(written)
    if value is None or not 0 < value < 100:  # noqa: PLR2004 - the highest ordinal
        return 0
    plain = written.replace("两", "二")
    return value if plain == han_ordinal(value) or (plain[1:] == han_ordinal(value) and plain.startswith("一十")) else 0


def renumbered(mark: str, value: int) -> str:
    """Return a mark of an enumeration with another number, in the same style: （一） or 1. or ①."""
    if len(mark) == 1 and mark in CIRCLED:
        return CIRCLED[value - 1]
    inner = re.search(_INNER, mark)
    if inner is None:
        return str(value)
    number = str(value) if inner.group().isdecimal() else han_ordinal(value)
    return mark[: inner.start()] + number + mark[inner.end() :]


def written_year(written: str) -> int:
    """Parse a year of four digits, in Arabic or Chinese numerals: 2024, 二〇二四, 二O二四."""
    return int(written.translate(_YEAR_FIGURES))
