"""Totals and the parts that the prose lists for them, and whether they add up.

A list is opened by 其中, 包括, a colon or a bracket, or goes without a sign (收到16件，答复15件，结转1件). How far it reaches is often
open; where one reading of its extent adds up, that is the one the writer meant. A list without an opening sign is only taken
when it adds up, so that no two numbers that merely stand side by side are ever called a wrong sum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reading import Sum
from .rules import ANSWERED, FORWARD, HANDLED, NEW, OVER, PERSONS, RESULTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from .clauses import Sentence
    from .mentions import Mention
    from .script import Folded

_OUTCOME = frozenset((*RESULTS, "CARRY", "WITHDRAWN", "ANSWER", "ONGOING", "COMPLAINT", "UPHELD", "CORRECTED", "OTHER_RESULT", "PENDING"))
_PERSON = frozenset((*PERSONS, "ORGANISATION"))
_VERBS = frozenset(("PUBLISH", "POSTED", "RECEIVE", "ANSWER", "HANDLE", "ISSUE", "DECIDE"))
_STATUS = frozenset(("REPEAL", "INVALID", "REVISE", "ISSUE"))
_TOTALS = frozenset((NEW, HANDLED, ANSWERED, "review.reconsideration.total", "review.litigation.total", "review.litigation_direct.total"))
_NO_COUNT = frozenset(("%", "倍", "百分点", "个百分点", "年", "月", "日", "天", "工作日", "个工作日"))
_LEAD_PHRASES = 2
_FEW = 2
_REACH = 4  # sentences between a total and its results
_NEARLY = 10  # a rounded total may be off by a tenth


def read_sums(source: str, folded: Folded, found: list[Sentence], mentions: list[Mention]) -> list[Sum]:
    """All lists with their totals, in the order of the text."""
    sums = _Sums(source, folded, found, [mention for mention in mentions if not _apart(mention, folded.text)])
    return sorted(sums.read(), key=lambda one: (one.start, one.end))


def _apart(mention: Mention, text: str) -> bool:
    """Whether a number can be neither part nor total: a percentage, a change, a measure of time, a figure inside a word."""
    number = mention.number
    if number.unit in _NO_COUNT or "CHANGE" in mention.notions:
        return True
    if not number.unit and mention.start == number.start:
        return True
    return not number.unit and text[number.end : number.end + 1] not in {"", ",", ";", "、", ")", "。", "\n"}


def kind_of(mention: Mention) -> str:
    """Which way of dividing a total a part belongs to: by person, by channel, by outcome, or unknown."""
    if mention.notions & _OUTCOME:
        return "outcome"
    if mention.notions & _PERSON and "CHANNEL" not in mention.notions:
        return "person"
    return "channel" if "CHANNEL" in mention.notions and mention.notions & {"ASKING", "APPLICATION"} else ""


def alike(one: Mention, other: Mention) -> bool:
    """Whether two numbers count the same sort of thing."""
    if one.number.counts or not one.number.unit:
        return other.number.counts or not other.number.unit
    return one.number.unit == other.number.unit


class _Sums:
    """The numbers of one text, and the lists among them."""

    __slots__ = ("folded", "found", "members", "mentions", "sentences", "source", "used")

    def __init__(self, source: str, folded: Folded, sentences: list[Sentence], mentions: list[Mention]) -> None:
        self.source, self.folded, self.sentences, self.mentions = source, folded, sentences, mentions
        self.found: list[Sum] = []
        self.members: set[int] = set()
        """Where the parts of lists that add up stand."""
        self.used: set[tuple[int, ...]] = set()

    def read(self) -> list[Sum]:
        """Lists that are opened, then those that merely add up."""
        for place, mention in enumerate(self.mentions):
            if mention.number.start in self.members:
                continue
            if mention.opens or self._numbered(place):
                for unit_start in self._streams(place):
                    self._opened(unit_start)
        for place in range(len(self.mentions)):
            self._unopened(place)
            self._summed_up(place)
            self._continued(place)
        for sentence in sorted({mention.sentence for mention in self.mentions}):
            self._results(sentence)
        return self.found

    def _numbered(self, place: int) -> bool:
        """Whether 一是 leads here from a total to its parts."""
        mention = self.mentions[place]
        ahead = self.mentions[place - 1] if place else None
        return mention.ordinal and ahead is not None and ahead.sentence == mention.sentence and not ahead.ordinal

    def _streams(self, place: int) -> Iterator[int]:
        """Where the list's counts begin and where its amounts do (沭阳县1件，收取420元；…)."""
        yield place
        first = self.mentions[place]
        if place + 1 < len(self.mentions):
            second = self.mentions[place + 1]
            if second.sentence == first.sentence and second.number.money and first.number.counts and first.depth == second.depth:
                yield place + 1

    # Lists with a sign.

    def _opened(self, place: int) -> None:
        parts = self._parts(place)
        bracketed = self.mentions[place].before == "("
        if bracketed and len(parts) == 1 and "WITHIN" not in parts[0].notions:
            return
        for total in self._totals(place, loose=True):
            for extent in _extents(parts):
                if sum(part.number.value for part in extent) == total.number.value and (len(extent) > 1 or extent[0].number.value):
                    self._add(total, extent, exhaustive=self._claims_all(extent), correct=True)
                    self.members |= {part.number.start for part in extent if len(extent) > 1}
                    return
        if self._with_carried(parts):
            return
        total = next(iter(self._totals(place)), None)
        if total is None or not parts or parts[0].ordinal:
            return
        default = _default_extent(parts)
        claims = self._claims_all(default) and not self._two_totals(place, total)
        carried = bool(default[0].notions & {"CARRY", "AND_CARRIED"}) and "含" in self._text(total.number.end, default[0].number.start)
        if carried or (len(default) == 1 and default[0].period != total.period):
            return
        self._add(total, default, exhaustive=claims, correct=_adds_up(total, default, claims=claims))

    def _two_totals(self, place: int, total: Mention) -> bool:
        """Whether the sentence ahead has several totals, so that 其中 may mean any of them or all."""
        first = self.mentions[place]
        if total.sentence == first.sentence:
            return False
        return sum(one.sentence == total.sentence and not one.listed and alike(one, total) for one in self.mentions[:place]) > 1

    def _totals(self, place: int, *, loose: bool = False) -> list[Mention]:
        """The numbers that the list may divide, the likeliest first."""
        first = self.mentions[place]
        ahead = [mention for mention in self.mentions[:place] if alike(mention, first)]
        same = [mention for mention in ahead if mention.sentence == first.sentence]
        if first.depth:
            return same[-1:] if same and same[-1].depth == first.depth - 1 else []
        candidates = [mention for mention in reversed(same) if mention.depth <= first.depth]
        before = [mention for mention in ahead if mention.sentence == first.sentence - 1 and mention.depth == 0]
        if not same and before and (loose or self._continues(first)):
            unlisted = [mention for mention in reversed(before) if not mention.listed]
            candidates = [*unlisted, *candidates]
        exact_unit = [mention for mention in candidates if mention.number.unit == first.number.unit]
        ranked = [*exact_unit, *(mention for mention in candidates if mention not in exact_unit)]
        return [mention for mention in ranked if mention.number.value >= first.number.value][:3]

    def _continues(self, first: Mention) -> bool:
        """Whether the sentence goes on with the one before: it begins with its list."""
        sentence = self.sentences[first.sentence]
        paragraphs = sentence.line - self.sentences[first.sentence - 1].line
        return first.phrase <= _LEAD_PHRASES and (not paragraphs or (paragraphs == 1 and self.folded.text[sentence.start] in "在从其按主"))

    def _parts(self, place: int) -> list[Mention]:
        """The list's numbers as far as it can reach."""
        first = self.mentions[place]
        parts: list[Mention] = []
        nested = False
        for at in range(place, len(self.mentions)):
            mention = self.mentions[at]
            if mention.sentence != first.sentence or mention.depth < first.depth:
                break
            if first.depth and at > place and mention.before == "(" and mention.depth == first.depth:
                break
            if mention.depth > first.depth or not alike(mention, first) or self._doubled(at):
                continue
            if parts and mention.group != first.group and mention.number.unit not in {"", first.number.unit}:
                break
            if parts and mention.group != first.group and mention.notions & _VERBS and not first.notions & _VERBS:
                break
            kinds = {kind for kind in (kind_of(parts[0]) if parts else "", kind_of(mention)) if kind}
            if len(kinds) > 1:
                break
            carried = bool(parts) and OVER in parts[0].quantities
            if parts and not carried and set(mention.quantities) & {NEW, HANDLED, ANSWERED} and mention.notions & {"RECEIVE", "ANSWER", "HANDLE"}:
                break
            nested = (nested and mention.before != ";") or (
                bool(parts) and mention.opens and mention.number.value <= parts[-1].number.value and mention.before != ";"
                and sum(part.number.value for part in parts) + mention.number.value > self._bound(place)
            )
            if parts and set(parts[0].quantities) & (_TOTALS - {ANSWERED}) and kind_of(mention) == "outcome":
                break
            if not nested:
                parts.append(mention)
                if self.folded.text.startswith("等", mention.number.end):
                    break
        return parts

    def _bound(self, place: int) -> int | Decimal:
        totals = self._totals(place)
        return totals[0].number.value if totals else 0

    def _doubled(self, at: int) -> bool:
        """Whether another number follows at once (19项28条): the last one counts."""
        mention = self.mentions[at]
        return at + 1 < len(self.mentions) and self.mentions[at + 1].number.start == mention.number.end

    def _with_carried(self, parts: list[Mention]) -> bool:
        """Parts that add up to 新收 and 上年结转 together, a total that is not written."""
        if len(parts) < 2:
            return False
        sentence = parts[0].sentence
        ahead = [
            mention for mention in self.mentions if sentence - 1 <= mention.sentence <= sentence and mention.number.start < parts[0].number.start
        ]
        new = next((mention for mention in reversed(ahead) if NEW in mention.quantities), None)
        over = next((mention for mention in reversed(ahead) if OVER in mention.quantities), None)
        if new is None or over is None:
            return False
        whole = new.number.value + over.number.value
        for extent in _extents(parts):
            if sum(part.number.value for part in extent) == whole:
                self._add(new, extent, exhaustive=True, correct=True, unwritten=whole)
                return True
        return False

    def _claims_all(self, parts: Sequence[Mention]) -> bool:
        """Whether the wording claims that the list is complete."""
        if len(parts) < 2 or all(part.notions & _STATUS for part in parts):
            return False
        if any(part.notions & {"CARRY", "AND_CARRIED"} for part in parts) and not any(part.notions & (_OUTCOME - {"CARRY"}) for part in parts):
            return False
        last = parts[-1].number.end
        sentence = self.sentences[parts[-1].sentence]
        behind = self._text(last, min(sentence.end, last + 30))
        opened = self._text(max(0, parts[0].start - 6), parts[0].number.start)
        if behind.startswith("等") or "主要" in opened or "含" in opened:
            return False
        return not any(behind.lstrip(",;、").startswith(rest) for rest in ("其他", "其余", "余下", "其它", "剩余"))

    # Lists without a sign.

    def _unopened(self, place: int) -> None:
        """收到46件，办结45件，结转1件: taken only where the numbers that follow a total add up to it."""
        total = self.mentions[place]
        if total.listed and not total.quantities:
            return
        outcome = bool(set(total.quantities) & _TOTALS)
        for following in self._runs(place):
            for size in range(len(following), 1, -1):
                parts = following[:size]
                if sum(part.number.value for part in parts) != total.number.value or any(part.number.value >= total.number.value for part in parts):
                    continue
                counted = all(part.number.start == part.start and part.number.unit == total.number.unit for part in parts)
                divided = outcome and all(kind_of(part) == "outcome" or "RECEIVE" in part.notions for part in parts)
                posts = total.topic == "POSTS" and len(parts) > _FEW and all(part.number.unit == total.number.unit for part in parts)
                if counted or divided or posts or (outcome and {kind_of(part) for part in parts} == {"person"}):
                    self._add(total, parts, exhaustive=True, correct=True)
                    return
            results = [part for part in following if part.notions & frozenset(RESULTS)]
            direct = following and following[0].sentence == total.sentence and results[:1] == following[:1]
            if direct and ANSWERED in total.quantities and len(results) > _FEW:
                self._add(total, following, exhaustive=True, correct=False)

    def _runs(self, place: int) -> Iterator[list[Mention]]:
        """The numbers behind a total that may divide it: in its sentence, and in the next where that goes on with outcomes."""
        total = self.mentions[place]
        if NEW in total.quantities and any(OVER in one.quantities and one.number.value for one in self.mentions if one.sentence == total.sentence):
            return
        reviews = _is_review(total)
        fitting = [
            one
            for one in self.mentions[place + 1 :]
            if one.depth == total.depth and alike(one, total) and _is_review(one) == reviews and (not one.listed or kind_of(one) == "outcome")
        ]
        yield [one for one in fitting if one.sentence == total.sentence]
        if set(total.quantities) & {NEW, HANDLED, ANSWERED}:
            yield [one for one in fitting if one.sentence == total.sentence + 1]

    def _results(self, sentence: int) -> None:
        """A list of results without a sign (予以公开21件；不予公开3件；…), against the last total of requests ahead of it."""
        numbers = [one for one in self.mentions if one.sentence == sentence and not one.depth and one.number.counts]
        results = [one for one in numbers if one.notions & frozenset(RESULTS)]
        if len({one.quantities for one in results}) <= _FEW or len(results) <= _FEW + 1:
            return
        parts = numbers[numbers.index(results[0]) :]
        listed = {start for key in self.used for start in key[1:]}
        if any(one.number.start in listed or one.number.approximate for one in parts):
            return
        ahead = [one for one in self.mentions if sentence - _REACH <= one.sentence and one.number.start < parts[0].number.start]
        totals = [one for one in reversed(ahead) if set(one.quantities) & {ANSWERED, NEW, HANDLED} and one.period == "this"]
        if not totals:
            return
        added = sum(one.number.value for one in parts)
        fitting = next((one for one in totals if one.number.value == added), None)
        if fitting is not None:
            self._add(fitting, parts, exhaustive=True, correct=True)
            return
        answered = [one for one in totals if ANSWERED in one.quantities]
        carried = any(set(one.quantities) & {OVER, FORWARD} and one.number.value for one in [*ahead, *parts])
        if answered or not carried:
            self._add((answered or totals)[0], parts, exhaustive=True, correct=False)

    def _continued(self, place: int) -> None:
        """共304条。在主动公开的信息中，…165条，…53条，…86条: a sentence whose numbers add up to the one ahead."""
        first = self.mentions[place]
        if not place or first.opens or self.mentions[place - 1].sentence != first.sentence - 1 or not self._continues(first):
            return
        total = self.mentions[place - 1]
        parts = [mention for mention in self.mentions[place:] if mention.sentence == first.sentence and mention.depth == 0 and alike(mention, total)]
        if len(parts) > 1 and not total.listed and sum(part.number.value for part in parts) == total.number.value:
            self._add(total, parts, exhaustive=True, correct=True)

    def _summed_up(self, place: int) -> None:
        """67条、514条，总计2401条: a sum behind its parts."""
        total = self.mentions[place]
        beside = self._text(total.start, total.number.start)
        if total.listed or not any(word in beside for word in ("共", "合计", "总", "全部")):
            return
        ahead: list[Mention] = []
        for mention in reversed(self.mentions[:place]):
            if mention.sentence != total.sentence or mention.depth != total.depth or not alike(mention, total):
                break
            if not mention.listed:
                ahead.insert(0, mention)
        for size in range(len(ahead), 1, -1):
            parts = ahead[-size:]
            if sum(part.number.value for part in parts) == total.number.value:
                self._add(total, parts, exhaustive=True, correct=True)
                return
        bare = "SUM_UP" in total.notions and total.number.start - total.start <= 4
        if bare and len(ahead) > 1 and not ahead[0].listed and not set(ahead[0].quantities):
            self._add(total, ahead, exhaustive=True, correct=False)

    # All lists.

    def _text(self, start: int, end: int) -> str:
        return self.folded.text[start:end]

    def _add(self, total: Mention, parts: Sequence[Mention], *, exhaustive: bool, correct: bool, unwritten: int | Decimal | None = None) -> None:
        whole = unwritten
        key = (total.number.start, *(part.number.start for part in parts))
        if key in self.used or not parts or not (total.number.value or any(part.number.value for part in parts)):
            return
        self.used.add(key)
        numbers = [total, *parts]
        start, end = self.folded.span(min(one.number.start for one in numbers), max(one.number.end for one in numbers))
        self.found.append(
            Sum(
                total=total.number.value if whole is None else whole,
                parts=tuple(part.number.value for part in parts),
                exhaustive=exhaustive,
                approximate=any(one.number.approximate for one in numbers),
                stated=whole is None,
                correct=correct,
                span=self.source[start:end],
                start=start,
                end=end,
            )
        )


