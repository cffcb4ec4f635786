"""Every cell on its own: blank, not applicable, words, negative, fraction, too many digits.

A blank or a wrong type is reported here as that; the identities leave such cells out.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ..cell_text import money_in_wan, read_cell, write_cell
from ..edition import CellKind
from ..report import BLANK, NA, Text
from ..totals import sum_of, total_equations
from .context import AMOUNT_DECIMALS, COUNT_DIGITS, MAX_COUNT, Context
from .finding import Change, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..edition import CellInfo, Table
    from ..report import Cell

MANY_ROWS = 5
"""More rows than this with blanks are reported as one table that is not finished."""


def check_cells(context: Context) -> Iterator[Finding]:
    """Findings about single cells, in the order of the form."""
    report = context.report
    blank: list[int] = []
    for position, (value, kind) in enumerate(zip(report.cells, report.edition.kinds, strict=True)):
        if type(value) is int and 0 <= value < MAX_COUNT:
            continue
        if value is BLANK:
            blank.append(position)
            continue
        yield from _cell(context, report.edition.cells[position], value, kind)
    if blank:
        yield from _blanks(context, blank)


def _cell(context: Context, info: CellInfo, value: Cell, kind: CellKind) -> Iterator[Finding]:
    cells = (info.address,)
    shown = write_cell(value)
    if value is NA:
        yield context.finding("C06", {"cell": info.name}, cells=cells, actual=value)
    elif isinstance(value, Text):
        yield from _text(context, info, value, kind)
    elif isinstance(value, int | Decimal) and value < 0 and kind is not CellKind.CHANGE:
        yield context.finding("C16", {"cell": info.name, "value": shown}, cells=cells, actual=value)
    elif isinstance(value, Decimal) and kind in (CellKind.COUNT, CellKind.CHANGE):
        yield context.finding("C17", {"cell": info.name, "value": shown}, cells=cells, actual=value)
    elif isinstance(value, int) and abs(value) >= MAX_COUNT:
        yield context.finding("C18", {"cell": info.name, "value": shown, "limit": COUNT_DIGITS}, cells=cells, actual=value)
    elif isinstance(value, Decimal) and len(shown.partition(".")[2].rstrip("0")) > AMOUNT_DECIMALS:
        yield context.finding(
            "C18", {"variant": "decimals", "cell": info.name, "value": shown, "limit": AMOUNT_DECIMALS}, cells=cells, actual=value
        )


def _text(context: Context, info: CellInfo, value: Text, kind: CellKind) -> Iterator[Finding]:
    if kind is CellKind.MONEY and value.raw.strip().endswith("元") and money_in_wan(value) is not None:
        return
    meant = read_cell(value.raw, kind).value
    if isinstance(meant, int | Decimal):
        change = Change(info.address, value, meant)
        finding = context.finding(
            "C19",
            {"cell": info.name, "value": _short(value.raw), "expected_value": write_cell(meant)},
            cells=(info.address,),
            expected=meant,
            actual=value,
        )
        yield replace(finding, repairs=((change,),))
    else:
        yield context.finding(
            "C05", {"variant": kind.value, "cell": info.name, "value": _short(value.raw)}, cells=(info.address,), actual=value
        )


def _short(raw: str) -> str:
    return raw if len(raw) <= 20 else raw[:19] + "…"  # noqa: PLR2004 - a quarter of a terminal line


def _blanks(context: Context, positions: list[int]) -> Iterator[Finding]:
    edition = context.report.edition
    for table in edition.tables:
        here = [position for position in positions if edition.cells[position].table is table]
        rows = {edition.addresses[position].row for position in here}
        total = sum(address.section == table.section for address in edition.addresses)
        if not here:
            continue
        if len(here) == total or len(rows) > MANY_ROWS:
            first = edition.cells[here[0]].name
            variant = "table" if len(here) == total else "many"
            cells = tuple(edition.addresses[position] for position in here)
            yield context.finding(
                "C15", {"variant": variant, "table": table.name, "count": len(here), "cell": first}, cells=cells, actual=BLANK
            )
        else:
            yield from _blank_rows(context, table, here)


def _blank_rows(context: Context, table: Table, positions: list[int]) -> Iterator[Finding]:
    edition = context.report.edition
    by_row: dict[str, list[int]] = {}
    for position in positions:
        by_row.setdefault(edition.addresses[position].row, []).append(position)
    for members in by_row.values():
        infos = [edition.cells[position] for position in members]
        cells = tuple(info.address for info in infos)
        if len(members) > 1:
            columns = "、".join(info.column.name for info in infos)
            yield context.finding(
                "C15",
                {"variant": "row", "table": table.name, "row": infos[0].row.name, "count": len(members), "columns": columns},
                cells=cells,
                actual=BLANK,
            )
            continue
        value = _missing_total(context, members[0])
        if value is None:
            yield context.finding("C15", {"cell": infos[0].name}, cells=cells, actual=BLANK)
        else:
            finding = context.finding(
                "C15",
                {"variant": "total", "cell": infos[0].name, "expected_value": write_cell(value)},
                cells=cells,
                expected=value,
                actual=BLANK,
            )
            yield replace(finding, repairs=((Change(cells[0], BLANK, value),),))


def _missing_total(context: Context, position: int) -> Cell | None:
    """What a blank total has to be, where all its addends are proper numbers and every identity agrees."""
    equations = dict(total_equations(context.report.edition)).get(position, ())
    sums = set()
    for equation in equations:
        if any(context.numbers[addend] is None for addend in equation.addends):
            return None
        sums.add(sum_of(context.report.cells, equation.addends))
    return sums.pop() if len(sums) == 1 else None
