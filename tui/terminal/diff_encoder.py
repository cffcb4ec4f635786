"""The shortest text that turns what a terminal shows into what it should show. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cell_style import PLAIN, CellStyle, blank, change
from .moves import EMPTY, Cell, Cursor, Row, move, scroll, shifts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Beyond the planes whose widths terminals agree about: emoji and other pictures.
_FIRST_PICTURE = "\U0001f000"
MOST_GAP = 24
"""Unchanged cells that are at most sent again instead of being jumped over, where that is shorter."""
WORTH_ERASING = 3
WORTH_SHIFTING = 24
"""Bytes of a line below which no shift of it is looked for."""
MUCH = 250
"""Bytes of a frame above which a scroll is looked for."""


def frame_text(shown: list[Row], wanted: Sequence[Sequence[Cell]], *, can_shift: bool, can_scroll: bool) -> str:
    """What to send, leaving the terminal with a plain look and the cursor anywhere."""
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
    """Whether terminals may disagree about where the characters of a line stand."""
    return any(cell is not None and (len(cell[0]) > 1 or cell[0] >= _FIRST_PICTURE) for cell in row)


def _changes(cursor: Cursor, y: int, shown: Row, wanted: Sequence[Cell]) -> tuple[str, Cursor]:
    """Send the characters that changed, and those between them where that is shorter than jumping."""
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
        # Behind the last column a terminal waits for the next character before it moves on.
        cursor = Cursor(stop, y, look) if stop < len(wanted) else Cursor(-1, -1, look)
    return "".join(out), cursor


def _tail(row: Sequence[Cell]) -> int:
    """The column from which on a line is empty."""
    end = len(row)
    while end and row[end - 1] == EMPTY:
        end -= 1
    return end


def _runs(shown: Row, wanted: Sequence[Cell], tail: int) -> Iterator[tuple[int, int]]:
    """The stretches of whole characters that differ, cut where the line ends."""
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
    """The cells as text, and the look that is left set; of a space only what is seen matters."""
    out: list[str] = []
    for character, wanted in cells:
        if wanted is not look and not (character == " " and blank(look) == wanted):
            out.append(change(look, wanted))
            look = wanted
        out.append(character)
    return "".join(out), look
