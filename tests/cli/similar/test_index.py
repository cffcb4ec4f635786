"""Index of passages: built-in and hashed."""

from __future__ import annotations

import random

import pytest
from nianbao.cli.similar.index import HashedIndex, index_for
from nianbao.core.ids import SectionId
from nianbao.core.similarity.overlap import SmallIndex, overlaps
from nianbao.core.similarity.passages import Passage


def planted(count: int, share: float, seed: int) -> tuple[list[tuple[Passage, ...]], set[tuple[int, int]]]:
    """Return reports of random words; every fifth contains a paragraph of the previous one with a share of its characters changed."""
    rng = random.Random(seed)  # noqa: S311 - reports, not secrets
    letters = [chr(0x4E00 + number) for number in range(0, 9000, 13)]
    reports: list[tuple[Passage, ...]] = []
    copies: set[tuple[int, int]] = set()
    before = ""
    for number in range(count):
        text = "".join(rng.choices(letters, k=150))
        if number % 5 == 4:
            changed = list(before)
            for at in rng.sample(range(len(changed)), int(len(changed) * share)):
                changed[at] = rng.choice(letters)
            text = "".join(changed)
            copies.add((number - 1, number))
        before = text
        reports.append(tuple(Passage(SectionId("problems"), 0, len(text), text, whole=whole) for whole in (False, True)))
    return reports, copies


@pytest.mark.parametrize(("share", "least"), [(0.0, 1.0), (0.03, 0.99), (0.06, 0.95)])
@pytest.mark.parametrize("kind", [SmallIndex, HashedIndex])
def test_planted_copies_and_nothing_else_are_found(kind: type[SmallIndex | HashedIndex], share: float, least: float) -> None:
    reports, copies = planted(400, share, 7)
    found = {(overlap.one, overlap.other) for overlap in overlaps(reports, kind(), 0.8)}
    assert found <= copies
    assert len(found) >= least * len(copies)


def test_the_index_follows_the_number_of_passages() -> None:
    assert isinstance(index_for(100)[0], SmallIndex)
    assert isinstance(index_for(100_000)[0], HashedIndex)
