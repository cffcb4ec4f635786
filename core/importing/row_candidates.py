"""Labels with the values that follow them, and the candidate assignments of these values to columns.

Pipes are not counted and nothing is shifted: a candidate is any window of the right length outside of which all cells are empty.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from .tokens import LineToken, TokenKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_GLUED: Final = re.compile(r"(?P<label>.*[^\d.])(?P<digits>\d+(?:\.\d+)?)")
_MOST_DIGITS: Final = 4
FEW_SPLITS: Final = 12
"""With more ways to split digits, one may satisfy the identities by chance."""
_CELLS: Final = frozenset({TokenKind.VALUE, TokenKind.ODD, TokenKind.BLANK})
_MOST_FILLING: Final = 3
"""Maximum number of padding cells in each of several rows."""
_LONGEST: Final = 80
"""Maximum number of label fragments remembered before a value: the header of table 四 with one character per token."""

Window = tuple[LineToken, ...]
"""Cells of a row, one per column."""

EMPTY: Final = LineToken(TokenKind.BLANK, "", -1)


@dataclass(slots=True)
class Run:
    """Label fragments and the cells that follow them, up to the next label."""

    labels: list[LineToken]
    items: list[LineToken] = field(default_factory=list)
    next_gap: int = 0
    """Number of empty lines after it."""
    at_end: bool = False
    """Whether the document ends with it."""
    digits: str = ""
    """Digits attached to the label without a space."""
    above: list[LineToken] = field(default_factory=list)
    """Labels of the rows above, for a row of a real table without a label of its own."""

    @property
    def line(self) -> int:
        """Index of the line on which the values begin."""
        return self.items[0].line if self.items else self.labels[-1].line

    @property
    def plain(self) -> bool:
        """Whether cell boundaries are unmarked: no pipes and no table."""
        return all(item.plain for item in self.items)


def find_runs(tokens: Sequence[LineToken], is_row: Callable[[str], bool]) -> list[Run]:
    """Return all labels with the values that follow them.

    Args:
        is_row: Returns whether a text is a row's label, to separate digits attached to it.
    """
    runs: list[Run] = []
    labels: list[LineToken] = []
    above: list[LineToken] = []
    open_run: Run | None = None
    for token in tokens:
        if token.kind is TokenKind.TABLE_ROW_END:
            above = (
                []
                if open_run is not None and any(item.kind is TokenKind.VALUE for item in open_run.items)
                else [*above, *labels][-_LONGEST:]
            )
        if token.kind in (TokenKind.TEXT, TokenKind.PROSE, TokenKind.TABLE_ROW_END):
            if open_run is not None:
                open_run.next_gap = token.gap
                labels, open_run = [], None
            if token.kind is TokenKind.TEXT:
                labels = [*labels[-_LONGEST:], token]
                glued = _GLUED.fullmatch(token.text)
                if glued is not None and is_row(glued["label"]):
                    labels[-1] = LineToken(TokenKind.TEXT, glued["label"], token.line, token.gap, token.plain)
                    open_run = Run(labels, digits=glued["digits"])
                    runs.append(open_run)
            else:
                labels = []
        elif open_run is not None:
            open_run.items.append(token)
        elif (
            (labels and token.kind is not TokenKind.ROW_END)
            or token.kind in (TokenKind.VALUE, TokenKind.ODD)
            or (token.kind is TokenKind.BLANK and above)
        ):
            open_run = Run(labels, [token], above=[] if labels else above)
            runs.append(open_run)
    if open_run is not None:
        open_run.at_end = True
    return runs


def windows(cells: Sequence[LineToken], count: int) -> dict[int, Window]:
    """Return every placement of `count` columns over the cells that leaves only empty cells outside, by offset."""
    spare = len(cells) - count
    if spare < 0:
        return {}
    filled = [position for position, cell in enumerate(cells) if cell.kind is not TokenKind.BLANK]
    first, last = (filled[0], filled[-1]) if filled else (spare, count - 1)
    return {start: tuple(cells[start : start + count]) for start in range(spare + 1) if start <= first and last < start + count}


@dataclass(frozen=True, slots=True)
class RowCandidates:
    """Candidate readings of a row's values. A single one is certain; several have to be resolved."""

    readings: tuple[Window, ...] = ()
    starts: tuple[int, ...] = ()
    """For each reading, the number of cells between the label and its first column."""
    spare: int = 0
    """Number of surplus cells in each reading."""
    copies: tuple[Window, ...] = ()
    """Values of the row for several years side by side."""
    rule: str = ""
    """Inference beyond counting: `gaps`, `glued` or empty."""


