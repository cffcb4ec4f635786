"""Commands: every change to a report as data, and the pure function `reduce` that applies them.

A command converts to plain data for the journal (`to_data`) and back (`from_data`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from .ids import PREFACE, Address, SectionId, parse_address
from .report import BLANK, NA, Cell, Header, Mark, Report, Text, Waiver, in_key_order
from .totals import apply_edits, sum_of, total_equations, with_totals_accepted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PlainData = dict[str, object]

GREATEST_YEAR = 9999
MOST_DIGITS = 100
"""Limit on the digits before or after the decimal point; no number that is typed, pasted or imported has as many."""


class CommandError(ValueError):
    """A command that is invalid for this report, such as one with an unknown cell or a range outside the text."""


@dataclass(frozen=True, slots=True)
class SetCell:
    """Set one cell; totals that include it are recalculated."""

    address: Address
    value: Cell


@dataclass(frozen=True, slots=True)
class PasteBlock:
    """Set several cells at once; totals that are not among them are recalculated."""

    cells: tuple[tuple[Address, Cell], ...]


@dataclass(frozen=True, slots=True)
class ApplyRepair:
    """Apply a suggested repair: exactly these cells change, no totals are recalculated."""

    cells: tuple[tuple[Address, Cell], ...]


@dataclass(frozen=True, slots=True)
class FillBlank:
    """Fill every blank cell of a section with 0, or with the sum if the cell is a total."""

    section: SectionId


@dataclass(frozen=True, slots=True)
class ClearCells:
    """Make cells blank."""

    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class AcceptTotals:
    """Replace totals by the sums of their addends."""

    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class SetText:
    """Replace the prose of a section or the preface."""

    section: SectionId
    text: str


@dataclass(frozen=True, slots=True)
class ReplaceText:
    """Replace the characters from `start` up to `end` of a section's prose; sent by typing and pasting."""

    section: SectionId
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ReplaceTexts:
    """Replace the prose of several sections as one step; sent by "replace all"."""

    texts: tuple[tuple[SectionId, str], ...]


@dataclass(frozen=True, slots=True)
class SetHeader:
    """Set one header field: agency, kind, title or preface (text), year (integer), published (date or None)."""

    field: str
    value: str | int | date | None


@dataclass(frozen=True, slots=True)
class ChangeHeader:
    """Set several header fields, and the preface, as one step; sent by the header form."""

    fields: tuple[tuple[str, str | int | date | None], ...]


