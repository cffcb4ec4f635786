"""Style options of exported text, as set by `nianbao export`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ..chinese.width import Ambiguous  # noqa: TC001 - dataclass fields are read at run time by strategies

LEAST_WIDTH: Final = 80
GREATEST_WIDTH: Final = 160


class Borders(StrEnum):
    """Character set for table lines."""

    UNICODE = "unicode"
    ASCII = "ascii"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Style of an exported text."""

    width: int = LEAST_WIDTH
    """Line width in columns, 80 to 160."""
    borders: Borders = Borders.UNICODE
    ambiguous: Ambiguous = 2
    """Width of East Asian ambiguous characters (“ ” — · ─ │): 2 as in Chinese fonts, 1 as in most terminals."""

    @property
    def line_columns(self) -> int:
        """Width in columns of a vertical table line, and of one character of a horizontal line."""
        return self.ambiguous if self.borders is Borders.UNICODE else 1
