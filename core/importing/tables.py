"""From labels and values to cells: which row a label is, which reading of its values holds, and what is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ..cell_text import Note as CellNote
from ..cell_text import read_cell
from ..edition import CellKind, Relation
from ..report import Text, is_number
from .characters import key_of, simplified
from .labels import RowLabel, RowMatch, split_numeral, without_notes
from .runs import EMPTY, FEW_SPLITS, Fit, Run, filled_apart, find_runs, fit, fit_copies, rows_in_order, usual_gap
from .tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..edition import Block, Edition, Table
    from ..report import Cell
    from .labels import LabelBook
    from .runs import Window

_MOST_PIECES: Final = 6
"""A label is broken into so many pieces at most."""
_YUAN_HEADER: Final = re.compile(r"金额[(（]?单位[:：]?元")
_OTHER_TABLE: Final = re.compile(r"指标名称|增减值|增减数|增减率|同比|(?:19|20)\d{2}\s*年.*(?:19|20)\d{2}\s*年")
"""The header of a table that compares years."""
_LONG: Final = 40
_SHORTEST: Final = 3
_NEAR: Final = 10
"""So many pieces before a label may hold another label of its table."""
_HEADER: Final = 60
"""So many pieces over a block's first row may hold its header."""
_TAIL: Final = 6
"""So many characters before the values of a table printed across must come from its labels."""

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


def read_tables(tokens: Sequence[Token], book: LabelBook, copy: int = 0) -> Tables:
    """Read every table of the edition; `copy` says which of several reports side by side is meant, from 0."""
    return _Reader(tokens, book).read(copy)


