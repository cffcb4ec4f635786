"""Comparison of reports of two editions: cells that only one has, and totals that both have."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ...cell_notation import format_cell
from ..context import usable_numbers
from .jumps import is_row_addend, jumped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...edition import CellInfo, Edition, Quantity, Table
    from ...ids import Address
    from ...report import Report
    from ..context import CheckContext
    from ..finding import Finding


def check_across_editions(context: CheckContext, previous: Report, chained: Sequence[Address]) -> Iterator[Finding]:
    """Report the cells that last year's form lacks, as one finding, and jumps of totals that both forms count in different cells.

    Args:
        chained: Cells of `previous` that identities between the two years need but its edition lacks.
    """
    edition, old = context.report.edition, previous.edition
    absent = [address for address in edition.addresses if address not in old.index]
    wholes = list(_quantities_in_other_cells(edition, old, absent))
    for now, before in wholes:
        yield from _jump(context, previous, now, before)
    together = {edition.addresses[at][:2] for now, _ in wholes for at in now.cells}
    needed = [address for address in chained if address in edition.index]
    alone = list(dict.fromkeys(address for address in (*absent, *needed) if address[:2] not in together))
    if not alone:
        return
    names = _names(edition, old, [address for address in alone if address not in old.index] or alone)
    words = {"edition": old.id, "names": "，".join(names), "variant": "wholes" if wholes else ""}
    words["wholes"] = "、".join(now.name for now, _ in wholes)
    yield context.finding("C46", words, cells=tuple(_representative_cells(old, needed, alone)))


def _quantities_in_other_cells(edition: Edition, old: Edition, absent: Iterable[Address]) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield quantities that both forms have under one name but in different cells: (this year's, last year's).

    Addends of a sum in their own row are left out; the total is compared instead.
    """
    lacking = {edition.index[address] for address in absent}
    for name in dict.fromkeys((*edition.quantities, *(str(edition.addresses[at]) for at in lacking))):
        now, before = edition.quantity(name), old.quantity(name)
        if now is None or before is None or lacking.isdisjoint(now.cells):
            continue
        if not any(is_row_addend(edition, at) for at in now.cells):
            yield now, before


def _jump(context: CheckContext, previous: Report, now: Quantity, before: Quantity) -> Iterator[Finding]:
    total, last = _sum(context.numbers, now), _sum(usable_numbers(previous), before)
    if total is not None and last is not None and jumped(total, last):
        words = {"variant": "" if total else "gone", "cell": now.name, "value": format_cell(total), "previous": format_cell(last)}
        yield context.finding("C42", words, cells=tuple(context.report.edition.addresses[at] for at in now.cells))


def _sum(numbers: Sequence[int | Decimal | None], quantity: Quantity) -> Decimal | None:
    """Return the sum of a quantity's cells, or None if any is unknown."""
    known = [value for at in quantity.cells if (value := numbers[at]) is not None]
    return Decimal(sum(known)) if len(known) == len(quantity.cells) else None


def _names(edition: Edition, old: Edition, addresses: Iterable[Address]) -> Iterator[str]:
    """Yield the shortest labels for the cells: the table if the other form lacks it, else rows grouped by their columns."""
    tables = {table.section for table in old.tables}
    rows: dict[tuple[str, str], list[CellInfo]] = {}
    for address in addresses:
        rows.setdefault(address[:2], []).append(edition.info(address))
    alike: dict[tuple[Table, tuple[str, ...]], list[str]] = {}
    for (section, row), infos in rows.items():
        known = section in tables
        whole = len(infos) > 1 and not any(other[:2] == (section, row) for other in old.addresses)
        columns = () if whole or not known else tuple(info.column.name for info in infos)
        alike.setdefault((infos[0].table, columns), []).extend([infos[0].row.name] if known else [])
    for (table, columns), members in alike.items():
        yield table.name + "".join(f"“{name}”" for name in members) + "、".join(columns)


def _representative_cells(old: Edition, needed: Iterable[Address], alone: Iterable[Address]) -> Iterator[Address]:
    """Yield the cells that an identity needs and the first cell of every other row, except in tables that the other form lacks."""
    tables = {table.section for table in old.tables}
    told: set[tuple[str, str]] = set()
    for address in dict.fromkeys(needed):
        told.add(address[:2])
        yield address
    for address in alone:
        if address.section in tables and address[:2] not in told:
            told.add(address[:2])
            yield address
