"""An edition of the official form, as data: sections, tables with every merged header cell, and the identities.

A statutory table is a stack of blocks. A block is rows times columns, and each row and column has a path of official labels
(三、本年度办理结果 → （三）不予公开 → 1.属于国家秘密); the merged cells of the form follow from shared beginnings of these paths.
Nothing outside the edition's file knows how many rows a table has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from .ids import Address, ColumnId, RowId, SectionId

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class CellKind(StrEnum):
    """What a cell takes."""

    COUNT = "count"
    """A whole number of documents, decisions or requests, not negative."""
    CHANGE = "change"
    """A signed whole number: 本年增/减 of the 2019 form."""
    AMOUNT = "amount"
    """An amount in 万元, not negative; kept as a decimal."""
    MONEY = "money"
    """An amount whose unit the form does not print: a number is 万元, and a printed unit is kept as text (`251000元`)."""


class Column(NamedTuple):
    """A column of a block."""

    id: ColumnId
    path: tuple[str, ...]
    """The official header labels from the outermost to the column's own."""
    name: str
    """How messages call it."""
    kind: CellKind = CellKind.COUNT
    unit: str = ""
    aliases: tuple[str, ...] = ()
    """Other headers met in published reports."""


class Row(NamedTuple):
    """A row of a block."""

    id: RowId
    path: tuple[str, ...]
    """The official row labels from the outermost group to the row's own."""
    name: str
    """How messages call it."""
    aliases: tuple[str, ...] = ()
    """Other labels met in published reports."""


class Block(NamedTuple):
    """Rows that share their columns: table 二 is a stack of them, tables 三 and 四 are one each."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    caption: str = ""
    """A line over the whole width: 第二十条第（一）项."""
    corner: str = ""
    """The label over the row labels: 信息内容, or the sentence of 勾稽关系."""
    across: bool = False
    """Whether the rows stand side by side in one printed line, as in table 四."""


class Table(NamedTuple):
    """A statutory table of one section."""

    section: SectionId
    name: str
    """How messages call it: 表三."""
    blocks: tuple[Block, ...]

    def rows(self) -> Iterator[tuple[Block, Row]]:
        """Every row with its block, in the order of the form."""
        for block in self.blocks:
            for row in block.rows:
                yield block, row


class Topic(NamedTuple):
    """Something that a section's prose has to speak of."""

    name: str
    words: tuple[str, ...]
    """Any one of these words counts as speaking of it."""
    kinds: tuple[str, ...] = ()
    """The kinds of report it is asked of; empty means all."""
    code: str = ""
    """The rule reported when the topic is missing; empty for the rule about topics in general."""


@dataclass(frozen=True, slots=True)
class Section:
    """One of the numbered parts of the report."""

    id: SectionId
    numeral: str
    heading: str
    table: Table | None = None
    text_required: bool = True
    """Whether the section must have prose of its own (those with a table need none)."""
    aliases: tuple[str, ...] = ()
    """Other headings met in published reports."""
    topics: tuple[Topic, ...] = ()
    hint_length: int = 0
    """A length in characters that some provinces ask not to pass; 0 where there is none."""
    remedies: bool = False
    """Whether the section names problems and has to answer them with improvements."""

    @property
    def title(self) -> str:
        """The official heading with its numeral."""
        return f"{self.numeral}、{self.heading}"


class Relation(StrEnum):
    """What must hold between the two sides of an equation."""

    EQUAL = "="
    AT_LEAST = ">="
    """The left side is at least the right side."""
    DIFFERENT = "!="
    """The two sides are different things, and equal numbers (other than zero) tell of a mix-up."""


Wording = tuple[tuple[str, str], ...]
"""Variants of a message (`message` is the plain one) with their patterns."""


@dataclass(frozen=True, slots=True)
class Equation:
    """A linear identity over cells of one report: the sum of `left` stands in `relation` to the sum of `right`.

    Indices point into `Report.cells`. `total` is the cell that the form defines as the sum of the other side, None where the
    identity defines none.
    """

    code: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    relation: Relation = Relation.EQUAL
    total: int | None = None
    place: str = ""
    """The row or column it is about, by its official name."""
    wording: Wording = ()
    """Messages in the form's own words, in place of the rule's; empty where the cells' labels serve."""
    cells: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """All cells it touches, left side first."""
        object.__setattr__(self, "cells", self.left + self.right)

    @property
    def addends(self) -> tuple[int, ...]:
        """The cells whose sum the total is; empty where the identity defines no total."""
        if self.total is None:
            return ()
        return self.left if self.right == (self.total,) else self.right


class ChainTerm(NamedTuple):
    """A cell of this year's or of last year's report."""

    address: Address
    previous: bool


class Chain(NamedTuple):
    """An identity between this year's report and last year's (上年结转 = last year's 结转下年度).

    By address, since last year's report may be of another edition and lack the cell.
    """

    code: str
    left: tuple[ChainTerm, ...]
    right: tuple[ChainTerm, ...]
    relation: Relation
    place: str
    wording: Wording = ()
    """As that of an equation."""


