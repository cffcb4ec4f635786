"""Reads editions: one TOML file each, beside this module or in the folder that NIANBAO_TEMPLATES names.

Adding an edition is adding such a file. Whatever is wrong in one is said with its place in the file's own words,
since its author is a person.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ..core.edition import (
    Block,
    CellKind,
    Chain,
    ChainTerm,
    Column,
    Edition,
    Equation,
    Quantity,
    Relation,
    Row,
    Section,
    Table,
    Topic,
)
from ..core.report import Address, ColumnId, RowId, SectionId
from .toml_text import TOMLDecodeError, loads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HERE = Path(__file__).parent
OTHER_DATA = frozenset({"rules"})
"""Data files beside the editions that are none."""

PREVIOUS = "previous."

T = TypeVar("T")


class EditionError(ValueError):
    """An edition's file that cannot be used: what is wrong and where in it."""


class UnknownEditionError(LookupError):
    """There is no edition of this name, or none for this year."""


class Node(NamedTuple):
    """A table of the file with its path, so that a wrong type is reported by name."""

    data: Mapping[str, object]
    path: str

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value of a key; raises EditionError where it is missing without a default, or of another type."""
        value = self.data.get(key, default)
        if value is None:
            raise EditionError(f"{self.path}.{key}: missing")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise EditionError(f"{self.path}.{key}: expected {kind.__name__}")
        return value

    def strings(self, key: str, default: tuple[str, ...] | None = ()) -> tuple[str, ...]:
        """A list of strings as a tuple."""
        values = self.get(key, list, None if default is None else list(default))
        if not all(isinstance(value, str) for value in values):
            raise EditionError(f"{self.path}.{key}: expected a list of strings")
        return tuple(values)

    def nodes(self, key: str) -> Iterator[Node]:
        """The tables of a list."""
        for number, value in enumerate(self.get(key, list, [])):
            if not isinstance(value, dict):
                raise EditionError(f"{self.path}.{key}[{number}]: expected a table")
            yield Node(value, f"{self.path}.{key}[{number}]")


@cache
def load_edition(edition_id: str) -> Edition:
    """The edition of this name. Raises UnknownEditionError or EditionError."""
    for folder in folders():
        path = folder / f"{edition_id}.toml"
        if edition_id not in OTHER_DATA and edition_id.isalnum() and path.is_file():
            return read_edition(path)
    raise UnknownEditionError(edition_id)


def edition_ids() -> tuple[str, ...]:
    """The names of all editions, oldest first."""
    names = {path.stem for folder in folders() for path in folder.glob("*.toml") if path.stem.isalnum()}
    return tuple(sorted(name for name in names - OTHER_DATA if "first_year" in _head(name)))


def edition_for_year(year: int) -> Edition:
    """The edition in which reports for this year are written; the newest where several are. Raises UnknownEditionError."""
    fitting = [edition for edition in map(load_edition, edition_ids()) if edition.covers(year)]
    if not fitting:
        raise UnknownEditionError(str(year))
    return max(fitting, key=lambda edition: edition.first_year)


def read_edition(path: Path) -> Edition:
    """Read one edition's file. Raises EditionError."""
    try:
        data = loads(path.read_text(encoding="utf-8"))
    except (TOMLDecodeError, UnicodeDecodeError) as error:
        raise EditionError(f"{path}: {error}") from error
    return build_edition(Node(data, str(path)))


def folders() -> tuple[Path, ...]:
    """Where editions are looked for: the user's own folder first."""
    own = os.environ.get("NIANBAO_TEMPLATES", "")
    return (Path(own), HERE) if own else (HERE,)


def build_edition(node: Node) -> Edition:
    """An edition from its data. Raises EditionError."""
    sections = tuple(_section(child) for child in node.nodes("section"))
    if not sections:
        raise EditionError(f"{node.path}.section: missing")
    _all_different(f"{node.path}.section", [section.id for section in sections])
    addresses = _addresses(sections)
    equations, chains = _equations(node, sections, addresses)
    quantities = _quantities(node, sections, addresses)
    return Edition(
        id=node.get("id", str),
        first_year=node.get("first_year", int),
        last_year=node.get("last_year", int) if "last_year" in node.data else None,
        notice=node.get("notice", str, ""),
        title=node.get("title", str),
        sections=sections,
        addresses=addresses,
        equations=equations,
        chains=chains,
        deadlines=_deadlines(node),
        quantities=quantities,
        readings=_readings(node, addresses, quantities),
        settings={key: Node(node.get("settings", dict, {}), "settings").strings(key) for key in node.get("settings", dict, {})},
    )


