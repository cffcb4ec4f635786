"""Loading of editions: one TOML file each, in this folder or in the one named by NIANBAO_TEMPLATES.

A new edition needs only a new file. Errors in a file are reported with their location, because people write these files.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ..core.edition import (
    TABLE_NAME,
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
from ..core.ids import Address, ColumnId, RowId, SectionId
from .data_files import HERE, OTHER_DATA, PREVIOUS, folders, own_folder, read_node

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .toml_node import TomlNode

KEYS: Final = ("report", "format", "waivers", "preface")
"""Names with another meaning in a report file or an address, and so not allowed as section ids."""
LAST_YEAR: Final = 9998
"""Last supported report year: its report is due in the following year, which must have four digits."""
DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
SETTINGS: Final = {"rule_making": "rows", "fee_statement": "words", "received": "cells", "contested": "cells", "fee_refusals": "cells"}
"""Settings used by individual checks, and what their values name."""


class UnknownEditionError(LookupError):
    """No edition has this name, or none covers this year."""


def load_edition(edition_id: str) -> Edition:
    """Return the edition with this name; the user's folder takes precedence.

    Raises:
        UnknownEditionError: There is no such edition.
        EditionError: The file is invalid.
    """
    if edition_id not in OTHER_DATA and edition_id.isalnum():
        for folder in folders():
            path = folder / f"{edition_id}.toml"
            if path.is_file():
                return _read_edition(path)
    raise UnknownEditionError(edition_id)


@lru_cache(maxsize=64)
def _read_edition(path: Path) -> Edition:
    """Load the edition in a file; cached by path, so that each folder of editions has its own entries.

    Raises:
        EditionError: The file is invalid.
    """
    node = read_node(path)
    edition = build_edition(node)
    if edition.id != path.stem:
        raise node.error("id", "id", found=edition.id, wanted=path.stem)
    if path.parent != HERE:
        from .validate_edition import require_valid_edition  # noqa: PLC0415 - our own editions are tested

        require_valid_edition(edition, node)
    return edition


def edition_ids() -> tuple[str, ...]:
    """Return the names of all editions, oldest first.

    Raises:
        EditionError: A file in the user's folder is not TOML.
    """
    names = {path.stem for path in HERE.glob("*.toml") if path.stem.isalnum() and path.stem not in OTHER_DATA and _names_its_years(path)}
    own = own_folder()
    if own is not None:
        from .validate_edition import editions_in  # noqa: PLC0415 - only where there are any

        names.update(editions_in(own))
    return tuple(sorted(names))


def require_own_editions() -> None:
    """Load every edition in the user's folder, so that an error in one is reported before any work starts.

    Raises:
        EditionError: A file is invalid.
    """
    if own_folder() is not None:
        for name in edition_ids():
            load_edition(name)


def edition_for_year(year: int) -> Edition:
    """Return the edition for reports of this year, the newest if several cover it.

    Raises:
        UnknownEditionError: No edition covers the year, or it is after `LAST_YEAR`.
    """
    fitting = [edition for edition in map(load_edition, edition_ids()) if edition.covers(year)]
    if not fitting or year > LAST_YEAR:
        raise UnknownEditionError(str(year))
    return max(fitting, key=lambda edition: edition.first_year)


def build_edition(node: TomlNode) -> Edition:
    """Build an edition from its parsed file.

    Raises:
        EditionError: The data is invalid.
    """
    sections = tuple(_section(child) for child in node.nodes("section"))
    if not sections:
        raise node.error("missing", "section")
    _all_different(node, "section", [section.id for section in sections])
    addresses = _addresses(node, sections)
    equations, chains = _equations(node, sections, addresses)
    quantities = _quantities(node, sections, addresses)
    first_year = node.get("first_year", int)
    last_year = node.get("last_year", int) if "last_year" in node.data else None
    if last_year is not None and last_year < first_year:
        raise node.error("years", "last_year")
    return Edition(
        id=node.get("id", str),
        first_year=first_year,
        last_year=last_year,
        notice=node.get("notice", str, ""),
        title=node.get("title", str),
        sections=sections,
        addresses=addresses,
        equations=equations,
        chains=chains,
        deadlines=_deadlines(node.table("deadlines")),
        quantities=quantities,
        readings=_readings(node, addresses, quantities),
        settings=_settings(node.table("settings"), addresses),
    )


def _names_its_years(path: Path) -> bool:
    """Return whether one of the built-in data files is an edition, judged by its beginning, without parsing it."""
    with path.open(encoding="utf-8") as stream:
        return "first_year" in stream.read(2000)


def _addresses(node: TomlNode, sections: tuple[Section, ...]) -> tuple[Address, ...]:
    addresses = tuple(
        Address(section.id, row.id, column.id)
        for section in sections
        if section.table is not None
        for block, row in section.table.rows()
        for column in block.columns
    )
    _all_different(node, "section", [str(address) for address in addresses])
    return addresses


def _all_different(node: TomlNode, key: str, names: list[str] | list[SectionId]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise node.error("twice", key, name=name)
        seen.add(name)


def _name(node: TomlNode, *taken: str) -> str:
    """Return the id of a section, row or column.

    An id is a key of the report file, so it must be a bare TOML key and must not be one of the names `taken`.
    """
    name = node.get("id", str)
    if not (name.isascii() and name.replace("_", "a").replace("-", "a").isalnum() and not name.isdigit()) or name in taken:
        raise node.error("name", "id", found=name)
    return name


def _section(node: TomlNode) -> Section:
    section_id = SectionId(_name(node, *KEYS))
    blocks = tuple(_block(child) for child in node.nodes("block"))
    table = Table(section_id, node.get("table", str, TABLE_NAME.format(numeral=node.get("numeral", str))), blocks) if blocks else None
    topics = tuple(
        Topic(child.get("name", str), child.strings("words", None), child.strings("kinds"), child.get("code", str, ""))
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


def _block(node: TomlNode) -> Block:
    columns = tuple(
        Column(
            id=ColumnId(_name(child)),
            path=(path := _path(child)),
            name=child.get("name", str, path[-1]),
            kind=child.choice("kind", CellKind.COUNT),
            unit=child.get("unit", str, ""),
            aliases=child.strings("aliases"),
        )
        for child in node.nodes("columns")
    )
    rows = tuple(
        Row(
            id=RowId(_name(child, "text")),
            path=(path := _path(child)),
            name=child.get("name", str, "".join(path[1:]) if len(path) > 1 else path[0]),
            aliases=child.strings("aliases"),
        )
        for child in node.nodes("rows")
    )
    if not rows or not columns:
        raise node.error("block")
    return Block(rows, columns, node.get("caption", str, ""), node.get("corner", str, ""), node.get("across", bool, False))


def _path(node: TomlNode) -> tuple[str, ...]:
    path = node.strings("path") or (node.get("label", str),)
    if not all(path):
        raise node.error("label")
    return path


def _quantities(node: TomlNode, sections: tuple[Section, ...], addresses: tuple[Address, ...]) -> dict[str, Quantity]:
    """Build the groups of rows (columns), one quantity for each column (row) of the section that has all members."""
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
            raise child.error("quantity", name=f"{section}.{group}")
    return found


def _quantity_name(sections: tuple[Section, ...], member: Address, name: str, *, by_column: bool) -> str:
    """Return the name of a group in messages, in the form of a cell's name: table, row and column."""
    table = next(section.table for section in sections if section.id == member.section)
    if table is None:
        return name
    block, row = next((block, row) for block, row in table.rows() if row.id == member.row)
    column = next(column for column in block.columns if column.id == member.column)
    return f"{table.name}“{name}”{column.name}" if by_column else f"{table.name}“{row.name}”{name}"