class Quantity(NamedTuple):
    """Something that prose counts by one word, as cells of the form: 不予公开 is eight rows, 审结 is 总计 less 尚未审结."""

    name: str
    """How messages call it, by the form's words."""
    cells: tuple[int, ...]
    less: tuple[int, ...] = ()
    """Cells that are taken off again."""


class CellInfo(NamedTuple):
    """What the form says of one cell."""

    address: Address
    table: Table
    block: Block
    row: Row
    column: Column

    @property
    def kind(self) -> CellKind:
        """What the cell takes."""
        return self.column.kind

    @property
    def name(self) -> str:
        """The cell by its official labels, as messages say it: `“（一）予以公开”自然人`."""
        return f"{self.table.name}“{self.row.name}”{self.column.name}"

    @property
    def full_label(self) -> str:
        """Every official label that stands over and beside the cell."""
        return " ".join(part for part in (self.block.caption, *self.row.path, *self.column.path) if part)


@dataclass(frozen=True)
class Edition:
    """One edition of the form, complete.

    Equality is by content: an edition read twice is one edition, one that a policy has changed is another. Compare with `==`;
    `is` depends on what a cache still holds.
    """

    id: str
    first_year: int
    last_year: int | None
    """The last report year it is for; None while it is in force."""
    notice: str
    """The document that prescribes it."""
    title: str
    """The title's pattern, with `{agency}` and `{year}`."""
    sections: tuple[Section, ...]
    addresses: tuple[Address, ...]
    equations: tuple[Equation, ...]
    chains: tuple[Chain, ...]
    deadlines: Mapping[str, tuple[int, int]]
    """Kind of report → (month, day) of the following year by which it is published."""
    period: tuple[tuple[int, int], tuple[int, int]] = ((1, 1), (12, 31))
    """First and last (month, day) of the statistics."""
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    """`section.group.column` → a quantity that is no single cell."""
    readings: Mapping[str, tuple[Quantity, ...]] = field(default_factory=dict)
    """Quantity → other ways in which offices are known to count it in their prose."""
    settings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Named groups of addresses or words that single checks ask for."""

    def __hash__(self) -> int:
        """Constant time, as caches are keyed by editions. Different editions of one id are rare, and told apart by `==`."""
        return hash(self.id)

    @cached_property
    def index(self) -> dict[Address, int]:
        """Address → position in `Report.cells`."""
        return {address: position for position, address in enumerate(self.addresses)}

    @cached_property
    def section_index(self) -> dict[SectionId, int]:
        """Section → position in `Report.texts`."""
        return {section.id: position for position, section in enumerate(self.sections)}

    @cached_property
    def cells(self) -> tuple[CellInfo, ...]:
        """What the form says of each cell, in the order of `addresses`."""
        return tuple(
            CellInfo(Address(table.section, row.id, column.id), table, block, row, column)
            for table in self.tables
            for block, row in table.rows()
            for column in block.columns
        )

    @cached_property
    def kinds(self) -> tuple[CellKind, ...]:
        """What each cell takes, in the order of `addresses`."""
        return tuple(info.kind for info in self.cells)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The statutory tables in the order of the form."""
        return tuple(section.table for section in self.sections if section.table is not None)

    @cached_property
    def row_cells(self) -> dict[tuple[SectionId, RowId], tuple[int, ...]]:
        """(section, row) → positions of its cells, in the order of the form."""
        found: dict[tuple[SectionId, RowId], list[int]] = {}
        for position, address in enumerate(self.addresses):
            found.setdefault((address.section, address.row), []).append(position)
        return {key: tuple(positions) for key, positions in found.items()}

    @cached_property
    def equations_of(self) -> dict[int, tuple[Equation, ...]]:
        """Cell → the identities it stands in."""
        found: dict[int, list[Equation]] = {}
        for equation in self.equations:
            for position in equation.cells:
                found.setdefault(position, []).append(equation)
        return {position: tuple(equations) for position, equations in found.items()}

    def quantity(self, name: str) -> Quantity | None:
        """A quantity by the name that prose facts use: a cell's address or a group; None where the form does not count it."""
        found = self.quantities.get(name)
        if found is not None:
            return found
        position = self.index_by_name.get(name)
        return None if position is None else Quantity(self.cells[position].name, (position,))

    @cached_property
    def index_by_name(self) -> dict[str, int]:
        """`section.row.column` → position in `Report.cells`."""
        return {str(address): position for position, address in enumerate(self.addresses)}

    def section(self, section: SectionId) -> Section:
        """The section of this id; raises KeyError."""
        return self.sections[self.section_index[section]]

    def info(self, address: Address) -> CellInfo:
        """What the form says of the cell; raises KeyError."""
        return self.cells[self.index[address]]

    def covers(self, year: int) -> bool:
        """Whether reports for this year are written in this edition."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def title_of(self, agency: str, year: int) -> str:
        """The official title."""
        return self.title.replace("{agency}", agency).replace("{year}", str(year))