def fit(run: Run, count: int, base_gap: int | None) -> RowCandidates:
    """Return the candidate readings of a run's values in `count` columns.

    Args:
        base_gap: Usual number of empty lines between cells; None if empty lines are not significant.
    """
    if run.digits:
        return _fit_glued(run, count)
    zeros = _zeros([item for item in run.items if item.kind in _CELLS], count)
    if zeros:
        return RowCandidates((zeros,))
    if run.items and run.plain:
        return _fit_plain(run, count, base_gap)
    first = list(_first_row(run.items))
    every = [item for item in run.items if item.kind in _CELLS]
    for cells in (first, every, list(_spread(first))):
        found = windows(cells, count)
        if found:
            return _distinct(found, len(cells) - count)
    if not any(item.kind in (TokenKind.VALUE, TokenKind.ODD) for item in run.items):
        slots = sum(item.span if item.kind is TokenKind.PADDING else 1 for item in run.items if item.kind is not TokenKind.ROW_END)
        return RowCandidates(((EMPTY,) * count,)) if slots >= count else RowCandidates()
    return RowCandidates()


def fit_copies(run: Run, count: int) -> tuple[Window, ...]:
    """Return the values of two years side by side: exactly twice the number of columns, none empty."""
    cells = [item for item in run.items if item.kind in _CELLS]
    while cells and cells[-1].kind is TokenKind.BLANK:
        cells.pop()
    if run.digits or len(cells) != 2 * count or any(cell.kind is TokenKind.BLANK for cell in cells):
        return ()
    return tuple(cells[:count]), tuple(cells[count:])


def is_spread_out(run: Run, count: int) -> bool:
    """Return whether up to `count` values are spread over more cells than that: a grid with room for other columns."""
    cells = [item for item in run.items if item.kind in _CELLS]
    filled = [position for position, cell in enumerate(cells) if cell.kind is not TokenKind.BLANK]
    return 0 < len(filled) <= count and filled[-1] - filled[0] >= count


def rows_in_order(run: Run, rows: int, count: int) -> list[Window]:
    """Return the values of several consecutive rows if their number is exact, up to equal padding; else an empty list."""
    cells = [item for item in run.items if item.kind in _CELLS]
    while len(cells) > rows * count and cells[-1].kind is TokenKind.BLANK and len(cells) % rows:
        cells.pop()
    width, rest = divmod(len(cells), rows)
    if rest or not count <= width <= count + _MOST_FILLING:
        return []
    chunks = [tuple(cells[start : start + width]) for start in range(0, len(cells), width)]
    if any(cell.kind is not TokenKind.BLANK for chunk in chunks for cell in chunk[count:]):
        return []
    return [chunk[:count] for chunk in chunks]


def _zeros(cells: Sequence[LineToken], count: int) -> Window:
    """Return a zero per column if the only cell is a run of exactly that many zeros; else an empty window."""
    if len(cells) != 1 or count == 1 or cells[0].text != "0" * count:
        return ()
    return (replace(cells[0], text="0"),) * count


def _first_row(items: Sequence[LineToken]) -> Iterator[LineToken]:
    """Yield the cells up to the apparent end of the row."""
    for item in items:
        if item.kind not in _CELLS:
            return
        yield item


def _spread(cells: Sequence[LineToken]) -> Iterator[LineToken]:
    """Yield the cells, with an empty cell repeated by its span."""
    for cell in cells:
        yield cell
        if cell.kind is TokenKind.BLANK:
            yield from [EMPTY] * (cell.span - 1)


def _distinct(found: Mapping[int, Window], spare: int) -> RowCandidates:
    """Return the readings that differ in content."""
    seen: dict[tuple[str, ...], int] = {}
    for start, window in found.items():
        seen.setdefault(tuple(cell.text for cell in window), start)
    if len(seen) == 1 and len(found) > 1:
        spare = 0  # identical readings do not show where the columns begin
    return RowCandidates(tuple(found[start] for start in seen.values()), tuple(seen.values()), spare)


