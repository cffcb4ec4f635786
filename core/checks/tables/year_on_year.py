"""Comparison with last year's report: carried-over counts, identities between the years, vanished cases, jumps.

The reports may be of different editions: common cells are compared, the others are reported as not comparable.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ...cell_notation import format_cell, money_in_wan
from ...edition import CellKind
from ..context import CheckContext, usable_numbers
from .identities import holds
from .jumps import is_row_addend, jumped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...edition import Chain, ChainTerm
    from ...report import Report
    from ..finding import Finding
    from .identity_words import Term

UNIT_JUMP = 3000
"""Factor of change beyond which an amount was probably given in another unit (元 for 万元)."""


def check_years(context: CheckContext) -> Iterator[Finding]:
    """Report inconsistencies between the two years; nothing without last year's report."""
    previous = context.previous
    if previous is None:
        return
    yield from _wrong_previous(context, previous)
    last = usable_numbers(previous)
    missing: list[ChainTerm] = []
    for chain in context.report.edition.chains:
        absent = [term for term in (*chain.left, *chain.right) if term.previous and term.address not in previous.edition.index]
        if absent:
            missing += absent
        else:
            yield from _chain(context, previous, last, chain)
    if previous.edition != context.report.edition:
        from .across_editions import check_across_editions  # noqa: PLC0415 - start-up: two editions seldom meet

        yield from check_across_editions(context, previous, [term.address for term in missing])
    yield from _jumps(context, previous, last)


def _wrong_previous(context: CheckContext, previous: Report) -> Iterator[Finding]:
    one, other = context.report.header, previous.header
    same_agency = not one.agency or not other.agency or one.agency == other.agency
    if (one.year and other.year and other.year != one.year - 1) or not same_agency:
        yield context.finding("C48", {"agency": other.agency, "year": other.year}, key=("report", "year"))


def _chain(context: CheckContext, previous: Report, last: Sequence[int | Decimal | None], chain: Chain) -> Iterator[Finding]:
    edition = context.report.edition

    def value(term: ChainTerm) -> int | Decimal | None:
        if term.previous:
            return last[previous.edition.index[term.address]]
        return context.numbers[edition.index[term.address]]

    left = [value(term) for term in chain.left]
    right = [value(term) for term in chain.right]
    left_known, right_known = [v for v in left if v is not None], [v for v in right if v is not None]
    if len(left_known) < len(left) or len(right_known) < len(right) or holds(chain.relation, sum(left_known), sum(right_known)):
        return
    first = chain.left[0].address
    expected = sum(right_known) - sum(left_known[1:])
    named = {
        str(term.address.column): format_cell(v)
        for term, v in zip((*chain.left, *chain.right), left_known + right_known, strict=True)
        if not term.previous
    }
    before = [v for term, v in zip(chain.right, right_known, strict=True) if term.previous]
    from .identity_words import names_of, wording  # noqa: PLC0415 - start-up: needed where something is wrong

    words = {
        **named,
        "table": edition.info(first).table.name,
        "place": chain.place,
        "actual": format_cell(left_known[0]),
        "expected": format_cell(expected),
        "previous": format_cell(before[0]) if before else "",
        "wording": wording(chain.wording, ""),
    }
    if not words["wording"]:
        sides = ((chain.left, left_known), (chain.right, right_known))
        words |= names_of(*([_named(context, previous, term, v) for term, v in zip(*side, strict=True)] for side in sides))
    yield context.finding(
        chain.code,
        words,
        cells=tuple(term.address for term in (*chain.left, *chain.right) if not term.previous),
        expected=expected if expected >= 0 else None,
        actual=left_known[0],
    )


def _named(context: CheckContext, previous: Report, term: ChainTerm, value: int | Decimal) -> Term:
    from .identity_words import Term  # noqa: PLC0415 - as above

    edition = previous.edition if term.previous else context.report.edition
    return Term(edition.info(term.address), format_cell(value), term.previous)


def _jumps(context: CheckContext, previous: Report, last: Sequence[int | Decimal | None]) -> Iterator[Finding]:
    """Report jumps of counts and amounts against the same cell of last year. Addends of a total in their own row are skipped."""
    edition = context.report.edition
    for position, address in enumerate(edition.addresses):
        there = previous.edition.index.get(address)
        kind = edition.kinds[position]
        if there is None or kind is CellKind.CHANGE or is_row_addend(edition, position):
            continue
        if kind is CellKind.MONEY:
            now, before = money_in_wan(context.report.cells[position]), money_in_wan(previous.cells[there])
        else:
            now, before = _decimal(context.numbers[position]), _decimal(last[there])
        if now is None or not before:
            continue
        value = context.report.cells[position]
        values = {"cell": edition.cells[position].name, "value": format_cell(value), "previous": format_cell(previous.cells[there])}
        if kind in (CellKind.AMOUNT, CellKind.MONEY) and now:
            if max(now, before) / min(now, before) > UNIT_JUMP:
                yield context.finding("C12", {"variant": "jump", **values}, cells=(address,), actual=value)
        elif jumped(now, before):
            yield context.finding("C42", {**values, "variant": "" if now else "gone"}, cells=(address,), actual=value)


def _decimal(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)
