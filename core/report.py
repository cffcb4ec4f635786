"""What a report is: a header, one text a section, and a flat row of cell values in the order of its edition.

A report is a frozen value. Everything that changes one returns a new one that shares all it did not touch, so that a screen may
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
    """What a cell says where it holds no value; the enum's value is how the report file writes it."""

    BLANK = ""
    """Not filled in: neither zero nor an answer."""
    NA = "/"
    """Not applicable, published as `/`, `-` or `无`."""


BLANK = Mark.BLANK
NA = Mark.NA


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a cell, as they stood: an amount with its printed unit, or something that is no number at all."""

    raw: str


Cell = int | Decimal | Mark | Text


class Waiver(NamedTuple):
    """A finding that was looked at and is right as it stands: the key that names it (`core.waivers`), and why."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Header:
    """Whose report it is and for which year: the `[report]` table of the file."""

    agency: str = ""
    """The agency's full name, as on its seal."""
    kind: str = ""
    """`government` (各级人民政府) or `department` (政府部门); 条例第五十条 asks more of the first."""
    year: int = 0
    """The year reported on (not the year of publication); 0 where none is given."""
    title: str = ""
    """The printed title, where it is not the form's own."""
    published: date | None = None
    """The day of publication."""
    preface: str = ""
    """The prose before section 一."""
    carried: tuple[str, ...] = ()
    """Marks (`paragraph_mark`) of paragraphs taken over from last year and not yet edited or confirmed."""
    waivers: tuple[Waiver, ...] = ()
    """The `[waivers]` table of the file, by key, each key once."""


@dataclass(frozen=True, slots=True)
class Report:
    """One agency's report for one year.

    `texts` has one string for each section of `edition.sections`, paragraphs separated by a line feed.
    `cells` has one value for each address of `edition.addresses`, in that order.
    """

    edition: Edition
    header: Header
    texts: tuple[str, ...]
    cells: tuple[Cell, ...] = field(repr=False)

    def cell(self, address: Address) -> Cell:
        """The value at an address; raises KeyError where the edition has no such cell."""
        return self.cells[self.edition.index[address]]

    def text(self, section: SectionId) -> str:
        """The prose of a section; raises KeyError where the edition has no such section."""
        return self.texts[self.edition.section_index[section]]

    def with_cells(self, values: Mapping[int, Cell]) -> Report:
        """The report with other values at these indices; the same object where nothing differs."""
        cells = list(self.cells)
        changed = False
        for index, value in values.items():
            if not same_cell(cells[index], value):
                cells[index] = value
                changed = True
        return replace(self, cells=tuple(cells)) if changed else self

    def with_cell(self, address: Address, value: Cell) -> Report:
        """The report with another value at one address."""
        return self.with_cells({self.edition.index[address]: value})

    def with_text(self, section: SectionId, text: str) -> Report:
        """The report with another text in one section."""
        position = self.edition.section_index[section]
        if self.texts[position] == text:
            return self
        return replace(self, texts=(*self.texts[:position], text, *self.texts[position + 1 :]))

    def with_header(self, header: Header) -> Report:
        """The report under another header."""
        return self if header == self.header else replace(self, header=header)


def blank_report(edition: Edition, header: Header) -> Report:
    """A report in which nothing is filled in yet."""
    return Report(edition, header, ("",) * len(edition.sections), (BLANK,) * len(edition.addresses))


def same_cell(one: Cell, other: Cell) -> bool:
    """Whether two cells would be written alike: 3 and 3.0 are not, although they are equal as numbers."""
    if isinstance(one, Decimal) or isinstance(other, Decimal):
        return isinstance(one, Decimal) and isinstance(other, Decimal) and str(one) == str(other)
    return one == other


def is_number(value: Cell) -> bool:
    """Whether a cell holds a number, of whatever kind and sign."""
    return isinstance(value, int | Decimal)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text without the empty ones and without white space around them."""
    return [stripped for line in text.split("\n") if (stripped := line.strip())]


def squeeze(text: str) -> str:
    """A text without any white space, for comparing what the eye takes as the same."""
    return "".join(text.split())


def in_key_order(waivers: Iterable[Waiver]) -> tuple[Waiver, ...]:
    """Waivers as a header holds them: their order in the file means nothing."""
    return tuple(sorted(waivers, key=lambda waiver: waiver.key))


def all_texts(report: Report) -> Iterable[str]:
    """The preface and every section's prose, in the order in which they are read."""
    yield report.header.preface
    yield from report.texts
