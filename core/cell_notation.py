"""Parsing and formatting of cell values as people type and print them.

Full-width digits, thousands separators and a trailing 件 or 万元 are accepted, and reported so that a front end can show what was
normalised.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from .edition import CellKind
from .lazy_regex import lazy_pattern
from .report import BLANK, NA, Cell, Mark, Text


class Normalisation(StrEnum):
    """A change made to the written text to parse it."""

    FULL_WIDTH = "full_width"
    SEPARATOR = "separator"
    UNIT = "unit"
    YUAN = "yuan"
    """元 converted to 万元."""
    SIGN = "sign"
    """增, 减 or a plus sign."""
    NOT_APPLICABLE = "not_applicable"
    """`-`, `—` or `无`, which the file writes as `/`."""


class ParsedCell(NamedTuple):
    """A parsed value and the normalisations applied."""

    value: Cell
    notes: tuple[Normalisation, ...] = ()


_NOTHING = frozenset({"/", "\\", "-", "--", "—", "——", "–", "―", "−", "无", "無", "／"})
_INVISIBLE = lazy_pattern(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_NUMBER = lazy_pattern(
    r"(?P<sign>[+\-−–增减減])?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?P<unit>万元|萬元|亿元|元|件|条|條|份|宗|起|次|项|項|个|個)?"
)
_MAX_LENGTH = 64
"""Limit on the characters of a number. No cell of the form needs more, and converting long ones takes quadratic time."""


def parse_cell(written: str, kind: CellKind) -> ParsedCell:
    """Parse the text of a cell of this kind; text that is not a number becomes `Text`."""
    raw = written.strip()
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", raw.replace("，", ",")))
    if not plain:
        return ParsedCell(BLANK)
    if plain in _NOTHING:
        return ParsedCell(NA, () if plain == "/" else (Normalisation.NOT_APPLICABLE,))
    found = _NUMBER.fullmatch(plain) if len(plain) <= _MAX_LENGTH else None
    if found is None:
        return ParsedCell(Text(raw))
    sign, digits, unit = found["sign"] or "", found["number"], found["unit"] or ""
    if unit.endswith("元"):
        return _money(raw, sign, digits, unit, kind)
    if unit and kind in (CellKind.AMOUNT, CellKind.MONEY):
        return ParsedCell(Text(raw))
    return ParsedCell(_number(sign, digits), _notes(raw, sign, digits, unit))


def _money(raw: str, sign: str, digits: str, unit: str, kind: CellKind) -> ParsedCell:
    """Parse an amount with its printed unit: kept as text if the form prints no unit, converted to 万元 if the column is in 万元."""
    if kind is CellKind.MONEY:
        return ParsedCell(Text(raw))
    if kind is not CellKind.AMOUNT:
        return ParsedCell(Text(raw))
    value = Decimal(_number(sign, digits))
    scale = {"元": Decimal("0.0001"), "亿元": Decimal(10000)}.get(unit, Decimal(1))
    scaled = value * scale
    notes = _notes(raw, sign, digits, unit)
    plain = scaled.normalize() if scaled else Decimal(0)
    whole = int(plain) if plain == plain.to_integral_value() else Decimal(format(plain, "f"))
    return ParsedCell(whole if scale != 1 else _number(sign, digits), (*notes, Normalisation.YUAN) if scale != 1 else notes)


def _number(sign: str, digits: str) -> int | Decimal:
    plain = digits.replace(",", "")
    negative = sign in ("-", "−", "–", "减", "減")
    if "." in plain:
        value = Decimal(plain)
        return -value if negative else value
    return -int(plain) if negative else int(plain)


def _notes(raw: str, sign: str, digits: str, unit: str) -> tuple[Normalisation, ...]:
    notes = []
    if any(character.isdigit() and not character.isascii() for character in raw):
        notes.append(Normalisation.FULL_WIDTH)
    if "," in digits:
        notes.append(Normalisation.SEPARATOR)
    if unit:
        notes.append(Normalisation.UNIT)
    if sign in ("+", "增", "减", "減"):
        notes.append(Normalisation.SIGN)
    return tuple(notes)


def format_cell(value: Cell) -> str:
    """Format a cell as the form prints it: blank as the empty string, NA as `/`, no exponent, no sign on zero."""
    if isinstance(value, Mark):
        return value.value
    if isinstance(value, Text):
        return value.raw
    if isinstance(value, Decimal):
        return format(value or value.copy_abs(), "f")
    return str(value)


def money_in_wan(value: Cell) -> Decimal | None:
    """Convert a MONEY cell to 万元 from any printed unit; None if it is not an amount."""
    if isinstance(value, int | Decimal):
        return Decimal(value)
    if isinstance(value, Text):
        reading = parse_cell(value.raw, CellKind.AMOUNT)
        if isinstance(reading.value, int | Decimal):
            return Decimal(reading.value)
    return None
