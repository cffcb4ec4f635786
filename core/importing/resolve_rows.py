"""Choice among the candidate readings of each row. Rows without a certain reading are recorded as doubts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

from ..cell_notation import Normalisation as CellNote
from ..cell_notation import parse_cell
from ..chinese.numerals import is_figures
from ..edition import CellKind, Relation
from ..report import Text
from .row_candidates import FEW_SPLITS, RowCandidates
from .tokens import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..edition import Block, Edition, Row
    from ..report import Cell
    from .label_index import LabelBook
    from .row_candidates import Window
    from .tokens import LineToken

_SHORTEST: Final = 3
"""Minimum number of columns in which a shift can be detected."""

RowName = tuple[str, str]


class Alignment(Enum):
    """Position of the padding cells in the rows of a table."""

    START = "start"
    """The columns begin right after the label."""
    END = "end"
    """The last cell of a row is the last column."""
    UNKNOWN = "unknown"
    NONE = "none"
    """Padding also occurs between the values: only a header can assign them to columns."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence of a row in the document."""

    line: int
    fit: RowCandidates
    count: int
    weak: bool = False


@dataclass(frozen=True, slots=True)
class CellRead:
    """A value with its original text, line index and notes on its notation."""

    value: Cell
    raw: str
    line: int
    notes: tuple[CellNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A remark on a row or a part of the document, to become an import note."""

    code: str
    line: int
    rows: tuple[RowName, ...] = ()
    text: str = ""


@dataclass(slots=True)
class Tables:
    """Contents of a document's tables under one edition."""

    edition: Edition
    cells: dict[int, CellRead] = field(default_factory=dict)
    labelled: dict[RowName, int] = field(default_factory=dict)
    """Rows whose label occurs in the document, with the index of the label's line."""
    doubts: list[Doubt] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    """Indices of the lines from which cells were read."""
    copies: int = 1
    """Number of reports side by side."""


class RowResolver:
    """Resolve the occurrences of each row into cells and doubts."""

    def __init__(self, book: LabelBook, found: Mapping[RowName, list[Occurrence]], gridded: set[str], result: Tables) -> None:
        self.book = book
        self.found = found
        self.gridded = gridded
        self.result = result
        self.shifted: set[RowName] = set()  # rows that seem to have lost a value
        self.trust: dict[str, bool] = {}  # by section: whether identities may decide

    def choose_all(self, copy: int) -> None:
        """Fill the cells of every row that has one certain reading. `copy` selects among reports side by side, from 0."""
        edition = self.book.edition
        copies = _copies([found for name in self.found if (found := self._readable(name))])
        self.result.copies = copies
        for table in edition.tables:
            names = [(table.section, row.id) for _, row in table.rows()]
            occurrences: dict[RowName, list[Occurrence]] = {name: self._readable(name) for name in names if name in self.found}
            start = _alignment(occurrences.values())
            deep = any(len(row.path) > 1 for _, row in table.rows())
            if table.section in self.gridded:
                start = Alignment.NONE
            elif start is Alignment.END and not deep:
                start = Alignment.UNKNOWN  # with a single label column there is no padding before the values
            self._look_for_shifts(occurrences)
            for block, row in table.rows():
                name = (table.section, row.id)
                if name in self.found:
                    self.result.labelled.setdefault(name, self.found[name][0].line)
                    self._resolve_row(block, name, occurrences[name], copy if copies > 1 else None, start)

    def _look_for_shifts(self, occurrences: Mapping[RowName, list[Occurrence]]) -> None:
        """Mark rows of cells on lines of their own that lost a value: the total is one place early, with padding in its place.

        If that holds for most rows, their totals were left empty instead.
        """
        suspect = {name for name, found in occurrences.items() if any(self._seems_shifted(name, one.fit) for one in found)}
        if 2 * len(suspect) <= len(occurrences):
            self.shifted |= suspect

    def _seems_shifted(self, name: RowName, fitted: RowCandidates) -> bool:
        if len(fitted.readings) != 1 or fitted.spare:
            return False
        if len(fitted.readings[0]) < _SHORTEST:
            return False
        *values, before, last = fitted.readings[0]
        on_lines = len({cell.line for cell in (*values, before)}) == len(values) + 1
        if last.kind is not TokenKind.BLANK or not on_lines or not all(is_figures(cell.text) for cell in (*values, before)):
            return False
        totals = {total for total, _ in self._equations(name)}
        return len(values) + 1 in totals and int(before.text) == sum(int(cell.text) for cell in values)

    def _readable(self, name: RowName) -> list[Occurrence]:
        readable: list[Occurrence] = []
        for occurrence in self.found[name]:
            if occurrence.fit.copies:
                readable += [Occurrence(occurrence.line, RowCandidates((window,)), occurrence.count) for window in occurrence.fit.copies]
            elif occurrence.fit.readings:
                readable.append(occurrence)
        return readable

    def _resolve_row(self, block: Block, name: RowName, readable: list[Occurrence], copy: int | None, start: Alignment) -> None:
        doubt = self.result.doubts
        if not readable:
            first = self.found[name][0]
            doubt.append(Doubt("count", first.line, (name,), str(sum(1 for _ in range(first.count)))))
            return
        if copy is not None and len(readable) > copy:
            readable = [readable[copy]]
        chosen = [window for occurrence in readable if (window := self._choose(block, name, occurrence, start)) is not None]
        if not chosen:
            doubt.append(Doubt("ambiguous", readable[0].line, (name,)))
            return
        if len({tuple(cell.text for cell in window) for window in chosen}) > 1:
            doubt.append(Doubt("contradiction", readable[0].line, (name,)))
            return
        self.store(block, name, chosen[0], readable[0])

    def _choose(self, block: Block, name: RowName, occurrence: Occurrence, start: Alignment) -> Window | None:
        """Return the certain reading, or None: the only one, the one aligned as all rows, or the one the identities allow."""
        found = occurrence.fit
        cut = any(_is_cut(cell, column.kind) for window in found.readings for cell, column in zip(window, block.columns, strict=True))
        if found.spare and (start is Alignment.NONE or _begins_late(block, found)):
            return None
        if len(found.readings) == 1 and not cut and found.rule != "glued":
            return None if name in self.shifted else found.readings[0]
        if found.rule == "glued":
            return self._choose_split(block, name, occurrence)
        aligned = _aligned(found, start)
        if aligned is not None and not cut:
            return aligned
        if len({tuple(cell.text for cell in window) for window in found.readings}) == 1 and not cut:
            return found.readings[0]  # the readings of a line with several rows agree in this row
        holding = self._holding(block, name, occurrence)
        if len(holding) == 1 and self._balanced(name[0]) and self._rules_out_others(block, name, occurrence):
            self.result.doubts.append(Doubt("identity", occurrence.line, (name,)))
            return holding[0]
        return None

    def _rules_out_others(self, block: Block, name: RowName, occurrence: Occurrence) -> bool:
        """Return whether, on a line of several rows, all other readings break an identity without empty addends.

        Lacking a total is not enough there. In a single row, where every other reading lacks its total, the table's other rows
        are the evidence.
        """
        beside = self._beside(block, name)
        if not beside:
            return True
        rows = [(other, one.fit.readings) for other in (name, *beside) for one in self._readable(other) if one.line == occurrence.line]
        broken = [
            any(number < len(readings) and self._breaks(block, other, readings[number], blank=False) for other, readings in rows)
            for number in range(len(occurrence.fit.readings))
        ]
        return sum(broken) == len(broken) - 1

    def _holding(self, block: Block, name: RowName, occurrence: Occurrence) -> list[Window]:
        """Return the readings that satisfy the row's identities and break none of another row on the same line."""
        line = [
            (other, one.fit.readings) for other in self._beside(block, name) for one in self._readable(other) if one.line == occurrence.line
        ]
        return [
            window
            for number, window in enumerate(occurrence.fit.readings)
            if self._holds(block, name, window)
            and not any(self._breaks(block, other, readings[number]) for other, readings in line if number < len(readings))
        ]

    def _beside(self, block: Block, name: RowName) -> list[RowName]:
        """Return the other rows printed on a row's line."""
        names = [(name[0], row.id) for row in block.rows if block.across]
        return [other for other in names if other != name and other in self.found]

    def _balanced(self, section: str) -> bool:
        """Return whether every row of the table has a reading that breaks no identity and lacks no total of its addends.

        Otherwise the identities are no evidence for the other rows.
        """
        if section not in self.trust:
            rows = [(block, name) for block, row, name in self._rows(section) if name in self.found]
            fits = [(block, name, one.fit.readings) for block, name in rows for one in self._readable(name)]
            self.trust[section] = not any(
                0 < len(readings) <= FEW_SPLITS and all(self._fails(block, name, window) for window in readings)
                for block, name, readings in fits
            )
        return self.trust[section]

    def _choose_split(self, block: Block, name: RowName, occurrence: Occurrence) -> Window | None:
        """Choose a split of digits: all zeros, one digit per column if no cell is empty, or the one the identities allow."""
        readings = occurrence.fit.readings
        single = len(readings) == 1
        zeros = all(cell.text == "0" for cell in readings[0])
        certain = single and (zeros or (not self._has_identity(name) and self._is_whole(name[0]) and self._is_single()))
        holding = [window for window in readings if self._holds(block, name, window)] if len(readings) <= FEW_SPLITS else []
        if not certain and (len(holding) != 1 or not self._is_full(name[0]) or not self._balanced(name[0])):
            return None
        self.result.doubts.append(Doubt("glued" if single else "identity", occurrence.line, (name,)))
        return readings[0] if certain else holding[0]

    def _is_full(self, section: str) -> bool:
        """Return whether every row found in a table has at least as many digits as columns, so that no cell seems empty."""
        return all(any(one.fit.readings for one in found) for name, found in self.found.items() if name[0] == section)

    def _is_single(self) -> bool:
        """Return whether every row of the document has exactly one reading and none breaks an identity."""
        single = all(any(len(one.fit.readings) == 1 for one in found) for found in self.found.values())
        return single and all(self._balanced(table.section) for table in self.book.edition.tables)

    def _is_whole(self, section: str) -> bool:
        """Return whether the document has every row of a table."""
        return all(label.name in self.found for label in self.book.rows if label.name[0] == section)

    def _equations(self, name: RowName) -> list[tuple[int, tuple[int, ...]]]:
        """Return the identities within the row, as (total, addends) by position in the row."""
        own = self.book.edition.row_cells[name]  # type: ignore[index]  # plain strings name sections and rows here
        offset = own[0]
        return [
            (equation.total - offset, tuple(position - offset for position in equation.addends))
            for equation in self.book.edition.equations
            if equation.relation is Relation.EQUAL and equation.total is not None and set(equation.cells) <= set(own)
        ]

    def _has_identity(self, name: RowName) -> bool:
        return bool(self._equations(name))

    def _holds(self, block: Block, name: RowName, window: Window) -> bool:
        """Return whether the row's identities hold with non-zero totals. Zeros and empty cells satisfy them in any position."""
        equations = self._equations(name)
        values = _values(block, window)
        return bool(equations) and all(values[total] and not _broken(values, total, addends) for total, addends in equations)

    def _breaks(self, block: Block, name: RowName, window: Window, *, blank: bool = True) -> bool:
        """Return whether a printed total differs from the sum of its addends.

        Args:
            blank: Whether empty addends count as 0; otherwise identities with one are skipped.
        """
        values = _values(block, window)
        return any(
            _broken(values, total, addends) and (blank or all(window[addend].kind is not TokenKind.BLANK for addend in addends))
            for total, addends in self._equations(name)
        )

    def _fails(self, block: Block, name: RowName, window: Window) -> bool:
        """Return whether a row breaks an identity or lacks the total of non-zero addends."""
        values = _values(block, window)
        lacks = any(values[total] is None and any(values[addend] for addend in addends) for total, addends in self._equations(name))
        return lacks or self._breaks(block, name, window)

    def _rows(self, section: str) -> list[tuple[Block, Row, RowName]]:
        tables = [table for table in self.book.edition.tables if table.section == section]
        return [(block, row, (section, row.id)) for table in tables for block, row in table.rows()]

    def store(self, block: Block, name: RowName, window: Window, occurrence: Occurrence) -> None:
        """Store a row's values in its cells, except those that are not valid values."""
        first = self.book.edition.row_cells[name][0]  # type: ignore[index]  # plain strings name sections and rows here
        if occurrence.fit.rule == "gaps":
            self.result.doubts.append(Doubt("gaps", occurrence.line, (name,)))
        for offset, (cell, column) in enumerate(zip(window, block.columns, strict=True)):
            reading = parse_cell(cell.text, column.kind)
            line = cell.line if cell.line >= 0 else occurrence.line
            if cell.kind is TokenKind.ODD or (isinstance(reading.value, Text) and not printed_money(reading.value, column.kind)):
                self.result.doubts.append(Doubt("unreadable", line, (name,), cell.text))
                continue
            self.result.cells[first + offset] = CellRead(reading.value, cell.text, line, reading.notes)


def _is_cut(cell: LineToken, kind: CellKind) -> bool:
    """Return whether a cell may lack digits because the document ends in it. A count that begins with 0 has no further digits."""
    return cell.cut and (cell.text != "0" or kind is not CellKind.COUNT)


def _values(block: Block, window: Window) -> list[int | None]:
    """Return the numbers of a row, None for cells without an integer."""
    values = [parse_cell(cell.text, column.kind).value for cell, column in zip(window, block.columns, strict=True)]
    return [value if isinstance(value, int) else None for value in values]


def _broken(values: Sequence[int | None], total: int, addends: Sequence[int]) -> bool:
    return values[total] is not None and values[total] != sum(values[addend] or 0 for addend in addends)


def _aligned(found: RowCandidates, alignment: Alignment) -> Window | None:
    """Return the reading with the given alignment, or None."""
    for window, start in zip(found.readings, found.starts, strict=False):
        if (alignment is Alignment.START and start == 0) or (alignment is Alignment.END and start == found.spare):
            return window
    return None


def _begins_late(block: Block, found: RowCandidates) -> bool:
    """Return whether the only reading skips empty cells after the label and has empty cells itself.

    With a single label column, one of the skipped cells is probably the first column.
    """
    deep = any(len(row.path) > 1 for row in block.rows)
    late = len(found.starts) == 1 and found.starts[0] > 0
    return not deep and late and any(cell.kind is TokenKind.BLANK for cell in found.readings[0])


def printed_money(value: Text, kind: CellKind) -> bool:
    """Return whether text in a cell is an amount with its unit, in a cell for which the form prints no unit."""
    return kind is CellKind.MONEY and not isinstance(parse_cell(value.raw, CellKind.AMOUNT).value, Text)


def _copies(occurrences: Sequence[list[Occurrence]]) -> int:
    """Return the number of reports side by side: the number of occurrences if it is the same for every readable row, else 1."""
    counts = {len(found) for found in occurrences}
    return counts.pop() if len(counts) == 1 and len(occurrences) > 1 else 1


def _alignment(occurrences: Iterable[list[Occurrence]]) -> Alignment:
    """Return the alignment of a table's padding, according to the rows with surplus cells but a single reading."""
    starts: set[int] = set()
    ends: set[int] = set()
    for found in occurrences:
        for occurrence in found:
            fitted = occurrence.fit
            if len(fitted.readings) == 1 and fitted.spare > 0:
                starts.add(fitted.starts[0])
                ends.add(fitted.spare - fitted.starts[0])
    if starts == {0} and ends != {0}:
        return Alignment.START
    if ends == {0} and starts != {0}:
        return Alignment.END
    return Alignment.UNKNOWN
