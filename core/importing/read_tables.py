"""Assignment of a document's labels to rows of the form, with candidate values for their cells."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ..edition import CellKind
from ..report import is_number
from .clean_characters import key_of, simplified
from .label_index import RowLabel, RowMatch, split_numeral, without_notes
from .resolve_rows import Doubt, Occurrence, RowName, RowResolver, Tables
from .row_candidates import EMPTY, RowCandidates, Run, find_runs, fit, fit_copies, is_spread_out, rows_in_order, usual_gap
from .tokens import LineToken, TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..edition import Block, Edition, Table
    from .label_index import LabelBook

_MOST_PIECES: Final = 6
"""Maximum number of fragments of a label."""
_YUAN_HEADER: Final = re.compile(r"金额[(（]?单位[:：]?元")
_OTHER_TABLE: Final = re.compile(r"指标名称|增减值|增减数|增减率|同比|(?:19|20)\d{2}\s*年.*(?:19|20)\d{2}\s*年")
"""Header of a table that compares years."""
_LONG: Final = 40
_NEAR: Final = 10
"""Number of fragments before a label in which another label of its table is searched for."""
_HEADER: Final = 60
"""Number of tokens before a block's first row in which its header is searched for."""
_TAIL: Final = 6
"""Number of characters before the values of a table printed across that must come from its labels."""


def read_tables(tokens: Sequence[LineToken], book: LabelBook, copy: int = 0) -> Tables:
    """Read every table of the edition. `copy` selects among reports side by side, from 0."""
    return _TableReader(tokens, book).read(copy)


