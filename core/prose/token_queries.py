"""Queries on token sequences: topic, named quantities, end of a description."""

from __future__ import annotations

from functools import cache

from .quantity_patterns import DECISIONS, DOCUMENTS, FEE_AMOUNT, NOTICES, RESULTS, REVIEWS, TOPICS
from .tokenize import ProseToken

_NOUNS = frozenset((*REVIEWS, *DOCUMENTS, *DECISIONS))
_NAMED = (
    RESULTS | {notion: f"{prefix}.total" for notion, prefix in REVIEWS.items()} | DECISIONS | {"FEE_NOTICE": NOTICES, "COLLECT": FEE_AMOUNT}
)
_NAMING = frozenset(_NAMED)
_PAIR = 2
_WHEN = frozenset(("LAST_YEAR", "THIS_YEAR", "RISEN_TO"))
_BESIDE = _WHEN | {"FROM", "WITHIN", "RESPECTIVELY", "TOTAL", "EACH"}


def has_notion(notion: str, tokens: list[ProseToken]) -> bool:
    """Return whether any token has the notion."""
    for token in tokens:  # noqa: SIM110 - asked of each number some ten times; `any` takes twice as long
        if notion in token.notions:
            return True
    return False


def head_topic(tokens: list[ProseToken]) -> str:
    """Return the topic of the last token that names one, or ""."""
    for token in reversed(tokens):
        if token.notions and (topic := _topic(token.notions)):
            return topic
    return ""


@cache
def _topic(notions: frozenset[str]) -> str:
    """Return the topic of a token. Cached: there are no more distinct notion sets than vocabulary words."""
    return next((topic for notion, topic in TOPICS.items() if notion in notions), "")


def named_quantities(tokens: list[ProseToken]) -> tuple[str, ...]:
    """Return the quantities named by the words alone, in order (行政复议、行政诉讼; 予以公开、部分公开)."""
    found: list[str] = []
    for token in tokens:
        named = token.notions & _NAMING
        if named:
            quantity = next(quantity for notion, quantity in _NAMED.items() if notion in named)
            if quantity not in found:
                found.append(quantity)
    return tuple(found)


def names_both_reviews(tokens: list[ProseToken]) -> bool:
    """Return whether 行政复议 and 行政诉讼 are coordinated, so that a following number counts both."""
    named = [
        place
        for place, token in enumerate(tokens)
        if token.notions & {"RECON", "LITIG"} and not token.notions & {"AFTER_REVIEW", "DIRECT", "JUDGED"}
    ]
    if len(named) < _PAIR:
        return False
    first, second = named[-_PAIR:]
    kinds = {notion for place in (first, second) for notion in tokens[place].notions & {"RECON", "LITIG"}}
    return len(kinds) == _PAIR and all(token.stop or not token.notions for token in tokens[first + 1 : second])


def until_stop(tokens: list[ProseToken]) -> list[ProseToken]:
    """Return the tokens up to 、 or up to a statement about all that was counted (3起复议、1起诉讼均以胜诉告终)."""
    named = False
    for place, token in enumerate(tokens):
        if token.stop or "AND_CARRIED" in token.notions or (named and token.notions & {"EACH", "ON_TIME"}):
            return tokens[:place]
        named = named or head_topic([token]) in _NOUNS
    return tokens


def is_ellipsis(left: list[ProseToken], right: list[ProseToken]) -> bool:
    """Return whether the number has only a year or 增至 beside it."""
    when = any(token.year is not None or token.notions & _WHEN for token in left)
    return when and not right and all(token.notions <= _BESIDE for token in left if token.year is None)


def relabel_causes(tokens: list[ProseToken]) -> list[ProseToken]:
    """Return the tokens with 因政府信息公开申请引发的 relabelled as a cause, so that it is not taken for the thing counted."""
    if not has_notion("CAUSED", tokens):
        return tokens
    cleaned = list(tokens)
    for place, token in enumerate(tokens):
        if "CAUSED" not in token.notions:
            continue
        for back in range(place - 1, -1, -1):
            earlier = cleaned[back]
            if earlier.number is not None or earlier.stop:
                break
            if earlier.notions & {"APPLICATION", "ASKING"}:
                cleaned[back] = ProseToken(earlier.start, earlier.end, frozenset({"INFO"}))
            if "BECAUSE" in earlier.notions:
                break
    return cleaned
