"""Results of reading the prose: facts, sums, percentages and changes, with their spans in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

Period = Literal["this", "last", "next", "part", "other", "plan"]
"""Period of a number: "this" is the report's year, "last" the year before, "next" the year after, "part" a part of the year,
"other" several or other years, "plan" something intended.
"""

Scope = Literal["own", "wider", "below"]
"""Scope of a number: "own" is the reporting body (for a government, its whole area), "wider" a wider area, "below" a subordinate
or one of several bodies.
"""


class Fact(NamedTuple):
    """A quantity stated in the prose."""

    quantity: str
    """Address of a cell (requests.new_received.total) or name of a sum of cells (requests.refused.total)."""
    value: int | Decimal
    """Count; in 万元 for disclosure.fees.amount, in yuan for info_fee.amount."""
    approximate: bool
    """Whether it is qualified by 余, 多, 近, 约 or the like."""
    zero: bool
    """Whether the zero is stated in words (未收到申请)."""
    span: str
    start: int
    end: int
    """End offset: text[start:end] == span."""
    clause: tuple[int, int]
    """Start and end offset of its sentence."""
    period: Period = "this"
    scope: Scope = "own"
    parts: tuple[int | Decimal, ...] = ()
    """The numbers it was added up from, when the prose splits one row of the form."""


class StatedSum(NamedTuple):
    """A total and its listed parts."""

    total: int | Decimal
    parts: tuple[int | Decimal, ...]
    exhaustive: bool
    """Whether the wording claims a complete list."""
    approximate: bool
    """Whether the total or a part is approximate (余, 多, 近); a difference is then no contradiction."""
    stated: bool
    """Whether the total is written out; a total of 新收 and 上年结转 often is not."""
    correct: bool
    span: str
    start: int
    end: int


class StatedPercentage(NamedTuple):
    """A stated share with its part and whole."""

    part: int | Decimal
    whole: int | Decimal
    stated: int | Decimal
    correct: bool
    """Whether it equals part / whole, rounded half up to the printed digits."""
    span: str
    start: int
    end: int


class Comparison(NamedTuple):
    """A comparison with the year before (同比增长 57%, 比上年减少 5件)."""

    quantity: str | None
    """Quantity of the fact it refers to, or None if unknown."""
    amount: int | Decimal
    """Positive for an increase, negative for a decrease."""
    percent: bool
    span: str
    start: int
    end: int


class ProseReading(NamedTuple):
    """Everything extracted from a text, in text order."""

    facts: tuple[Fact, ...] = ()
    sums: tuple[StatedSum, ...] = ()
    percentages: tuple[StatedPercentage, ...] = ()
    changes: tuple[Comparison, ...] = ()
    asides: tuple[Fact, ...] = ()
    """Quantities of other years, plans and other bodies; no statements about this report's cells."""
    implied: tuple[Fact, ...] = ()
    """Facts that follow from 均 or 全部 (均为自然人) and have no number of their own."""
    components: tuple[Fact, ...] = ()
    """Numbers for a part of one row, or for several columns at once (法人或其他组织), so not the value of any cell."""