class _TableReader:
    """One pass over a document under one edition."""

    def __init__(self, tokens: Sequence[LineToken], book: LabelBook) -> None:
        self.book = book
        self.tokens = tokens
        self.runs = find_runs(tokens, lambda text: book.exact_row(text) is not None)
        self.gap = usual_gap(tokens)
        self.found: dict[RowName, list[Occurrence]] = {}
        self.result = Tables(book.edition)
        self.gridded: set[str] = set()  # tables with padding between the values too
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
        self._look_for_other_rows(matches, foreign)
        chooser = RowResolver(self.book, self.found, self.gridded, self.result)
        chooser.choose_all(copy)
        self._read_empty_rows(chooser)
        self._look_for_labels()
        self._look_for_other_unit()
        return self.result

    # matching runs to rows

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
            if all(_belongs(text, found.label) for text in texts[start:]) and not self._complete_before(texts[start:], found):
                best = found
        return best

    def _complete_before(self, pieces: Sequence[str], match: RowMatch) -> bool:
        """Return whether the match is as good without the last fragment, which is then the misspelt label of another row."""
        if len(pieces) == 1 or not split_numeral(without_notes(pieces[-1]))[1]:
            return False
        shorter = self.book.find_row("".join(pieces[:-1]))
        return shorter is not None and shorter.label is match.label and shorter.likeness >= match.likeness

    def _confirm_weak(self, matches: list[RowMatch | None]) -> None:
        """Drop weak matches, except those in sequence between certain ones."""
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
        """Return the runs (by `id`) inside tables of another kind, which compare years or list indicators."""
        starts = {id(run.items[0]): id(run) for run in self.runs if run.items}
        foreign = False
        found: set[int] = set()
        for token in self.tokens:
            if token.kind is TokenKind.TEXT:
                if _OTHER_TABLE.search(simplified(token.text)):
                    foreign = True
                elif foreign and (self.book.is_heading_label(token.text) or len(token.text) > _LONG):
                    foreign = False
            elif token.kind is TokenKind.PROSE:
                foreign = False
            elif foreign and id(token) in starts:
                found.add(starts[id(token)])
        return found

    def _stands_in_table(self, run: Run, match: RowMatch, before: RowMatch | None) -> bool:
        """Return whether a single number after a label is a cell: a row or another label of the same table precedes it."""
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
        found = _doubted(found) if _may_be_cut(run) else found
        if not found.readings and not run.plain and is_spread_out(run, count):
            self.gridded.add(label.table.section)
        if not found.readings:
            found = RowCandidates(copies=fit_copies(run, count))
        self.found.setdefault(label.name, []).append(Occurrence(run.line, found, len(run.items)))
        if found.readings or found.copies:
            self._use(run)

    def _fit_under_header(self, block: Block, run: Run) -> RowCandidates | None:
        """Read the values under the column labels, in a grid with room for the columns of all tables; None in other layouts."""
        if len({item.line for item in run.items}) != 1 or run.items[0].column < 0:
            return None
        width = run.items[0].width
        if id(block) not in self.headers:
            self.headers[id(block)] = self._header_columns(block, run)
        header = self.headers[id(block)].get(width)
        cells = {item.column: item for item in run.items if item.column >= 0}
        if header is None or width == len(block.columns) + 1 or header[0] < run.items[0].column:
            return None
        outside = [cell for column, cell in cells.items() if column not in header and cell.kind is not TokenKind.BLANK]
        return None if outside else RowCandidates((tuple(cells.get(column, EMPTY) for column in header),))

    def _header_columns(self, block: Block, run: Run) -> dict[int, tuple[int, ...]]:
        """Return the grid column of each column label above the block's first row, by width of the grid, if all are in order."""
        end = next((index for index, token in enumerate(self.tokens) if token is run.items[0]), 0)
        found: dict[int, dict[int, int]] = {}
        for token in self.tokens[max(end - _HEADER, 0) : end]:
            if token.kind is not TokenKind.TEXT or token.column < 0:
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
        """Read a group whose rows lost their labels, if the number of values fits its rows."""
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
            self.found.setdefault(label.name, []).append(Occurrence(window[0].line, RowCandidates((window,)), width))
        self._use(run)
        self.result.doubts.append(Doubt("group_in_order", run.line, tuple(label.name for label in group.rows), run.labels[-1].text))

    def _read_unlabelled(self, matches: Sequence[RowMatch | None]) -> None:
        """Read the first row of a block if its label is lost: values between the block's header and its second row."""
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
                found = RowCandidates(copies=pair)
            if not found.readings and not found.copies:
                self._read_single_across(table, block, run)
                continue
            found = _doubted(found) if _may_be_cut(run) else found
            for number, row in enumerate(block.rows):
                part = slice(number * width, (number + 1) * width)
                readings = tuple(window[part] for window in found.readings)
                own = replace(found, readings=readings, copies=tuple(window[part] for window in found.copies))
                self.found.setdefault((table.section, row.id), []).append(Occurrence(run.line, own, count))
            self._use(run)

    def _read_single_across(self, table: Table, block: Block, run: Run) -> None:
        """Read a row of a table printed across that some pages print on a line of its own."""
        if not run.labels or {item.line for item in run.items} != {run.labels[-1].line}:
            return
        for row in block.rows:
            names = {key_of(row.path[-1]), key_of("".join(row.path))}
            whole = [key_of("".join(token.text for token in run.labels[-pieces:])) for pieces in (1, 2)]
            found = fit(run, len(block.columns), None)
            if names & set(whole) and len(found.readings) == 1 and all(item.kind is not TokenKind.BLANK for item in found.readings[0]):
                self.found.setdefault((table.section, row.id), []).append(Occurrence(run.line, found, len(block.columns)))
                self._use(run)

    def _read_empty_rows(self, chooser: RowResolver) -> None:
        """Read rows without any value, in a document whose empty lines are empty cells, if the number of lines is exact."""
        if self.gap is None or not any(doubt.code == "gaps" for doubt in self.result.doubts):
            return
        for before, after in pairwise(self.tokens):
            match = self.book.exact_row(before.text) if before.plain and before.kind is TokenKind.TEXT else None
            if match is None or match.weak or match.label.name in self.found or not after.plain:
                continue
            count = len(match.label.block.columns)
            if after.gap - self.gap == count * (self.gap + 1):
                window = (EMPTY,) * count
                self.found[match.label.name] = [occurrence := Occurrence(before.line, RowCandidates((window,), rule="gaps"), 0)]
                self.result.labelled.setdefault(match.label.name, before.line)
                chooser.store(match.label.block, match.label.name, window, occurrence)

    # remaining content

    def _look_for_other_rows(self, matches: Sequence[RowMatch | None], foreign: set[int]) -> None:
        """Record rows between those of a table that are not in the form, in layouts with one piped cell per line."""
        known = [index for index, match in enumerate(matches) if match is not None]
        for first, last in pairwise(known):
            ends = [match.label.table for match in (matches[first], matches[last]) if match is not None]
            for run in self.runs[first + 1 : last] if ends[0] is ends[1] else ():
                values = [item for item in run.items if item.kind is TokenKind.VALUE]
                if run.plain or not values or not run.labels or id(run) in foreign or run.items[0].line in self.result.lines:
                    continue
                label = run.labels[-1]
                if label.line != values[0].line and not self.book.is_piece(label.text):
                    self.result.doubts.append(Doubt("extra_row", label.line, (), label.text))

    def _look_for_labels(self) -> None:
        """Record rows whose label occurs without any value."""
        for name in self._bare_labels():
            self.result.labelled.setdefault(*name)

    def _bare_labels(self) -> Iterator[tuple[RowName, int]]:
        for token in self.tokens:
            if token.kind is TokenKind.TEXT and (match := self.book.exact_row(token.text)) is not None and not match.weak:
                yield match.label.name, token.line

    def _look_for_other_unit(self) -> None:
        """Discard amounts under a header in 元 if the form says 万元."""
        for token in self.tokens:
            if token.kind is TokenKind.TEXT and _YUAN_HEADER.search(token.text.replace(" ", "")):
                for index, info in enumerate(self.book.edition.cells):
                    if info.kind is CellKind.AMOUNT and index in self.result.cells and is_number(self.result.cells[index].value):
                        del self.result.cells[index]
                        self.result.doubts.append(Doubt("other_unit", token.line, ((info.table.section, info.row.id),), token.text))