class _Reader:
    """One pass over a document under one edition."""

    def __init__(self, tokens: Sequence[Token], book: LabelBook) -> None:
        self.book = book
        self.tokens = tokens
        self.runs = find_runs(tokens, lambda text: book.exact_row(text) is not None)
        self.gap = usual_gap(tokens)
        self.found: dict[RowName, list[Occurrence]] = {}
        self.result = Tables(book.edition)
        self.shifted: set[RowName] = set()  # rows of which one value seems to have vanished
        self.gridded: set[str] = set()  # tables whose filling stands between the values too
        self.headers: dict[int, dict[int, tuple[int, ...]]] = {}

    def read(self, copy: int) -> Tables:
        foreign = self._foreign_runs()
        matches = [None if id(run) in foreign else self._match(run) for run in self.runs]
        self._confirm_weak(matches)
        before: RowMatch | None = None
        for index, (run, match) in enumerate(zip(self.runs, matches, strict=True)):
            if match is not None and not self._stands_in_table(run, match, before):
                matches[index] = None
            before = match or before
        for run, match in zip(self.runs, matches, strict=True):
            if match is not None:
                self._add(match.label, run)
            else:
                self._read_group(run)
        self._read_unlabelled(matches)
        self._read_across()
        self._resolve(copy)
        self._read_empty_rows()
        self._look_for_labels()
        self._look_for_other_unit()
        return self.result

    # which row a run is

    def _match(self, run: Run) -> RowMatch | None:
        texts = [token.text for token in run.labels[-_MOST_PIECES:]]
        exact: RowMatch | None = None
        for start in range(len(texts)):
            found = self.book.exact_row("".join(texts[start:]))
            if found is not None and (exact is None or exact.weak):
                exact = found
        if exact is not None:
            return exact
        best: RowMatch | None = None
        for start in range(len(texts) - 1, -1, -1):
            found = self.book.find_row("".join(texts[start:]))
            if found is None or (best is not None and found.likeness <= best.likeness):
                continue
            if all(_belongs(text, found.label) for text in texts[start:]):
                best = found
        return best

    def _confirm_weak(self, matches: list[RowMatch | None]) -> None:
        """Labels that say too little by themselves count between their neighbours only."""
        order = {label.name: position for position, label in enumerate(self.book.rows)}
        known = [(index, match) for index, match in enumerate(matches) if match is not None]
        firm = [place for place, (_, match) in enumerate(known) if not match.weak]
        confirmed: set[int] = set()
        for first, last in pairwise(firm):
            positions = [order[match.label.name] for _, match in known[first : last + 1]]
            if positions == list(range(positions[0], positions[0] + len(positions))):
                confirmed.update(index for index, _ in known[first : last + 1])
        for index, match in known:
            if match.weak and index not in confirmed:
                matches[index] = None

    def _foreign_runs(self) -> set[int]:
        """Runs (by identity) that stand in a table of another kind: one that compares years, or lists indicators."""
        starts = {id(run.items[0]): id(run) for run in self.runs if run.items}
        foreign = False
        found: set[int] = set()
        for token in self.tokens:
            if token.kind is Kind.TEXT:
                if _OTHER_TABLE.search(simplified(token.text)):
                    foreign = True
                elif foreign and (self.book.is_heading_label(token.text) or len(token.text) > _LONG):
                    foreign = False
            elif token.kind is Kind.PROSE:
                foreign = False
            elif foreign and id(token) in starts:
                found.add(starts[id(token)])
        return found

    def _stands_in_table(self, run: Run, match: RowMatch, before: RowMatch | None) -> bool:
        """Whether a single number behind a label is a cell: other labels of the table stand over it, or its neighbour before it."""
        if len(match.label.block.columns) > 1 or not run.plain:
            return True
        if before is not None and before.label.table is match.label.table:
            return True
        return any(self.book.is_label(token.text) for token in run.labels[-_NEAR:-1])

    def _add(self, label: RowLabel, run: Run) -> None:
        count = len(label.block.columns)
        if run.at_end:
            _drop_broken_label(run, label, count)
        found = self._fit_under_header(label.block, run) or fit(run, count, self.gap)
        if not found.readings and not run.plain and filled_apart(run, count):
            self.gridded.add(label.table.section)
        if not found.readings:
            found = Fit(copies=fit_copies(run, count))
        self.found.setdefault(label.name, []).append(Occurrence(run.line, found, len(run.items)))
        if found.readings or found.copies:
            self._use(run)

    def _fit_under_header(self, block: Block, run: Run) -> Fit | None:
        """The values that stand under the columns' labels, in a grid that keeps a place for every column of every table."""
        if len({item.line for item in run.items}) != 1 or run.items[0].column < 0:
            return None
        width = run.items[0].width
        if id(block) not in self.headers:
            self.headers[id(block)] = self._header_columns(block, run)
        header = self.headers[id(block)].get(width)
        cells = {item.column: item for item in run.items if item.column >= 0}
        if header is None or width == len(block.columns) + 1 or header[0] < run.items[0].column:
            return None
        outside = [cell for column, cell in cells.items() if column not in header and cell.kind is not Kind.BLANK]
        return None if outside else Fit((tuple(cells.get(column, EMPTY) for column in header),))

    def _header_columns(self, block: Block, run: Run) -> dict[int, tuple[int, ...]]:
        """By the width of the grid, the place of each column's label over the first row of the block, if they stand in order."""
        end = next((index for index, token in enumerate(self.tokens) if token is run.items[0]), 0)
        found: dict[int, dict[int, int]] = {}
        for token in self.tokens[max(end - _HEADER, 0) : end]:
            if token.kind is not Kind.TEXT or token.column < 0:
                continue
            core = split_numeral(token.text)[1]
            for number, column in enumerate(block.columns):
                if core in {split_numeral(text)[1] for text in (column.path[-1], *column.aliases)}:
                    found.setdefault(token.width, {})[number] = token.column
        return {
            width: columns
            for width, places in found.items()
            if len(places) == len(block.columns) and sorted(set(columns := tuple(places[n] for n in sorted(places)))) == list(columns)
        }

    def _use(self, run: Run) -> None:
        self.result.lines.update(item.line for item in run.items)
        self.result.lines.add(run.labels[-1].line if run.labels else run.line)

    def _read_group(self, run: Run) -> None:
        """A group whose rows lost their labels: as many values as its rows have cells."""
        if not run.labels:
            return
        group = self.book.find_group(run.labels[-1].text) or self.book.find_group("".join(token.text for token in run.labels[-2:]))
        if group is None or len(group.rows) == 1:
            return
        width = len(group.rows[0].block.columns)
        found = [] if run.digits else rows_in_order(run, len(group.rows), width)
        if not found:
            return
        for label, window in zip(group.rows, found, strict=True):
            self.found.setdefault(label.name, []).append(Occurrence(window[0].line, Fit((window,)), width))
        self._use(run)
        self.result.doubts.append(Doubt("group_in_order", run.line, tuple(label.name for label in group.rows), run.labels[-1].text))

    def _read_unlabelled(self, matches: Sequence[RowMatch | None]) -> None:
        """The first row of a block whose label is lost: values between the block's header and its second row."""
        for index, (run, match) in enumerate(zip(self.runs, matches, strict=True)):
            after = matches[index + 1] if index + 1 < len(matches) else None
            if match is not None or after is None or not run.labels:
                continue
            block = after.label.block
            if len(block.rows) == 1 or block.rows[1] is not after.label.row:
                continue
            first = RowLabel(after.label.table, block, block.rows[0], ())
            header = {key_of(text) for column in block.columns[-1:] for text in (*column.path, *column.aliases)}
            found = fit(run, len(block.columns), self.gap)
            if first.name not in self.found and key_of(run.labels[-1].text) in header and len(found.readings) == 1 and run.plain:
                self.found[first.name] = [Occurrence(run.line, found, len(run.items))]
                self._use(run)
                self.result.doubts.append(Doubt("label_lost", run.line, (first.name,)))

    # tables printed across

    def _read_across(self) -> None:
        for table in self.book.edition.tables:
            for block in table.blocks:
                if block.across:
                    self._read_across_block(table, block)

    def _read_across_block(self, table: Table, block: Block) -> None:
        chars = _characters(self.book.edition, table, block)
        width = len(block.columns)
        count = width * len(block.rows)
        for run in self.runs:
            tail = "".join(key_of(token.text) for token in (run.labels or run.above)[-_TAIL:])[-_TAIL:]
            if not tail or not set(tail) <= chars or run.digits:
                continue
            found = fit(run, count, self.gap)
            if not found.readings:
                pair = fit_copies(run, count)
                found = Fit(copies=pair)
            if not found.readings and not found.copies:
                self._read_single_across(table, block, run)
                continue
            for number, row in enumerate(block.rows):
                part = slice(number * width, (number + 1) * width)
                readings = tuple(window[part] for window in found.readings)
                own = replace(found, readings=readings, copies=tuple(window[part] for window in found.copies))
                self.found.setdefault((table.section, row.id), []).append(Occurrence(run.line, own, count))
            self._use(run)

    def _read_single_across(self, table: Table, block: Block, run: Run) -> None:
        """A row of such a table on a line of its own, as some pages print it."""
        if not run.labels or {item.line for item in run.items} != {run.labels[-1].line}:
            return
        for row in block.rows:
            names = {key_of(row.path[-1]), key_of("".join(row.path))}
            whole = [key_of("".join(token.text for token in run.labels[-pieces:])) for pieces in (1, 2)]
            found = fit(run, len(block.columns), None)
            if names & set(whole) and len(found.readings) == 1 and all(item.kind is not Kind.BLANK for item in found.readings[0]):
                self.found.setdefault((table.section, row.id), []).append(Occurrence(run.line, found, len(block.columns)))
                self._use(run)

    # which reading holds

    def _resolve(self, copy: int) -> None:
        edition = self.book.edition
        for table in edition.tables:
            names = [(table.section, row.id) for _, row in table.rows()]
            occurrences: dict[RowName, list[Occurrence]] = {name: self._readable(name) for name in names if name in self.found}
            copies = _copies(occurrences.values())
            self.result.copies = max(self.result.copies, copies)
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
        if last.kind is not Kind.BLANK or not on_lines or not all(cell.text.isdecimal() for cell in (*values, before)):
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
        self._store(block, name, chosen[0], readable[0])

    def _choose(self, block: Block, name: RowName, occurrence: Occurrence, start: Alignment) -> Window | None:
        """The one reading that holds: the only one, the one that all other rows follow, or the one that the identities allow."""
        found = occurrence.fit
        cut = any(cell.cut for window in found.readings for cell in window)
        if found.spare and (start is Alignment.NONE or _begins_late(block, found)):
            return None
        if len(found.readings) == 1 and not cut and found.rule != "glued":
            return None if name in self.shifted else found.readings[0]
        if found.rule == "glued":
            return self._choose_split(block, name, occurrence)
        aligned = _aligned(found, start)
        if aligned is not None and not cut:
            return aligned
        holding = [window for window in found.readings if self._holds(block, name, window)]
        if len(holding) == 1:
            self.result.doubts.append(Doubt("identity", occurrence.line, (name,)))
            return holding[0]
        return None

    def _choose_split(self, block: Block, name: RowName, occurrence: Occurrence) -> Window | None:
        """Digits without anything between them: all zeros, a digit for each column where no cell is empty, or what the identities allow."""
        readings = occurrence.fit.readings
        single = len(readings) == 1
        zeros = all(cell.text == "0" for cell in readings[0])
        certain = single and (zeros or (self._all_readable(name[0]) and not self._has_identity(name)))
        holding = [window for window in readings if self._holds(block, name, window)] if len(readings) <= FEW_SPLITS else []
        if not certain and len(holding) != 1:
            return None
        self.result.doubts.append(Doubt("glued" if single else "identity", occurrence.line, (name,)))
        return readings[0] if certain else holding[0]

    def _all_readable(self, section: str) -> bool:
        """Whether every row of a table has as many values as columns, so that none of its cells can be empty."""
        names = [label.name for label in self.book.rows if label.name[0] == section]
        return all(any(occurrence.fit.readings for occurrence in self.found.get(name, ())) for name in names)

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
        equations = self._equations(name)
        values = [read_cell(cell.text, column.kind).value for cell, column in zip(window, block.columns, strict=True)]
        numbers = [value if isinstance(value, int) else 0 for value in values]
        if not equations or any(not isinstance(values[total], int) or not values[total] for total, _ in equations):
            return False  # an identity of zeros and empty cells holds wherever they stand
        return all(numbers[total] == sum(numbers[addend] for addend in addends) for total, addends in equations)

    def _store(self, block: Block, name: RowName, window: Window, occurrence: Occurrence) -> None:
        first = self.book.edition.row_cells[name][0]  # type: ignore[index]  # plain strings name sections and rows here
        if occurrence.fit.rule == "gaps":
            self.result.doubts.append(Doubt("gaps", occurrence.line, (name,)))
        for offset, (cell, column) in enumerate(zip(window, block.columns, strict=True)):
            reading = read_cell(cell.text, column.kind)
            line = cell.line if cell.line >= 0 else occurrence.line
            if cell.kind is Kind.ODD or (isinstance(reading.value, Text) and not printed_money(reading.value, column.kind)):
                self.result.doubts.append(Doubt("unreadable", line, (name,), cell.text))
                continue
            self.result.cells[first + offset] = CellRead(reading.value, cell.text, line, reading.notes)

    def _read_empty_rows(self) -> None:
        """Rows without any value in a document whose empty lines stand for empty cells: so many lines, no more and no fewer."""
        if self.gap is None or not any(doubt.code == "gaps" for doubt in self.result.doubts):
            return
        for before, after in pairwise(self.tokens):
            match = self.book.exact_row(before.text) if before.plain and before.kind is Kind.TEXT else None
            if match is None or match.weak or match.label.name in self.found or not after.plain:
                continue
            count = len(match.label.block.columns)
            if after.gap - self.gap == count * (self.gap + 1):
                window = (EMPTY,) * count
                self.found[match.label.name] = [occurrence := Occurrence(before.line, Fit((window,), rule="gaps"), 0)]
                self.result.labelled.setdefault(match.label.name, before.line)
                self._store(match.label.block, match.label.name, window, occurrence)

    # what else stands there

    def _look_for_labels(self) -> None:
        """Rows whose label stands in the document without any value."""
        for name in self._bare_labels():
            self.result.labelled.setdefault(*name)

    def _bare_labels(self) -> Iterator[tuple[RowName, int]]:
        for token in self.tokens:
            if token.kind is Kind.TEXT and (match := self.book.exact_row(token.text)) is not None and not match.weak:
                yield match.label.name, token.line

    def _look_for_other_unit(self) -> None:
        """A header that gives amounts in 元 where the form says 万元: the numbers are not those of the form."""
        for token in self.tokens:
            if token.kind is Kind.TEXT and _YUAN_HEADER.search(token.text.replace(" ", "")):
                for index, info in enumerate(self.book.edition.cells):
                    if info.kind is CellKind.AMOUNT and index in self.result.cells and is_number(self.result.cells[index].value):
                        del self.result.cells[index]
                        self.result.doubts.append(Doubt("other_unit", token.line, ((info.table.section, info.row.id),), token.text))


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
    return not deep and late and any(cell.kind is Kind.BLANK for cell in found.readings[0])


