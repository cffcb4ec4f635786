"""Turn classified numbers into facts: those of the report's year and body, one fact per stated quantity."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from .quantity_patterns import (
    ADMIN_AMOUNT,
    ANSWERED,
    BY_CHANNEL,
    DECISIONS,
    FORWARD,
    HANDLED,
    NEW,
    OUTCOMES,
    OVER,
    RESULTS,
    REVIEWS,
    WITHDRAWN,
)
from .reconcile import reconcile
from .results import Fact

if TYPE_CHECKING:
    from ..chinese.fold import Folded
    from .mention import Mention
    from .tokenize import Sentence

_OUTCOME_ROWS = (f"{review}.{column}" for review in REVIEWS.values() for column in OUTCOMES.values())
_SPLIT_ROWS = frozenset((*RESULTS.values(), *_OUTCOME_ROWS))
"""Rows whose number the prose may give in several parts."""
_NEIGHBOURS = frozenset((OVER, FORWARD))
"""Rows of this year's form that refer to the adjacent years."""
_ORGANISATIONS = "requests.new_received.organisations"
_MYRIAD = 10_000
_CLOSE = 40  # characters between the numbers of two channels, at most


class Stated(NamedTuple):
    """The facts of a text; those of other years and bodies; the parts of rows."""

    facts: list[Fact]
    asides: list[Fact]
    components: list[Fact]

    def complete(self, implied: list[Fact]) -> None:
        """Demote a fact to a component if the rest of its row is implied (驳回3件 …, 均维持)."""
        for fact in implied:
            if not fact.quantity.startswith("review.litigation."):
                continue
            for piece in [one for one in self.facts if (one.quantity, one.clause) == (fact.quantity, fact.clause)]:
                self.facts.remove(piece)
                self.components.append(piece)


def state_facts(source: str, folded: Folded, found: list[Sentence], mentions: list[Mention]) -> Stated:
    """Turn the numbers of a text into facts."""
    reconcile(mentions)
    stated = Stated([], [], [])
    for sentence, group in groupby(mentions, key=lambda mention: mention.sentence):
        _FactsOf(source, folded, found[sentence], stated).add(list(group))
    return stated


class _FactsOf:
    """Turns the numbers of one sentence into facts."""

    __slots__ = ("clause", "folded", "source", "stated")

    def __init__(self, source: str, folded: Folded, sentence: Sentence, stated: Stated) -> None:
        self.source, self.folded, self.stated = source, folded, stated
        self.clause = folded.span(sentence.start, sentence.end)

    def add(self, mentions: list[Mention]) -> None:
        """Sort the numbers into facts, asides and components."""
        said: dict[str, list[Mention]] = {}
        for mention in mentions:
            for quantity in mention.quantities:
                current = mention.period == "this" or (quantity in _NEIGHBOURS and mention.period in {"last", "next"})
                if current and mention.scope == "own":
                    said.setdefault(quantity, []).append(mention)
                else:
                    self.stated.asides.append(self._fact(quantity, [mention]))
        for quantity, saying in said.items():
            self._say(quantity, saying)

    def _say(self, quantity: str, saying: list[Mention]) -> None:
        if quantity == _ORGANISATIONS:
            self._pieces(quantity, saying)
        elif quantity in _SPLIT_ROWS or (quantity in DECISIONS.values() and not any(mention.listed for mention in saying)):
            self._row(quantity, saying)
        elif quantity in {NEW, HANDLED, ANSWERED}:
            self._total(quantity, saying)
        else:
            different = {mention.number.value: mention for mention in reversed(saying)}
            self.stated.facts.extend(self._fact(quantity, [mention]) for mention in reversed(different.values()))

    def _row(self, quantity: str, saying: list[Mention]) -> None:
        """Add up the parts of one row. Withdrawn requests are never a whole row."""
        if quantity == WITHDRAWN:
            saying = _with_withdrawn(saying)
            if all(mention.kind == "WITHDRAWN" for mention in saying):
                self._pieces(quantity, saying)
                return
        distinct = list({(mention.kind, mention.number.value, mention.listed): mention for mention in saying}.values())
        if len(distinct) > 1:
            self._pieces(quantity, distinct)
        self.stated.facts.append(self._fact(quantity, distinct))

    def _total(self, quantity: str, saying: list[Mention]) -> None:
        """Take the first number as the total; add up numbers received through several channels."""
        by_channel = len(saying) > 1 and all("CHANNEL" in mention.notions for mention in saying)
        if by_channel and saying[1].number.start - saying[0].number.end < _CLOSE:
            self.stated.facts.append(self._fact(quantity, saying))
            return
        saying = [mention for mention in saying if mention.kind != BY_CHANNEL] or saying
        self.stated.facts.append(self._fact(quantity, saying[:1]))
        self._pieces(quantity, saying[1:])

    def _pieces(self, quantity: str, saying: list[Mention]) -> None:
        self.stated.components.extend(self._fact(quantity, [mention]) for mention in saying)

    def _fact(self, quantity: str, mentions: list[Mention]) -> Fact:
        first, last = mentions[0], mentions[-1]
        value = sum((mention.number.value for mention in mentions), 0)
        start, end = self.folded.span(first.start, max(last.end, last.number.end))
        return Fact(
            quantity=quantity,
            value=_in_myriads(value) if quantity == ADMIN_AMOUNT else value,
            approximate=any(mention.number.approximate for mention in mentions),
            zero=False,
            span=self.source[start:end],
            start=start,
            end=end,
            clause=self.clause,
            period=first.period,
            scope=first.scope,
            parts=tuple(mention.number.value for mention in mentions) if len(mentions) > 1 else (),
        )


def _with_withdrawn(saying: list[Mention]) -> list[Mention]:
    """Count 撤回 N件 towards 其他处理 M件 only beside it in one list, not in the list that 其他处理 opens."""
    others = [mention for mention in saying if mention.kind != "WITHDRAWN"]
    if not others:
        return saying
    if any(mention.notions & {"SUM_UP", "TOTAL"} for mention in others):
        return others
    withdrawn = [mention for mention in saying if mention.kind == "WITHDRAWN"]
    return others + [mention for mention in withdrawn if mention.listed == others[0].listed and not mention.opens]


def _in_myriads(yuan: int | Decimal) -> int | Decimal:
    value = Decimal(yuan) / _MYRIAD
    return int(value) if value == int(value) else value
