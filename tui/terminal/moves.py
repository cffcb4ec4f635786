"""Terminal operations other than text: cursor movement, line shifts, scrolling. Pure.

Each operation is modelled both as the sequence sent and as its effect on the cells, so that its cost can be compared with
repainting and the two representations agree.
"""

from __future__ import annotations

from operator import eq
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import get_character_cell_size

from .cell_style import PLAIN, CellStyle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Cell = tuple[str, CellStyle]
"""A grapheme and its style. The second column of a wide character is the empty string."""
Row = list[Cell | None]
"""The cells of a line; None for a cell whose contents are unknown."""

EMPTY: Cell = (" ", PLAIN)

SHIFTING_TERMS = (
    "xterm", "screen", "tmux", "linux", "rxvt", "putty", "konsole", "gnome", "vte",
    "alacritty", "foot", "kitty", "wezterm", "ghostty", "iterm", "mintty", "st-",
    "vt220", "vt320", "vt420", "vt510", "vt520", "vt525",
)  # fmt: skip
"""Prefixes of $TERM for terminals that insert and delete characters (ICH, DCH) and scroll a region (DECSTBM)."""

SCROLLING_TERMS = (*SHIFTING_TERMS, "vt1", "vt2", "vt3", "vt4", "vt5")
"""Prefixes of $TERM for terminals that at least scroll a region: every VT since the VT100."""

MOST_SHIFT = 72
"""Maximum shift in columns: splitting a paragraph moves text by most of a line."""
ALIKE = 6
"""Number of columns that must agree before a shift is considered."""
MOST_SCROLL = 6
"""Maximum scroll distance in lines, up or down."""
WORTH_SCROLLING = 60
"""Minimum number of cells that a scroll must correct to be considered."""


class Cursor(NamedTuple):
    """Position of the next character and its style; x and y are -1 if uncertain."""

    x: int = -1
    y: int = -1
    look: CellStyle = PLAIN


class Shift(NamedTuple):
    """Insertion or deletion of characters within a line."""

    x: int
    sequence: str
    row: Row
    """The line after the shift."""


class Scroll(NamedTuple):
    """Scrolling of a region of lines."""

    sequence: str
    rows: list[Row]
    """The screen after the scroll."""


def can_shift(term: str) -> bool:
    """Return whether a terminal of this type is known to insert and delete characters."""
    return term.startswith(SHIFTING_TERMS)


def can_scroll(term: str) -> bool:
    """Return whether a terminal of this type is known to scroll regions."""
    return term.startswith(SCROLLING_TERMS)


def move(cursor: Cursor, x: int, y: int) -> str:
    """Return the shortest sequence that moves the cursor to a position."""
    if (cursor.x, cursor.y) == (x, y):
        return ""
    column = f";{x + 1}" if x else ""
    ways = [f"\x1b[{y + 1}{column}H" if x or y else "\x1b[H"]
    if cursor.y == y and cursor.x >= 0:
        distance = x - cursor.x
        ways.append(_step("C", distance) if distance > 0 else "\b" * -distance)
    elif cursor.x == x and cursor.y >= 0:
        ways.append(_step("B", y - cursor.y) if y > cursor.y else _step("A", cursor.y - y))
    elif cursor.y >= 0 and y - cursor.y > 0:
        down = _step("B", y - cursor.y)
        ways.append(down + ("\b" * (cursor.x - x) if x < cursor.x else _step("C", x - cursor.x)) if cursor.x >= 0 else ways[0])
        # The tty driver expands a line feed to CR LF, which makes it no shorter than this.
        ways.append("\r" + down + (_step("C", x) if x else ""))
    return min(ways, key=len)


def _step(direction: str, distance: int) -> str:
    return f"\x1b[{distance if distance > 1 else ''}{direction}"


