"""Statements of zero in words: 未收到申请, 没有因此引发的行政复议、行政诉讼, 无上年结转, 未收取费用.

A negation applies to what it denies: 无败诉 denies lost cases, not cases; 无超期 denies neither.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ..chinese.punctuation import CLAUSE_STOPS
from .bodies import Body, period_of_year
from .quantity_patterns import ADMIN_AMOUNT, DECISIONS, DOCUMENTS, FEE_AMOUNT, FORWARD, NEW, NOTICES, OVER, PERSONS, REVIEWS
from .results import Fact
from .token_queries import head_topic
from .tokenize import NONE

if TYPE_CHECKING:
    from ..chinese.fold import Folded
    from .tokenize import Phrase, ProseToken, Sentence

_TOPICAL = frozenset(("APPLICATION", "ASKING", "RECON", "LITIG", "INFO_FEE", "FEE_NOTICE", "INFO"))
_DENIALS = frozenset(("NOT", "NO_APPLICANT", "ALL_NONE"))
_OTHER_TIMES = frozenset(("LAST_YEAR", "NEXT_YEAR", "SPAN", "PLAN"))
_NO_DENIAL_BEHIND = frozenset(("IF", "ENFORCEMENT"))
_STILL_REQUESTS = frozenset(("ANSWER", "LATE", "PENDING", "ONGOING", "GRANTED", "REFUSED", "PARTLY", "WITHDRAWN"))
"""Notions denied of requests that did exist: 无超期答复, 无不予公开的申请."""
_CLAUSE_STOPS = CLAUSE_STOPS - {"、"}
_LONGEST = 60  # tokens of a phrase that are read
_BARE = 2  # characters: a paragraph of at most this length is 无 or 没有 alone


def find_stated_zeros(source: str, folded: Folded, found: list[Sentence], year: int | None, body: Body) -> tuple[list[Fact], list[Fact]]:
    """Return the zero statements of this year and body, and those of others."""
    facts: list[Fact] = []
    asides: list[Fact] = []
    heading: frozenset[str] = frozenset()
    line = -1
    for sentence in found:
        # A paragraph that is only 无 may refer to any heading.
        if sentence.line != line and len(folded.text[sentence.start : sentence.end].strip()) <= _BARE:
            heading = frozenset()
        line = sentence.line
        if not sentence.notions.isdisjoint(_DENIALS):
            _Denials(source, folded, sentence, year, body).read(heading, facts, asides)
        heading = sentence.notions & _TOPICAL or heading
    return facts, asides


def _subjects(phrase: Phrase) -> frozenset[str]:
    return _notions(phrase.tokens) & _TOPICAL


def _notions(tokens: list[ProseToken]) -> frozenset[str]:
    return frozenset().union(*[token.notions for token in tokens])


class _Denials:
    """Zero statements of one sentence."""

    __slots__ = ("body", "folded", "sentence", "source", "year")

    def __init__(self, source: str, folded: Folded, sentence: Sentence, year: int | None, body: Body) -> None:
        self.source, self.folded, self.sentence, self.year, self.body = source, folded, sentence, year, body

    def read(self, heading: frozenset[str], facts: list[Fact], asides: list[Fact]) -> None:
        """Append what the sentence denies to `facts` or `asides`; `heading` holds the topics of the sentences before."""
        seen, current = heading, True
        said: set[str] = set()
        for phrase in self.sentence.phrases:
            current = self._is_current(phrase, current=current)
            quantities, first, last = _denied(phrase, seen, self.folded.text)
            for quantity in quantities:
                if quantity not in said:
                    (facts if current else asides).append(self._fact(quantity, phrase, first, last))
            said.update(quantities)
            seen = seen | _subjects(phrase)

    def _fact(self, quantity: str, phrase: Phrase, first: int, last: int) -> Fact:
        floor = max((token.end for token in phrase.tokens if token.number is not None and token.end <= first), default=0)
        while first > floor and self.folded.text[first - 1] not in _CLAUSE_STOPS:
            first -= 1
        start, end = self.folded.span(first, last)
        clause = self.folded.span(self.sentence.start, self.sentence.end)
        return Fact(quantity, 0, approximate=False, zero=True, span=self.source[start:end], start=start, end=end, clause=clause)

    def _is_current(self, phrase: Phrase, *, current: bool) -> bool:
        """Return whether the phrase is about the report's year and body; `current` is the value before it."""
        compared = any("CARRY" in token.notions for token in phrase.tokens)
        for token in phrase.tokens:
            if "COMPARED" in token.notions:
                compared = True
            elif token.notions & {"THIS_YEAR", "OWN"}:
                current = True
            elif "WIDE" in token.notions:
                current = self.body.scope_of_area(self.folded.text[token.start : token.end]) == "own"
            elif not compared and token.year is not None:
                current = period_of_year(token.year, self.year) == "this"
            elif not compared and token.notions & _OTHER_TIMES:
                current = False
        return current


def _denied(phrase: Phrase, seen: frozenset[str], text: str) -> tuple[list[str], int, int]:
    """Return the quantities that a phrase denies, and start and end offset of the statement."""
    tokens = phrase.tokens[:_LONGEST]
    for place, token in enumerate(tokens):
        if not token.notions & _DENIALS or any(other.number is not None for other in tokens[place:]):
            continue
        ahead = _notions(tokens[:place])
        if ahead & _NO_DENIAL_BEHIND:
            continue
        after = _without_cause(tokens[place + 1 :])
        if after:
            quantities = _objects(token, after, seen | ahead, text)
            if not quantities and "NO_APPLICANT" in token.notions and _notions(after) & {"APPLICATION", "ASKING", "INFO"}:
                quantities = [NEW]
        else:
            ahead_of_it = _without_cause(tokens[:place])
            subjects = _notions(ahead_of_it) or (seen if phrase.before in {":", ""} else frozenset())
            quantities = _carried(subjects, ahead_of_it) or _reviews(subjects, frozenset()) or _fees(subjects, seen, "")
            asked = subjects & ({"APPLICATION", "INFO"} if "NO_APPLICANT" in token.notions else {"APPLICATION"})
            quantities = quantities or ([NEW] if asked else [])
        if quantities:
            return quantities, token.start, tokens[-1].end
    return [], 0, 0