def _belongs(text: str, label: RowLabel) -> bool:
    """Whether a piece of text can be a piece of the label: half of its characters are the label's."""
    own = split_numeral(without_notes(text))[1]
    known = set("".join(key.core for key in label.keys)) | set("0123456789")
    return 2 * sum(char in known for char in own) >= len(own)


def _drop_broken_label(run: Run, label: RowLabel, count: int) -> None:
    """Take away the numeral of the next row's label where the document breaks off right after it."""
    rows = label.block.rows
    position = rows.index(label.row) + 1
    cells = [item for item in run.items if item.kind is not Kind.ROW_END]
    if len(cells) != count + 1 or position >= len(rows) or cells[-1].kind is not Kind.VALUE:
        return
    if cells[-1].text == str(split_numeral(rows[position].path[-1])[0]):
        run.items.remove(cells[-1])


def printed_money(value: Text, kind: CellKind) -> bool:
    """Whether words in a cell are an amount with its unit, where the form prints none."""
    return kind is CellKind.MONEY and not isinstance(read_cell(value.raw, CellKind.AMOUNT).value, Text)


def _characters(edition: Edition, table: Table, block: Block) -> frozenset[str]:
    labels = [text for column in block.columns for text in (*column.path, *column.aliases)]
    labels += [text for row in block.rows for text in row.path]
    labels.append(edition.section(table.section).heading)
    return frozenset("".join(key_of(text) for text in labels))


def _copies(occurrences: Iterable[list[Occurrence]]) -> int:
    """How many reports stand side by side: every row that can be read stands there so often, and they differ."""
    counts = {len(found) for found in occurrences if found}
    return counts.pop() if len(counts) == 1 else 1


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
