"""What an import has to say besides the report itself: codes and places; front ends have the sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..report import Report


class Code(StrEnum):
    """What a note says."""

    COUNT = "count"
    """A row's label stands there, but not as many values as it has columns."""
    AMBIGUOUS = "ambiguous"
    """The values fit the columns in more than one way."""
    CONTRADICTION = "contradiction"
    """The row stands there more than once, with different values."""
    UNREADABLE = "unreadable"
    """What stands in the cell is no value."""
    OTHER_UNIT = "other_unit"
    """The header gives another unit than the form."""
    ABSENT_ROW = "absent_row"
    """The document lacks the row."""
    ABSENT_TABLE = "absent_table"
    """The document lacks the whole table, or has it as an image."""
    IDENTITY = "identity"
    """Of several readings the one was taken that the identities allow."""
    GLUED = "glued"
    """Digits that stood together were taken one by one."""
    GAPS = "gaps"
    """Empty cells were told from empty lines."""
    LABEL_LOST = "label_lost"
    """The row's label is missing; its place says which row it is."""
    GROUP_IN_ORDER = "group_in_order"
    """The labels inside a group are missing; its rows were read in the form's order."""
    COLUMNS_BY_NAME = "columns_by_name"
    """Values were put into columns by the columns' names."""
    NORMALISED = "normalised"
    """A value was written in a way that the report file does not: full-width digits, separators, units, signs."""
    EXTRA_ROW = "extra_row"
    """A row that the form does not have."""
    COPIES = "copies"
    """Several years stand side by side; one of them was taken."""
    EDITION_YEAR = "edition_year"
    """The tables are of an edition that is not the year's."""
    EDITION_NOTICE = "edition_notice"
    """The text cites the notice of another edition than that of its tables."""
    EDITION_GUESSED = "edition_guessed"
    """Nothing in the tables says which edition it is."""
    HEADING_BY_NUMBER = "heading_by_number"
    """A heading is worded otherwise than the form's; its numeral and place decided."""
    DROPPED = "dropped"
    """A line that is the page's and not the report's was left out."""
    IMAGE = "image"
    """A heading is repeated where a table should be: the text that stands for an image."""
    PINYIN = "pinyin"
    """Pronunciation notes of a converter were left out."""
    RADICALS = "radicals"
    """Radicals that stood for characters were replaced."""
    SIGNATURE = "signature"
    """Agency and date at the end were taken into the header."""
    ENCODING = "encoding"
    """Characters could not be decoded."""
    SIMPLIFIED = "simplified"
    """The prose was converted to simplified characters."""
    REFUSED = "refused"
    """A part of the source was not read: too deep, too large, active content."""


@dataclass(frozen=True, slots=True)
class ImportNote:
    """One remark on an import."""

    code: Code
    line: int = 0
    """Line of the source, from 1; 0 where it concerns the whole."""
    places: tuple[str, ...] = ()
    """Addresses of tables, rows or cells."""
    text: str = ""
    """What stands in the source there."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a document."""

    report: Report
    unrecoverable: tuple[str, ...]
    """Addresses of tables, rows and cells that are blank in the report though nothing says that they are blank in the source."""
    notes: tuple[ImportNote, ...]
    read: int
    """Cells that were read, printed blanks among them."""
    lines: tuple[tuple[int, str], ...] = ()
    """The source's lines by number, for showing it beside the report."""
    years: tuple[int, ...] = ()
    """The years that stand side by side in the source."""

    @property
    def whole(self) -> bool:
        """Whether nothing was lost."""
        return not self.unrecoverable

    @property
    def usable(self) -> bool:
        """Whether anything was understood."""
        header = self.report.header
        return bool(self.read or any(self.report.texts) or (header.preface and header.agency and header.year))
