"""Suggestions ("did you mean …?") for unknown names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def closest_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name at the smallest edit distance, the first on a tie.

    None if the distance is more than a third of the longer name for every known name.
    """
    best: tuple[int, str] | None = None
    for candidate in known:
        limit = max(len(name), len(candidate)) // 3
        if abs(len(name) - len(candidate)) > limit:
            continue
        distance = edit_distance(name, candidate)
        if distance <= limit and (best is None or distance < best[0]):
            best = (distance, candidate)
    return None if best is None else best[1]


def edit_distance(one: str, other: str) -> int:
    """Return the Damerau–Levenshtein distance: insertions, deletions, substitutions and transpositions of adjacent characters."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        row = [i]
        for j, right in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
