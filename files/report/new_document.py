"""Build a new report file with tomlkit: tables in the form's order, one statutory row per line, official labels as comments.

The only module that writes a whole document; for an existing file, `serialize` edits its text.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import tomlkit
from tomlkit.items import Array, Comment, Date, Float, Integer, Item, KeyType, SingleKey, String, StringType, Table, Trivia, Whitespace

from ...core.cell_notation import format_cell
from ...core.chinese.width import text_width
from ...core.report import Cell, Mark, Report, Text, Waiver
from .file_comments import KIND_COMMENT, WAIVERS_COMMENT, block_comment, row_comment
from .parse import FORMAT
from .toml_literals import cell_literal, prose_literal, string_literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.edition import Section
    from ...core.edition import Table as FormTable

_COMMENT_COLUMN = 30
"""Column at which comments after table headers and header keys start, including a space."""


def new_document(report: Report) -> str:
    """Return the text of a new report file."""
    document = tomlkit.document()
    document.append("format", _integer(FORMAT))
    document.append("report", _header(report))
    for section in report.edition.sections:
        document.append(section.id, _section(report, section))
    if report.header.waivers:
        document.append("waivers", _waivers(report.header.waivers))
    return document.as_string()


def _header(report: Report) -> Table:
    header, table = report.header, _table()
    for key, item, comment in (
        ("edition", _string(report.edition.id), report.edition.notice),
        ("agency", _string(header.agency), ""),
        ("kind", _string(header.kind), KIND_COMMENT),
        ("year", _integer(header.year), ""),
    ):
        table.append(key, _commented(item, f"{key} = {item.as_string()}", comment))
    if header.title:
        table.append("title", _string(header.title))
    if header.published is not None:
        day = header.published
        table.append("published", Date(day.year, day.month, day.day, Trivia(), day.isoformat()))
    if header.preface:
        table.append("preface", _prose(header.preface))
    if header.carried:
        table.append("carried", _marks(header.carried))
    return table


def _section(report: Report, section: Section) -> Table:
    table = _table()
    _commented(table, f"[{section.id}]", section.title)
    table.append("text", _prose(report.text(section.id)))
    if section.table is not None:
        _append_rows(table, report, section.table)
    return table


def _append_rows(table: Table, report: Report, form: FormTable) -> None:
    """Append the rows of the form, with aligned equals signs and comments."""
    rows = [row for _, row in form.rows()]
    key_width = max(len(row.id) for row in rows)
    arrays = {row.id: _row([report.cells[at] for at in report.edition.row_cells[form.section, row.id]]) for row in rows}
    widths = {row: text_width(array.as_string()) for row, array in arrays.items()}
    widest = max(widths.values())
    for block in form.blocks:
        table.append(None, Comment(Trivia(comment=f"# {block_comment(block)}")))
        for row in block.rows:
            array = arrays[row.id]
            array.trivia.comment_ws = " " * (widest - widths[row.id] + 3)
            array.trivia.comment = f"# {row_comment(block, row)}"
            table.append(SingleKey(row.id, sep=" " * (key_width - len(row.id)) + " = "), array)


def _waivers(waivers: Sequence[Waiver]) -> Table:
    table = _table()
    _commented(table, "[waivers]", WAIVERS_COMMENT)
    for waiver in waivers:
        table.append(SingleKey(waiver.key, KeyType.Basic, original=string_literal(waiver.key)), _string(waiver.reason))
    return table


def _table() -> Table:
    table = tomlkit.table(is_super_table=False)
    table.trivia.indent = "\n"
    return table


def _commented(item: Item, start: str, comment: str) -> Item:
    """Return the item with a comment, aligned with all others."""
    if comment:
        item.trivia.comment_ws = " " * max(_COMMENT_COLUMN - len(start), 1)
        item.trivia.comment = f"# {comment}"
    return item


def _string(text: str) -> String:
    return String(StringType.SLB, text, string_literal(text)[1:-1], Trivia())


def _prose(text: str) -> String:
    # tomlkit would start the text on the line of the quotes, and its escaping takes quadratic time.
    return String(StringType.MLB, text, prose_literal(text)[3:-3], Trivia()) if text else _string("")


def _integer(value: int) -> Integer:
    return Integer(value, Trivia(), str(value))


def _cell(value: Cell) -> Item:
    if isinstance(value, Mark | Text):
        return _string(format_cell(value))
    # A float cannot represent every Decimal; the literal text can.
    return Float(float(value), Trivia(), cell_literal(value)) if isinstance(value, Decimal) else _integer(value)


def _row(cells: Sequence[Cell]) -> Array:
    items: list[Item] = []
    for cell in cells:
        items += [_cell(cell), Whitespace(", ")]
    return Array(items[:-1], Trivia())


def _marks(marks: Sequence[str]) -> Array:
    items: list[Item] = []
    for mark in marks:
        items += [Whitespace("\n  "), _string(mark), Whitespace(",")]
    return Array([*items, Whitespace("\n")], Trivia())
