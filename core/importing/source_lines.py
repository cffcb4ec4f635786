"""Common form of every source: lines of text, with rows of cells where the source has tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table that is marked up as such in the source."""

    text: str
    span: int = 1
    """Number of columns that it spans."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a document."""

    number: int
    """Line number in the source, from 1."""
    text: str
    """The line's text; for a row of a table its cells joined by bars."""
    cells: tuple[GridCell, ...] | None = None
    """The cells of a table row, or None for a line of text."""
    cut: bool = False
    """Whether the document may break off in the last cell."""


def row_line(number: int, cells: tuple[GridCell, ...], *, cut: bool = False) -> SourceLine:
    """Return the line for a table row."""
    return SourceLine(number, " | ".join(cell.text for cell in cells), cells, cut)


def text_lines(text: str) -> tuple[SourceLine, ...]:
    """Split a plain text into lines."""
    return tuple(SourceLine(number, line) for number, line in enumerate(text.split("\n"), 1))