def shifts(shown: Row, wanted: Sequence[Cell]) -> Iterator[Shift]:
    """Iterate over shifts, starting at the first differing column, that may bring a line closer to the wanted one."""
    x = next(place for place, (old, new) in enumerate(zip(shown, wanted, strict=True)) if old != new)
    width = len(wanted)
    if _is_half(shown[x]):
        return
    here, there = shown[x : x + ALIKE], list(wanted[x : x + ALIKE])
    for distance in range(1, min(MOST_SHIFT, width - x - ALIKE) + 1):
        parameter = distance if distance > 1 else ""
        # tmux keeps old characters in the part of a gap that is wider than the text it moves.
        if 2 * distance <= width - x and here == list(wanted[x + distance : x + distance + ALIKE]):
            row = shown[:x] + [EMPTY] * distance + shown[x : width - distance]
            if _begins_wide(row[-1]):
                row[-1] = None
            yield Shift(x, f"\x1b[{parameter}@", row)
        if there == shown[x + distance : x + distance + ALIKE] and not _is_half(shown[x + distance]):
            yield Shift(x, f"\x1b[{parameter}P", shown[:x] + shown[x + distance :] + [EMPTY] * distance)


def _is_half(cell: Cell | None) -> bool:
    return cell is not None and cell[0] == ""


def _begins_wide(cell: Cell | None) -> bool:
    return cell is not None and cell[0] != "" and get_character_cell_size(cell[0][0]) > 1


def scroll(shown: list[Row], wanted: Sequence[Sequence[Cell]]) -> Scroll | None:
    """Find the scroll that corrects most cells; None if none is worthwhile."""
    best = (WORTH_SCROLLING, 0, 0, 0)
    for distance in (*range(1, MOST_SCROLL + 1), *range(-MOST_SCROLL, 0)):
        if abs(distance) > 1 and not _has_moved(shown, wanted, distance):
            continue
        gained, first, last = _best_stretch(_gains(shown, wanted, distance))
        best = max(best, (gained, distance, first, last))
    _, distance, first, last = best
    if not distance:
        return None
    top, bottom = (first, last + distance) if distance > 0 else (first + distance, last)
    empty: list[Row] = [[EMPTY] * len(shown[0]) for _ in range(abs(distance))]
    if distance > 0:
        rows = [*shown[:top], *shown[top + distance : bottom + 1], *empty, *shown[bottom + 1 :]]
        steps = f"\x1b[{bottom + 1}H" + "\n" * distance
    else:
        rows = [*shown[:top], *empty, *shown[top : bottom + 1 + distance], *shown[bottom + 1 :]]
        steps = f"\x1b[{top + 1}H" + "\x1bM" * -distance
    return Scroll(f"\x1b[{top + 1};{bottom + 1}r{steps}\x1b[r", [list(row) for row in rows])


def _has_moved(shown: Sequence[Row], wanted: Sequence[Sequence[Cell]], distance: int) -> bool:
    """Return whether at least two changed lines were shown `distance` lines below: a cheap test for scrolls by more than one line."""
    lines = range(max(0, -distance), min(len(wanted), len(wanted) - distance))
    found = (y for y in lines if shown[y + distance] == wanted[y] and shown[y] != wanted[y])
    return next(found, None) is not None and next(found, None) is not None


def _gains(shown: Sequence[Row], wanted: Sequence[Sequence[Cell]], distance: int) -> Iterator[int]:
    """Iterate over the lines: cells correct after moving the line `distance` below here, minus cells correct now."""
    for y, line in enumerate(wanted):
        source = y + distance
        if not 0 <= source < len(shown):
            yield -len(line)
        elif shown[y] == line:
            yield 0 if shown[source] == line else sum(map(eq, shown[source], line)) - len(line)
        else:
            yield sum(map(eq, shown[source], line)) - sum(map(eq, shown[y], line))


def _best_stretch(gains: Iterator[int]) -> tuple[int, int, int]:
    """Return the contiguous range of lines with the maximum total gain: (gain, first, last)."""
    best = (0, 0, 0)
    gained = first = 0
    for y, gain in enumerate(gains):
        if gained <= 0:
            gained, first = 0, y
        gained += gain
        best = max(best, (gained, first, y), key=lambda entry: entry[0])
    return best
