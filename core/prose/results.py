"""What the prose of a report states: facts, sums, percentages and changes, each with its place in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

Period = Literal["this", "last", "next", "part", "other", "plan"]
"""The report's year; the year before; the year after; a part of the year; several or other years; something intended."""

Scope = Literal["own", "wider", "below"]
"""The report's own body (or the whole area of a government that reports for it); a wider area; a subordinate or one of several bodies."""


class Fact(NamedTuple):
    """One quantity that the prose states."""

    quantity: str
    """The address of a cell (requests.new_received.total) or a sum of cells (requests.refused.total)."""
    value: int | Decimal
    """A count; in 万元 for disclosure.fees.amount, in yuan for info_fee.amount."""
    approximate: bool
    """Whether 余, 多, 近, 约 or the like stands with it."""
    zero: bool
    """Whether it is said in words that there was none (未收到申请)."""
    span: str
    start: int
    end: int
    """Its place in the text: text[start:end] is the span."""
    clause: tuple[int, int]
    """The place of the sentence it stands in."""
    period: Period = "this"
    scope: Scope = "own"
    parts: tuple[int | Decimal, ...] = ()
    """The numbers it was added up from, where the prose splits one row of the form."""
    implied: bool = False
    """Whether it follows from 均, 全部 or 其余 instead of having its own number."""


class StatedSum(NamedTuple):
    """A total and the parts that the prose lists for it."""

    total: int | Decimal
    parts: tuple[int | Decimal, ...]
    exhaustive: bool
    """Whether the wording claims that the list is complete."""
    approximate: bool
    """Whether the total or a part is only near (余, 多, 近): a difference is no contradiction then."""
    stated: bool
    """Whether the total is written; a total of 新收 and 上年结转 often is not."""
    correct: bool
    span: str
    start: int
    end: int


class StatedPercentage(NamedTuple):
    """A share that the prose states, and the part and whole it was taken from."""

    part: int | Decimal
    whole: int | Decimal
    stated: int | Decimal
    correct: bool
    """Whether it is part / whole, rounded half up to the digits printed."""
    span: str
    start: int
    end: int


class Comparison(NamedTuple):
    """A comparison with the year before (同比增长 57%, 比上年减少 5件)."""

    quantity: str | None
    """The fact that it belongs to, where that is known."""
    amount: int | Decimal
    """Positive for more, negative for less."""
    percent: bool
    span: str
    start: int
    end: int


class ProseReading(NamedTuple):
    """Everything that was read from a text, in the order of the text."""

    facts: tuple[Fact, ...] = ()
    sums: tuple[StatedSum, ...] = ()
    percentages: tuple[StatedPercentage, ...] = ()
    changes: tuple[Comparison, ...] = ()
    asides: tuple[Fact, ...] = ()
    """Quantities of other years, plans and other bodies: no statements about this report's cells."""
    implied: tuple[Fact, ...] = ()
    """Facts that follow from 均 or 全部 (均为自然人) without a number of their own."""
    components: tuple[Fact, ...] = ()
    """Numbers that are a part of one row, or several columns at once (法人或其他组织), and so no cell's own value."""
