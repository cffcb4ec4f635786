"""From numbers with their readings to facts: what belongs to the report's year and body, one fact per quantity said."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from .reading import Fact
from .rules import ADMIN_AMOUNT, ANSWERED, BY_CHANNEL, DECISIONS, FORWARD, HANDLED, NEW, OUTCOMES, OVER, RESULTS, REVIEWS, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .clauses import Sentence
    from .mentions import Mention
    from .script import Folded

_SPLIT_ROWS = frozenset((*RESULTS.values(), *(f"review.{kind}.{column}" for kind in ("reconsideration", "litigation") for column in OUTCOMES.values())))
"""Rows whose number the prose may give in several pieces."""
_NEIGHBOURS = frozenset((OVER, FORWARD))
"""Rows of this year's form that speak of the years beside it."""
_ORGANISATIONS = "requests.new_received.organisations"
_MYRIAD = 10_000
_CLOSE = 40  # characters between numbers of two channels
_REACH = 3  # sentences over which results follow their total


@dataclass(frozen=True, slots=True)
class Stated:
    """The facts of a text, those of other years and bodies, and the pieces of rows."""

    facts: list[Fact]
    asides: list[Fact]
    components: list[Fact]

    def complete(self, implied: list[Fact]) -> None:
        """Take back a row whose number is only a piece of it, the rest being implied (驳回3件 …, 均维持)."""
        for fact in implied:
            pieces = [one for one in self.facts if one.quantity == fact.quantity and one.clause == fact.clause and one.quantity.startswith("review.litigation.")]
            for piece in pieces:
                self.facts.remove(piece)
                self.components.append(piece)


def state_facts(source: str, folded: Folded, found: list[Sentence], mentions: list[Mention]) -> Stated:
    """Turn the numbers of a text into facts."""
    stated = Stated([], [], [])
    _answered_all(mentions)
    _settle_handled(mentions)
    _add_up_handled(mentions)
    _add_up_bodies(mentions)
    _add_up_reviews(mentions)
    for group in _by_sentence(mentions):
        _FactsOf(source, folded, found[group[0].sentence], stated).add(group)
    return stated


def _by_sentence(mentions: list[Mention]) -> Iterator[list[Mention]]:
    group: list[Mention] = []
    for mention in mentions:
        if group and group[0].sentence != mention.sentence:
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


class _FactsOf:
    """One sentence's numbers made facts."""

    __slots__ = ("clause", "folded", "source", "stated")

    def __init__(self, source: str, folded: Folded, sentence: Sentence, stated: Stated) -> None:
        self.source, self.folded, self.stated = source, folded, stated
        self.clause = folded.span(sentence.start, sentence.end)

    def add(self, mentions: list[Mention]) -> None:
        """Sort the numbers into facts, asides and components."""
        said: dict[str, list[Mention]] = {}
        _disclosed_on_request(mentions)
        for mention in mentions:
            for quantity in mention.quantities:
                current = mention.period == "this" or (quantity in _NEIGHBOURS and mention.period in {"last", "next"})
                if current and mention.scope == "own":
                    said.setdefault(quantity, []).append(mention)
                else:
                    self.stated.asides.append(self._fact(quantity, [mention]))
        for quantity, saying in said.items():
            self._say(quantity, saying)
        self.stated.facts.sort(key=lambda fact: (fact.start, fact.end))

    def _say(self, quantity: str, saying: list[Mention]) -> None:
        facts, components = self.stated.facts, self.stated.components
        if quantity == _ORGANISATIONS:
            components += [self._fact(quantity, [mention]) for mention in saying]
        elif quantity in _SPLIT_ROWS:
            self._row(quantity, saying)
        elif quantity in DECISIONS.values() and len({mention.number.value for mention in saying}) > 1 and not any(mention.listed for mention in saying):
            self._row(quantity, saying)
        elif quantity in {NEW, HANDLED, ANSWERED}:
            self._total(quantity, saying)
        else:
            seen: set[int | Decimal] = set()
            for mention in saying:
                if mention.number.value not in seen:
                    seen.add(mention.number.value)
                    facts.append(self._fact(quantity, [mention]))

    def _row(self, quantity: str, saying: list[Mention]) -> None:
        """The pieces of one row added up; what was withdrawn is never a row by itself."""
        if quantity == WITHDRAWN:
            saying = _with_withdrawn(saying)
            if all(mention.kind == "WITHDRAWN" for mention in saying):
                self.stated.components.extend(self._fact(quantity, [mention]) for mention in saying)
                return
        distinct = list({(mention.kind, mention.number.value, mention.listed): mention for mention in saying}.values())
        if len(distinct) > 1:
            self.stated.components.extend(self._fact(quantity, [mention]) for mention in distinct)
        self.stated.facts.append(self._fact(quantity, distinct))

    def _total(self, quantity: str, saying: list[Mention]) -> None:
        """The first number is the total; numbers received through several channels are added up."""
        if len(saying) > 1 and all("CHANNEL" in mention.notions for mention in saying) and saying[1].number.start - saying[0].number.end < _CLOSE:
            self.stated.facts.append(self._fact(quantity, saying))
            return
        saying = [mention for mention in saying if mention.kind != BY_CHANNEL] or saying
        self.stated.facts.append(self._fact(quantity, saying[:1]))
        self.stated.components.extend(self._fact(quantity, [mention]) for mention in saying[1:])

    def _fact(self, quantity: str, mentions: list[Mention]) -> Fact:
        first, last = mentions[0], mentions[-1]
        value = sum((mention.number.value for mention in mentions), 0)
        if quantity == ADMIN_AMOUNT:
            value = _in_myriads(value)
        start, end = self.folded.span(first.start, max(last.end, last.number.end))
        return Fact(
            quantity, value, any(mention.number.approximate for mention in mentions), zero=False, span=self.source[start:end], start=start, end=end,
            clause=self.clause, period=first.period, scope=first.scope,
            parts=tuple(mention.number.value for mention in mentions) if len(mentions) > 1 else (),
        )


