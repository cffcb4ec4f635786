"""Encoder for the difference between two screens: a short sequence from what the terminal shows to what it should show. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cell_style import PLAIN, CellStyle, blank, change
from .moves import EMPTY, Cell, Cursor, Row, move, scroll, shifts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: First character whose width terminals disagree about: emoji and pictographs.
_FIRST_PICTURE = "\U0001f000"
MOST_GAP = 24
"""Maximum number of unchanged cells sent again instead of moving the cursor, where that is shorter."""
WORTH_ERASING = 3
WORTH_SHIFTING = 24
"""Minimum size in bytes of a line's update for which shifts are tried."""
MUCH = 250
"""Minimum size in bytes of a frame for which a scroll is tried."""


def frame_text(shown: list[Row], wanted: Sequence[Sequence[Cell]], *, can_shift: bool, can_scroll: bool) -> str:
    """Encode a frame. Afterwards the style is plain and the cursor may be anywhere."""
    text = _lines(shown, wanted, can_shift=can_shift)
    if can_scroll and len(text.encode()) > MUCH and (moved := scroll(shown, wanted)) is not None:
        scrolled = moved.sequence + _lines(moved.rows, wanted, can_shift=can_shift)
        text = min(scrolled, text, key=_size)
    return text


def _size(text: str) -> int:
    return len(text.encode())


def _lines(shown: list[Row], wanted: Sequence[Sequence[Cell]], *, can_shift: bool) -> str:
    out: list[str] = []
    cursor = Cursor()
    for y, (old, new) in enumerate(zip(shown, wanted, strict=True)):
        if old != new:
            text, cursor = _line(cursor, y, old, new, can_shift=can_shift)
            out.append(text)
    out.append(change(cursor.look, PLAIN))
    return "".join(out)


def _line(cursor: Cursor, y: int, shown: Row, wanted: Sequence[Cell], *, can_shift: bool) -> tuple[str, Cursor]:
    if _is_uncertain(shown) or _is_uncertain(wanted):
        text, look = _painted(wanted, cursor.look)
        return move(cursor, 0, y) + text, Cursor(look=look)
    best = _changes(cursor, y, shown, wanted)
    if can_shift and _size(best[0]) > WORTH_SHIFTING:
        for shift in shifts(shown, wanted):
            start = change(cursor.look, PLAIN) + move(cursor, shift.x, y) + shift.sequence
            text, end = _changes(Cursor(shift.x, y, PLAIN), y, shift.row, wanted)
            if _size(start + text) < _size(best[0]):
                best = start + text, end
    return best


def _is_uncertain(row: Sequence[Cell | None]) -> bool:
    """Return whether terminals may disagree about the columns of a line's characters."""
    return any(cell is not None and (len(cell[0]) > 1 or cell[0] >= _FIRST_PICTURE) for cell in row)


def _changes(cursor: Cursor, y: int, shown: Row, wanted: Sequence[Cell]) -> tuple[str, Cursor]:
    """Encode the changed cells of a line, with unchanged cells between them where that is shorter than a cursor movement."""
    out: list[str] = []
    tail = _tail(wanted)
    for start, stop in _runs(shown, wanted, tail):
        if start >= tail and sum(cell != EMPTY for cell in shown[start:]) > WORTH_ERASING:
            out.append(move(cursor, start, y) + change(cursor.look, PLAIN) + "\x1b[K")
            return "".join(out), Cursor(start, y, PLAIN)
        text, look = _painted(wanted[start:stop], cursor.look)
        text = move(cursor, start, y) + text
        if cursor.y == y and 0 < start - cursor.x <= MOST_GAP:
            through = _painted(wanted[cursor.x : stop], cursor.look)
            if _size(through[0]) <= _size(text):
                text, look = through
        out.append(text)
        # After the last column a terminal defers the wrap to the next character, so its cursor position is uncertain.
        cursor = Cursor(stop, y, look) if stop < len(wanted) else Cursor(-1, -1, look)
    return "".join(out), cursor


def _tail(row: Sequence[Cell]) -> int:
    """Return the column from which a line is empty."""
    end = len(row)
    while end and row[end - 1] == EMPTY:
        end -= 1
    return end


def _runs(shown: Row, wanted: Sequence[Cell], tail: int) -> Iterator[tuple[int, int]]:
    """Iterate over the half-open ranges of whole characters that differ, split at the tail."""
    width = len(wanted)
    x = 0
    while x < width:
        if shown[x] == wanted[x]:
            x += 1
            continue
        start = x
        while start and wanted[start][0] == "":
            start -= 1
        limit = tail if x < tail else width
        x += 1
        while x < limit and (wanted[x][0] == "" or shown[x] != wanted[x]):
            x += 1
        yield start, x


def _painted(cells: Sequence[Cell], look: CellStyle) -> tuple[str, CellStyle]:
    """Encode cells as text, with the style that is set afterwards. Spaces are compared by their visible style only."""
    out: list[str] = []
    for character, wanted in cells:
        if wanted is not look and not (character == " " and blank(look) == wanted):
            out.append(change(look, wanted))
            look = wanted
        out.append(character)
    return "".join(out), look
