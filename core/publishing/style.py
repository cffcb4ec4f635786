"""How an exported text looks: the options of `nianbao export`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ..chinese.width import Ambiguous  # noqa: TC001 - dataclass fields are read at run time by strategies

LEAST_WIDTH: Final = 80
GREATEST_WIDTH: Final = 160


class Borders(StrEnum):
    """What a table's lines are drawn with."""

    UNICODE = "unicode"
    ASCII = "ascii"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """The look of an exported text."""

    width: int = LEAST_WIDTH
    """Columns of a line, 80 to 160."""
    borders: Borders = Borders.UNICODE
    ambiguous: Ambiguous = 2
    """Columns of an ambiguous character (“ ” — · ─ │): 2 as in a Chinese font, 1 as in most terminals."""

    @property
    def line_columns(self) -> int:
        """Columns that one vertical line of a table takes, and one character of a horizontal one."""
        return self.ambiguous if self.borders is Borders.UNICODE else 1