def _answered_all(mentions: list[Mention]) -> None:
    """收到和办理9件 has not answered all nine where some were carried forward."""
    for place, mention in enumerate(mentions):
        if mention.kind == "RECEIVE_AND" and any(
            FORWARD in later.quantities and later.number.value and later.sentence <= mention.sentence + _REACH for later in mentions[place:]
        ):
            mention.quantities = (NEW,)


def _add_up_reviews(mentions: list[Mention]) -> None:
    """诉讼结案7件，另有3件尚未审结，共计10件: the sum of concluded and pending cases is all of them."""
    for place, mention in enumerate(mentions):
        if mention.quantities or "SUM_UP" not in mention.notions or mention.topic not in REVIEWS:
            continue
        ahead = [one for one in mentions[:place] if one.sentence == mention.sentence]
        total = f"{REVIEWS[mention.topic]}.total"
        if ahead and all(one.topic == mention.topic for one in ahead) and not any(total in one.quantities for one in ahead):
            mention.quantities = (total,)


def _add_up_bodies(mentions: list[Mention]) -> None:
    """各县收到2210件，市级部门收到640件，全市合计2850件: the sum of several bodies' numbers is the government's own."""
    for place, mention in enumerate(mentions):
        if mention.quantities or not mention.number.counts or "SUM_UP" not in mention.notions or mention.scope != "own":
            continue
        bodies = [one for one in mentions[:place] if one.sentence == mention.sentence and one.scope == "below" and one.quantities]
        if len(bodies) > 1 and len({one.quantities for one in bodies}) == 1 and sum(one.number.value for one in bodies) == mention.number.value:
            mention.quantities = bodies[0].quantities


def _add_up_handled(mentions: list[Mention]) -> None:
    """新收132件，上年结转2件，共计134件: the sum of both is what there was to handle."""
    for place, mention in enumerate(mentions):
        if mention.quantities or not mention.number.counts or not mention.notions & {"SUM_UP", "TOTAL"} or mention.topic != "REQUEST":
            continue
        ahead = [one for one in mentions[:place] if one.sentence == mention.sentence and one.period == "this"]
        new = next((one for one in ahead if NEW in one.quantities), None)
        over = next((one for one in ahead if OVER in one.quantities), None)
        if new is not None and over is not None and new.number.value + over.number.value == mention.number.value:
            mention.quantities = (HANDLED,)


def _settle_handled(mentions: list[Mention]) -> None:
    """新收1182件，办理1187件（含上年结转57件）: what is not 新收 and 上年结转 together is what was answered."""
    for place, mention in enumerate(mentions):
        if mention.quantities != (HANDLED,) or "HANDLE" not in mention.notions or "RECEIVE" in mention.notions:
            continue
        near = [one for one in mentions if one.sentence == mention.sentence]
        new = next((one for one in mentions[:place] if one in near and NEW in one.quantities), None)
        over = next((one for one in near if OVER in one.quantities), None)
        if new is not None and over is not None and new.number.value + over.number.value != mention.number.value:
            mention.quantities = (ANSWERED,)


def _disclosed_on_request(mentions: list[Mention]) -> None:
    """依申请公开9条，不予公开1条: beside what was refused, 依申请公开 is what was granted."""
    for mention, following in pairwise(mentions):
        if mention.quantities == (NEW,) and mention.kind == "T:REQUEST" and following.quantities == ("requests.refused.total",):
            mention.quantities = ("requests.granted.total",)


def _with_withdrawn(saying: list[Mention]) -> list[Mention]:
    """撤回 N件 counts towards 其他处理 M件 only beside it in one list, not in the list that 其他处理 opens."""
    others = [mention for mention in saying if mention.kind != "WITHDRAWN"]
    if not others:
        return saying
    return others + [mention for mention in saying if mention.kind == "WITHDRAWN" and mention.listed == others[0].listed and not mention.opens]


def _in_myriads(yuan: int | Decimal) -> int | Decimal:
    value = Decimal(yuan) / _MYRIAD
    return int(value) if value == int(value) else value