def _objects(negation: ProseToken, after: list[ProseToken], seen: frozenset[str], text: str) -> list[str]:
    """Return the quantities named by the tokens after a negation."""
    named = _notions(after)
    if named & {"DUTY", "DOC_ATTRIBUTE"}:
        return []
    if named & {"RECON", "LITIG", "LOSE"}:
        vague = named & {"FEE", "COLLECT"} or ("LOSE" in named and (text[negation.start] == "零" or named & {"BLAME", "COMPLAINT"}))
        return [] if vague else _reviews(named, seen)
    if "BLAME" in named:
        return []
    carried = _carried(named, after)
    if carried:
        return carried
    beside = text[after[0].start : after[-1].end]
    return [*_fees(named, seen, beside), *_disclosure(named, beside)] or _requests(negation, after, named, seen)


def _carried(named: frozenset[str], tokens: list[ProseToken]) -> list[str]:
    if "CARRY" not in named:
        return []
    over = "LAST_YEAR" in named or _earlier_year(tokens)
    return ([OVER] if over else []) + ([FORWARD] if not over or "NEXT_YEAR" in named else [])


def _fees(named: frozenset[str], seen: frozenset[str], beside: str) -> list[str]:
    if "FEE_NOTICE" in named:
        return [NOTICES]
    if "ADMIN_FEE" in named:
        return [ADMIN_AMOUNT]
    on_request = (seen | named) & {"APPLICATION", "ASKING", "INFO_FEE", "FEE_NOTICE", "INFO"} or "申请人" in beside
    charged = named & {"COLLECT", "FEE"} and on_request
    return [FEE_AMOUNT] if "INFO_FEE" in named or charged else []


def _disclosure(named: frozenset[str], beside: str) -> list[str]:
    """Return the denied documents or decisions (未出台规范性文件, 未实施行政强制).

    无行政许可事项 denies entries of the power list, not decisions.
    """
    if "POST" in named or "NO_DOCUMENT" in named or ("POWER" in named and not beside.endswith("的事项")):
        return []
    decisions = [quantity for notion, quantity in DECISIONS.items() if notion in named]
    if decisions:
        return decisions
    prefix = next((prefix for notion, prefix in DOCUMENTS.items() if notion in named), None)
    if prefix is None:
        return []
    if "REPEAL" in named:
        return [f"{prefix}.repealed", *([f"{prefix}.issued"] if "ISSUE" in named else [])]
    if named & {"VET", "REVISE"}:
        return []
    if "IN_FORCE" in named:
        return [f"{prefix}.in_force"]
    return [f"{prefix}.issued"] if named & {"ISSUE", "PUBLISH"} else []


def _reviews(named: frozenset[str], seen: frozenset[str]) -> list[str]:
    """Return the totals of the denied reviews, or only their lost cases."""
    lost = bool(named & {"LOSE", "CORRECTED"})
    if "LOST_IN_COURT" in named and "RECON" in named:
        named |= {"LITIG"}
    topics = [topic for topic in REVIEWS if topic in named] or ([topic for topic in REVIEWS if topic in seen] if lost else [])
    return [f"{REVIEWS[topic]}.{'corrected' if lost else 'total'}" for topic in topics]


def _requests(negation: ProseToken, after: list[ProseToken], named: frozenset[str], seen: frozenset[str]) -> list[str]:
    """Return the denied request quantities: requests at all (未收到…申请, 无依申请公开事项), applicants, refusals."""
    if named & PERSONS.keys() and seen & {"APPLICATION", "ASKING"} and "NATURAL" not in named:
        return [PERSONS[notion] for notion in PERSONS if notion in named]
    told = next((token.notions for token in after if token.notions - {"HAVE"}), NONE)
    if "REFUSED" in told and seen & {"APPLICATION", "ASKING"} and not named & {"IF", "ANSWER"}:
        return ["requests.refused.total"]
    if head_topic(after) not in {"REQUEST", "ASKING"} or named & _STILL_REQUESTS:
        return []
    if "APPLICATION" in named:
        return [NEW] if "RECEIVE" in named or "HANDLE" not in named else []
    known = all(one.end + 1 >= other.start for one, other in pairwise([negation, *after]))
    return [NEW] if "RECEIVE" in named and (known or "APPLICATION" in seen) and not named & {"LICENCE", "FOREIGN"} else []


def _earlier_year(tokens: list[ProseToken]) -> bool:
    """Return whether a year precedes 结转 (无2022年结转的申请)."""
    for token in tokens:
        if "CARRY" in token.notions:
            return False
        if token.year is not None:
            return True
    return False


def _without_cause(tokens: list[ProseToken]) -> list[ProseToken]:
    """Return the tokens without 因…引发的."""
    for place in range(len(tokens) - 1, -1, -1):
        if "CAUSED" in tokens[place].notions:
            begin = place
            for back in range(place - 1, -1, -1):
                if tokens[back].notions and not tokens[back].notions & {"APPLICATION", "ASKING", "INFO", "BECAUSE"}:
                    break
                begin = back
            return [*tokens[:begin], *tokens[place + 1 :]]
    return tokens
