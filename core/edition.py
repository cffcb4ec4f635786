"""An edition of the official form as data: sections, tables with every merged header cell, and identities.

A statutory table is a stack of blocks. A block is rows times columns, and every row and column has a path of official labels
(三、本年度办理结果 → （三）不予公开 → 1.属于国家秘密). Merged cells follow from common prefixes of these paths.
No code outside the edition's file knows the number of rows of a table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from .ids import Address, ColumnId, RowId, SectionId

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class CellKind(StrEnum):
    """Type of values that a cell takes."""

    COUNT = "count"
    """Non-negative integer: a number of documents, decisions or requests."""
    CHANGE = "change"
    """Signed integer: 本年增/减 of the 2019 form."""
    AMOUNT = "amount"
    """Non-negative amount in 万元, stored as a decimal."""
    MONEY = "money"
    """Amount for which the form prints no unit: a number is in 万元, and an amount with a printed unit is kept as text (`251000元`)."""


class Column(NamedTuple):
    """A column of a block."""

    id: ColumnId
    path: tuple[str, ...]
    """Official header labels, outermost first."""
    name: str
    """Name in messages."""
    kind: CellKind = CellKind.COUNT
    unit: str = ""
    aliases: tuple[str, ...] = ()
    """Other headers found in published reports."""


class Row(NamedTuple):
    """A row of a block."""

    id: RowId
    path: tuple[str, ...]
    """Official row labels, outermost group first."""
    name: str
    """Name in messages."""
    aliases: tuple[str, ...] = ()
    """Other labels found in published reports."""


class Block(NamedTuple):
    """Rows with common columns. Table 二 is a stack of blocks; tables 三 and 四 are one block each."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    caption: str = ""
    """Line across the whole width: 第二十条第（一）项."""
    corner: str = ""
    """Label above the row labels: 信息内容, or the sentence stating the 勾稽关系."""
    across: bool = False
    """Whether the rows are printed side by side on one line, as in table 四."""


TABLE_NAME: Final = "表{numeral}"
"""Name of a table, by the numeral of its section."""


class Table(NamedTuple):
    """The statutory table of a section."""

    section: SectionId
    name: str
    """Name in messages: 表三."""
    blocks: tuple[Block, ...]

    def rows(self) -> Iterator[tuple[Block, Row]]:
        """Yield every row with its block, in the order of the form."""
        for block in self.blocks:
            for row in block.rows:
                yield block, row


class Topic(NamedTuple):
    """A topic that the prose of a section must cover."""

    name: str
    words: tuple[str, ...]
    """Any one of these words counts as covering the topic."""
    kinds: tuple[str, ...] = ()
    """Kinds of report that must cover it; empty for all."""
    code: str = ""
    """Rule reported when the topic is missing; empty for the general rule about topics."""


class Section(NamedTuple):
    """A numbered section of the report."""

    id: SectionId
    numeral: str
    heading: str
    table: Table | None = None
    text_required: bool = True
    """Whether the section must have prose; a section with a table needs none."""
    aliases: tuple[str, ...] = ()
    """Other headings found in published reports."""
    topics: tuple[Topic, ...] = ()
    hint_length: int = 0
    """Length in characters that some provinces ask not to exceed; 0 for no limit."""
    remedies: bool = False
    """Whether the section names problems and must state improvements for them."""

    @property
    def title(self) -> str:
        """Official heading with its numeral."""
        return f"{self.numeral}、{self.heading}"


class Relation(StrEnum):
    """Relation between the two sides of an equation."""

    EQUAL = "="
    AT_LEAST = ">="
    """The left side is greater than or equal to the right side."""
    DIFFERENT = "!="
    """The sides count different things, so equal non-zero numbers suggest a mix-up."""


Wording = tuple[tuple[str, str], ...]
"""Pairs of message variant and pattern; `message` is the variant used by default."""


