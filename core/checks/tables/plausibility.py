"""Plausibility of values that the form itself does not constrain: rule-making power, cases without requests, units of money."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...cell_notation import format_cell, money_in_wan
from ...chinese.agency_names import is_township, may_make_rules
from ...edition import CellKind
from ...ids import RowId, SectionId, parse_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ...edition import Edition
    from ...ids import Address
    from ..context import CheckContext
    from ..finding import Finding

HUGE_AMOUNT = 1_000_000
"""In 万元 (100 亿元): fees or purchases of a department above this are rare enough to query."""
HUGE_FOR_TOWNSHIP = 10_000
"""In 万元: the same for a township or subdistrict office."""


def check_plausibility(context: CheckContext) -> Iterator[Finding]:
    """Report values that are implausible or conflict with other law."""
    yield from _rule_making(context)
    yield from _contested_without_requests(context)
    yield from _units(context)


def _rule_making(context: CheckContext) -> Iterator[Finding]:
    edition, agency = context.report.edition, context.report.header.agency
    filled: list[tuple[int, int | Decimal]] = []
    for name in edition.settings.get("rule_making", ()):
        section, row = name.split(".")
        positions = edition.row_cells.get((SectionId(section), RowId(row)), ())
        filled += [(position, value) for position in positions if (value := context.numbers[position])]
    if not filled or not agency or may_make_rules(agency):
        return
    for position, value in filled:
        info = edition.cells[position]
        words = {"cell": info.name, "value": format_cell(value), "agency": agency}
        yield context.finding("C08", words, cells=(info.address,), expected=0, actual=value)


def _contested_without_requests(context: CheckContext) -> Iterator[Finding]:
    edition = context.report.edition
    groups = [[parse_address(name) for name in edition.settings.get(group, ())] for group in ("received", "contested")]
    received, contested = ([context.numbers[edition.index[address]] for address in group] for group in groups)
    if not received or any(value is None or value for value in received):
        return
    cases = sum(value for value in contested if value)
    if cases:
        cells = tuple(address for address, value in zip(groups[1], contested, strict=True) if value)
        yield context.finding("C07", {"value": format_cell(cases)}, cells=cells)


@lru_cache(maxsize=16)
def _amounts(edition: Edition) -> tuple[int, ...]:
    """Return the positions of the cells that hold money."""
    return tuple(position for position, kind in enumerate(edition.kinds) if kind in (CellKind.AMOUNT, CellKind.MONEY))


def _units(context: CheckContext) -> Iterator[Finding]:
    header, edition = context.report.header, context.report.edition
    for position in _amounts(edition):
        value = context.report.cells[position]
        amount = money_in_wan(value)
        if amount is None or amount < HUGE_FOR_TOWNSHIP or _known_last_year(context, edition.addresses[position]):
            continue
        township = is_township(header.agency)
        if township or (amount >= HUGE_AMOUNT and header.kind == "department"):
            info = edition.cells[position]
            yield context.finding("C12", {"cell": info.name, "value": format(amount, "f")}, cells=(info.address,), actual=value)


def _known_last_year(context: CheckContext, address: Address) -> bool:
    """Return whether last year's report has an amount for the cell. The check of jumps then covers it."""
    previous = context.previous
    there = None if previous is None else previous.edition.index.get(address)
    return previous is not None and there is not None and bool(money_in_wan(previous.cells[there]))
