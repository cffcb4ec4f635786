"""How alike two passages are, and which passages of many reports are alike, without comparing each with each.

Candidates come from an index (`Index`); whatever it names is compared exactly. `SmallIndex` is exact and for hundreds of reports;
for tens of thousands a front end gives one made by locality-sensitive hashing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain, combinations, product
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..ids import SectionId
    from ..report import Header
    from .passages import Passage

RUN: Final = 4
"""Characters of the runs by which passages are found and first compared."""
ALIKE: Final = 0.9
"""From this similarity on, a passage is the other's with little changed; a section with such a share is the other's."""
WHOLE_SECTION: Final = 60
"""Characters of its own that a section must have for its being copied to be an error."""
OF_OTHER_YEAR: Final = "C45"
"""The rule for text of the agency's own report of another year."""
OF_OTHER_AGENCY: Final = "C62"
"""The rule for text of another agency's report."""
_FEWEST_RUNS: Final = 0.4
"""How far the share of common runs may lie under the similarity asked for."""
_RAREST: Final = 40
"""Runs by which a passage is looked for."""
_LINKS: Final = 20
"""A passage that is like so many others has been found often enough."""
_TRIES: Final = 400
"""Candidates compared for one passage; more are of a formula that everybody varies."""
_FULL: Final = 40
"""Up to so many reports with one and the same passage, each pair is named; of more, each with the first."""


def runs(text: str) -> frozenset[str]:
    """The runs of four characters in a passage's substance."""
    return frozenset(text[at : at + RUN] for at in range(max(1, len(text) - RUN + 1)))


def similarity(one: str, other: str) -> float:
    """The share of both texts that stands in common order (difflib's ratio), 1.0 for the same; the same both ways."""
    if one == other:
        return 1.0
    # A long text has its common beginning and end taken off first: what is left is small where little was changed.
    one, other = min(one, other), max(one, other)
    total = len(one) + len(other)
    start = _common(one, other)
    end = min(_common(one[::-1], other[::-1]), min(len(one), len(other)) - start)
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    middle = sum(block.size for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()) if left and right else 0
    return 2 * (start + end + middle) / total


def _common(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=1024)
def likeness(one: str, other: str, least: float) -> float:
    """`similarity` where it can reach `least` by length and common runs; else 0.0, at little cost."""
    if one == other:
        return 1.0
    if 2 * min(len(one), len(other)) < least * (len(one) + len(other)):
        return 0.0
    left, right = runs(one), runs(other)
    if 2 * len(left & right) < (least - _FEWEST_RUNS) * (len(left) + len(right)):
        return 0.0
    found = similarity(one, other)
    return found if found >= least else 0.0


class Index(Protocol):
    """Passages by which other, like ones are found."""

    def insert(self, key: int, text: str) -> None:
        """Add a passage."""

    def query(self, text: str) -> Iterable[int]:
        """The keys of passages that may be like this one."""


class SmallIndex:
    """Passages by their rarest runs: what is copied has them, what speaks of the same things has not. For hundreds of reports."""

    def __init__(self) -> None:
        self._of: dict[str, list[int]] = defaultdict(list)

    def insert(self, key: int, text: str) -> None:
        """Add a passage."""
        for run in runs(text):
            self._of[run].append(key)

    def query(self, text: str) -> list[int]:
        """The keys of passages that share a tenth of the rarest known runs."""
        known = sorted((found for run in runs(text) if (found := self._of.get(run))), key=len)[:_RAREST]
        shared = Counter(chain.from_iterable(known))
        return [key for key, count in shared.items() if count * 10 >= len(known)]