@dataclass(frozen=True, slots=True)
class Equation:
    """A linear identity over cells of one report: the sum of `left` is in `relation` to the sum of `right`.

    Sides hold indices into `Report.cells`. `total` is the cell that the form defines as the sum of the other side, or None.
    """

    code: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    relation: Relation = Relation.EQUAL
    total: int | None = None
    place: str = ""
    """Official name of the row or column it applies to."""
    wording: Wording = ()
    """Messages in the form's own words, instead of the rule's; empty if the cells' labels are enough."""
    cells: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Set `cells` to the cells of both sides, left side first."""
        object.__setattr__(self, "cells", self.left + self.right)

    @property
    def addends(self) -> tuple[int, ...]:
        """Cells whose sum is the total; empty if the identity defines no total."""
        if self.total is None:
            return ()
        return self.left if self.right == (self.total,) else self.right


class ChainTerm(NamedTuple):
    """A cell of this year's report, or of last year's if `previous`."""

    address: Address
    previous: bool


class Chain(NamedTuple):
    """An identity between this year's report and last year's (上年结转 = last year's 结转下年度).

    Terms are addresses, not indices: last year's report may be of another edition and lack the cell.
    """

    code: str
    left: tuple[ChainTerm, ...]
    right: tuple[ChainTerm, ...]
    relation: Relation
    place: str
    wording: Wording = ()
    """As `Equation.wording`."""


class Quantity(NamedTuple):
    """A quantity that prose names with one word, as cells of the form: 不予公开 is eight rows; 审结 is 总计 minus 尚未审结."""

    name: str
    """Name in messages, in the form's words."""
    cells: tuple[int, ...]
    less: tuple[int, ...] = ()
    """Cells that are subtracted."""


class CellInfo(NamedTuple):
    """A cell's place in the form: its table, block, row and column."""

    address: Address
    table: Table
    block: Block
    row: Row
    column: Column

    @property
    def kind(self) -> CellKind:
        """Type of value."""
        return self.column.kind

    @property
    def name(self) -> str:
        """Official labels as messages give them: `表三“（一）予以公开”自然人`."""
        return f"{self.table.name}“{self.row.name}”{self.column.name}"


@dataclass(frozen=True)
class Edition:
    """One complete edition of the form.

    Equality is by content: an edition loaded twice is equal to itself, an edition changed by a policy differs from the original.
    Compare with `==`; `is` depends on what a cache still holds.
    """

    id: str
    first_year: int
    last_year: int | None
    """Last report year it applies to; None while it is in force."""
    notice: str
    """Document that prescribes the form."""
    title: str
    """Pattern of the title, with `{agency}` and `{year}`."""
    sections: tuple[Section, ...]
    addresses: tuple[Address, ...]
    equations: tuple[Equation, ...]
    chains: tuple[Chain, ...]
    deadlines: Mapping[str, tuple[int, int]]
    """Kind of report → (month, day) of the following year by which it must be published."""
    period: tuple[tuple[int, int], tuple[int, int]] = ((1, 1), (12, 31))
    """First and last (month, day) of the statistics period."""
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    """`section.group.column` → a quantity that is not a single cell."""
    readings: Mapping[str, tuple[Quantity, ...]] = field(default_factory=dict)
    """Quantity → other ways in which agencies are known to count it in prose."""
    settings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Named groups of addresses or words used by individual checks."""

    def __hash__(self) -> int:
        """Hash the id only: caches are keyed by edition, so it must be cheap. Two editions of one id are rare and `==` separates them."""
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
        """Place of every cell in the form, in the order of `addresses`."""
        return tuple(
            CellInfo(Address(table.section, row.id, column.id), table, block, row, column)
            for table in self.tables
            for block, row in table.rows()
            for column in block.columns
        )

    @cached_property
    def kinds(self) -> tuple[CellKind, ...]:
        """Type of every cell, in the order of `addresses`."""
        return tuple(info.kind for info in self.cells)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Statutory tables, in the order of the form."""
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
        """Position of a cell → identities it occurs in."""
        found: dict[int, list[Equation]] = {}
        for equation in self.equations:
            for position in equation.cells:
                found.setdefault(position, []).append(equation)
        return {position: tuple(equations) for position, equations in found.items()}

    def quantity(self, name: str) -> Quantity | None:
        """Return a quantity by the name used in prose facts: the address of a cell or group. None if the form does not count it."""
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
        """Return the section with this id; raise KeyError if there is none."""
        return self.sections[self.section_index[section]]

    def info(self, address: Address) -> CellInfo:
        """Return the place of a cell in the form; raise KeyError if there is no such cell."""
        return self.cells[self.index[address]]

    def covers(self, year: int) -> bool:
        """Return whether reports for this year use this edition."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def title_of(self, agency: str, year: int) -> str:
        """Return the official title for an agency and a year."""
        return self.title.replace("{agency}", agency).replace("{year}", str(year))
