"""The vocabulary made ready for reading: the longest word that begins at a place, and the notions it names."""

from __future__ import annotations

import re
from functools import cache

from .words import FILLERS, WORDS

Notions = frozenset[str]
_BRACES = re.compile(r"\{([^{}]*)\}")


def spellings(pattern: str) -> list[str]:
    """Every word that a pattern with `{a,b,}` stands for."""
    choice = _BRACES.search(pattern)
    if choice is None:
        return [pattern]
    before, after = pattern[: choice.start()], pattern[choice.end() :]
    return [word for option in choice[1].split(",") for word in spellings(before + option + after)]


class Lexicon:
    """Words and their notions, found by where they begin."""

    __slots__ = ("_lengths", "_notions")

    def __init__(self, words: dict[str, str], fillers: str) -> None:
        notions: dict[str, set[str]] = {word: set() for word in fillers.split()}
        for notion, patterns in words.items():
            for pattern in patterns.split():
                for word in spellings(pattern):
                    notions.setdefault(word, set()).add(notion)
        notions.pop("", None)
        self._notions: dict[str, Notions] = {word: frozenset(named) for word, named in notions.items()}
        lengths: dict[str, set[int]] = {}
        for word in notions:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {start: tuple(sorted(sizes, reverse=True)) for start, sizes in lengths.items()}

    def at(self, text: str, place: int) -> tuple[int, Notions] | None:
        """Length and notions of the longest word that begins at a place; None where no word does."""
        notions = self._notions
        for size in self._lengths.get(text[place : place + 2], ()):
            word = text[place : place + size]
            if word in notions:
                return size, notions[word]
        single = notions.get(text[place])
        return None if single is None else (1, single)


@cache
def lexicon() -> Lexicon:
    """The reports' vocabulary, built once."""
    return Lexicon(WORDS, FILLERS)
