"""Writing a report as TOML: a new document in the form's order with the official labels as comments.

Strings are written so that a paragraph is a line, which is what `git diff` and a person want to see.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ...core.cell_notation import write_cell
from ...core.chinese.width import text_width
from ...core.lazy_regex import lazy_pattern
from ...core.report import Cell, Mark, Report, Text, Waiver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...core.edition import Block, Row, Section, Table

FORMAT = 1
"""The newest format of the report file that this program reads; it writes no other."""

_CONTROL = lazy_pattern(r"[\x00-\x08\x0b-\x1f\x7f]")
WAIVERS_HEAD = "[waivers]                     # 核对过、属实而不必改的地方，以及理由；数或文字一改即失效"
KIND_COMMENT = "government（各级人民政府） | department（政府部门）"


def new_document(report: Report) -> str:
    """The whole file for a report that has none yet."""
    lines = [f"format = {FORMAT}", "", *_header(report)]
    for section in report.edition.sections:
        lines += ["", *_section(report, section)]
    if report.header.waivers:
        lines += ["", *waiver_lines(report.header.waivers)]
    return "\n".join(lines) + "\n"


def string_literal(text: str) -> str:
    """A string on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04X}", escaped) + '"'


def prose_body(text: str) -> str:
    r"""What stands between the `\"\"\"` of a text: a line for each paragraph, the first on a line of its own."""
    escaped = _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04X}", text.replace("\\", "\\\\"))
    inner = escaped.rstrip('"')
    closing = '\\"' * (len(escaped) - len(inner))  # quotes at the end would run together with the text's own
    return "\n" + inner.replace('"""', '""\\"') + closing


def prose_literal(text: str) -> str:
    """A text with its quotes."""
    return f'"""{prose_body(text)}"""' if text else '""'


def cell_literal(value: Cell) -> str:
    """A cell as the file writes it."""
    if isinstance(value, Mark | Text):
        return string_literal(write_cell(value))
    if isinstance(value, Decimal):
        written = write_cell(value)
        return written if "." in written else f"{written}.0"
    return str(value)


def row_literal(cells: Sequence[Cell]) -> str:
    """A statutory row as an array on one line."""
    return "[" + ", ".join(cell_literal(cell) for cell in cells) + "]"


def _commented(start: str, comment: str) -> str:
    return f"{start:<29} # {comment}" if comment else start


def _header(report: Report) -> Iterator[str]:
    header, edition = report.header, report.edition
    yield "[report]"
    yield _commented(f"edition = {string_literal(edition.id)}", edition.notice)
    yield f"agency = {string_literal(header.agency)}"
    yield _commented(f"kind = {string_literal(header.kind)}", KIND_COMMENT)
    yield f"year = {header.year}"
    if header.title:
        yield f"title = {string_literal(header.title)}"
    if header.published is not None:
        yield f"published = {header.published.isoformat()}"
    if header.preface:
        yield f"preface = {prose_literal(header.preface)}"
    if header.carried:
        yield from carried_lines(header.carried)


def carried_lines(marks: Sequence[str]) -> Iterator[str]:
    """The list of paragraphs taken over from last year, one line each, so that confirming one changes one line."""
    yield "carried = ["
    for mark in marks:
        yield f"  {string_literal(mark)},"
    yield "]"


def waiver_lines(waivers: Sequence[Waiver]) -> Iterator[str]:
    """The table of findings that are right as they stand."""
    yield WAIVERS_HEAD
    for waiver in waivers:
        yield waiver_line(waiver)


def waiver_line(waiver: Waiver) -> str:
    """One waived finding with the reason."""
    return f"{string_literal(waiver.key)} = {string_literal(waiver.reason)}"


def _section(report: Report, section: Section) -> Iterator[str]:
    yield _commented(f"[{section.id}]", section.title)
    yield f"text = {prose_literal(report.text(section.id))}"
    if section.table is not None:
        yield from _table(report, section.table)


def _table(report: Report, table: Table) -> Iterator[str]:
    edition = report.edition
    rows = [row for _, row in table.rows()]
    key_width = max(len(row.id) for row in rows)
    arrays = {row.id: row_literal([report.cells[position] for position in edition.row_cells[table.section, row.id]]) for row in rows}
    array_width = max(text_width(array) for array in arrays.values())
    for block in table.blocks:
        yield f"# {block_comment(block)}"
        for row in block.rows:
            array = arrays[row.id]
            padding = " " * (array_width - text_width(array))
            yield f"{row.id:<{key_width}} = {array}{padding}   # {row_comment(block, row)}"


def block_comment(block: Block) -> str:
    """The comment over a block: its caption and its columns in order."""
    columns = "、".join(column.path[-1] for column in block.columns)
    return f"{block.caption}：{columns}" if block.caption else columns


def row_comment(block: Block, row: Row) -> str:
    """The comment behind a row: its official label, with the group where it stands in one."""
    if block.across:
        return row.name
    return "".join(row.path[1:]) if len(row.path) > 1 else row.path[0]
