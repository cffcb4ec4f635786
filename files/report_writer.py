"""Writing a changed report into the text it was read from: what did not change keeps every byte.

tomlkit replaces values in place; lines that the file lacks are put where the form has them. The result is read again and
compared before anybody may save it.
"""

from __future__ import annotations

import codecs
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import tomlkit
from tomlkit.items import Array, InlineTable, Item, String, StringType, Table, Trivia

from ..core.report import Cell, Mark, Report, Text
from .positions import find_positions
from .report_file import ReportFile, read_report
from .report_text import (
    carried_lines,
    cell_literal,
    new_document,
    prose_body,
    prose_literal,
    row_comment,
    row_literal,
    string_literal,
    waiver_line,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomlkit import TOMLDocument

    from ..core.edition import Section
    from ..core.report import Header, Waiver

HEADER_KEYS = ("edition", "agency", "kind", "year", "title", "published", "preface", "carried")


class WriteMismatchError(Exception):
    """The text that would be saved does not read back as the report: nothing may be written."""


def report_bytes(report: Report, source: ReportFile | None = None) -> bytes:
    """The bytes to save for a report, made from the file it was read from where there is one. Raises WriteMismatchError."""
    if source is None:
        text, bom = new_document(report), False
    else:
        text, bom = updated_text(source, report), source.bom
    data = (codecs.BOM_UTF8 if bom else b"") + text.encode("utf-8", errors="surrogatepass")
    if source is not None and text == source.text:
        return data
    verify(data, report)
    return data


def verify(data: bytes, report: Report) -> None:
    """Raise WriteMismatchError unless these bytes read back as exactly this report."""
    again = read_report(data).report
    if again.header != report.header or again.texts != report.texts or again.cells != report.cells:
        raise WriteMismatchError


def updated_text(source: ReportFile, report: Report) -> str:
    """The source's text with the differences between its report and this one written in."""
    old = source.report
    if old == report:
        return source.text
    document = tomlkit.parse(source.text)
    additions = _Additions()
    _update_header(document, old.header, report.header, additions)
    for number, section in enumerate(report.edition.sections):
        if old.texts[number] != report.texts[number]:
            _set(document, section.id, "text", _prose(report.texts[number]), additions)
        if section.table is not None:
            _update_table(document, old, report, section, additions)
    text = additions.insert(document.as_string(), report)
    return _with_line_ends(source.text, text) if "\r" in source.text else text


class _Additions:
    """Keys and tables that the document lacks, to be inserted as lines."""

    def __init__(self) -> None:
        self.keys: list[tuple[str, str]] = []

    def add(self, table: str, key: str) -> None:
        self.keys.append((table, key))

    def insert(self, text: str, report: Report) -> str:
        for table, key in self.keys:
            text = _insert_line(text, report, table, key)
        return text


def _update_header(document: TOMLDocument, old: Header, new: Header, additions: _Additions) -> None:
    for key in ("agency", "kind", "year", "title", "published"):
        value = getattr(new, key)
        if value == getattr(old, key):
            continue
        table = document.get("report")
        if value is None:
            if isinstance(table, Table | InlineTable):
                table.remove(key)
        else:
            _set(document, "report", key, tomlkit.item(value), additions)
    if new.preface != old.preface:
        _set(document, "report", "preface", _prose(new.preface), additions)
    if new.carried != old.carried:
        _update_marks(document, old.carried, new.carried, additions)
    if new.waivers != old.waivers:
        _update_waivers(document, old.waivers, new.waivers, additions)


def _update_marks(document: TOMLDocument, old: Sequence[str], new: Sequence[str], additions: _Additions) -> None:
    table = document.get("report")
    array = table.get("carried") if isinstance(table, Table | InlineTable) else None
    kept = [mark for mark in old if mark in new]
    if isinstance(array, Array) and kept == list(new):
        for position in range(len(array) - 1, -1, -1):
            if array[position] not in new:
                del array[position]
        return
    _set(document, "report", "carried", tomlkit.item(list(new)), additions)


def _update_waivers(document: TOMLDocument, old: Sequence[Waiver], new: Sequence[Waiver], additions: _Additions) -> None:
    table = document.get("waivers")
    kept = {waiver.key for waiver in new}
    if isinstance(table, Table | InlineTable):
        for waiver in old:
            if waiver.key not in kept:
                table.remove(waiver.key)
        if not table.as_string().strip():
            document.remove("waivers")
    known = set(old)
    for waiver in new:
        if waiver not in known:
            _set(document, "waivers", waiver.key, tomlkit.item(waiver.reason), additions)


def _update_table(document: TOMLDocument, old: Report, new: Report, section: Section, additions: _Additions) -> None:
    for (owner, row), positions in new.edition.row_cells.items():
        if owner != section.id:
            continue
        changed = [at for at in positions if not _written_alike(old.cells[at], new.cells[at])]
        if not changed:
            continue
        table = document.get(section.id)
        array = table.get(row) if isinstance(table, Table | InlineTable) else None
        if isinstance(array, Array) and len(array) == len(positions):
            for at in changed:
                array[at - positions[0]] = _cell(new.cells[at])
        else:
            _set(document, section.id, row, _row([new.cells[at] for at in positions]), additions)


def _written_alike(one: Cell, other: Cell) -> bool:
    return one is other or (type(one) is type(other) and cell_literal(one) == cell_literal(other))


def _set(document: TOMLDocument, table_name: str, key: str, value: Item, additions: _Additions) -> None:
    table = document.get(table_name)
    if isinstance(table, Table | InlineTable) and key in table:
        table[key] = value
        return
    if table is not None and not isinstance(table, Table):
        document.remove(table_name)
    additions.add(table_name, key)


def _cell(value: Cell) -> Item:
    if isinstance(value, Mark | Text):
        return tomlkit.item(value.value if isinstance(value, Mark) else value.raw)
    return tomlkit.value(cell_literal(value))


def _row(cells: Sequence[Cell]) -> Item:
    return tomlkit.value(row_literal(cells))


def _prose(text: str) -> Item:
    if not text:
        return tomlkit.item("")
    return String(StringType.MLB, text, prose_body(text), Trivia())


def _insert_line(text: str, report: Report, table: str, key: str) -> str:
    """Put a line for a key that the file lacks behind its nearest predecessor in the form's order."""
    positions = find_positions(text)
    if (table, key) in positions.values:
        return text
    content = _line(report, table, key)
    if (table,) not in positions.values or text[positions.values[(table,)][0]] != "[":
        missing = any(name[:1] == (table,) for name in positions.values)
        start = "" if text.endswith("\n") or not text else "\n"
        return text + start + (content if missing else f"\n[{table}]\n{content}") + "\n"
    anchors = [(table, name) for name in _order(report, table)[: _order(report, table).index(key)]]
    present = [positions.values[anchor][1] for anchor in anchors if anchor in positions.values]
    at = max(present, default=positions.values[(table,)][1])
    end = text.find("\n", at)
    if end < 0:
        return f"{text}\n{content}\n"
    return f"{text[: end + 1]}{content}\n{text[end + 1 :]}"


def _order(report: Report, table: str) -> list[str]:
    if table == "waivers":
        return [waiver.key for waiver in report.header.waivers]
    if table == "report":
        return list(HEADER_KEYS)
    rows = [row for owner, row in report.edition.row_cells if owner == table]
    return ["text", *rows]


def _line(report: Report, table: str, key: str) -> str:
    if table == "report":
        return _header_line(report.header, key)
    if table == "waivers":
        return waiver_line(next(waiver for waiver in report.header.waivers if waiver.key == key))
    section = next(section for section in report.edition.sections if section.id == table)
    if key == "text":
        return f"text = {prose_literal(report.text(section.id))}"
    found = next(((block, row) for block, row in section.table.rows() if row.id == key), None) if section.table else None
    if found is None:
        raise WriteMismatchError
    block, row = found
    cells = [report.cells[at] for at in report.edition.row_cells[section.id, row.id]]
    return f"{key} = {row_literal(cells)}   # {row_comment(block, row)}"


def _header_line(header: Header, key: str) -> str:
    if key == "preface":
        return f"preface = {prose_literal(header.preface)}"
    if key == "carried":
        return "\n".join(carried_lines(header.carried))
    if key == "year":
        return f"year = {header.year}"
    if key == "published":
        return f"published = {header.published.isoformat()}" if header.published is not None else ""
    return f"{key} = {string_literal(str(getattr(header, key)))}"


def _with_line_ends(source: str, text: str) -> str:
    """Give every line that the source has its own line end again, and new lines the source's usual one."""
    old, new = source.split("\n"), text.split("\n")
    usual = "\r" if 2 * sum(line.endswith("\r") for line in old) >= len(old) - 1 else ""
    bare, lines = [line.rstrip("\r") for line in old], [line.rstrip("\r") for line in new]
    # What follows the last line feed has no line end of its own, and may be followed by new lines.
    old[-1] += usual
    result: list[str] = []
    for kind, first, last, start, end in SequenceMatcher(None, bare, lines, autojunk=False).get_opcodes():
        result += old[first:last] if kind == "equal" else [line + usual for line in lines[start:end]]
    result[-1] = lines[-1]
    return "\n".join(result)