def _head(name: str) -> str:
    """The beginning of a data file, enough to tell an edition from other data."""
    for folder in folders():
        path = folder / f"{name}.toml"
        if path.is_file():
            with path.open(encoding="utf-8", errors="replace") as stream:
                return stream.read(2000)
    return ""


def _addresses(sections: tuple[Section, ...]) -> tuple[Address, ...]:
    addresses = tuple(
        Address(section.id, row.id, column.id)
        for section in sections
        if section.table is not None
        for block, row in section.table.rows()
        for column in block.columns
    )
    _all_different("cells", [str(address) for address in addresses])
    return addresses


def _all_different(where: str, names: list[str] | list[SectionId]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise EditionError(f"{where}: {name} stands there twice")
        seen.add(name)


def _section(node: Node) -> Section:
    section_id = SectionId(node.get("id", str))
    blocks = tuple(_block(child) for child in node.nodes("block"))
    table = Table(section_id, node.get("table", str, f"表{node.get('numeral', str)}"), blocks) if blocks else None
    topics = tuple(
        Topic(child.get("name", str), child.strings("words", None), child.strings("kinds"), child.get("code", str, "C51"))
        for child in node.nodes("topics")
    )
    return Section(
        id=section_id,
        numeral=node.get("numeral", str),
        heading=node.get("heading", str),
        table=table,
        text_required=node.get("text_required", bool, table is None),
        aliases=node.strings("aliases"),
        topics=topics,
        hint_length=node.get("hint_length", int, 0),
        remedies=node.get("remedies", bool, False),
    )


def _block(node: Node) -> Block:
    columns = tuple(
        Column(
            id=ColumnId(child.get("id", str)),
            path=(path := _path(child)),
            name=child.get("name", str, path[-1]),
            kind=_kind(child),
            unit=child.get("unit", str, ""),
            aliases=child.strings("aliases"),
        )
        for child in node.nodes("columns")
    )
    rows = tuple(
        Row(
            id=RowId(child.get("id", str)),
            path=(path := _path(child)),
            name=child.get("name", str, "".join(path[1:]) if len(path) > 1 else path[0]),
            aliases=child.strings("aliases"),
        )
        for child in node.nodes("rows")
    )
    if not rows or not columns:
        raise EditionError(f"{node.path}: a block needs rows and columns")
    return Block(rows, columns, node.get("caption", str, ""), node.get("corner", str, ""), node.get("across", bool, False))


def _path(node: Node) -> tuple[str, ...]:
    path = node.strings("path") or (node.get("label", str),)
    if not all(path):
        raise EditionError(f"{node.path}: an empty label")
    return path


def _kind(node: Node) -> CellKind:
    kind = node.get("kind", str, CellKind.COUNT.value)
    try:
        return CellKind(kind)
    except ValueError:
        known = ", ".join(CellKind)
        raise EditionError(f"{node.path}.kind: {kind} is none of {known}") from None


def _quantities(node: Node, sections: tuple[Section, ...], addresses: tuple[Address, ...]) -> dict[str, Quantity]:
    """Groups of rows or columns, for each column or row of their section that has them all."""
    index = {address: position for position, address in enumerate(addresses)}
    found: dict[str, Quantity] = {}
    for child in node.nodes("quantity"):
        section, group, name = SectionId(child.get("section", str)), child.get("id", str), child.get("name", str)
        rows, columns = child.strings("rows"), child.strings("columns")
        lines = dict.fromkeys(address.column if rows else address.row for address in addresses if address.section == section)
        before = len(found)
        for line in lines:
            members = [Address(section, RowId(row), ColumnId(line)) for row in rows]
            members += [Address(section, RowId(line), ColumnId(column)) for column in columns]
            if all(member in index for member in members):
                key = f"{section}.{group}.{line}" if rows else f"{section}.{line}.{group}"
                label = _quantity_name(sections, members[0], name, by_column=bool(rows))
                found[key] = Quantity(label, tuple(index[member] for member in members))
        if len(found) == before:
            raise EditionError(f"{child.path}: no cells for {section}.{group}")
    return found


def _quantity_name(sections: tuple[Section, ...], member: Address, name: str, *, by_column: bool) -> str:
    """A group as messages call its cells: by table, row and column."""
    table = next(section.table for section in sections if section.id == member.section)
    if table is None:
        return name
    block, row = next((block, row) for block, row in table.rows() if row.id == member.row)
    column = next(column for column in block.columns if column.id == member.column)
    return f"{table.name}“{name}”{column.name}" if by_column else f"{table.name}“{row.name}”{name}"


def _readings(node: Node, addresses: tuple[Address, ...], quantities: dict[str, Quantity]) -> dict[str, tuple[Quantity, ...]]:
    index = {str(address): (position,) for position, address in enumerate(addresses)}
    found: dict[str, tuple[Quantity, ...]] = {}
    for child in node.nodes("reading"):
        cells: list[tuple[int, ...]] = []
        for side in ("cells", "less"):
            names = child.strings(side)
            unknown = [name for name in names if name not in index and name not in quantities]
            if unknown:
                raise EditionError(f"{child.path}.{side}: no cell or quantity {unknown[0]}")
            cells.append(tuple(at for name in names for at in (quantities[name].cells if name in quantities else index[name])))
        of = child.get("of", str)
        found[of] = (*found.get(of, ()), Quantity(child.get("name", str), *cells))
    return found


def _deadlines(node: Node) -> dict[str, tuple[int, int]]:
    deadlines = {}
    for kind, day in node.get("deadlines", dict, {}).items():
        month, _, number = str(day).partition("-")
        if not (month.isdigit() and number.isdigit()):
            raise EditionError(f"{node.path}.deadlines.{kind}: expected MM-DD")
        deadlines[str(kind)] = (int(month), int(number))
    return deadlines


class _Line(NamedTuple):
    """One row or column that an equation is repeated for, and how a name in the equation becomes an address on it."""

    section: SectionId
    row: str | None
    column: str | None
    place: str

    def address(self, name: str) -> Address:
        return Address(self.section, RowId(self.row or name), ColumnId(self.column or name))


def _equations(node: Node, sections: tuple[Section, ...], addresses: tuple[Address, ...]) -> tuple[tuple[Equation, ...], tuple[Chain, ...]]:
    index = {address: position for position, address in enumerate(addresses)}
    equations: list[Equation] = []
    chains: list[Chain] = []
    for child in node.nodes("equation"):
        code = child.get("code", str)
        relation = Relation(child.get("relation", str, "="))
        left, right = child.strings("left", None), child.strings("right", None)
        across_years = any(name.startswith(PREVIOUS) for name in left + right)
        lines = list(_lines(child, sections))
        if not lines:
            raise EditionError(f"{child.path}: no row or column has all of {', '.join(left + right)}")
        for line in lines:
            terms = [
                [ChainTerm(line.address(name.removeprefix(PREVIOUS)), name.startswith(PREVIOUS)) for name in side] for side in (left, right)
            ]
            for term in terms[0] + terms[1]:
                if not term.previous and term.address not in index:
                    raise EditionError(f"{child.path}: no cell {term.address}")
            if across_years:
                chains.append(Chain(code, tuple(terms[0]), tuple(terms[1]), relation, line.place))
                continue
            sides = [tuple(index[term.address] for term in side) for side in terms]
            equations.append(Equation(code, sides[0], sides[1], relation, _total(child, sides), line.place))
    return tuple(equations), tuple(chains)


def _total(node: Node, sides: list[tuple[int, ...]]) -> int | None:
    side = node.get("total", str, "")
    if not side:
        return None
    positions = sides[0] if side == "left" else sides[1]
    if side not in ("left", "right") or len(positions) != 1:
        raise EditionError(f'{node.path}.total: expected "left" or "right", naming a side with one cell')
    return positions[0]


def _lines(node: Node, sections: tuple[Section, ...]) -> Iterator[_Line]:
    section_id = node.get("section", str)
    table = next((section.table for section in sections if section.id == section_id), None)
    if table is None:
        raise EditionError(f"{node.path}.section: {section_id} has no table")
    names = [name.removeprefix(PREVIOUS) for name in node.strings("left") + node.strings("right")]
    for_each = node.get("for_each", str)
    if for_each == "row":
        wanted = node.strings("rows")
        for block, row in table.rows():
            holds = all(any(column.id == name for column in block.columns) for name in names)
            if row.id in wanted or (not wanted and holds):
                yield _Line(table.section, row.id, None, row.name)
    elif for_each == "column":
        for block in table.blocks:
            if all(any(row.id == name for row in block.rows) for name in names):
                for column in block.columns:
                    yield _Line(table.section, None, column.id, column.name)
    else:
        raise EditionError(f'{node.path}.for_each: expected "row" or "column"')
