"""A number in its place, with what stands beside it and what it was found to state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..chinese.counts import Numeral
    from .quantity_patterns import QuantityPattern
    from .results import Period, Scope


@dataclass(slots=True)
class Mention:
    """A number of the text. What it states (`quantities`) is settled while reading and may be mended by what follows."""

    number: Numeral
    sentence: int
    phrase: int
    depth: int
    """How many brackets it stands in."""
    before: str
    """The stop that its phrase follows; 、 where the number follows one inside it."""
    start: int
    """Where its description begins."""
    end: int
    """Where its description ends: the number's own end, or further right where what it counts follows it."""
    notions: frozenset[str]
    """What the words beside it name, with the derived notions of rules.py where it was interpreted."""
    topic: str
    period: Period
    scope: Scope
    listed: bool
    """Whether 其中, 包括, a colon or a bracket opened the list it stands in."""
    opens: bool
    """Whether the list opens with it."""
    group: int
    """Which of the sentence's parts between semicolons it stands in."""
    ordinal: bool
    """Whether 一是, 二是 or the like leads its phrase."""
    first: bool = False
    """Whether it is described by what follows it (318件予以公开)."""
    rule: QuantityPattern | None = None
    quantities: tuple[str, ...] = ()
    kind: str = ""
    """Which reading it was; tells apart two numbers of one row."""
