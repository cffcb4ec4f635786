"""Numbers stated in the prose against the tables, against each other and against last year's report.

Before a number is reported as wrong, the other ways in which offices are known to count it (`Edition.readings`) are tried. If one
fits, the finding names it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ...cell_notation import format_cell
from ..context import CheckContext, usable_numbers
from ..finding import Finding, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...edition import Quantity
    from ...ids import SectionId
    from ...prose import Comparison, Fact, ProseReading, StatedPercentage, StatedSum
    from ...report import Report

SHOWN = 24
"""Characters of a span quoted in a message."""
NEAR = Decimal("0.15")
"""Tolerance of an approximate number, as a share of the larger value."""
FEE_STEP = 10
"""In yuan: every amount due under the tariff of 国办函〔2020〕109号 is a multiple of it."""
FEES_FROM = 2021
"""First report year under that tariff."""

CODES = (
    ("requests.new_received.total", "C20"),
    ("requests.handled_input.", "C20"),
    ("requests.new_received.", "C26"),
    ("requests.total.", "C21"),
    ("requests.carried_", "C21"),
    ("requests.", "C22"),
    ("review.", "C23"),
    ("disclosure.regulations.", "C24"),
    ("disclosure.normative_documents.", "C24"),
    ("disclosure.", "C25"),
)
"""Prefixes of quantity names to the rule that reports a contradiction. First match wins."""


def check_facts(context: CheckContext) -> Iterator[Finding]:
    """Report contradictions in the numbers of the prose."""
    stated: dict[str, tuple[SectionId, Fact]] = {}
    for section, reading in context.readings:
        for fact in reading.facts:
            wrong = list(_against_tables(context, section, fact))
            yield from wrong
            if not wrong:
                yield from _contradicts_earlier(context, section, fact, stated)
            yield from _fee(context, section, fact)
        for found in reading.sums:
            yield from _sum(context, section, found)
        for share in reading.percentages:
            yield from _percentage(context, section, share)
        yield from _changes(context, section, reading)
    yield from _fee_refusals(context)


def value_of(numbers: Sequence[int | Decimal | None], quantity: Quantity) -> int | Decimal | None:
    """Return the value of a quantity according to the tables, or None if one of its cells is unknown."""
    added = [numbers[at] for at in quantity.cells]
    taken = [numbers[at] for at in quantity.less]
    if any(value is None for value in added + taken):
        return None
    return sum(value for value in added if value is not None) - sum(value for value in taken if value is not None)


def code_of(quantity: str) -> str:
    """Return the code of the rule that reports a contradiction about a quantity."""
    return next(code for start, code in CODES if quantity.startswith(start))


def _against_tables(context: CheckContext, section: SectionId, fact: Fact) -> Iterator[Finding]:
    quantity = context.report.edition.quantity(fact.quantity)
    table = None if quantity is None else value_of(context.numbers, quantity)
    if quantity is None or table is None or table == fact.value:
        return
    span = Span(section, fact.start, fact.end)
    cells = tuple(context.report.edition.addresses[at] for at in (*quantity.cells, *quantity.less))
    words: dict[str, object] = {
        "span": _short(fact.span),
        "stated": format_cell(fact.value),
        "table": format_cell(table),
        "name": quantity.name,
        "quantity": fact.quantity,
    }
    if fact.approximate:
        if abs(Decimal(table) - Decimal(fact.value)) > NEAR * max(Decimal(table), Decimal(fact.value)):
            yield context.finding(code_of(fact.quantity), words, section=section, cells=cells, span=span, severity=Severity.WARNING)
        else:
            yield context.finding("C67", words, section=section, cells=cells, span=span)
        return
    other = next(
        (reading for reading in context.report.edition.readings.get(fact.quantity, ()) if value_of(context.numbers, reading) == fact.value),
        None,
    )
    if other is not None:
        yield context.finding("C37", {**words, "reading": other.name}, section=section, cells=cells, span=span)
    elif fact.zero:
        yield context.finding("C27", words, section=section, cells=cells, span=span)
    else:
        yield context.finding(code_of(fact.quantity), words, section=section, cells=cells, span=span)


def _contradicts_earlier(
    context: CheckContext, section: SectionId, fact: Fact, stated: dict[str, tuple[SectionId, Fact]]
) -> Iterator[Finding]:
    if fact.approximate or fact.zero:
        return
    known = stated.setdefault(fact.quantity, (section, fact))
    earlier = known[1]
    if earlier.value == fact.value or context.report.edition.quantity(fact.quantity) is not None:
        return
    words = {"span": _short(fact.span), "earlier": _short(earlier.span)}
    yield context.finding("C32", words, section=section, span=Span(section, fact.start, fact.end))


def _fee(context: CheckContext, section: SectionId, fact: Fact) -> Iterator[Finding]:
    if fact.quantity != "info_fee.amount" or fact.approximate or context.report.header.year < FEES_FROM:
        return
    if fact.value % FEE_STEP:
        words = {"span": _short(fact.span), "value": format_cell(fact.value)}
        yield context.finding("C29", words, section=section, span=Span(section, fact.start, fact.end))


def _fee_refusals(context: CheckContext) -> Iterator[Finding]:
    """Report refusals for unpaid fees, row （六）2, if section 六 states that no fee notices were sent: they presuppose a notice."""
    notices = [(section, fact) for section, reading in context.readings for fact in reading.facts if fact.quantity == "info_fee.notices"]
    names = context.report.edition.settings.get("fee_refusals", ())
    positions = [context.report.edition.index_by_name[name] for name in names]
    refused = sum(value for at in positions if (value := context.numbers[at]) is not None)
    if not notices or not refused or any(fact.value for _, fact in notices):
        return
    section, fact = notices[0]
    words = {"span": _short(fact.span), "count": format_cell(refused), "name": context.report.edition.cells[positions[0]].name}
    cells = tuple(context.report.edition.addresses[at] for at in positions)
    yield context.finding("C28", words, section=section, cells=cells, span=Span(section, fact.start, fact.end))


def _sum(context: CheckContext, section: SectionId, found: StatedSum) -> Iterator[Finding]:
    if found.correct or found.approximate:
        return
    added = sum(found.parts)
    words: dict[str, object] = {
        "span": _short(found.span),
        "total": format_cell(found.total),
        "parts": "＋".join(format_cell(part) for part in found.parts),
        "sum": format_cell(added),
        "difference": format_cell(max(added, found.total) - min(added, found.total)),
    }
    span = Span(section, found.start, found.end)
    if found.exhaustive:
        yield context.finding("C30", words, section=section, span=span)
    else:
        variant = "open" if added > found.total else "selection"
        yield context.finding("C30", {**words, "variant": variant}, section=section, span=span, severity=Severity.INFO)


def _percentage(context: CheckContext, section: SectionId, found: StatedPercentage) -> Iterator[Finding]:
    if found.correct or not found.whole:
        return
    digits = max(0, -int(Decimal(found.stated).as_tuple().exponent))
    right = Decimal(found.part) * 100 / Decimal(found.whole)
    words = {
        "span": _short(found.span),
        "part": format_cell(found.part),
        "whole": format_cell(found.whole),
        "stated": format_cell(found.stated),
        "right": f"{_half_up(right, digits):f}",
    }
    yield context.finding("C31", words, section=section, span=Span(section, found.start, found.end))


def _half_up(value: Decimal, digits: int) -> Decimal:
    from decimal import ROUND_HALF_UP  # noqa: PLC0415 - beside its one use

    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _changes(context: CheckContext, section: SectionId, reading: ProseReading) -> Iterator[Finding]:
    """Report wrong comparisons with the previous year; nothing without last year's report."""
    if context.previous is None:
        return
    numbers = usable_numbers(context.previous)
    for change in reading.changes:
        stated = next((fact for fact in reading.facts if fact.quantity == change.quantity and not fact.approximate), None)
        before = _before(context.previous, numbers, change)
        if stated is not None and before is not None:
            yield from _change(context, section, change, Decimal(stated.value), Decimal(before))


def _before(previous: Report, numbers: Sequence[int | Decimal | None], change: Comparison) -> int | Decimal | None:
    quantity = previous.edition.quantity(change.quantity) if change.quantity else None
    return None if quantity is None else value_of(numbers, quantity)


def _change(context: CheckContext, section: SectionId, change: Comparison, now: Decimal, before: Decimal) -> Iterator[Finding]:
    stated = Decimal(change.amount)
    if change.percent:
        if not before:
            return
        right = _half_up((now - before) * 100 / before, max(0, -int(stated.as_tuple().exponent)))
    else:
        right = now - before
    if right != stated:
        unit = "%" if change.percent else ""
        words = {
            "span": _short(change.span),
            "now": format_cell(now),
            "before": format_cell(before),
            "right": f"{right:+f}{unit}",
        }
        yield context.finding("C33", words, section=section, span=Span(section, change.start, change.end))


def _short(span: str) -> str:
    plain = "".join(span.split())
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 1] + "…"
