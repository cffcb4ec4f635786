"""A number in the text, its context and the quantities it states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..chinese.counts import Numeral
    from .quantity_patterns import QuantityPattern
    from .results import Period, Scope


@dataclass(slots=True)
class Mention:
    """A number in the text with its context.

    Mutable: the classifier sets `quantities`, later passes (reconcile) may correct them from the numbers around it.
    """

    number: Numeral
    sentence: int
    phrase: int
    depth: int
    """Bracket nesting depth."""
    before: str
    """The stop before its phrase; 、 when the number follows a 、 inside the phrase."""
    start: int
    """Start offset of its description."""
    end: int
    """End offset of its description: end of the number, or later when the counted thing follows the number."""
    notions: frozenset[str]
    """Notions of the words around it; with the derived notions of quantity_patterns.py once it has been classified."""
    topic: str
    period: Period
    scope: Scope
    listed: bool
    """Whether it is in a list opened by 其中, 包括, a colon or a bracket."""
    opens: bool
    """Whether it is the first number of such a list."""
    group: int
    """Index of the semicolon-separated part of the sentence."""
    ordinal: bool
    """Whether its phrase starts with 一是, 二是 or the like."""
    first: bool = False
    """Whether the description follows the number (318件予以公开)."""
    rule: QuantityPattern | None = None
    quantities: tuple[str, ...] = ()
    kind: str = ""
    """Kind of the pattern that matched; distinguishes two numbers of one row."""
