"""State of each section, for an overview."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SectionState(StrEnum):
    """State of a section."""

    UNCHECKED = "unchecked"
    """Not checked yet. The first frame does not wait for the checks."""
    OPEN = "open"
    """Something is not filled in."""
    WRONG = "wrong"
    """An error other than a gap."""
    DOUBTFUL = "doubtful"
    """Warnings, but no errors."""
    CLEAN = "clean"


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section in the section bar."""

    numeral: str
    heading: str
    state: SectionState
    problems: int
