"""TOML literals for the values of a report, for new documents and edits.

Prose is written with one line per paragraph, for readers and `git diff`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ...core.cell_notation import format_cell
from ...core.lazy_regex import lazy_pattern
from ...core.report import Cell, Mark, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONTROL = lazy_pattern(r"[\x00-\x08\x0b-\x1f\x7f]")


def string_literal(text: str) -> str:
    """Return a string on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04X}", escaped) + '"'


def prose_literal(text: str) -> str:
    """Return a text in triple quotes, one line per paragraph, starting on a line of its own."""
    if not text:
        return '""'
    escaped = _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04X}", text.replace("\\", "\\\\"))
    inner = escaped.rstrip('"')
    closing = '\\"' * (len(escaped) - len(inner))  # quotes at the end would merge with the closing ones
    return '"""\n' + inner.replace('"""', '""\\"') + closing + '"""'


def cell_literal(value: Cell) -> str:
    """Return a cell in the notation of the file."""
    if isinstance(value, Mark | Text):
        return string_literal(format_cell(value))
    if isinstance(value, Decimal):
        written = format_cell(value)
        return written if "." in written else f"{written}.0"
    return str(value)


def row_literal(cells: Sequence[Cell]) -> str:
    """Return a statutory row as an array on one line."""
    return "[" + ", ".join(cell_literal(cell) for cell in cells) + "]"


def marks_literal(marks: Sequence[str]) -> str:
    """Return the marks of carried paragraphs as an array, one per line, so that confirming one changes one line."""
    return "[\n" + "".join(f"  {string_literal(mark)},\n" for mark in marks) + "]"
