"""Changed range of two texts, and spans that follow their text."""

from __future__ import annotations

import pytest
from nianbao.core.text_diff import TextChange, changed_range


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [("甲乙丙", "甲丁丙", (1, 2, 2)), ("甲", "甲乙", (1, 1, 2)), ("甲乙", "乙", (0, 1, 0)), ("甲甲", "甲", (1, 2, 1)), ("", "", (0, 0, 0))],
)
def test_the_smallest_range_in_which_two_texts_differ_is_found(old: str, new: str, expected: tuple[int, int, int]) -> None:
    assert changed_range(old, new) == expected


@pytest.mark.parametrize(
    ("change", "place", "expected"),
    [
        (TextChange(0, 0, 2), (3, 6), (5, 8)),
        (TextChange(6, 6, 7), (3, 6), (3, 6)),
        (TextChange(3, 3, 4), (3, 6), (4, 7)),
        (TextChange(4, 5, 8), (3, 6), (3, 9)),
        (TextChange(1, 4, 1), (3, 6), (1, 3)),
        (TextChange(5, 9, 6), (3, 6), (3, 5)),
        (TextChange(1, 9, 2), (3, 6), (2, 2)),
    ],
)
def test_a_place_keeps_to_its_words_when_the_text_around_it_changes(
    change: TextChange, place: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert change.moved(*place) == expected
