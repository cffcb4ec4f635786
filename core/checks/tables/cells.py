"""Checks of each cell by itself: blank, not applicable, words, negative, fractional, too many digits.

A blank or invalid cell is reported here only; the identities skip it.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from ...cell_notation import format_cell, money_in_wan, parse_cell
from ...edition import CellKind
from ...report import BLANK, NA, Text
from ...totals import sum_of, total_equations
from ..context import AMOUNT_DECIMALS, COUNT_DIGITS, MAX_COUNT, CheckContext
from ..finding import CellChange, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...edition import CellInfo, Table
    from ...report import Cell

_POINTS = ",，.．"
MANY_ROWS = 5
"""With blanks in more rows than this, the table is reported once as unfinished."""


def check_cells(context: CheckContext) -> Iterator[Finding]:
    """Report faults of single cells. Blanks come last, by table."""
    report = context.report
    blank: list[int] = []
    for position, (value, kind) in enumerate(zip(report.cells, report.edition.kinds, strict=True)):
        if type(value) is int and 0 <= value < MAX_COUNT:
            continue
        if value is BLANK:
            blank.append(position)
            continue
        finding = _cell(context, report.edition.cells[position], value, kind)
        if finding is not None:
            yield finding
    if blank:
        yield from _blanks(context, blank)


def _cell(context: CheckContext, info: CellInfo, value: Cell, kind: CellKind) -> Finding | None:
    if value is NA:
        return context.finding("C06", {"cell": info.name}, cells=(info.address,), actual=value)
    if isinstance(value, Text):
        return _text(context, info, value, kind)
    if not isinstance(value, int | Decimal):
        return None
    fault = _fault(context, info, value, kind, value)
    whole = _without_zero_fraction(value, kind)
    if fault is None or whole is value or _fault(context, info, whole, kind, value) is not None:
        return fault
    return fault._replace(expected=whole, repairs=((CellChange(info.address, value, whole),),))


def _fault(context: CheckContext, info: CellInfo, value: int | Decimal, kind: CellKind, written: Cell) -> Finding | None:
    """Return the finding for a number that a cell of this kind must not hold, or None. `written` is the cell's content."""
    words: dict[str, str | int] = {"cell": info.name, "value": _short(format_cell(written))}
    if value < 0 and kind is not CellKind.CHANGE:
        code = "C16"
    elif isinstance(value, Decimal) and kind in (CellKind.COUNT, CellKind.CHANGE):
        code = "C17"
    elif isinstance(value, int) and abs(value) >= MAX_COUNT:
        code, words["limit"] = "C18", COUNT_DIGITS
    elif isinstance(value, Decimal) and len(format_cell(value).partition(".")[2].rstrip("0")) > AMOUNT_DECIMALS:
        code, words["variant"], words["limit"] = "C18", "decimals", AMOUNT_DECIMALS
    else:
        return None
    return context.finding(code, words, cells=(info.address,), actual=written)


def _text(context: CheckContext, info: CellInfo, value: Text, kind: CellKind) -> Finding | None:
    """Report words in a cell. The number they mean is offered as a repair only if it is unambiguous and valid in the cell."""
    cells, shown = (info.address,), _short(value.raw)
    if kind is CellKind.MONEY and value.raw.strip().endswith("元"):
        amount = money_in_wan(value)
        if amount is not None:
            return context.finding("C16", {"cell": info.name, "value": shown}, cells=cells, actual=value) if amount < 0 else None
    meant = value if _may_be_two_numbers(value.raw) else parse_cell(value.raw, kind).value
    if not isinstance(meant, int | Decimal):
        return context.finding("C05", {"variant": kind.value, "cell": info.name, "value": shown}, cells=cells, actual=value)
    meant = _without_zero_fraction(meant, kind)
    fault = _fault(context, info, meant, kind, value)
    if fault is not None:
        return fault
    written = format_cell(meant)
    words = {"variant": "quoted" if written == value.raw else "", "cell": info.name, "value": shown, "expected_value": written}
    finding = context.finding("C19", words, cells=cells, expected=meant, actual=value)
    return finding._replace(repairs=((CellChange(info.address, value, meant),),))


def _without_zero_fraction(value: int | Decimal, kind: CellKind) -> int | Decimal:
    """Return a count written with a zero fraction (12.0) as an int; any other value unchanged."""
    if isinstance(value, Decimal) and kind in (CellKind.COUNT, CellKind.CHANGE) and abs(value) < MAX_COUNT:
        whole = int(value)
        return whole if whole == value else value
    return value


def _may_be_two_numbers(raw: str) -> bool:
    """Return whether figures are separated by spaces (`3 5`), which may mean one number or two."""
    parts = raw.split()
    return any((one[-1].isdigit() or one[-1] in _POINTS) and (other[0].isdigit() or other[0] in _POINTS) for one, other in pairwise(parts))


def _short(raw: str) -> str:
    return raw if len(raw) <= 20 else raw[:19] + "…"  # noqa: PLR2004 - a quarter of a terminal line


def _blanks(context: CheckContext, positions: list[int]) -> Iterator[Finding]:
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


def _blank_rows(context: CheckContext, table: Table, positions: list[int]) -> Iterator[Finding]:
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
                {"variant": "total", "cell": infos[0].name, "expected_value": format_cell(value)},
                cells=cells,
                expected=value,
                actual=BLANK,
            )
            yield finding._replace(repairs=((CellChange(cells[0], BLANK, value),),))


def _missing_total(context: CheckContext, position: int) -> Cell | None:
    """Return the value of a blank total if all its addends are valid numbers and all its identities agree; otherwise None."""
    equations = dict(total_equations(context.report.edition)).get(position, ())
    sums = set()
    for equation in equations:
        if any(context.numbers[addend] is None for addend in equation.addends):
            return None
        sums.add(sum_of(context.report.cells, equation.addends))
    return sums.pop() if len(sums) == 1 else None
