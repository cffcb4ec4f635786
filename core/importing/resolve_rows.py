"""Which of the possible readings of a row's values holds, and what is lost because none does for certain."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

from ..cell_notation import Normalisation as CellNote
from ..cell_notation import read_cell
from ..chinese.numerals import is_figures
from ..edition import CellKind, Relation
from ..report import Text
from .row_candidates import FEW_SPLITS, Fit
from .tokens import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..edition import Block, Edition, Row
    from ..report import Cell
    from .label_index import LabelBook
    from .row_candidates import Window
    from .tokens import LineToken

_SHORTEST: Final = 3
"""A row needs so many columns for a shift to be seen in it."""

RowName = tuple[str, str]


class Alignment(Enum):
    """Where empty cells that fill a row up stand in a table."""

    START = "start"
    """The columns begin right behind the label."""
    END = "end"
    """The last cell of a row is the last column."""
    UNKNOWN = "unknown"
    NONE = "none"
    """Between the values too: only a header can say where they belong."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A row as it stands at one place of the document."""

    line: int
    fit: Fit
    count: int
    weak: bool = False


@dataclass(frozen=True, slots=True)
class CellRead:
    """A value with its place and how it was written."""

    value: Cell
    raw: str
    line: int
    notes: tuple[CellNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a row or about a part of the document that has to be said."""

    code: str
    line: int
    rows: tuple[RowName, ...] = ()
    text: str = ""


@dataclass(slots=True)
class Tables:
    """What the tables of a document say under one edition."""

    edition: Edition
    cells: dict[int, CellRead] = field(default_factory=dict)
    labelled: dict[RowName, int] = field(default_factory=dict)
    """Rows whose label stands in the document, with the index of its line."""
    doubts: list[Doubt] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    """Indices of the lines that cells were read from."""
    copies: int = 1
    """How many reports stand side by side."""


class Chooser:
    """Turns what was found for each row into cells and doubts."""

    def __init__(self, book: LabelBook, found: Mapping[RowName, list[Occurrence]], gridded: set[str], result: Tables) -> None:
        self.book = book
        self.found = found
        self.gridded = gridded
        self.result = result
        self.shifted: set[RowName] = set()  # rows of which one value seems to have vanished
        self.trust: dict[str, bool] = {}  # by section, whether identities may choose

    def choose_all(self, copy: int) -> None:
        """Give every row the cells of its one certain reading; `copy` says which of several years is meant."""
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
                start = Alignment.UNKNOWN  # with one column of labels there is nothing to be filled before the values
            self._look_for_shifts(occurrences)
            for block, row in table.rows():
                name = (table.section, row.id)
                if name in self.found:
                    self.result.labelled.setdefault(name, self.found[name][0].line)
                    self._resolve_row(block, name, occurrences[name], copy if copies > 1 else None, start)

    def _look_for_shifts(self, occurrences: Mapping[RowName, list[Occurrence]]) -> None:
        """Rows of cells on lines of their own that lack one value: the total stands before its place, and filling stands on it.

        Where many rows have an empty total, their totals were not filled in.
        """
        suspect = {name for name, found in occurrences.items() if any(self._seems_shifted(name, one.fit) for one in found)}
        if 2 * len(suspect) <= len(occurrences):
            self.shifted |= suspect

    def _seems_shifted(self, name: RowName, fitted: Fit) -> bool:
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
                readable += [Occurrence(occurrence.line, Fit((window,)), occurrence.count) for window in occurrence.fit.copies]
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
        """The one reading that holds: the only one, the one that all other rows follow, or the one that the identities allow."""
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
            return found.readings[0]  # of a line with several rows, the part in which its readings agree
        holding = self._holding(block, name, occurrence)
        if len(holding) == 1 and self._balanced(name[0]) and self._rules_out_others(block, name, occurrence):
            self.result.doubts.append(Doubt("identity", occurrence.line, (name,)))
            return holding[0]
        return None

    def _rules_out_others(self, block: Block, name: RowName, occurrence: Occurrence) -> bool:
        """Whether on a line of several rows all other readings break an identity without an empty cell, and do not only lack what it needs.

        A single row's other readings lack its total always; there it counts that the table's other rows have theirs.
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
        """The readings under which the row's identities hold, and no other row of the same line breaks one."""
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
        """The other rows that are printed on a row's line."""
        names = [(name[0], row.id) for row in block.rows if block.across]
        return [other for other in names if other != name and other in self.found]

    def _balanced(self, section: str) -> bool:
        """Whether no row of the table breaks an identity under all of its readings, or lacks the total that it has addends for.

        Where one does, the identities tell nothing of the others.
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
        """Digits without anything between them: all zeros, a digit for each column where no cell is empty, or what the identities allow."""
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
        """Whether every row that stands in a table has at least as many digits as columns, so that no cell seems to be empty."""
        return all(any(one.fit.readings for one in found) for name, found in self.found.items() if name[0] == section)

    def _is_single(self) -> bool:
        """Whether every row of the document has one digit for each of its columns, and none breaks an identity."""
        single = all(any(len(one.fit.readings) == 1 for one in found) for found in self.found.values())
        return single and all(self._balanced(table.section) for table in self.book.edition.tables)

    def _is_whole(self, section: str) -> bool:
        """Whether every row of a table stands in the document."""
        return all(label.name in self.found for label in self.book.rows if label.name[0] == section)

    def _equations(self, name: RowName) -> list[tuple[int, tuple[int, ...]]]:
        """The identities inside the row: total and addends by position in the row."""
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
        """Whether a row's identities hold, and say something: one of zeros and empty cells holds wherever they stand."""
        equations = self._equations(name)
        values = _values(block, window)
        return bool(equations) and all(values[total] and not _broken(values, total, addends) for total, addends in equations)

    def _breaks(self, block: Block, name: RowName, window: Window, *, blank: bool = True) -> bool:
        """Whether a total that is printed is not the sum of what it is the total of; `blank` says whether empty cells count as nothing."""
        values = _values(block, window)
        return any(
            _broken(values, total, addends) and (blank or all(window[addend].kind is not TokenKind.BLANK for addend in addends))
            for total, addends in self._equations(name)
        )

    def _fails(self, block: Block, name: RowName, window: Window) -> bool:
        """Whether a row breaks an identity, or lacks the total of what it has."""
        values = _values(block, window)
        lacks = any(values[total] is None and any(values[addend] for addend in addends) for total, addends in self._equations(name))
        return lacks or self._breaks(block, name, window)

    def _rows(self, section: str) -> list[tuple[Block, Row, RowName]]:
        tables = [table for table in self.book.edition.tables if table.section == section]
        return [(block, row, (section, row.id)) for table in tables for block, row in table.rows()]

    def store(self, block: Block, name: RowName, window: Window, occurrence: Occurrence) -> None:
        """Put a row's values into its cells, but for those that are no values."""
        first = self.book.edition.row_cells[name][0]  # type: ignore[index]  # plain strings name sections and rows here
        if occurrence.fit.rule == "gaps":
            self.result.doubts.append(Doubt("gaps", occurrence.line, (name,)))
        for offset, (cell, column) in enumerate(zip(window, block.columns, strict=True)):
            reading = read_cell(cell.text, column.kind)
            line = cell.line if cell.line >= 0 else occurrence.line
            if cell.kind is TokenKind.ODD or (isinstance(reading.value, Text) and not printed_money(reading.value, column.kind)):
                self.result.doubts.append(Doubt("unreadable", line, (name,), cell.text))
                continue
            self.result.cells[first + offset] = CellRead(reading.value, cell.text, line, reading.notes)


def _is_cut(cell: LineToken, kind: CellKind) -> bool:
    """Whether a cell may lack digits because the document breaks off in it; no whole number goes on behind a zero."""
    return cell.cut and (cell.text != "0" or kind is not CellKind.COUNT)


def _values(block: Block, window: Window) -> list[int | None]:
    """The numbers of a row, None where its cells hold none."""
    values = [read_cell(cell.text, column.kind).value for cell, column in zip(window, block.columns, strict=True)]
    return [value if isinstance(value, int) else None for value in values]


def _broken(values: Sequence[int | None], total: int, addends: Sequence[int]) -> bool:
    return values[total] is not None and values[total] != sum(values[addend] or 0 for addend in addends)


def _aligned(found: Fit, alignment: Alignment) -> Window | None:
    """The reading that stands where those of the table's other rows do."""
    for window, start in zip(found.readings, found.starts, strict=False):
        if (alignment is Alignment.START and start == 0) or (alignment is Alignment.END and start == found.spare):
            return window
    return None


def _begins_late(block: Block, found: Fit) -> bool:
    """Whether the only reading leaves empty cells behind the label and in the row: with one column of labels, one of them is the first."""
    deep = any(len(row.path) > 1 for row in block.rows)
    late = len(found.starts) == 1 and found.starts[0] > 0
    return not deep and late and any(cell.kind is TokenKind.BLANK for cell in found.readings[0])


def printed_money(value: Text, kind: CellKind) -> bool:
    """Whether words in a cell are an amount with its unit, where the form prints none."""
    return kind is CellKind.MONEY and not isinstance(read_cell(value.raw, CellKind.AMOUNT).value, Text)


def _copies(occurrences: Sequence[list[Occurrence]]) -> int:
    """How many reports stand side by side: every row that can be read stands there so often."""
    counts = {len(found) for found in occurrences}
    return counts.pop() if len(counts) == 1 and len(occurrences) > 1 else 1


def _alignment(occurrences: Iterable[list[Occurrence]]) -> Alignment:
    """Where a table's filling stands, by the rows that can be read in one way only although cells are left over."""
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