def _belongs(text: str, label: RowLabel) -> bool:
    """Return whether a text can be a fragment of the label: at least half of its characters occur in it."""
    own = split_numeral(without_notes(text))[1]
    known = set("".join(key.core for key in label.keys)) | set("0123456789")
    return 2 * sum(char in known for char in own) >= len(own)


def _drop_broken_label(run: Run, label: RowLabel, count: int) -> None:
    """Remove the numeral of the next row's label if the document ends right after it."""
    rows = label.block.rows
    position = rows.index(label.row) + 1
    cells = [item for item in run.items if item.kind is not TokenKind.ROW_END]
    if len(cells) != count + 1 or position >= len(rows) or cells[-1].kind is not TokenKind.VALUE:
        return
    if cells[-1].text == str(split_numeral(rows[position].path[-1])[0]):
        run.items.remove(cells[-1])


def _may_be_cut(run: Run) -> bool:
    """Return whether the document ends in a row whose empty cells may be padding or the opening pipe of a row.

    The number of cells is then no evidence that they are those of the columns.
    """
    ends = run.at_end and all(item.kind not in (TokenKind.PADDING, TokenKind.ROW_END) for item in run.items[-1:])
    blank = any(item.kind is TokenKind.BLANK for item in run.items)
    return not run.plain and blank and (ends or any(item.cut for item in run.items))


def _doubted(found: RowCandidates) -> RowCandidates:
    """Mark all readings as uncertain because the document ends in them."""
    return replace(found, readings=tuple(tuple(replace(cell, cut=True) for cell in window) for window in found.readings))


def _characters(edition: Edition, table: Table, block: Block) -> frozenset[str]:
    labels = [text for column in block.columns for text in (*column.path, *column.aliases)]
    labels += [text for row in block.rows for text in row.path]
    labels.append(edition.section(table.section).heading)
    return frozenset("".join(key_of(text) for text in labels))