def _fit_plain(run: Run, count: int, base_gap: int | None) -> RowCandidates:
    """Read values on lines of their own or separated by spaces: only their number assigns them to columns."""
    cells = [item for item in run.items if item.kind in _CELLS]
    if len(cells) == count:
        return RowCandidates((tuple(cells),))
    if cells and len(cells) < count and base_gap is not None and _on_own_lines(run, cells):
        spread = _by_gaps(run, cells, base_gap)
        if len(spread) == count:
            return RowCandidates((tuple(spread),), rule="gaps")
    return RowCandidates()


def _on_own_lines(run: Run, cells: Sequence[LineToken]) -> bool:
    """Return whether the label and each value have lines of their own, so that an empty line may be an empty cell."""
    return len({cell.line for cell in (*run.labels[-1:], *cells)}) == len(run.labels[-1:]) + len(cells)


def _by_gaps(run: Run, cells: Sequence[LineToken], base_gap: int) -> list[LineToken]:
    """Infer empty cells from extra blank lines; no reading if the count is not exact.

    An empty cell is one empty line plus the usual empty lines around it. A single extra line is not one: crawlers that drop lines
    leave such gaps.
    """
    spread: list[LineToken] = []
    for cell, gap in [*((cell, cell.gap) for cell in cells), (None, run.next_gap)]:
        missing, rest = divmod(gap - base_gap, base_gap + 1)
        if missing < 0 or rest:
            return []
        spread += [EMPTY] * missing
        if cell is not None:
            spread.append(cell)
    return spread


def _fit_glued(run: Run, count: int) -> RowCandidates:
    """Read digits without separators: certain with one column or one digit per column."""
    cells = [item for item in run.items if item.kind in _CELLS]
    line = run.line
    if cells:
        joined = [LineToken(TokenKind.VALUE, run.digits, line), *cells]
        return RowCandidates((tuple(joined),)) if len(joined) == count else RowCandidates()
    if count == 1:
        return RowCandidates(((LineToken(TokenKind.VALUE, run.digits, line),),))
    if not count <= len(run.digits) <= _MOST_DIGITS * count or not run.digits.isdecimal():
        return RowCandidates()
    if len(run.digits) == count:
        return RowCandidates((tuple(LineToken(TokenKind.VALUE, digit, line) for digit in run.digits),), rule="glued")
    splits = _splits(run.digits, count)
    return RowCandidates(tuple(tuple(LineToken(TokenKind.VALUE, part, line) for part in split) for split in splits), rule="glued")


def _splits(digits: str, count: int, most: int = FEW_SPLITS) -> list[tuple[str, ...]]:
    """Return the ways to split digits into `count` numbers without leading zeros; at most `most` + 1 of them."""
    found: list[tuple[str, ...]] = []
    stack: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    while stack:
        start, parts = stack.pop()
        left = count - len(parts)
        if left == 0:
            if start == len(digits):
                found.append(parts)
                if len(found) > most:
                    return found
            continue
        longest = 1 if digits[start] == "0" else len(digits) - start - left + 1
        ends = range(start + 1, min(start + longest, len(digits)) + 1)
        stack.extend((end, (*parts, digits[start:end])) for end in ends)
    return found


def usual_gap(tokens: Sequence[LineToken]) -> int | None:
    """Return the usual number of empty lines between cells on lines of their own, or None if more of them are not significant.

    Where repeated lines were removed from a document, the gaps of lost values look like empty cells. Such a document has no
    value twice.
    """
    on_line = Counter(token.line for token in tokens if token.plain)
    values = [token.text for token in tokens if token.plain and token.kind is TokenKind.VALUE and on_line[token.line] == 1]
    if len(set(values)) == len(values):
        return None
    gaps: dict[int, int] = {}
    for before, after in pairwise(tokens):
        if before.plain and after.plain and after.kind is TokenKind.VALUE and before.line != after.line:
            gaps[after.gap] = gaps.get(after.gap, 0) + 1
    return max(gaps, key=lambda gap: gaps[gap]) if gaps else None
