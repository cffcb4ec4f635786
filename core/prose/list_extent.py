"""List candidates: which numbers may be parts of one list, how far it may extend, which totals it may divide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..chinese.punctuation import CLAUSE_STOPS
from .quantity_patterns import ANSWERED, HANDLED, NEW, OVER, PERSONS, RESULTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from .mention import Mention
    from .tokenize import Sentence

RESULT_NOTIONS = frozenset(RESULTS)
OUTCOME = RESULT_NOTIONS | {"CARRY", "WITHDRAWN", "ANSWER", "ONGOING", "COMPLAINT", "UPHELD", "CORRECTED", "OTHER_RESULT", "PENDING"}
"""Notions of the results of requests and reviews."""
_PERSON = frozenset((*PERSONS, "ORGANISATION"))
_VERBS = frozenset(("PUBLISH", "POSTED", "RECEIVE", "ANSWER", "HANDLE", "ISSUE", "DECIDE"))
_DIVIDED = frozenset((NEW, HANDLED, "review.reconsideration.total", "review.litigation.total", "review.litigation_direct.total"))
_NO_COUNT = frozenset(("%", "倍", "百分点", "个百分点", "年", "月", "日", "天", "工作日", "个工作日"))
_ENDS = (CLAUSE_STOPS - {":"}) | {""}
_LEAD_PHRASES = 2
_MANY = 3
_LONGEST = 80  # parts; longer lists are cut


def is_not_summable(mention: Mention, text: str) -> bool:
    """Return whether a number can be neither part nor total: a percentage, a change, a duration, digits inside a word."""
    number = mention.number
    if number.unit in _NO_COUNT or "CHANGE" in mention.notions:
        return True
    return not number.unit and (mention.start == number.start or text[number.end : number.end + 1] not in _ENDS)


def kind_of(mention: Mention) -> str:
    """Return the dimension by which a part divides its total: "person", "channel", "outcome", or "" if unknown."""
    if mention.notions & OUTCOME or mention.kind == "PUBLISH":
        return "outcome"
    if mention.notions & _PERSON and "CHANNEL" not in mention.notions:
        return "person"
    return "channel" if "CHANNEL" in mention.notions and mention.notions & {"ASKING", "APPLICATION"} else ""


def counts_same_kind(one: Mention, other: Mention) -> bool:
    """Return whether two numbers count the same kind of thing."""
    if one.number.counts or not one.number.unit:
        return other.number.counts or not other.number.unit
    return one.number.unit == other.number.unit


def is_review(mention: Mention) -> bool:
    """Return whether the number counts 行政复议 or 行政诉讼."""
    return mention.topic in {"RECON", "LITIG"}


def extents(parts: list[Mention]) -> Iterator[list[Mention]]:
    """Iterate over the possible extents of a list, longest first.

    Up to its end, a semicolon, the end of a bracket, 另有, or a part of another kind.
    """
    if parts:
        yield parts
    for size in range(len(parts) - 1, 0, -1):
        ahead, part = parts[size - 1], parts[size]
        if part.group != ahead.group or part.before == ")" or "FURTHER" in part.notions or kind_of(part) != kind_of(parts[0]):
            yield parts[:size]


def fallback_extents(parts: list[Mention]) -> Iterator[list[Mention]]:
    """Iterate over more possible extents, for when numbers follow the list: also up to another unit or another stop."""
    yield from extents(parts)
    stops: set[str] = set()
    for size in range(2, len(parts)):
        part = parts[size]
        stops.add(parts[size - 1].before)
        if part.number.unit != parts[0].number.unit or part.before not in stops:
            yield parts[:size]


def default_extent(parts: list[Mention]) -> list[Mention]:
    """Return the extent used if none adds up: to the first semicolon, unless semicolons separate the items."""
    for size in range(2, len(parts)):
        if parts[size].group != parts[size - 1].group and parts[1].group == parts[0].group:
            return parts[:size]
    if len(parts) > 1 and parts[1].before == ";" and kind_of(parts[0]) and len(parts) < _MANY:
        return parts[:1]
    return parts


class ListCandidates:
    """Numbers of a text by sentence, and the candidate parts and totals of a list that opens at one of them."""

    __slots__ = ("by_sentence", "mentions", "sentences", "text")

    def __init__(self, text: str, sentences: list[Sentence], mentions: list[Mention]) -> None:
        self.text, self.sentences, self.mentions = text, sentences, mentions
        self.by_sentence: dict[int, list[Mention]] = {}
        for mention in mentions:
            self.by_sentence.setdefault(mention.sentence, []).append(mention)

    def near(self, sentence: int, reach: int) -> list[Mention]:
        """Return the numbers of a sentence and of the `reach` sentences before it."""
        return [one for index in range(sentence - reach, sentence + 1) for one in self.by_sentence.get(index, ())]

    def totals(self, place: int, *, loose: bool = False) -> list[Mention]:
        """Return the totals that the list may divide, most likely first.

        With `loose`, also those in brackets or in the previous sentence, whatever this one starts with.
        """
        first = self.mentions[place]
        same = [one for one in self.by_sentence[first.sentence] if one.number.start < first.number.start and counts_same_kind(one, first)]
        if first.depth:
            return same[-1:] if same and same[-1].depth == first.depth - 1 else []
        candidates = [one for one in reversed(same) if loose or not one.depth]
        if not same and (loose or self.goes_on(first)):
            ahead = self.by_sentence.get(first.sentence - 1, [])
            candidates = [one for one in reversed(ahead) if not one.depth and not one.listed and counts_same_kind(one, first)]
        ranked = sorted(candidates, key=lambda one: one.number.unit != first.number.unit)
        return [one for one in ranked if one.number.value >= first.number.value][:_MANY]

    def ambiguous(self, place: int, total: Mention) -> bool:
        """Return whether the previous sentence has several totals, so that 其中 may refer to any or all of them."""
        first = self.mentions[place]
        if total.sentence == first.sentence:
            return False
        return sum(not one.listed and counts_same_kind(one, total) for one in self.by_sentence[total.sentence]) > 1

    def goes_on(self, first: Mention) -> bool:
        """Return whether the sentence of `first` continues the previous one: it begins with this list."""
        if not first.sentence or first.phrase > _LEAD_PHRASES:
            return False
        sentence = self.sentences[first.sentence]
        paragraphs = sentence.line - self.sentences[first.sentence - 1].line
        return not paragraphs or (paragraphs == 1 and self.text[sentence.start] in "在从其按主")

    def parts(self, place: int, *, loose: bool = False) -> list[Mention]:
        """Return the numbers of the list at its largest extent; with `loose`, up to the end of the sentence."""
        first = self.mentions[place]
        bound = next((one.number.value for one in self.totals(place)), 0)
        parts: list[Mention] = []
        nested = False
        for at in range(place, len(self.mentions)):
            mention = self.mentions[at]
            if mention.sentence != first.sentence or mention.depth < first.depth:
                break
            if first.depth and at > place and mention.before == "(" and mention.depth == first.depth:
                break
            if mention.depth > first.depth or not counts_same_kind(mention, first) or self._doubled(at):
                continue
            if len(parts) == _LONGEST or (parts and not loose and _ends(parts, mention)):
                break
            nested = (nested and mention.before != ";") or _nests(parts, mention, bound)
            if not nested:
                parts.append(mention)
                if self.text.startswith("等", mention.number.end):
                    break
        return parts

    def _doubled(self, at: int) -> bool:
        """Return whether another number follows directly (19项28条), in which case only the last one counts."""
        return at + 1 < len(self.mentions) and self.mentions[at + 1].number.start == self.mentions[at].number.end


def _ends(parts: list[Mention], mention: Mention) -> bool:
    """Return whether the list ends before a number: other dimension, or another total."""
    first = parts[0]
    if mention.group != first.group:
        results = kind_of(mention) == kind_of(first) == "outcome"
        own_verb = mention.notions & _VERBS and not first.notions & _VERBS and not results
        if own_verb or mention.number.unit not in {"", first.number.unit}:
            return True
        if mention.group != parts[-1].group and (kind_of(mention) != kind_of(first) or is_review(mention) != is_review(first)):
            return True
    if len({kind for kind in (kind_of(first), kind_of(mention)) if kind}) > 1:
        return True
    restarted = set(mention.quantities) & {NEW, HANDLED, ANSWERED} and mention.notions & {"RECEIVE", "ANSWER", "HANDLE"}
    if restarted and OVER not in first.quantities:
        return True
    return bool(set(first.quantities) & _DIVIDED) and kind_of(mention) == "outcome"


def _nests(parts: list[Mention], mention: Mention, bound: int | Decimal) -> bool:
    """Return whether 其中 here divides the preceding part (15件，包括11件、4件) and not the total of the list."""
    if not parts or not mention.opens or mention.before == ";" or mention.number.value > parts[-1].number.value:
        return False
    return sum(part.number.value for part in parts) + mention.number.value > bound