def _readings(node: TomlNode, addresses: tuple[Address, ...], quantities: dict[str, Quantity]) -> dict[str, tuple[Quantity, ...]]:
    index = {str(address): (position,) for position, address in enumerate(addresses)}
    found: dict[str, tuple[Quantity, ...]] = {}
    for child in node.nodes("reading"):
        cells: list[tuple[int, ...]] = []
        for side in ("cells", "less"):
            names = child.strings(side)
            unknown = [name for name in names if name not in index and name not in quantities]
            if unknown:
                raise child.error("cell", side, name=unknown[0])
            cells.append(tuple(at for name in names for at in (quantities[name].cells if name in quantities else index[name])))
        of = child.get("of", str)
        found[of] = (*found.get(of, ()), Quantity(child.get("name", str), *cells))
    return found


def _deadlines(node: TomlNode) -> dict[str, tuple[int, int]]:
    deadlines = {}
    for kind, written in node.data.items():
        month, _, day = str(written).partition("-")
        known = month.isdecimal() and day.isdecimal() and 1 <= int(month) <= len(DAYS) and 1 <= int(day) <= DAYS[int(month) - 1]
        if not known:
            raise node.error("day", kind, found=str(written))
        deadlines[kind] = (int(month), int(day))
    return deadlines


def _settings(node: TomlNode, addresses: tuple[Address, ...]) -> dict[str, tuple[str, ...]]:
    settings = {key: node.strings(key) for key in node.data}
    cells = {str(address) for address in addresses}
    known = {"cells": cells, "rows": {name.rpartition(".")[0] for name in cells}}
    for key, names in settings.items():
        if key not in SETTINGS:
            raise node.error("choice", key, found=key, known="、".join(SETTINGS))
        unknown = [name for name in names if name not in known.get(SETTINGS[key], names)]
        if unknown:
            raise node.error("cell", key, name=unknown[0])
    return settings


