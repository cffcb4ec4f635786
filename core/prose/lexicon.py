"""Longest-match lookup of the vocabulary: the word at an offset and its notions."""

from __future__ import annotations

from functools import cache
from itertools import product

from .vocabulary import FILLERS, WORDS

Notions = frozenset[str]


def expand_pattern(pattern: str) -> list[str]:
    """Expand a pattern with `{a,b,}` to all its words."""
    if "{" not in pattern:
        return [pattern]
    first, *rest = pattern.split("{")
    choices = [[first]]
    for part in rest:
        options, _, after = part.partition("}")
        choices.append([option + after for option in options.split(",")])
    return ["".join(chosen) for chosen in product(*choices)]


class Lexicon:
    """Words and their notions, indexed by their first two characters."""

    __slots__ = ("_lengths", "_notions")

    def __init__(self, words: dict[str, str], fillers: str) -> None:
        notions: dict[str, Notions] = dict.fromkeys(fillers.split(), frozenset())
        for notion, patterns in words.items():
            alone = frozenset({notion})
            for pattern in patterns.split():
                for word in expand_pattern(pattern):
                    known = notions.setdefault(word, alone)
                    if known is not alone:
                        notions[word] = known | alone
        notions.pop("", None)
        self._notions = notions
        lengths: dict[str, set[int]] = {}
        for word in notions:
            start = word[:2]
            if start in lengths:
                lengths[start].add(len(word))
            else:
                lengths[start] = {len(word)}
        self._lengths = {start: tuple(sorted(sizes, reverse=True)) for start, sizes in lengths.items()}

    def at(self, text: str, place: int) -> tuple[int, Notions] | None:
        """Return length and notions of the longest word at offset `place`, or None."""
        start = text[place : place + 2]
        for size in self._lengths.get(start, ()):
            notions = self._notions.get(text[place : place + size])
            if notions is not None:
                return size, notions
        notions = self._notions.get(start[0])
        return None if notions is None else (1, notions)


@cache
def lexicon() -> Lexicon:
    """Return the vocabulary of the reports; built once per process."""
    return Lexicon(WORDS, FILLERS)
