"""What every source is turned into first: lines of text, and rows of cells where the source has tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table that the source marks as one."""

    text: str
    span: int = 1
    """Columns that it takes."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a document."""

    number: int
    """Where it stands in the source, from 1."""
    text: str
    """What it says; for a row of a table its cells with bars between them."""
    cells: tuple[GridCell, ...] | None = None
    """The cells of a table's row, None for a line of text."""
    cut: bool = False
    """Whether the document may break off in the last of the cells."""


def row_line(number: int, cells: tuple[GridCell, ...], *, cut: bool = False) -> SourceLine:
    """A row of a table."""
    return SourceLine(number, " | ".join(cell.text for cell in cells), cells, cut)


def text_lines(text: str) -> tuple[SourceLine, ...]:
    """The lines of a plain text."""
    return tuple(SourceLine(number, line) for number, line in enumerate(text.split("\n"), 1))
