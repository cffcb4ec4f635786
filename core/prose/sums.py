"""Find totals with their listed parts, and check that they add up.

A list is opened by 其中, 包括, a colon or a bracket, or has no opening sign (收到16件，答复15件，结转1件). Its extent is often
ambiguous: an extent that adds up is taken as the intended one. A list without an opening sign is accepted only if it adds up, or
if it can only be the results of the requests; numbers that merely occur side by side are never reported as a wrong sum.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from .list_extent import (
    OUTCOME,
    RESULT_NOTIONS,
    ListCandidates,
    counts_same_kind,
    default_extent,
    extents,
    fallback_extents,
    is_not_summable,
    is_review,
    kind_of,
)
from .quantity_patterns import ANSWERED, FORWARD, HANDLED, NEW, OVER
from .results import StatedSum

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from ..chinese.fold import Folded
    from .mention import Mention
    from .tokenize import Sentence

_STATUS = frozenset(("REPEAL", "INVALID", "REVISE", "ISSUE"))
_TOTALS = frozenset((NEW, HANDLED, ANSWERED, "review.reconsideration.total", "review.litigation.total", "review.litigation_direct.total"))
_REQUEST_TOTALS = frozenset((NEW, HANDLED, ANSWERED))
_REST = ("其他", "其余", "余下", "其它", "剩余")
_SUMMING = ("共", "合计", "总", "全部")
_FEW = 2
_FURTHER = 2  # sentences after a total that may divide it
_REACH = 4  # sentences between a total and its results, at most
_AHEAD = 6  # characters before a list that are searched for 主要 or 含
_BEHIND = 30  # characters after a list that are searched for 其他 without a number
_CROWDED = 120  # numbers; a sentence with more is taken for a table
_SELECTED = 2
_STARTS = 8  # positions after a total at which its parts may begin
_NEARLY = 10  # a rounded total may be off by one tenth


def read_sums(source: str, folded: Folded, found: list[Sentence], mentions: list[Mention]) -> list[StatedSum]:
    """Return all lists with their totals, in text order. Sentences with very many numbers (tables) are skipped."""
    crowded = {sentence for sentence, count in Counter(mention.sentence for mention in mentions).items() if count > _CROWDED}
    kept = [mention for mention in mentions if mention.sentence not in crowded and not is_not_summable(mention, folded.text)]
    return sorted(_Sums(source, folded, found, kept).read(), key=lambda one: (one.start, one.end))


class _Sums:
    """Lists found among the numbers of one text."""

    __slots__ = ("candidates", "folded", "found", "members", "mentions", "sentences", "source", "used")

    def __init__(self, source: str, folded: Folded, sentences: list[Sentence], mentions: list[Mention]) -> None:
        self.source, self.folded, self.sentences, self.mentions = source, folded, sentences, mentions
        self.candidates = ListCandidates(folded.text, sentences, mentions)
        self.found: list[StatedSum] = []
        self.members: set[int] = set()
        """Start offsets of the parts of lists that add up."""
        self.used: set[tuple[int, ...]] = set()

    def read(self) -> list[StatedSum]:
        """Find the opened lists first, then those that merely add up."""
        for place, mention in enumerate(self.mentions):
            if mention.number.start not in self.members and (mention.opens or self._numbered(place)):
                self._opened(place)
                if self._has_amounts(place):
                    self._opened(place + 1)
        for place in range(len(self.mentions)):
            self._unopened(place)
            self._summed_up(place)
            self._continued(place)
        for sentence in sorted(self.candidates.by_sentence):
            self._results(sentence)
        return self.found

    def _numbered(self, place: int) -> bool:
        """Return whether 一是 leads here from a total to its parts."""
        mention = self.mentions[place]
        ahead = self.mentions[place - 1] if place else mention
        return mention.ordinal and ahead.sentence == mention.sentence and not ahead.ordinal

    def _has_amounts(self, place: int) -> bool:
        """Return whether each item of the list has an amount beside its count (沭阳县1件，收取420元；…)."""
        first = self.mentions[place]
        if place + 1 == len(self.mentions):
            return False
        second = self.mentions[place + 1]
        return second.sentence == first.sentence and second.number.money and first.number.counts and first.depth == second.depth

    # Lists with an opening sign.

    def _opened(self, place: int) -> None:
        parts = self.candidates.parts(place)
        first = self.mentions[place]
        if first.before == "(" and len(parts) == 1 and "WITHIN" not in first.notions:
            return
        for total in self.candidates.totals(place, loose=True):
            extent = self._adding_up(place, parts, total)
            if extent:
                self._add(total, extent, exhaustive=self._claims_all(extent), correct=True)
                self.members |= {part.number.start for part in extent if len(extent) > 1}
                return
        if not self._with_carried(parts):
            self._not_adding_up(place, parts)

    def _adding_up(self, place: int, parts: list[Mention], total: Mention) -> list[Mention]:
        """Return the longest extent that adds up to the total, or [].

        As a last resort, tries the numbers of the whole sentence, then those of one unit.
        """
        whole = total.number.value
        for extent in extents(parts):
            if _together(extent) == whole and (len(extent) > 1 or extent[0].number.value):
                return extent
        reaching = self.candidates.parts(place, loose=True)
        unit = parts[0].number.unit if parts else ""
        for numbers in (reaching, [part for part in reaching if part.number.unit == unit]):
            for extent in fallback_extents(numbers):
                if len(extent) > 1 and _together(extent) == whole:
                    return extent
        return []

    def _not_adding_up(self, place: int, parts: list[Mention]) -> None:
        """Record a list of which no extent adds up: as wrong if it claims to be complete, otherwise as a part of the total."""
        total = next(iter(self.candidates.totals(place)), None)
        if total is None or not parts or parts[0].ordinal:
            return
        default = _of_one_unit(default_extent(parts), total)
        if not _together(default) and not total.quantities:
            return
        carried = bool(default[0].notions & {"CARRY", "AND_CARRIED"}) and "含" in self._text(total.number.end, default[0].number.start)
        if carried or (len(default) == 1 and default[0].period != total.period):
            return
        published = not total.quantities
        selected = published and (_together(default) * _SELECTED < total.number.value or _reaches(default, total.number.value))
        joined = self._joined(total)
        if joined is not None and joined.number.value + total.number.value == _together(default):
            self._add(total, default, exhaustive=True, correct=True, unwritten=_together(default))
            return
        claims = (
            joined is None and self._claims_all(default) and not self.candidates.ambiguous(place, total) and _in_one_unit(total, default)
        )
        # Of published items, less than half is more likely a selection, and a list that has reached its total may
        # go on with items published elsewhere. Neither adds up, but neither claims to be complete.
        self._add(total, default, exhaustive=claims and not selected, correct=_adds_up(total, default, claims=claims))

    def _joined(self, total: Mention) -> Mention | None:
        """Return the number coordinated with the total by 、 (复议2件、诉讼5件，其中…), as the list may divide both; or None."""
        if total.before != "、" or total.listed:
            return None
        ahead = [one for one in self.candidates.by_sentence[total.sentence] if one.number.start < total.number.start]
        return ahead[-1] if ahead and counts_same_kind(ahead[-1], total) and not ahead[-1].listed else None

    def _with_carried(self, parts: list[Mention]) -> bool:
        """Record parts that add up to 新收 plus 上年结转, a total that is not written out. Return whether they do."""
        if len(parts) < _FEW:
            return False
        ahead = [one for one in self.candidates.near(parts[0].sentence, 1) if one.number.start < parts[0].number.start]
        new = next((one for one in reversed(ahead) if NEW in one.quantities), None)
        over = next((one for one in reversed(ahead) if OVER in one.quantities), None)
        if new is None or over is None:
            return False
        whole = new.number.value + over.number.value
        for extent in extents(parts):
            if sum(part.number.value for part in extent) == whole:
                self._add(new, extent, exhaustive=True, correct=True, unwritten=whole)
                return True
        return False

    def _claims_all(self, parts: Sequence[Mention]) -> bool:
        """Return whether the wording claims a complete list."""
        if len(parts) < _FEW or all(part.notions & _STATUS for part in parts):
            return False
        if any(part.notions & {"CARRY", "AND_CARRIED"} for part in parts) and not any(
            part.notions & (OUTCOME - {"CARRY"}) for part in parts
        ):
            return False
        last = parts[-1].number.end
        behind = self._text(last, min(self.sentences[parts[-1].sentence].end, last + _BEHIND))
        opening = self._text(max(0, parts[0].start - _AHEAD), parts[0].start + 1)
        if behind.startswith("等") or "主要" in opening or "主要" in self._text(parts[0].start, parts[0].number.start) or "含" in opening:
            return False
        return not behind.lstrip(",;、").startswith(_REST)

    # Lists without an opening sign.

    def _unopened(self, place: int) -> None:
        """Record a list without opening sign (收到46件，办结45件，结转1件), only if the numbers after a total add up to it."""
        total = self.mentions[place]
        if total.listed and not total.quantities:
            return
        for following in self._runs(place):
            for parts in _runs_adding_up(following, total.number.value):
                if self._divides(total, parts):
                    self._add(total, parts, exhaustive=True, correct=True)
                    return
            results = [part for part in following if part.notions & RESULT_NOTIONS]
            direct = bool(following) and following[0].sentence == total.sentence and results[:1] == following[:1]
            if direct and ANSWERED in total.quantities and len(results) > _FEW and not self._divided(total):
                self._add(total, following, exhaustive=True, correct=False)

    def _divided(self, total: Mention) -> bool:
        """Return whether a list has been found for the total."""
        return any(key[0] == total.number.start for key in self.used)

    def _divides(self, total: Mention, parts: list[Mention]) -> bool:
        """Return whether numbers that add up to a total are of a kind that divides it, not merely adjacent."""
        if any(part.number.value >= total.number.value for part in parts):
            return False
        one_unit = all(part.number.unit == total.number.unit for part in parts)
        if one_unit and all(part.number.start == part.start for part in parts):
            return True  # 219家社会组织…，163家…，56家…
        if one_unit and total.topic == "POSTS" and len(parts) > _FEW:
            return True
        if not set(total.quantities) & _TOTALS:
            plain = kind_of(total) != "outcome" and not total.listed
            return one_unit and plain and all(kind_of(part) == "outcome" for part in parts)
        kinds = {kind_of(part) for part in parts}
        return kinds == {"person"} or all(kind_of(part) == "outcome" or "RECEIVE" in part.notions for part in parts)

    def _runs(self, place: int) -> Iterator[list[Mention]]:
        """Iterate over the numbers after a total that may divide it: in its sentence, and in later ones that continue with results."""
        total = self.mentions[place]
        same = self.candidates.by_sentence[total.sentence]
        if NEW in total.quantities and any(OVER in one.quantities and one.number.value for one in same):
            return
        yield self._fitting(total, [one for one in same if one.number.start > total.number.start])
        if set(total.quantities) & _REQUEST_TOTALS:
            for ahead in range(1, _FURTHER + 1):
                yield self._fitting(total, self.candidates.by_sentence.get(total.sentence + ahead, []))

    def _fitting(self, total: Mention, later: list[Mention]) -> list[Mention]:
        reviews = is_review(total)
        return [
            one
            for one in later
            if one.depth == total.depth
            and counts_same_kind(one, total)
            and is_review(one) == reviews
            and (not one.listed or kind_of(one) == "outcome")
        ]

    def _results(self, sentence: int) -> None:
        """Compare a list of results without opening sign (予以公开21件；不予公开3件；…) with the last total of requests before it."""
        numbers = [one for one in self.candidates.by_sentence[sentence] if not one.depth and one.number.counts]
        results = [one for one in numbers if one.notions & RESULT_NOTIONS]
        if len({one.quantities for one in results}) <= _FEW or len(results) <= _FEW + 1:
            return
        parts = numbers[numbers.index(results[0]) :]
        listed = {start for key in self.used for start in key[1:]}
        if any(one.number.start in listed or one.number.approximate for one in parts):
            return
        ahead = [one for one in self.candidates.near(sentence, _REACH) if one.number.start < parts[0].number.start]
        totals = [one for one in reversed(ahead) if set(one.quantities) & _REQUEST_TOTALS and one.period == "this"]
        if not totals:
            return
        added = sum(one.number.value for one in parts)
        answered = [one for one in totals if ANSWERED in one.quantities]
        carried = any(set(one.quantities) & {OVER, FORWARD} and one.number.value for one in [*ahead, *parts])
        fitting = next((one for one in totals if one.number.value == added), None)
        if fitting is not None:
            self._add(fitting, parts, exhaustive=True, correct=True)
        elif answered or not carried:
            self._add((answered or totals)[0], parts, exhaustive=True, correct=False)

    def _continued(self, place: int) -> None:
        """Record a sentence whose numbers divide a total of an earlier one (共304条。在主动公开的信息中，…165条，…53条，…86条)."""
        first = self.mentions[place]
        numbers = self.candidates.by_sentence[first.sentence]
        if first.opens or first is not numbers[0] or not self.candidates.goes_on(first):
            return
        ahead = next((found for back in range(1, _REACH) if (found := self.candidates.by_sentence.get(first.sentence - back))), [])
        for total in reversed(ahead):
            parts = [one for one in numbers if not one.depth and counts_same_kind(one, total)]
            if not total.listed and len(parts) > 1 and _together(parts) == total.number.value:
                self._add(total, parts, exhaustive=True, correct=True)
                return

    def _summed_up(self, place: int) -> None:
        """Record a total after its parts (67条、514条，总计2401条)."""
        total = self.mentions[place]
        beside = self._text(total.start, total.number.start)
        if total.listed or not any(map(beside.__contains__, _SUMMING)):
            return
        ahead: list[Mention] = []
        for mention in reversed(self.mentions[:place]):
            if mention.sentence != total.sentence or mention.depth != total.depth or not counts_same_kind(mention, total):
                break
            if not mention.listed:
                ahead.insert(0, mention)
        for size in range(len(ahead), 1, -1):
            if sum(part.number.value for part in ahead[-size:]) == total.number.value:
                self._add(total, ahead[-size:], exhaustive=True, correct=True)
                return
        bare = "SUM_UP" in total.notions and total.number.start - total.start <= len("合计共计")
        if bare and len(ahead) > 1 and not ahead[0].quantities:
            self._add(total, ahead, exhaustive=True, correct=False)

    # Recording.

    def _text(self, start: int, end: int) -> str:
        return self.folded.text[start:end]

    def _add(
        self, total: Mention, parts: Sequence[Mention], *, exhaustive: bool, correct: bool, unwritten: int | Decimal | None = None
    ) -> None:
        key = (total.number.start, *(part.number.start for part in parts))
        numbers = [total, *parts]
        if key in self.used or not any(one.number.value for one in numbers):
            return
        self.used.add(key)
        start, end = self.folded.span(min(one.number.start for one in numbers), max(one.number.end for one in numbers))
        self.found.append(
            StatedSum(
                total=total.number.value if unwritten is None else unwritten,
                parts=tuple(part.number.value for part in parts),
                exhaustive=exhaustive,
                approximate=any(one.number.approximate for one in numbers),
                stated=unwritten is None,
                correct=correct,
                span=self.source[start:end],
                start=start,
                end=end,
            )
        )


def _runs_adding_up(numbers: list[Mention], whole: int | Decimal) -> Iterator[list[Mention]]:
    """Iterate over runs of two or more adjacent numbers that add up to `whole`: by first number, longest first."""
    for first in range(min(len(numbers) - 1, _STARTS)):
        found = []
        added: int | Decimal = numbers[first].number.value
        for last in range(first + 1, len(numbers)):
            added += numbers[last].number.value
            if added == whole:
                found.append(numbers[first : last + 1])
            if added > whole:
                break
        yield from reversed(found)


def _together(parts: Sequence[Mention]) -> int | Decimal:
    return sum((part.number.value for part in parts), 0)


def _reaches(parts: list[Mention], whole: int | Decimal) -> bool:
    """Return whether an initial part of the list already equals the total."""
    return any(added == whole for added in accumulate(part.number.value for part in parts[:-1]))


def _of_one_unit(parts: list[Mention], total: Mention) -> list[Mention]:
    """Cut the list where it continues in another unit than its total's (12篇，877篇，新增栏目2个)."""
    for size in range(2, len(parts)):
        if parts[0].number.unit == total.number.unit and parts[size].number.unit not in {"", total.number.unit}:
            return parts[:size]
    return parts


def _in_one_unit(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether the parts are comparable with the total.

    篇 among 条 may be something else, unless the 条 alone exceed the total.
    """
    alien = {part.number.unit for part in parts} - {total.number.unit, ""}
    if not alien or not total.number.unit:
        return True
    return _together([part for part in parts if part.number.unit not in alien]) > total.number.value


def _adds_up(total: Mention, parts: Sequence[Mention], *, claims: bool) -> bool:
    """Return whether the parts fit the total: exactly if the list is complete, at most the total if it is open."""
    whole = total.number.value
    added = sum(part.number.value for part in parts)
    if total.number.approximate:
        return added * _NEARLY >= whole * (_NEARLY - 1) if claims else added * _NEARLY <= whole * (_NEARLY + 1)
    if not claims or any(part.number.approximate for part in parts):
        return added <= whole
    return added == whole
