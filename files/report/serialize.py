"""Write a changed report into its original text; unchanged parts are kept byte for byte.

Values are replaced in place; missing lines are inserted in the order of the form. The result is parsed and compared with the
report before it may be saved.
"""

from __future__ import annotations

import codecs
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from .file_comments import row_comment
from .report_file import ReportFile, read_report
from .toml_edits import Entry, TextEdits, without, without_empty_table
from .toml_literals import cell_literal, marks_literal, prose_literal, row_literal, string_literal

if TYPE_CHECKING:
    from ...core.edition import Section
    from ...core.report import Cell, Header, Report

HEADER_KEYS = ("edition", "agency", "kind", "year", "title", "published", "preface", "carried")
_QUOTES = "\"'"


class WriteMismatchError(Exception):
    """The serialized text does not parse back to the report; it must not be written."""


def report_bytes(report: Report, source: ReportFile | None = None) -> bytes:
    """Serialize a report into the text of the file it was read from, or as a new document without `source`.

    Raises:
        WriteMismatchError: The bytes do not parse back to the report.
        UnreadableError: The bytes are not a report at all.
    """
    if source is None:
        from .new_document import new_document  # noqa: PLC0415 - loads tomlkit, which saving an existing report does not wait for

        text, bom = new_document(report), False
    else:
        text, bom = updated_text(source, report), source.bom
    data = (codecs.BOM_UTF8 if bom else b"") + text.encode("utf-8", errors="surrogatepass")
    if source is not None and text == source.text:
        return data
    verify(data, report)
    return data


def verify(data: bytes, report: Report) -> None:
    """Raise WriteMismatchError unless the bytes parse back to exactly this report."""
    again = read_report(data).report
    if again.header != report.header or again.texts != report.texts or again.cells != report.cells:
        raise WriteMismatchError


def updated_text(source: ReportFile, report: Report) -> str:
    """Return the source's text with the changes from its report to this one."""
    old = source.report
    if old == report:
        return source.text
    edits = TextEdits(_without_gone(source.text, old.header, report.header))
    _update_header(edits, old.header, report.header)
    for number, section in enumerate(report.edition.sections):
        if old.texts[number] != report.texts[number]:
            edits.set(_prose(edits, section.id, "text", report.texts[number], ()))
        if section.table is not None:
            _update_table(edits, old, report, section)
    text = edits.applied()
    return _with_line_ends(source.text, text) if "\r" in source.text else text


def _without_gone(text: str, old: Header, new: Header) -> str:
    """Return the text without the keys and elements that the new header no longer has."""
    for key in ("title", "published"):
        if getattr(old, key) and not getattr(new, key):
            text = without(text, ("report", key))
    if new.carried != old.carried and [mark for mark in old.carried if mark in new.carried] == list(new.carried):
        for position in range(len(old.carried) - 1, -1, -1):
            if old.carried[position] not in new.carried:
                text = without(text, ("report", "carried", position))
    kept = {waiver.key for waiver in new.waivers}
    gone = [waiver.key for waiver in old.waivers if waiver.key not in kept]
    for key in gone:
        text = without(text, ("waivers", key))
    return without_empty_table(text, "waivers") if gone else text


def _update_header(edits: TextEdits, old: Header, new: Header) -> None:
    for number, key in enumerate(HEADER_KEYS):
        value, before = getattr(new, key, None), HEADER_KEYS[:number]
        if value == getattr(old, key, None) or (not value and key in ("title", "published")):
            continue
        if key == "preface":
            edits.set(_prose(edits, "report", key, new.preface, before))
        elif key == "carried":
            _update_marks(edits, old, new, before)
        elif key in ("year", "published"):
            edits.set(Entry("report", key, str(value), after=before))
        else:
            edits.set(Entry("report", key, string_literal(str(value)), opening=_QUOTES, after=before))
    known, keys = set(old.waivers), [waiver.key for waiver in new.waivers]
    for number, waiver in enumerate(new.waivers):
        if waiver not in known:
            edits.set(Entry("waivers", waiver.key, string_literal(waiver.reason), opening=_QUOTES, after=tuple(keys[:number])))


def _update_marks(edits: TextEdits, old: Header, new: Header, before: tuple[str, ...]) -> None:
    kept = [mark for mark in old.carried if mark in new.carried]
    if kept == list(new.carried):
        return
    short = "[" + ", ".join(map(string_literal, new.carried)) + "]"
    edits.set(Entry("report", "carried", marks_literal(new.carried), short, opening="[", after=before))


def _update_table(edits: TextEdits, old: Report, new: Report, section: Section) -> None:
    if section.table is None:
        return
    before = ["text"]
    for block, row in section.table.rows():
        positions = new.edition.row_cells[section.id, row.id]
        cells = [new.cells[at] for at in positions]
        changed = [number for number, at in enumerate(positions) if not _written_alike(old.cells[at], new.cells[at])]
        if changed:
            found = edits.elements(section.id, row.id)
            if found is None:
                after = tuple(before)
                edits.set(Entry(section.id, row.id, row_literal(cells), opening="[", comment=row_comment(block, row), after=after))
            else:
                for number in changed:
                    if number < found:
                        edits.set_element(section.id, row.id, number, cell_literal(cells[number]))
                if changed[-1] >= found:
                    edits.extend(section.id, row.id, [cell_literal(cell) for cell in cells[found:]])
        before.append(row.id)


def _written_alike(one: Cell, other: Cell) -> bool:
    return one is other or (type(one) is type(other) and cell_literal(one) == cell_literal(other))


def _prose(edits: TextEdits, table: str, key: str, text: str, before: tuple[str, ...]) -> Entry:
    literal = prose_literal(text)
    if edits.starts_beside_quotes(table, key) and not text.startswith("\n"):
        literal = literal.replace("\n", "", 1)
    return Entry(table, key, literal, string_literal(text), opening=_QUOTES, after=before)


def _with_line_ends(source: str, text: str) -> str:
    """Restore the original line end of every unchanged line; new lines get the prevailing one."""
    old, new = source.split("\n"), text.split("\n")
    usual = "\r" if 2 * sum(line.endswith("\r") for line in old) >= len(old) - 1 else ""
    bare, lines = [line.rstrip("\r") for line in old], [line.rstrip("\r") for line in new]
    # The text after the last line feed has no line end, but new lines may follow it.
    old[-1] += usual
    result: list[str] = []
    for kind, first, last, start, end in SequenceMatcher(None, bare, lines, autojunk=False).get_opcodes():
        result += old[first:last] if kind == "equal" else [line + usual for line in lines[start:end]]
    result[-1] = lines[-1]
    return "\n".join(result)