@dataclass(frozen=True, slots=True)
class Match:
    """Two passages of two reports that are alike."""

    one: Passage
    other: Passage
    similarity: float


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two reports have in common: `one` and `other` number the reports, the first given first."""

    one: int
    other: int
    matches: tuple[Match, ...]


Owned = tuple[int, "Passage"]
"""A passage with the number of its report."""


def overlaps(reports: Sequence[Sequence[Passage]], index: Index, least: float, *, against: int | None = None) -> Iterator[Overlap]:
    """The pairs of reports with passages alike to at least `least`, in their order.

    With `against`, only pairs of one report before that number and one from it on count.
    """
    owners: dict[str, list[Owned]] = {}
    for number, passages in enumerate(reports):
        for passage in passages:
            owners.setdefault(passage.substance, []).append((number, passage))
    texts = list(owners)
    pairs: dict[tuple[int, int], list[Match]] = defaultdict(list)
    for same in owners.values():
        _join(pairs, _couples(same), 1.0, against)
    for first, second, found in links(texts, index, least):
        _join(pairs, _across(owners[texts[first]], owners[texts[second]]), found, against)
    for (one, other), matches in sorted(pairs.items()):
        yield Overlap(one, other, tuple(sorted(best(matches), key=lambda match: (match.one.section, match.one.start, match.one.end))))


def links(texts: Sequence[str], index: Index, least: float) -> Iterator[tuple[int, int, float]]:
    """Pairs of different texts that are alike, the later one first. Of formulas that hundreds vary, not every pair is named."""
    for number, text in enumerate(texts):
        count = 0
        for key in sorted(index.query(text))[:_TRIES]:
            found = likeness(text, texts[key], least)
            if found:
                count += 1
                yield number, key, found
                if count >= _LINKS:
                    break
        if count < _LINKS:
            index.insert(number, text)


def _couples(same: Sequence[Owned]) -> Iterator[tuple[Owned, Owned]]:
    yield from combinations(same, 2) if len(same) <= _FULL else ((same[0], other) for other in same[1:])


def _across(left: Sequence[Owned], right: Sequence[Owned]) -> Iterator[tuple[Owned, Owned]]:
    if len(left) * len(right) <= _FULL * _FULL // 2:
        yield from product(left, right)
    else:
        yield from ((left[0], other) for other in right)
        yield from ((one, right[0]) for one in left[1:])


def _join(pairs: dict[tuple[int, int], list[Match]], couples: Iterable[tuple[Owned, Owned]], found: float, against: int | None) -> None:
    for (one, passage), (other, second) in couples:
        if one == other or passage.whole != second.whole or (against is not None and (one < against) == (other < against)):
            continue
        key, match = ((one, other), Match(passage, second, found)) if one < other else ((other, one), Match(second, passage, found))
        pairs[key].append(match)


def best(matches: Iterable[Match]) -> list[Match]:
    """Each passage with its best counterpart alone, in either report."""
    kept: list[Match] = []
    taken: set[tuple[bool, SectionId, int, bool]] = set()

    def rank(match: Match) -> tuple[float, int, int, str, str]:
        return -match.similarity, match.one.start, match.other.start, match.one.section, match.other.section

    for match in sorted(matches, key=rank):
        ends = {(first, end.section, end.start, end.whole) for first, end in ((True, match.one), (False, match.other))}
        if not ends & taken:
            taken |= ends
            kept.append(match)
    return kept


def lengths(report: Sequence[Passage]) -> dict[SectionId, int]:
    """How many characters of substance each section has."""
    return {passage.section: len(passage.substance) for passage in report if passage.whole}


def shares(report: Sequence[Passage], matches: Iterable[Match], *, first: bool = True) -> dict[SectionId, float]:
    """How much of each section of a report (the first of the matches, or the other) stands in the other report: 0 to 1 of its substance."""
    same: dict[SectionId, float] = defaultdict(float)
    whole: dict[SectionId, float] = defaultdict(float)
    for match in matches:
        passage = match.one if first else match.other
        if passage.whole:
            whole[passage.section] = max(whole[passage.section], match.similarity)
        else:
            same[passage.section] += match.similarity * len(passage.substance)
    return {section: max(same[section] / length, whole[section]) for section, length in lengths(report).items()}


def copied_sections(report: Sequence[Passage], matches: Sequence[Match], *, first: bool = True) -> dict[SectionId, float]:
    """The sections that stand in the other report as a whole, with their share of it."""
    length = lengths(report)
    found = shares(report, matches, first=first)
    return {section: share for section, share in found.items() if share >= ALIKE and length[section] >= WHOLE_SECTION}


def rule_for(one: Header, other: Header, *, own_if_unknown: bool) -> str:
    """The rule for text that two reports share: `OF_OTHER_YEAR` or `OF_OTHER_AGENCY`.

    `own_if_unknown` is for reports without the agency's name.
    """
    if not one.agency or not other.agency:
        return OF_OTHER_YEAR if own_if_unknown else OF_OTHER_AGENCY
    return OF_OTHER_YEAR if one.agency == other.agency and one.year != other.year else OF_OTHER_AGENCY


def percent(share: float) -> int:
    """A share in whole per cent; 100 only where nothing differs."""
    return 100 if share >= 1 else int(share * 100)