@dataclass(frozen=True, slots=True)
class ConfirmCarried:
    """Confirm that paragraphs carried over from last year hold for this year too."""

    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waive:
    """Waive a finding by its key, with a reason; replaces an earlier reason."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unwaive:
    """Remove a waiver."""

    key: str


Command = (
    SetCell
    | PasteBlock
    | ApplyRepair
    | FillBlank
    | ClearCells
    | AcceptTotals
    | SetText
    | ReplaceText
    | ReplaceTexts
    | SetHeader
    | ChangeHeader
    | ConfirmCarried
    | Waive
    | Unwaive
)


def text_of(report: Report, section: SectionId) -> str:
    """Return the prose of a section or the preface.

    Raises:
        CommandError: The edition has no such section.
    """
    if section == PREFACE:
        return report.header.preface
    if section not in report.edition.section_index:
        raise CommandError(section)
    return report.text(section)


def reduce(report: Report, command: Command) -> Report:
    """Apply a command and return the resulting report, or the same object if the command changes nothing.

    Raises:
        CommandError: The command is invalid for this report.
    """
    match command:
        case SetCell(address, value):
            return apply_edits(report, _positions(report, [(address, value)]))
        case PasteBlock(cells):
            return apply_edits(report, _positions(report, cells))
        case ApplyRepair(cells):
            return report.with_cells(_positions(report, cells))
        case FillBlank(section):
            return _filled(report, section)
        case ClearCells(addresses):
            return apply_edits(report, _positions(report, [(address, BLANK) for address in addresses]))
        case AcceptTotals(addresses):
            return with_totals_accepted(report, _positions(report, [(address, BLANK) for address in addresses]))
        case SetText(section, text):
            text_of(report, section)
            return _with_text(report, section, text)
        case ReplaceText(section, start, end, text):
            old = text_of(report, section)
            if not 0 <= start <= end <= len(old):
                raise CommandError(f"{section}:{start}-{end}")
            return _with_text(report, section, old[:start] + text + old[end:])
        case ReplaceTexts(texts):
            for section, text in texts:
                text_of(report, section)
                report = _with_text(report, section, text)
            return report
        case SetHeader(field, value):
            return report.with_header(_header_with(report.header, field, value))
        case ChangeHeader(fields):
            header = report.header
            for field, value in fields:
                header = _header_with(header, field, value)
            return report.with_header(header)
        case ConfirmCarried(marks):
            left = tuple(mark for mark in report.header.carried if mark not in marks)
            return report.with_header(report.header._replace(carried=left))
        case Waive(key, reason):
            return report.with_header(report.header._replace(waivers=_waived(report.header.waivers, key, reason)))
        case Unwaive(key):
            kept = tuple(waiver for waiver in report.header.waivers if waiver.key != key)
            return report.with_header(report.header._replace(waivers=kept))


def _positions(report: Report, cells: Iterable[tuple[Address, Cell]]) -> dict[int, Cell]:
    try:
        return {report.edition.index[address]: value for address, value in cells}
    except KeyError as error:
        raise CommandError(str(error.args[0])) from None


def _with_text(report: Report, section: SectionId, text: str) -> Report:
    if section == PREFACE:
        return report.with_header(_header_with(report.header, PREFACE, text))
    return report.with_text(section, _with_line_feeds(text))


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _filled(report: Report, section: SectionId) -> Report:
    if section not in report.edition.section_index:
        raise CommandError(section)
    totals = dict(total_equations(report.edition))
    here = [position for position, address in enumerate(report.edition.addresses) if address.section == section]
    blank = [position for position in here if report.cells[position] is BLANK]
    filled = apply_edits(report, dict.fromkeys((position for position in blank if position not in totals), 0))
    for total, equations in totals.items():
        if total in blank and filled.cells[total] is BLANK:
            value = sum_of(filled.cells, equations[0].addends)
            filled = filled.with_cells({total: value})
    return filled


def _header_with(header: Header, field: str, value: object) -> Header:
    if isinstance(value, str):
        match field:
            case "agency":
                return header._replace(agency=value)
            case "kind":
                return header._replace(kind=value)
            case "title":
                return header._replace(title=value)
            case "preface":
                return header._replace(preface=_with_line_feeds(value))
    if field == "year" and isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= GREATEST_YEAR:
        return header._replace(year=value)
    if field == "published" and (value is None or isinstance(value, date)):
        return header._replace(published=value)
    raise CommandError(field)


def _waived(waivers: tuple[Waiver, ...], key: str, reason: str) -> tuple[Waiver, ...]:
    plain = " ".join(reason.split())
    if not key.strip() or not plain:
        raise CommandError(key)
    others = [waiver for waiver in waivers if waiver.key != key]
    return in_key_order([*others, Waiver(key, plain)])


# --- plain data, for the journal ---


def cell_to_data(value: Cell) -> int | str:
    """Serialize a cell for the journal or JSON.

    A Decimal becomes a string with the prefix `=`, to keep its precision, and text gets the prefix `'`; marks are written as in the report
    file.
    """
    if isinstance(value, bool):
        raise TypeError(value)
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return f"={value}"
    if isinstance(value, Mark):
        return value.value
    return f"'{value.raw}"


def cell_from_data(data: object) -> Cell:
    """Deserialize a cell; the inverse of `cell_to_data`.

    Raises:
        CommandError: The data is not a cell, or a number beyond `MOST_DIGITS`.
    """
    if isinstance(data, int) and not isinstance(data, bool) and abs(data) < 10**MOST_DIGITS:
        return data
    if data == "":
        return BLANK
    if data == "/":
        return NA
    if isinstance(data, str) and data[0] == "'":
        return Text(data[1:])
    if isinstance(data, str) and data[0] == "=":
        return _decimal(data[1:])
    raise CommandError("cell")


def _decimal(written: str) -> Decimal:
    try:
        value = Decimal(written)
    except InvalidOperation:
        raise CommandError(written) from None
    if not value.is_finite() or abs(value.adjusted()) > MOST_DIGITS:
        raise CommandError(written)
    return value


def to_data(command: Command) -> PlainData:
    """Serialize a command as plain data that JSON can hold."""
    name = type(command).__name__
    match command:
        case SetCell(address, value):
            return {"do": name, "cell": str(address), "value": cell_to_data(value)}
        case PasteBlock(cells) | ApplyRepair(cells):
            return {"do": name, "cells": [[str(address), cell_to_data(value)] for address, value in cells]}
        case FillBlank(section):
            return {"do": name, "section": section}
        case ClearCells(addresses) | AcceptTotals(addresses):
            return {"do": name, "cells": [str(address) for address in addresses]}
        case SetText(section, text):
            return {"do": name, "section": section, "text": text}
        case ReplaceText(section, start, end, text):
            return {"do": name, "section": section, "start": start, "end": end, "text": text}
        case ReplaceTexts(texts):
            return {"do": name, "texts": [[section, text] for section, text in texts]}
        case SetHeader(field, value):
            return {"do": name, "field": field, "value": _field_to_data(value)}
        case ChangeHeader(fields):
            return {"do": name, "fields": [[field, _field_to_data(value)] for field, value in fields]}
        case ConfirmCarried(marks):
            return {"do": name, "marks": list(marks)}
        case Waive(key, reason):
            return {"do": name, "key": key, "reason": reason}
        case Unwaive(key):
            return {"do": name, "key": key}


def _field_to_data(value: str | int | date | None) -> object:
    return {"date": value.isoformat()} if isinstance(value, date) else value


def from_data(data: Mapping[str, object]) -> Command:
    """Deserialize a command; the inverse of `to_data`.

    Raises:
        CommandError: The data is not a command.
    """
    try:
        return _from_data(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CommandError(str(error)) from error


def _from_data(data: Mapping[str, object]) -> Command:
    match data:
        case {"do": "SetCell", "cell": str(cell), "value": value}:
            return SetCell(parse_address(cell), cell_from_data(value))
        case {"do": "PasteBlock", "cells": list(cells)}:
            return PasteBlock(tuple((parse_address(cell), cell_from_data(value)) for cell, value in cells))
        case {"do": "ApplyRepair", "cells": list(cells)}:
            return ApplyRepair(tuple((parse_address(cell), cell_from_data(value)) for cell, value in cells))
        case {"do": "FillBlank", "section": str(section)}:
            return FillBlank(SectionId(section))
        case {"do": "ClearCells", "cells": list(cells)}:
            return ClearCells(tuple(parse_address(cell) for cell in cells))
        case {"do": "AcceptTotals", "cells": list(cells)}:
            return AcceptTotals(tuple(parse_address(cell) for cell in cells))
        case {"do": "SetText", "section": str(section), "text": str(text)}:
            return SetText(SectionId(section), text)
        case {"do": "ReplaceText", "section": str(section), "start": int(start), "end": int(end), "text": str(text)} if not (
            isinstance(start, bool) or isinstance(end, bool) or start < 0 or end < start
        ):
            return ReplaceText(SectionId(section), start, end, text)
        case {"do": "ReplaceTexts", "texts": list(texts)} if all(isinstance(text, str) for pair in texts for text in pair):
            return ReplaceTexts(tuple((SectionId(section), text) for section, text in texts))
        case {"do": "SetHeader", "field": str(field), "value": value}:
            return SetHeader(field, _field_from_data(field, value))
        case {"do": "ChangeHeader", "fields": list(fields)} if all(isinstance(field, str) for field, _ in fields):
            return ChangeHeader(tuple((field, _field_from_data(field, value)) for field, value in fields))
        case {"do": "ConfirmCarried", "marks": list(marks)} if all(isinstance(mark, str) for mark in marks):
            return ConfirmCarried(tuple(marks))
        case {"do": "Waive", "key": str(key), "reason": str(reason)}:
            return Waive(key, reason)
        case {"do": "Unwaive", "key": str(key)}:
            return Unwaive(key)
    raise CommandError(str(data.get("do")))


def _field_from_data(field: str, data: object) -> str | int | date | None:
    match data:
        case {"date": str(day)}:
            value: str | int | date | None = date.fromisoformat(day)
        case str() | int() | None:
            value = data
        case _:
            raise CommandError(field)
    _header_with(Header(), field, value)
    return value
