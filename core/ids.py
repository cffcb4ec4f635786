"""Names of sections, rows, columns and cells."""

from __future__ import annotations

from typing import NamedTuple, NewType

SectionId = NewType("SectionId", str)
RowId = NewType("RowId", str)
ColumnId = NewType("ColumnId", str)

PREFACE = SectionId("preface")
"""The name under which findings and text commands reach the preface; no edition has a section of this name."""


class Address(NamedTuple):
    """Where a cell stands: `section.row.column`, the name that files, scripts and messages share."""

    section: SectionId
    row: RowId
    column: ColumnId

    def __str__(self) -> str:
        return f"{self.section}.{self.row}.{self.column}"


def parse_address(text: str) -> Address:
    """Read `section.row.column`; raises ValueError where it is not three names."""
    parts = text.split(".")
    if len(parts) != 3 or not all(parts):  # noqa: PLR2004 - the three names of an address
        raise ValueError(text)
    return Address(SectionId(parts[0]), RowId(parts[1]), ColumnId(parts[2]))
