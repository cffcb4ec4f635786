"""What the terminal shows, cell by cell, so that only the cells that changed are sent.

textual sends whatever was refreshed. Over a slow line that is far too much: a text area
refreshes all its lines on each key. Here the refreshed lines are compared with what the
terminal already shows, and the difference is encoded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import get_character_cell_size, split_graphemes
from rich.style import Style
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.color import ColorSystem
    from rich.segment import Segment

Cell = tuple[str, Style | None]
"""A character with what combines with it, and its style. The second column of a wide
character is the empty string."""

MERGE_GAP = 8
"""Unchanged cells that are cheaper to send again than to jump over."""

#: Control, bidirectional and invisible characters, lone surrogates; rich gives them no width.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")

#: Beyond the planes whose widths terminals agree about: emoji and other pictures.
_FIRST_PICTURE = "\U0001f000"


class ScreenModel:
    """The grid of cells that the terminal shows and the one that it should show."""

    def __init__(self) -> None:
        self._width = 0
        self._shown: list[list[Cell | None]] = []
        self._wanted: list[list[Cell]] = []
        self._touched: set[int] = set()

    def forget(self) -> None:
        """Take nothing for granted about the terminal: the next frame sends every cell it has."""
        for row in self._shown:
            row[:] = [None] * len(row)
        self._touched.update(range(len(self._shown)))

    def resize(self, width: int, height: int) -> None:
        """Follow the size of the screen; a new size is an unknown screen."""
        if (width, height) == (self._width, len(self._shown)):
            return
        self._width = width
        self._shown = [[None] * width for _ in range(height)]
        self._wanted = [[(" ", None)] * width for _ in range(height)]
        self._touched = set(range(height))

    def put(self, x: int, y: int, segments: Iterable[Segment]) -> None:
        """Say that these segments should stand from column x of line y on."""
        if not 0 <= y < len(self._wanted):
            return
        row = self._wanted[y]
        start = x
        cells = list(_cells(segments))
        if x < 0:
            cells, x, start = cells[-x:], 0, 0
        cells = cells[: self._width - x]
        if not cells:
            return
        row[start : start + len(cells)] = cells
        _mend_halves(row, start)
        _mend_halves(row, start + len(cells))
        self._touched.add(y)

    def encode(self, color_system: ColorSystem) -> str:
        """The sequences that turn what is shown into what is wanted."""
        out: list[str] = []
        for y in sorted(self._touched):
            shown, wanted = self._shown[y], self._wanted[y]
            if shown == wanted:
                continue
            for start, end in _runs(shown, wanted):
                out.append(f"\x1b[{y + 1};{start + 1}H")
                out.extend(_paint(wanted[start:end], color_system))
            self._shown[y] = list(wanted)
        self._touched.clear()
        return "".join(out)


def _cells(segments: Iterable[Segment]) -> Iterator[Cell]:
    """One item for each column that the segments fill. What could steer a terminal is left out."""
    for text, style, control in segments:
        if control:
            continue
        if _UNSAFE.search(text):
            text = _UNSAFE.sub(_harmless, text)  # noqa: PLW2901
        if text.isascii():
            for character in text:
                yield character, style
            continue
        for start, end, size in split_graphemes(text)[0]:
            if size:
                yield text[start:end], style
                for _ in range(1, size):
                    yield "", style


def _harmless(found: re.Match[str]) -> str:
    """A lone surrogate has a column of its own; the others have none."""
    return "?" if "\ud800" <= found[0] <= "\udfff" else ""


def _mend_halves(row: list[Cell], x: int) -> None:
    """Blank the halves of wide characters that a write at column x cut in two."""
    if not 0 < x < len(row):
        return
    left, right = row[x - 1], row[x]
    is_half = right[0] == ""
    has_half = left[0] != "" and get_character_cell_size(left[0][0]) > 1
    if is_half and not has_half:
        row[x] = (" ", right[1])
    elif has_half and not is_half:
        row[x - 1] = (" ", left[1])


def _runs(shown: list[Cell | None], wanted: list[Cell]) -> Iterator[tuple[int, int]]:
    """The stretches to send, whole characters each; everything where widths are uncertain."""
    changed = [x for x, (old, new) in enumerate(zip(shown, wanted, strict=True)) if old != new]
    if not changed:
        return
    if any(len(cell[0]) > 1 or cell[0] >= _FIRST_PICTURE for cell in wanted) or any(
        cell is not None and (len(cell[0]) > 1 or cell[0] >= _FIRST_PICTURE) for cell in shown
    ):
        yield 0, len(wanted)
        return
    start = end = -1
    for x in changed:
        if end < 0:
            start = x
        elif x - end > MERGE_GAP:
            yield _whole(wanted, start, end)
            start = x
        end = x + 1
    yield _whole(wanted, start, end)


def _whole(row: list[Cell], start: int, end: int) -> tuple[int, int]:
    while start > 0 and row[start][0] == "":
        start -= 1
    while end < len(row) and row[end][0] == "":
        end += 1
    return start, end


def _paint(cells: list[Cell], color_system: ColorSystem) -> Iterator[str]:
    """The cells as text with the fewest changes of style."""
    text: list[str] = []
    current: Style | None = None
    for character, style in cells:
        if style != current and text:
            yield _styled("".join(text), current, color_system)
            text = []
        current = style
        text.append(character)
    if text:
        yield _styled("".join(text), current, color_system)


def _styled(text: str, style: Style | None, color_system: ColorSystem) -> str:
    return text if style is None else Strip.render_style(style, text, color_system)
