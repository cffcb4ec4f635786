"""Result of an import and its notes. Notes hold codes and places; front ends supply the sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..report import Report


class Code(StrEnum):
    """Kind of an import note."""

    COUNT = "count"
    """A row's label was found, but the number of values differs from the number of columns."""
    AMBIGUOUS = "ambiguous"
    """The values fit the columns in more than one way."""
    CONTRADICTION = "contradiction"
    """The row occurs more than once, with different values."""
    UNREADABLE = "unreadable"
    """The text of the cell is not a value."""
    OTHER_UNIT = "other_unit"
    """The header gives a unit other than the form's."""
    ABSENT_ROW = "absent_row"
    """The document lacks the row."""
    ABSENT_TABLE = "absent_table"
    """The document lacks the whole table, or has it as an image."""
    IDENTITY = "identity"
    """Of several readings, the only one that satisfies the identities was taken."""
    GLUED = "glued"
    """A run of digits was split into one digit per column."""
    GAPS = "gaps"
    """Empty cells were inferred from empty lines."""
    LABEL_LOST = "label_lost"
    """The row's label is missing; the row was identified by its position."""
    GROUP_IN_ORDER = "group_in_order"
    """The labels inside a group are missing; its rows were read in the order of the form."""
    COLUMNS_BY_NAME = "columns_by_name"
    """Values were assigned to columns by the columns' names."""
    NORMALISED = "normalised"
    """A value was not in the notation of the report file: full-width digits, separators, units, signs."""
    EXTRA_ROW = "extra_row"
    """A row that is not in the form."""
    COPIES = "copies"
    """The document has several years side by side; one was taken."""
    EDITION_YEAR = "edition_year"
    """The tables are of an edition that is not in force for the year."""
    EDITION_NOTICE = "edition_notice"
    """The text cites the notice of an edition other than that of its tables."""
    EDITION_GUESSED = "edition_guessed"
    """The labels of the tables do not determine the edition."""
    HEADING_BY_NUMBER = "heading_by_number"
    """A heading's wording differs from the form's; it was identified by its numeral and position."""
    DROPPED = "dropped"
    """A line was left out as part of the web page or of another table."""
    IMAGE = "image"
    """A heading is repeated in place of a table: the alternative text of an image."""
    PINYIN = "pinyin"
    """Pronunciation notes of a converter were removed."""
    RADICALS = "radicals"
    """Radicals in place of characters were replaced."""
    SIGNATURE = "signature"
    """Agency and date at the end were moved to the header."""
    ENCODING = "encoding"
    """Some characters could not be decoded."""
    SIMPLIFIED = "simplified"
    """The prose was converted to simplified characters."""
    REFUSED = "refused"
    """A part of the source was not read: nested too deeply, too large, or active content."""


@dataclass(frozen=True, slots=True)
class ImportNote:
    """A note on an import."""

    code: Code
    line: int = 0
    """Line of the source, from 1; 0 if the note concerns the whole document."""
    places: tuple[str, ...] = ()
    """Addresses of tables, rows or cells."""
    text: str = ""
    """Text of the source at that place."""


@dataclass(frozen=True, slots=True)
class Imported:
    """Result of an import."""

    report: Report
    unrecoverable: tuple[str, ...]
    """Addresses of tables, rows and cells that are blank in the report but not known to be blank in the source."""
    notes: tuple[ImportNote, ...]
    read: int
    """Number of cells read, including those printed blank."""
    lines: tuple[tuple[int, str], ...] = ()
    """Lines of the source as (number, text), to be shown beside the report."""
    years: tuple[int, ...] = ()
    """Years printed side by side in the source; empty for a single report."""

    @property
    def whole(self) -> bool:
        """Whether nothing was lost."""
        return not self.unrecoverable

    @property
    def usable(self) -> bool:
        """Whether anything was recognised."""
        header = self.report.header
        return bool(self.read or any(self.report.texts) or (header.preface and header.agency and header.year))
