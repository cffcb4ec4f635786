"""Identifiers of sections, rows, columns and cells."""

from __future__ import annotations

from typing import NamedTuple, NewType

SectionId = NewType("SectionId", str)
RowId = NewType("RowId", str)
ColumnId = NewType("ColumnId", str)

PREFACE = SectionId("preface")
"""The section id of the preface in findings and text commands. No edition has a section with this id."""


class Address(NamedTuple):
    """Address of a cell: `section.row.column`, as used in files, scripts and messages."""

    section: SectionId
    row: RowId
    column: ColumnId

    def __str__(self) -> str:
        return f"{self.section}.{self.row}.{self.column}"


def parse_address(text: str) -> Address:
    """Parse `section.row.column`.

    Raises:
        ValueError: The text is not three non-empty names separated by dots.
    """
    parts = text.split(".")
    if len(parts) != 3 or not all(parts):  # noqa: PLR2004 - the three names of an address
        raise ValueError(text)
    return Address(SectionId(parts[0]), RowId(parts[1]), ColumnId(parts[2]))
