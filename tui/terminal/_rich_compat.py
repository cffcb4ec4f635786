"""Replacement of rich's character width function, the one private part of rich that the editor touches.

rich has no setting for terminals that draw East Asian ambiguous characters (UAX #11) two columns wide. The replacement must be
installed before textual is imported, because textual binds the width functions by name.
"""

# ruff: noqa: SLF001 - touching private parts is what this module is for
from __future__ import annotations

import sys
import unicodedata
from functools import lru_cache

from rich import cells


def widen_ambiguous() -> None:
    """Make rich, and textual after it, count ambiguous characters as two columns.

    Raises:
        RuntimeError: textual is already imported; part of it would keep the old widths.
    """
    if "textual" in sys.modules:
        raise RuntimeError("widths must be set before textual is imported")
    narrow = cells.get_character_cell_size

    @lru_cache(maxsize=8192)
    def wide(character: str, unicode_version: str = "auto") -> int:
        size = narrow(character, unicode_version)
        return 2 if size == 1 and unicodedata.east_asian_width(character) == "A" else size

    cells.get_character_cell_size = wide
    cells._is_single_cell_widths = frozenset(map(chr, range(0x20, 0x7F))).issuperset
    cells.cached_cell_len.cache_clear()