def _is_review(mention: Mention) -> bool:
    return mention.topic in {"RECON", "LITIG"}


def _extents(parts: list[Mention]) -> Iterator[list[Mention]]:
    """How far the list may reach, the longest first: to its end, or up to a semicolon or a bracket's end."""
    yield parts
    for size in range(len(parts) - 1, 0, -1):
        if parts[size].group != parts[size - 1].group or parts[size].before == ")" or "FURTHER" in parts[size].notions or kind_of(parts[size]) != kind_of(parts[0]):
            yield parts[:size]


def _default_extent(parts: list[Mention]) -> list[Mention]:
    """Where no extent adds up: up to the first semicolon, unless semicolons part the items."""
    for size in range(2, len(parts)):
        if parts[size].group != parts[size - 1].group and parts[1].group == parts[0].group:
            return parts[:size]
    if len(parts) == 2 and parts[1].before == ";" and kind_of(parts[0]):
        return parts[:1]
    return parts


def _adds_up(total: Mention, parts: Sequence[Mention], *, claims: bool) -> bool:
    """Whether the parts fit the total: exactly where the list is complete, at most the total where it is open."""
    whole, added = total.number.value, sum(part.number.value for part in parts)
    if total.number.approximate:
        return added * _NEARLY >= whole * (_NEARLY - 1) if claims else added <= whole + whole / _NEARLY
    if not claims or any(part.number.approximate for part in parts):
        return added <= whole
    return added == whole
