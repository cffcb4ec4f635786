"""Everything that may be done to a report, as data: commands, the one function that applies them, and history.

A command is plain enough to be written to a journal (`to_data`) and read back (`from_data`). `reduce` is pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from .ids import PREFACE, Address, SectionId, parse_address
from .report import BLANK, NA, Cell, Header, Mark, Report, Text, Waiver, in_key_order
from .totals import accepted, settle, sum_of, total_equations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PlainData = dict[str, object]

GREATEST_YEAR = 9999
MOST_DIGITS = 100
"""More than any number typed, pasted or read has before or behind the point."""


class CommandError(ValueError):
    """A command that means nothing in this report: an unknown cell, a range outside the text."""


@dataclass(frozen=True, slots=True)
class SetCell:
    """Put one value in one cell; the totals over it follow."""

    address: Address
    value: Cell


@dataclass(frozen=True, slots=True)
class PasteBlock:
    """Put several values at once; totals that are not among them follow."""

    cells: tuple[tuple[Address, Cell], ...]


@dataclass(frozen=True, slots=True)
class ApplyRepair:
    """Put a suggested repair in place: exactly these cells, nothing else follows."""

    cells: tuple[tuple[Address, Cell], ...]


@dataclass(frozen=True, slots=True)
class FillBlank:
    """Fill every blank of a section with 0, or with the sum where the cell is a total."""

    section: SectionId


@dataclass(frozen=True, slots=True)
class ClearCells:
    """Make cells blank."""

    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class AcceptTotals:
    """Replace totals by what their addends make."""

    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class SetText:
    """Replace the prose of a section (or the preface)."""

    section: SectionId
    text: str


@dataclass(frozen=True, slots=True)
class ReplaceText:
    """Replace the characters from `start` up to `end` of a section's prose: what typing and pasting do."""

    section: SectionId
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ReplaceTexts:
    """Replace the prose of several sections at once: what replacing everywhere does, as one step."""

    texts: tuple[tuple[SectionId, str], ...]


@dataclass(frozen=True, slots=True)
class SetHeader:
    """Set one field of the header: agency, kind, title (text), year (a number), published (a date, or None)."""

    field: str
    value: str | int | date | None


@dataclass(frozen=True, slots=True)
class ChangeHeader:
    """Set several fields of the header, and the preface, at once: what a form gives, as one step."""

    fields: tuple[tuple[str, str | int | date | None], ...]


@dataclass(frozen=True, slots=True)
class ConfirmCarried:
    """Say of paragraphs taken over from last year that they hold for this year too."""

    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waive:
    """Say of a finding, by its key, that it is right as it stands, and why; another reason replaces the one given before."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unwaive:
    """Take a waiver back."""

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
    """The prose of a section or the preface; raises CommandError for an unknown name."""
    if section == PREFACE:
        return report.header.preface
    if section not in report.edition.section_index:
        raise CommandError(section)
    return report.text(section)


def reduce(report: Report, command: Command) -> Report:
    """The report after a command; the same object where it changes nothing. Raises CommandError for a malformed command."""
    match command:
        case SetCell(address, value):
            return settle(report, _positions(report, [(address, value)]))
        case PasteBlock(cells):
            return settle(report, _positions(report, cells))
        case ApplyRepair(cells):
            return report.with_cells(_positions(report, cells))
        case FillBlank(section):
            return _filled(report, section)
        case ClearCells(addresses):
            return settle(report, _positions(report, [(address, BLANK) for address in addresses]))
        case AcceptTotals(addresses):
            return accepted(report, _positions(report, [(address, BLANK) for address in addresses]))
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
            return report.with_header(replace(report.header, carried=left))
        case Waive(key, reason):
            return report.with_header(replace(report.header, waivers=_waived(report.header.waivers, key, reason)))
        case Unwaive(key):
            kept = tuple(waiver for waiver in report.header.waivers if waiver.key != key)
            return report.with_header(replace(report.header, waivers=kept))


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
    filled = settle(report, dict.fromkeys((position for position in blank if position not in totals), 0))
    for total, equations in totals.items():
        if total in blank and filled.cells[total] is BLANK:
            value = sum_of(filled.cells, equations[0].addends)
            filled = filled.with_cells({total: value})
    return filled


def _header_with(header: Header, field: str, value: object) -> Header:
    if isinstance(value, str):
        match field:
            case "agency":
                return replace(header, agency=value)
            case "kind":
                return replace(header, kind=value)
            case "title":
                return replace(header, title=value)
            case "preface":
                return replace(header, preface=_with_line_feeds(value))
    if field == "year" and isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= GREATEST_YEAR:
        return replace(header, year=value)
    if field == "published" and (value is None or isinstance(value, date)):
        return replace(header, published=value)
    raise CommandError(field)


def _waived(waivers: tuple[Waiver, ...], key: str, reason: str) -> tuple[Waiver, ...]:
    plain = " ".join(reason.split())
    if not key.strip() or not plain:
        raise CommandError(key)
    others = [waiver for waiver in waivers if waiver.key != key]
    return in_key_order([*others, Waiver(key, plain)])


# --- plain data, for the journal ---


def cell_to_data(value: Cell) -> int | str:
    """A cell as a journal or a JSON document writes it: numbers of arbitrary precision as strings behind `=`."""
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
    """The reverse of `cell_to_data`; raises CommandError, also for numbers that no cell can have."""
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
    """A command as plain data that JSON can hold."""
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
    """The reverse of `to_data`; raises CommandError for anything else."""
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
