"""The report model: a header, one text per section, and a flat tuple of cell values in the edition's order.

Reports are immutable. A method that changes one returns a new report that shares every part it did not touch, so that the screen can
compare parts with `is`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date  # noqa: TC003 - dataclass fields are read at run time by strategies
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .edition import Edition
    from .ids import Address, SectionId


class Mark(Enum):
    """Contents of a cell without a value. The enum's value is its spelling in the report file."""

    BLANK = ""
    """Not filled in: neither zero nor an answer."""
    NA = "/"
    """Not applicable; published as `/`, `-` or `无`."""


BLANK = Mark.BLANK
NA = Mark.NA


@dataclass(frozen=True, slots=True)
class Text:
    """Verbatim text in a cell: an amount with its printed unit, or something that is not a number."""

    raw: str


Cell = int | Decimal | Mark | Text


class Waiver(NamedTuple):
    """A finding that was reviewed and accepted: its key (see `core.checks.waivers`) and the reason."""

    key: str
    reason: str


class Header(NamedTuple):
    """The `[report]` table of the file: whose report it is, and for which year."""

    agency: str = ""
    """Full name of the agency, as on its seal."""
    kind: str = ""
    """`government` (各级人民政府) or `department` (政府部门); 条例第五十条 requires more of a government."""
    year: int = 0
    """Year reported on, not the year of publication; 0 if not given."""
    title: str = ""
    """Printed title, if it differs from the form's."""
    published: date | None = None
    """Date of publication."""
    preface: str = ""
    """Prose before section 一."""
    carried: tuple[str, ...] = ()
    """Marks (`paragraph_mark`) of paragraphs carried over from last year and not yet edited or confirmed."""
    waivers: tuple[Waiver, ...] = ()
    """The `[waivers]` table of the file, sorted by key; keys are unique."""


@dataclass(frozen=True, slots=True)
class Report:
    """One agency's report for one year.

    `texts` has one string per section of `edition.sections`, with paragraphs separated by line feeds.
    `cells` has one value per address of `edition.addresses`, in that order.
    """

    edition: Edition
    header: Header
    texts: tuple[str, ...]
    cells: tuple[Cell, ...] = field(repr=False)

    def cell(self, address: Address) -> Cell:
        """Return the value at an address; raise KeyError if the edition has no such cell."""
        return self.cells[self.edition.index[address]]

    def text(self, section: SectionId) -> str:
        """Return the prose of a section; raise KeyError if the edition has no such section."""
        return self.texts[self.edition.section_index[section]]

    def with_cells(self, values: Mapping[int, Cell]) -> Report:
        """Return the report with new values at these indices, or the same object if nothing differs."""
        cells = list(self.cells)
        changed = False
        for index, value in values.items():
            if not same_cell(cells[index], value):
                cells[index] = value
                changed = True
        return replace(self, cells=tuple(cells)) if changed else self

    def with_cell(self, address: Address, value: Cell) -> Report:
        """Return the report with a new value at one address."""
        return self.with_cells({self.edition.index[address]: value})

    def with_text(self, section: SectionId, text: str) -> Report:
        """Return the report with a new text in one section."""
        position = self.edition.section_index[section]
        if self.texts[position] == text:
            return self
        return replace(self, texts=(*self.texts[:position], text, *self.texts[position + 1 :]))

    def with_header(self, header: Header) -> Report:
        """Return the report with a new header."""
        return self if header == self.header else replace(self, header=header)


def blank_report(edition: Edition, header: Header) -> Report:
    """Return a report with nothing filled in."""
    return Report(edition, header, ("",) * len(edition.sections), (BLANK,) * len(edition.addresses))


def same_cell(one: Cell, other: Cell) -> bool:
    """Return whether two cells are written alike. 3 and 3.0 are not, although they are equal as numbers."""
    if isinstance(one, Decimal) or isinstance(other, Decimal):
        return isinstance(one, Decimal) and isinstance(other, Decimal) and str(one) == str(other)
    return one == other


def is_number(value: Cell) -> bool:
    """Return whether a cell holds a number of any type and sign."""
    return isinstance(value, int | Decimal)


def paragraphs(text: str) -> list[str]:
    """Split a text into paragraphs, stripped of surrounding white space, without the empty ones."""
    return [stripped for line in text.split("\n") if (stripped := line.strip())]


def squeeze(text: str) -> str:
    """Remove all white space, for comparing texts that look the same."""
    return "".join(text.split())


def in_key_order(waivers: Iterable[Waiver]) -> tuple[Waiver, ...]:
    """Sort waivers by key, the order a header holds them in. Their order in the file has no meaning."""
    return tuple(sorted(waivers, key=lambda waiver: waiver.key))


def all_texts(report: Report) -> Iterable[str]:
    """Yield the preface and the prose of every section, in reading order."""
    yield report.header.preface
    yield from report.texts
