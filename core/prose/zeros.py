"""Statements that there was nothing: 未收到申请, 没有因此引发的行政复议、行政诉讼, 无上年结转, 未收取费用.

A negation counts for what it denies: 无败诉 denies lost cases, not cases; 无超期 denies neither.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from .mentions import head_topic
from .reading import Fact
from .rules import DECISIONS, DOCUMENTS, FORWARD, NEW, NOTICES, OVER, PERSONS, REVIEWS
from .rules import ADMIN_AMOUNT, FEE_AMOUNT
from .scope import Body, period_of_year

if TYPE_CHECKING:
    from .clauses import Phrase, Sentence, Token
    from .script import Folded

_TOPICAL = frozenset(("APPLICATION", "ASKING", "RECON", "LITIG", "INFO_FEE", "INFO"))


def state_zeros(source: str, folded: Folded, found: list[Sentence], year: int | None, body: Body) -> tuple[list[Fact], list[Fact]]:
    """The zero statements of this year and body, and those of others."""
    facts: list[Fact] = []
    asides: list[Fact] = []
    heading: frozenset[str] = frozenset()
    for sentence in found:
        if not any(token.notions & _DENIALS for phrase in sentence.phrases for token in phrase.tokens):
            heading = _heading(sentence, heading)
            continue
        clause = folded.span(sentence.start, sentence.end)
        seen = heading
        this = True
        said: set[str] = set()
        for phrase in sentence.phrases:
            this = _current(phrase, year, body, current=this)
            denied, first, last = _denied(phrase, seen, folded.text)
            for quantity in (one for one in denied if one not in said):
                floor = max((token.end for token in phrase.tokens if token.number is not None and token.end <= first), default=0)
                start, end = folded.span(_clause_start(folded.text, first, floor), last)
                fact = Fact(quantity, 0, approximate=False, zero=True, span=source[start:end], start=start, end=end, clause=clause)
                (facts if this else asides).append(fact)
            said.update(denied)
            seen = seen | _subjects(phrase)
        heading = _heading(sentence, heading)
    return facts, asides


_DENIALS = frozenset(("NOT", "NO_APPLICANT", "ALL_NONE"))


def _heading(sentence: Sentence, before: frozenset[str]) -> frozenset[str]:
    """What a sentence without numbers has put forward as the subject of the next one."""
    subjects: frozenset[str] = frozenset()
    for phrase in sentence.phrases:
        subjects |= _subjects(phrase)
    return subjects or before


def _subjects(phrase: Phrase) -> frozenset[str]:
    named: set[str] = set()
    for token in phrase.tokens:
        named |= token.notions & _TOPICAL
    return frozenset(named)


def _current(phrase: Phrase, year: int | None, body: Body, *, current: bool) -> bool:
    compared = False
    carries = any("CARRY" in token.notions for token in phrase.tokens)
    for token in phrase.tokens:
        if "COMPARED" in token.notions:
            compared = True
        elif token.year is not None and not compared and not carries:
            current = period_of_year(token.year, year) == "this"
        elif token.notions & {"LAST_YEAR", "NEXT_YEAR", "SPAN", "PLAN"} and not compared and not carries:
            current = False
        elif token.notions & {"THIS_YEAR", "OWN"}:
            current = True
    return current


def _clause_start(text: str, place: int, floor: int) -> int:
    while place > floor and text[place - 1] not in ",;:()。\n":
        place -= 1
    return place


def _denied(phrase: Phrase, seen: frozenset[str], text: str) -> tuple[list[str], int, int]:
    """The quantities that a phrase says are none, and the place of the statement."""
    tokens = phrase.tokens
    for place, token in enumerate(tokens):
        if not token.notions & _DENIALS:
            continue
        if any(other.notions & {"IF"} for other in tokens[:place]) or any(other.number is not None for other in tokens[place:]):
            continue
        if any("WHY" in other.notions for other in tokens[:place]):
            continue
        after = _without_cause(tokens[place + 1 :])
        ahead = _notions(tokens[:place])
        if not after and token.notions & {"ALL_NONE", "NOT"}:
            subjects = _notions(_without_cause(tokens[:place])) or (seen if phrase.before in {":", ""} else frozenset())
            quantities = _reviews(subjects, frozenset()) or ([NEW] if "APPLICATION" in subjects else [])
        elif "NO_APPLICANT" in token.notions:
            named = _notions(after)
            quantities = _objects(token, after, ahead, seen, text) or ([NEW] if named & {"APPLICATION", "ASKING", "INFO"} else [])
        else:
            quantities = _objects(token, after, ahead, seen, text)
        if quantities:
            return quantities, token.start, tokens[-1].end
    return [], 0, 0


def _notions(tokens: list[Token]) -> frozenset[str]:
    found: set[str] = set()
    for token in tokens:
        found |= token.notions
    return frozenset(found)


def _objects(negation: Token, after: list[Token], ahead: frozenset[str], seen: frozenset[str], text: str) -> list[str]:
    """What the words behind a negation name."""
    named = _notions(after)
    if named & {"DUTY", "DOC_ATTRIBUTE"} or not after:
        return []
    if {"RECON", "LITIG"} & named and named & {"FEE", "COLLECT"}:
        return []
    if {"RECON", "LITIG"} & named or "LOSE" in named:
        vague = "LOSE" in named and (text[negation.start] == "零" or named & {"BLAME", "COMPLAINT"})
        return [] if vague else _reviews(named, seen | ahead)
    if named & {"BLAME"}:
        return []
    if "CARRY" in named:
        if named & {"LAST_YEAR"} or _earlier_year(after):
            return [OVER]
        return [FORWARD]
    if "FEE_NOTICE" in named:
        return [NOTICES]
    if "ADMIN_FEE" in named:
        return [ADMIN_AMOUNT]
    if named & {"INFO_FEE"} or (named & {"COLLECT", "FEE"} and (seen | ahead | named) & {"APPLICATION", "ASKING", "INFO_FEE", "INFO"}) or (named & {"COLLECT", "FEE"} and "申请人" in text[after[0].start : after[-1].end]):
        return [FEE_AMOUNT]
    items = text[after[0].start : after[-1].end].endswith("的事项")
    if (named & {"POST", "NO_DOCUMENT"} or ("POWER" in named and not items)) and not named & {"APPLICATION"}:
        return []
    for notion, quantity in DECISIONS.items():
        if notion in named:
            return [value for other, value in DECISIONS.items() if other in named] or [quantity]
    for notion, prefix in DOCUMENTS.items():
        if notion in named:
            return _documents(prefix, named)
    if named & PERSONS.keys() and seen & {"APPLICATION", "ASKING"} and not named & {"NATURAL"}:
        return [PERSONS[notion] for notion in PERSONS if notion in named]
    return _application(negation, after, named, seen | ahead)


def _documents(prefix: str, named: frozenset[str]) -> list[str]:
    if "REPEAL" in named:
        return [f"{prefix}.repealed"]
    if named & {"VET", "REVISE"}:
        return []
    if "IN_FORCE" in named:
        return [f"{prefix}.in_force"]
    return [f"{prefix}.issued"] if named & {"ISSUE", "PUBLISH"} else []


def _reviews(named: frozenset[str], seen: frozenset[str]) -> list[str]:
    """The reviews denied, or only the lost ones."""
    lost = "LOSE" in named
    if "LOST_IN_COURT" in named and "RECON" in named:
        named |= {"LITIG"}
    topics = [topic for topic in REVIEWS if topic in named] or ([topic for topic in REVIEWS if topic in seen] if lost else [])
    return [f"{REVIEWS[topic]}.{'corrected' if lost else 'total'}" for topic in topics]


def _application(negation: Token, after: list[Token], named: frozenset[str], seen: frozenset[str]) -> list[str]:
    """Whether 未收到…申请 or 无依申请公开事项 denies that there were requests at all."""
    if head_topic(after) not in {"REQUEST", "ASKING"}:
        return []
    if named & {"ANSWER", "LATE", "PENDING", "ONGOING", "GRANTED", "REFUSED", "PARTLY", "WITHDRAWN"}:
        return []
    if "APPLICATION" in named:
        return [NEW] if "RECEIVE" in named or not named & {"HANDLE"} else []
    known = all(one.end >= other.start for one, other in pairwise([negation, *after]))
    return [NEW] if "RECEIVE" in named and (known or "APPLICATION" in seen) and not named & {"LICENCE", "FOREIGN"} else []


def _earlier_year(tokens: list[Token]) -> bool:
    carried = False
    for token in tokens:
        carried = carried or "CARRY" in token.notions
        if token.year is not None and not carried:
            return True
    return False


def _without_cause(tokens: list[Token]) -> list[Token]:
    """The tokens without 因…引发的."""
    for place in range(len(tokens) - 1, -1, -1):
        if "CAUSED" in tokens[place].notions:
            begin = place
            for back in range(place - 1, -1, -1):
                if tokens[back].notions & {"APPLICATION", "ASKING", "INFO", "BECAUSE"} or not tokens[back].notions:
                    begin = back
                else:
                    break
            return [*tokens[:begin], *tokens[place + 1 :]]
    return tokens
