"""Model of the terminal's screen, cell by cell, from which only changed cells are sent.

textual sends every region that was refreshed, which is too much for a slow line: a text area refreshes all its lines on each key.
Refreshed lines are compared here with what the terminal already shows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import get_character_cell_size, split_graphemes

from .cell_style import PLAIN, blank, style_of
from .diff_encoder import frame_text
from .moves import EMPTY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.color import ColorSystem
    from rich.segment import Segment

    from .cell_style import CellStyle
    from .moves import Cell, Row

#: Control, bidirectional-formatting and invisible characters, and lone surrogates; rich gives them no width.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


class ScreenModel:
    """Two grids of cells: what the terminal shows, and what it should show."""

    def __init__(self, *, can_shift: bool = False, can_scroll: bool = False) -> None:
        self._width = 0
        self._can_shift = can_shift
        self._can_scroll = can_scroll
        self._shown: list[Row] = []
        self._wanted: list[list[Cell]] = []

    def forget(self) -> None:
        """Invalidate the shown grid: the next frame sends every cell."""
        for row in self._shown:
            row[:] = [None] * len(row)

    def resize(self, width: int, height: int) -> None:
        """Set the size of the screen; a new size invalidates the shown grid."""
        if (width, height) == (self._width, len(self._shown)):
            return
        self._width = width
        self._shown = [[None] * width for _ in range(height)]
        self._wanted = [[EMPTY] * width for _ in range(height)]

    def put(self, x: int, y: int, segments: Iterable[Segment], color_system: ColorSystem) -> None:
        """Write segments into the wanted grid from column x of line y on."""
        if not 0 <= y < len(self._wanted):
            return
        row = self._wanted[y]
        cells = list(_cells(segments, color_system))
        if x < 0:
            cells, x = cells[-x:], 0
        cells = cells[: self._width - x]
        if not cells:
            return
        row[x : x + len(cells)] = cells
        _blank_cut_halves(row, x)
        _blank_cut_halves(row, x + len(cells))

    def encode(self) -> str:
        """Return the sequences that turn the shown grid into the wanted one, and mark it as shown."""
        text = frame_text(self._shown, self._wanted, can_shift=self._can_shift, can_scroll=self._can_scroll)
        for y, row in enumerate(self._wanted):
            if self._shown[y] != row:
                self._shown[y] = list(row)
        return text


def _cells(segments: Iterable[Segment], color_system: ColorSystem) -> Iterator[Cell]:
    """Iterate over segments as one cell per column, without control segments and unsafe characters."""
    for text, style, control in segments:
        if control:
            continue
        yield from _text_cells(text, PLAIN if style is None else style_of(style, color_system))


@lru_cache(maxsize=4096)
def _text_cells(text: str, look: CellStyle) -> tuple[Cell, ...]:
    if _UNSAFE.search(text):
        text = _UNSAFE.sub(_harmless, text)
    space = (" ", blank(look))
    if text.isascii():
        return tuple(space if character == " " else (character, look) for character in text)
    cells: list[Cell] = []
    for start, end, size in split_graphemes(text)[0]:
        if size:
            character = text[start:end]
            cells.append(space if character == " " else (character, look))
            cells += [("", look)] * (size - 1)
    return tuple(cells)


def _harmless(found: re.Match[str]) -> str:
    """Replace a lone surrogate, which occupies a column, by a question mark; drop other unsafe characters, which occupy none."""
    return "?" if "\ud800" <= found[0] <= "\udfff" else ""


def _blank_cut_halves(row: list[Cell], x: int) -> None:
    """Blank the remaining half of a wide character that a write at column x has cut in two."""
    if not 0 < x < len(row):
        return
    left, right = row[x - 1], row[x]
    is_half = right[0] == ""
    has_half = left[0] != "" and get_character_cell_size(left[0][0]) > 1
    if is_half and not has_half:
        row[x] = (" ", blank(right[1]))
    elif has_half and not is_half:
        row[x - 1] = (" ", blank(left[1]))
