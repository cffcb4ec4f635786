"""Similarity of two passages, and similar passages among many reports without comparing all pairs.

Candidates come from an `Index`, and every candidate is compared exactly. `SmallIndex` is an exact inverted index for hundreds of reports;
for tens of thousands, a front end passes one based on locality-sensitive hashing.
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
"""Length in characters of the n-grams used to find and pre-filter candidates."""
ALIKE: Final = 0.9
"""Similarity at which a passage counts as copied with small changes, and share at which a section counts as copied."""
WHOLE_SECTION: Final = 60
"""Minimum length in characters of a section's substance for a copied section to be an error."""
OF_OTHER_YEAR: Final = "C45"
"""The rule for text copied from the agency's own report of another year."""
OF_OTHER_AGENCY: Final = "C62"
"""The rule for text copied from another agency's report."""
_FEWEST_RUNS: Final = 0.4
"""How far the share of common n-grams may be below the requested similarity before exact comparison is skipped."""
_RAREST: Final = 40
"""Number of n-grams, the rarest, used to look up a passage."""
_LINKS: Final = 20
"""Number of similar passages after which the search for a passage stops, and the passage is not indexed."""
_TRIES: Final = 400
"""Maximum number of candidates compared per passage; passages with more are variants of a common formula."""
_FULL: Final = 40
"""Up to this many reports with one identical passage, every pair is reported; beyond it, only pairs with the first report."""


def ngrams(text: str) -> frozenset[str]:
    """Return the set of character n-grams of a passage's substance."""
    return frozenset(text[at : at + RUN] for at in range(max(1, len(text) - RUN + 1)))


def similarity(one: str, other: str) -> float:
    """Return the similarity ratio of two texts (as difflib's `ratio`): 1.0 if equal. Symmetric."""
    if one == other:
        return 1.0
    # Strip the common prefix and suffix first: in long texts with few changes, little remains for the quadratic matcher.
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
def similarity_at_least(one: str, other: str, least: float) -> float:
    """Return `similarity` if it is at least `least`, else 0.0. Length and common n-grams rule out most pairs cheaply."""
    if one == other:
        return 1.0
    if 2 * min(len(one), len(other)) < least * (len(one) + len(other)):
        return 0.0
    left, right = ngrams(one), ngrams(other)
    if 2 * len(left & right) < (least - _FEWEST_RUNS) * (len(left) + len(right)):
        return 0.0
    found = similarity(one, other)
    return found if found >= least else 0.0


class Index(Protocol):
    """Index of passages for finding similar ones."""

    def insert(self, key: int, text: str) -> None:
        """Add a passage under a key."""

    def query(self, text: str) -> Iterable[int]:
        """Return the keys of passages that may be similar to this one."""


class SmallIndex:
    """Inverted index by rarest n-grams, for hundreds of reports. Copied text shares rare n-grams; text on the same subject does not."""

    def __init__(self) -> None:
        self._of: dict[str, list[int]] = defaultdict(list)

    def insert(self, key: int, text: str) -> None:
        """Add a passage under a key."""
        for run in ngrams(text):
            self._of[run].append(key)

    def query(self, text: str) -> list[int]:
        """Return the keys of passages that contain a tenth or more of the rarest known n-grams of this one."""
        known = sorted((found for run in ngrams(text) if (found := self._of.get(run))), key=len)[:_RAREST]
        shared = Counter(chain.from_iterable(known))
        return [key for key, count in shared.items() if count * 10 >= len(known)]


@dataclass(frozen=True, slots=True)
class Match:
    """Two similar passages of two reports."""

    one: Passage
    other: Passage
    similarity: float


@dataclass(frozen=True, slots=True)
class Overlap:
    """Similar passages of two reports; `one` and `other` are positions of the reports, `one` < `other`."""

    one: int
    other: int
    matches: tuple[Match, ...]


Owned = tuple[int, "Passage"]
"""The position of a report, and one of its passages."""


def overlaps(reports: Sequence[Sequence[Passage]], index: Index, least: float, *, against: int | None = None) -> Iterator[Overlap]:
    """Yield the pairs of reports that have passages of similarity `least` or more, in order of their positions.

    Args:
        against: If given, only pairs of a report before this position and one from it on are reported.
    """
    owners: dict[str, list[Owned]] = {}
    for number, passages in enumerate(reports):
        for passage in passages:
            owners.setdefault(passage.substance, []).append((number, passage))
    texts = list(owners)
    pairs: dict[tuple[int, int], list[Match]] = defaultdict(list)
    for same in owners.values():
        _join(pairs, _couples(same), 1.0, against)
    for first, second, found in similar_pairs(texts, index, least):
        _join(pairs, _across(owners[texts[first]], owners[texts[second]]), found, against)
    for (one, other), matches in sorted(pairs.items()):
        yield Overlap(
            one, other, tuple(sorted(best_matches(matches), key=lambda match: (match.one.section, match.one.start, match.one.end)))
        )


def similar_pairs(texts: Sequence[str], index: Index, least: float) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of similar, different texts as (later, earlier, similarity).

    For formulas with hundreds of variants, not every pair is reported.
    """
    for number, text in enumerate(texts):
        count = 0
        for key in sorted(index.query(text))[:_TRIES]:
            found = similarity_at_least(text, texts[key], least)
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


def best_matches(matches: Iterable[Match]) -> list[Match]:
    """Keep for each passage only its best match, one-to-one between the two reports."""
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
    """Return the length in characters of each section's substance."""
    return {passage.section: len(passage.substance) for passage in report if passage.whole}


def shares(report: Sequence[Passage], matches: Iterable[Match], *, first: bool = True) -> dict[SectionId, float]:
    """Return for each section the share of its substance (0 to 1) that is also in the other report.

    Args:
        first: Whether `report` is the first of the matches' reports.
    """
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
    """Return the sections copied as a whole, with their shares."""
    length = lengths(report)
    found = shares(report, matches, first=first)
    return {section: share for section, share in found.items() if share >= ALIKE and length[section] >= WHOLE_SECTION}


def rule_for(one: Header, other: Header, *, own_if_unknown: bool) -> str:
    """Return the rule for text that two reports share: `OF_OTHER_YEAR` or `OF_OTHER_AGENCY`.

    Args:
        own_if_unknown: Whether reports without an agency name count as the same agency's.
    """
    if not one.agency or not other.agency:
        return OF_OTHER_YEAR if own_if_unknown else OF_OTHER_AGENCY
    return OF_OTHER_YEAR if one.agency == other.agency and one.year != other.year else OF_OTHER_AGENCY


def percent(share: float) -> int:
    """Return a share as a percentage, rounded down, so that 100 means identical."""
    return 100 if share >= 1 else int(share * 100)