class _EquationLine(NamedTuple):
    """A row or column to which an equation is applied; resolves the names in the equation to addresses."""

    section: SectionId
    row: str | None
    column: str | None
    place: str

    def address(self, name: str) -> Address:
        return Address(self.section, RowId(self.row or name), ColumnId(self.column or name))


def _equations(
    node: TomlNode, sections: tuple[Section, ...], addresses: tuple[Address, ...]
) -> tuple[tuple[Equation, ...], tuple[Chain, ...]]:
    index = {address: position for position, address in enumerate(addresses)}
    equations: list[Equation] = []
    chains: list[Chain] = []
    for child in node.nodes("equation"):
        code = child.get("code", str)
        relation = child.choice("relation", Relation.EQUAL)
        left, right = child.strings("left", None), child.strings("right", None)
        if not left or not right:
            raise child.error("empty", "right" if left else "left")
        across_years = any(name.startswith(PREVIOUS) for name in left + right)
        if left[0].startswith(PREVIOUS):
            raise child.error("previous", "left", name=left[0])
        words = child.table("wording")
        wording = tuple((variant, words.get(variant, str)) for variant in words.data)
        lines = list(_lines(child, sections))
        if not lines:
            raise child.error("line", names="、".join(left + right))
        for line in lines:
            terms = [
                [ChainTerm(line.address(name.removeprefix(PREVIOUS)), name.startswith(PREVIOUS)) for name in side] for side in (left, right)
            ]
            for term in terms[0] + terms[1]:
                if not term.previous and term.address not in index:
                    raise child.error("cell", name=str(term.address))
            if across_years:
                chains.append(Chain(code, tuple(terms[0]), tuple(terms[1]), relation, line.place, wording))
                continue
            sides = [tuple(index[term.address] for term in side) for side in terms]
            equations.append(Equation(code, sides[0], sides[1], relation, _total(child, sides), line.place, wording))
    return tuple(equations), tuple(chains)


def _total(node: TomlNode, sides: list[tuple[int, ...]]) -> int | None:
    side = node.get("total", str, "")
    if not side:
        return None
    positions = sides[0] if side == "left" else sides[1]
    if side not in ("left", "right") or len(positions) != 1:
        raise node.error("total", "total")
    return positions[0]


def _lines(node: TomlNode, sections: tuple[Section, ...]) -> Iterator[_EquationLine]:
    section_id = node.get("section", str)
    table = next((section.table for section in sections if section.id == section_id), None)
    if table is None:
        raise node.error("table", "section", name=section_id)
    names = [name.removeprefix(PREVIOUS) for name in node.strings("left") + node.strings("right")]
    for_each = node.get("for_each", str)
    if for_each == "row":
        wanted = node.strings("rows")
        for block, row in table.rows():
            holds = all(any(column.id == name for column in block.columns) for name in names)
            if row.id in wanted or (not wanted and holds):
                yield _EquationLine(table.section, row.id, None, row.name)
    elif for_each == "column":
        for block in table.blocks:
            if all(any(row.id == name for row in block.rows) for name in names):
                for column in block.columns:
                    yield _EquationLine(table.section, None, column.id, column.name)
    else:
        raise node.error("choice", "for_each", found=for_each, known="row、column")
