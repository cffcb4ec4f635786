"""TOML literals of a report's values, as new documents and edits of existing ones write them.

Strings are written so that a paragraph is a line, which is what `git diff` and a person want to see.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ...core.cell_notation import write_cell
from ...core.lazy_regex import lazy_pattern
from ...core.report import Cell, Mark, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONTROL = lazy_pattern(r"[\x00-\x08\x0b-\x1f\x7f]")


def string_literal(text: str) -> str:
    """A string on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04X}", escaped) + '"'


def prose_literal(text: str) -> str:
    r"""A text between `\"\"\"`, a line for each paragraph, the first on a line of its own."""
    if not text:
        return '""'
    escaped = _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04X}", text.replace("\\", "\\\\"))
    inner = escaped.rstrip('"')
    closing = '\\"' * (len(escaped) - len(inner))  # quotes at the end would run together with the text's own
    return '"""\n' + inner.replace('"""', '""\\"') + closing + '"""'


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


def marks_literal(marks: Sequence[str]) -> str:
    """The paragraphs taken over from last year as an array, one line each, so that confirming one changes one line."""
    return "[\n" + "".join(f"  {string_literal(mark)},\n" for mark in marks) + "]"
