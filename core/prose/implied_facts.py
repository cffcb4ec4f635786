"""Facts implied without a number of their own: 均为自然人, 全部办结, 均获维持, 目前尚未审结.

Kept apart from facts with a number. They support comparisons, and complete a row that the prose gives in parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .quantity_patterns import ANSWERED, FORWARD, HANDLED, NEW, OUTCOMES
from .results import Fact

if TYPE_CHECKING:
    from ..chinese.fold import Folded
    from .mention import Mention
    from .tokenize import Phrase, Sentence

_ALL = ("均", "全部", "都", "皆")
_REVIEW_ROWS = {
    "review.reconsideration.total": "review.reconsideration",
    "review.litigation.total": "review.litigation",
    "review.litigation_direct.total": "review.litigation",
    "review.litigation_after_review.total": "review.litigation",
}


def find_implied_facts(source: str, folded: Folded, found: list[Sentence], mentions: list[Mention]) -> list[Fact]:
    """Return the facts that clauses without numbers imply for preceding numbers."""
    implied: list[Fact] = []
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    for index, sentence in enumerate(found):
        if index not in by_sentence:
            continue
        for place, phrase in enumerate(sentence.phrases):
            if not phrase.tokens or any(token.number is not None for token in phrase.tokens):
                continue
            beside = folded.text[phrase.tokens[0].start : phrase.tokens[-1].end]
            whole = any(map(beside.__contains__, _ALL))
            for base in _bases(by_sentence[index], place, many=whole):
                quantity = _quantity(base, phrase, whole=whole)
                if quantity:
                    span = folded.span(phrase.tokens[0].start, phrase.tokens[-1].end)
                    implied.append(_fact(quantity, base, source, span, folded.span(sentence.start, sentence.end)))
    return implied


def _fact(quantity: str, base: Mention, source: str, span: tuple[int, int], clause: tuple[int, int]) -> Fact:
    start, end = span
    return Fact(
        quantity=quantity,
        value=base.number.value,
        approximate=base.number.approximate,
        zero=False,
        span=source[start:end],
        start=start,
        end=end,
        clause=clause,
    )


def _bases(mentions: list[Mention], phrase: int, *, many: bool) -> list[Mention]:
    """Return the numbers that a clause refers to: the last one, or, with 均, all coordinated reviews."""
    ahead = [one for one in mentions if one.phrase < phrase and one.period == "this" and one.scope == "own"]
    if not ahead:
        return []
    last = ahead[-1]
    if many and last.quantities[:1] and last.quantities[0] in {"review.reconsideration.total", "review.litigation.total"}:
        return [one for one in ahead[-2:] if one.quantities and one.quantities[0] in _REVIEW_ROWS]
    return [last]


def _quantity(base: Mention, phrase: Phrase, *, whole: bool) -> str:
    if not base.quantities:
        return ""
    notions = frozenset().union(*(token.notions for token in phrase.tokens))
    quantity = base.quantities[0]
    if quantity in _REVIEW_ROWS and (whole or "PENDING" in notions) and "NOT" not in notions:
        return next((f"{_REVIEW_ROWS[quantity]}.{column}" for notion, column in OUTCOMES.items() if notion in notions), "")
    if quantity in {NEW, HANDLED}:
        if "NATURAL" in notions and "ORGANISATION" not in notions and quantity == NEW and (whole or "ASKING" in notions):
            return "requests.new_received.natural_person"
        if "ANSWER" in notions and "NOT" not in notions:
            return ANSWERED
        if "ONGOING" in notions:
            return FORWARD
    return ""
