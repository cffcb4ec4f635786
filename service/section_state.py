"""The state of each section at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SectionState(StrEnum):
    """State of a section."""

    UNCHECKED = "unchecked"
    """Nobody has looked yet: the first frame is not kept waiting."""
    OPEN = "open"
    """Something is not filled in."""
    WRONG = "wrong"
    """An error that is more than a gap."""
    DOUBTFUL = "doubtful"
    """Nothing wrong for certain, but something to be looked at."""
    CLEAN = "clean"


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """One section in the bar."""

    numeral: str
    heading: str
    state: SectionState
    problems: int
