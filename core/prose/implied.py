"""What follows without a number of its own: 均为自然人, 全部办结, 均获维持, 目前尚未审结.

Such facts are kept apart from those with a number; they help to compare, and they complete a row that the prose gives in pieces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reading import Fact
from .rules import ANSWERED, FORWARD, HANDLED, NEW, OUTCOMES

if TYPE_CHECKING:
    from .clauses import Phrase, Sentence
    from .mentions import Mention
    from .script import Folded

_ALL = ("均", "全部", "都", "皆")
_REVIEW_ROWS = {
    "review.reconsideration.total": "review.reconsideration",
    "review.litigation.total": "review.litigation",
    "review.litigation_direct.total": "review.litigation",
    "review.litigation_after_review.total": "review.litigation",
}


def imply_facts(source: str, folded: Folded, found: list[Sentence], mentions: list[Mention]) -> list[Fact]:
    """The facts that clauses without numbers add to the numbers ahead of them."""
    implied: list[Fact] = []
    for index, sentence in enumerate(found):
        for place, phrase in enumerate(sentence.phrases):
            if not phrase.tokens or any(token.number is not None for token in phrase.tokens):
                continue
            beside = folded.text[phrase.tokens[0].start : phrase.tokens[-1].end]
            whole = any(word in beside for word in _ALL)
            bases = _bases(mentions, index, place, many=whole)
            for base in bases:
                quantity = _quantity(base, phrase, whole=whole)
                if quantity:
                    start, end = folded.span(phrase.tokens[0].start, phrase.tokens[-1].end)
                    clause = folded.span(sentence.start, sentence.end)
                    implied.append(
                        Fact(
                            quantity, base.number.value, base.number.approximate, zero=False, span=source[start:end], start=start, end=end,
                            clause=clause, implied=True,
                        )
                    )
    return implied


def _bases(mentions: list[Mention], sentence: int, phrase: int, *, many: bool) -> list[Mention]:
    """The numbers that a clause speaks of: the last one, or 均 all reviews named side by side."""
    ahead = [one for one in mentions if (one.sentence, one.phrase) < (sentence, phrase) and one.sentence == sentence and one.period == "this" and one.scope == "own"]
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
