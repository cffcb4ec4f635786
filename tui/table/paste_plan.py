"""Parsing of a pasted block of cells and its placement in a table. Pure.

A spreadsheet separates cells by tabs; a web page or word processor by tabs, pipes, blanks or one cell per line. Rows that begin with
labels are placed by label; otherwise the block starts at the cursor.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from ...core.cell_notation import parse_cell
from ...core.chinese.numerals import TO_TEN
from ...core.edition import Block, CellKind, Column, Row
from ...core.ids import Address, SectionId
from ...core.report import BLANK, Cell, Report, Text, same_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...core.layout import TableLayout

_Part = TypeVar("_Part", Row, Column)

#: Maximum number of lines read, more than any table has.
MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One line of the block: the labels before its first value, and the values."""

    labels: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastePlan:
    """The effect of a paste."""

    cells: tuple[tuple[Address, Cell], ...]
    """Cells that would change, with their new values."""
    same: int
    """Number of cells that already hold the pasted value."""
    left_out: tuple[str, ...]
    """Values without a cell, as written."""
    unread: tuple[tuple[Address, str], ...]
    """Values that are not numbers, as written; they are stored as text."""


def plan_paste(text: str, layout: TableLayout, cursor: Address, report: Report) -> PastePlan:
    """Parse a block and find its cells in a table.

    Args:
        text: The pasted text.
        layout: The table.
        cursor: Upper left cell for a block without labels.
        report: The report, for comparison with the current values.
    """
    rows = read_block(text)
    placed, left_out = _place(rows, layout, cursor)
    cells: list[tuple[Address, Cell]] = []
    unread: list[tuple[Address, str]] = []
    same = 0
    for address, written in placed:
        value = parse_cell(written, layout.place_of[address].kind).value
        if same_cell(value, report.cell(address)):
            same += 1
            continue
        cells.append((address, value))
        if isinstance(value, Text):
            unread.append((address, written))
    return PastePlan(tuple(cells), same, tuple(left_out), tuple(unread))


def read_block(text: str) -> list[PastedRow]:
    """Parse a pasted text into rows. A row without values is a header for the rows below it."""
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:MOST_LINES] if line.strip()]
    tokens = [_split(line) for line in lines]
    if tokens and all(len(row) == 1 for row in tokens) and any(not _is_value(row[0]) for row in tokens):
        tokens = _regroup(row[0] for row in tokens)
    return [_row(row) for row in tokens]


def _split(line: str) -> list[str]:
    if "\t" in line:
        return [token.strip() for token in line.split("\t")]
    if "|" in line or "｜" in line:
        inner = line.replace("｜", "|").strip()
        inner = inner.removeprefix("|").removesuffix("|")
        return [token.strip() for token in inner.split("|")]
    words = line.split()
    if len(words) > 1 and all(_is_value(word) for word in words):
        return words
    tail = len(words)
    while tail > 0 and _is_value(words[tail - 1]):
        tail -= 1
    return [" ".join(words[:tail]), *words[tail:]] if tail else words


def _regroup(cells: Iterable[str]) -> list[list[str]]:
    """Group cells given one per line into rows: a label after a value begins a new row."""
    rows: list[list[str]] = []
    for cell in cells:
        if not rows or (not _is_value(cell) and any(_is_value(token) for token in rows[-1])):
            rows.append([])
        rows[-1].append(cell)
    return rows


def _row(tokens: Sequence[str]) -> PastedRow:
    first = next((position for position, token in enumerate(tokens) if _is_value(token)), len(tokens))
    labels = tuple(token for token in tokens[:first] if token)
    if not labels:
        return PastedRow((), tuple(tokens))
    return PastedRow(labels, tuple(tokens[first:]))


def _is_value(token: str) -> bool:
    value = parse_cell(token, CellKind.AMOUNT).value
    return value is not BLANK and not isinstance(value, Text)


def _place(rows: Sequence[PastedRow], layout: TableLayout, cursor: Address) -> tuple[list[tuple[Address, str]], list[str]]:
    by_heads = _by_heads(rows, layout)
    if by_heads is not None:
        return by_heads
    if any(row.labels for row in rows):
        rows = [row for row in rows if row.values]
    if rows and all(row.labels for row in rows):
        by_label = _by_labels(rows, layout)
        if by_label is not None:
            return by_label
    return _at_cursor(rows, layout, cursor)


def _by_heads(rows: Sequence[PastedRow], layout: TableLayout) -> tuple[list[tuple[Address, str]], list[str]] | None:
    """Place a single line of values by the labels above it, in a block laid out across; None if they do not name its cells."""
    valued = [position for position, row in enumerate(rows) if any(row.values)]
    if len(valued) != 1:
        return None
    heads = [normalise_label(label) for row in rows[: valued[0] + 1] for label in row.labels]
    for block in layout.table.blocks:
        targets = _named_cells(heads, block, layout.table.section) if block.across else []
        values = _fit(rows[valued[0]].values, len(targets))
        if targets and len(values) == len(targets):
            return list(zip(targets, values, strict=True)), []
    return None


def _named_cells(heads: Sequence[str], block: Block, section: SectionId) -> list[Address]:
    """Return the cells that headings name from left to right; empty if they are ambiguous.

    Groups must be named. Columns may be omitted (all of each group), or given once for all groups or once for each.
    """
    known_rows, known_columns = _by_own_name(block.rows), _by_own_name(block.columns)
    groups = [known_rows[head] for head in heads if head in known_rows]
    columns = [known_columns[head] for head in heads if head in known_columns] or list(block.columns)
    if not groups or len(set(groups)) != len(groups):
        return []
    named_in_each = len(columns) > len(block.columns)
    if named_in_each and len(columns) % len(groups):
        return []
    width = len(columns) // len(groups) if named_in_each else len(columns)
    starts = range(0, len(columns), width) if named_in_each else [0] * len(groups)
    cells = [(row, column) for row, start in zip(groups, starts, strict=True) for column in columns[start : start + width]]
    return [Address(section, row.id, column.id) for row, column in cells] if len(set(cells)) == len(cells) else []


def _by_own_name(parts: Sequence[_Part]) -> dict[str, _Part]:
    """Index rows or columns by their unique names."""
    names = [name for part in parts for name in _names(part)]
    return {name: part for part in parts for name in _names(part) if names.count(name) == 1}


def _names(part: Row | Column) -> set[str]:
    return {normalise_label(name) for name in (part.path[-1], part.name, *part.aliases)}


def _by_labels(rows: Sequence[PastedRow], layout: TableLayout) -> tuple[list[tuple[Address, str]], list[str]] | None:
    """Place each row by its label; None if no label is known."""
    known = list(layout.table.rows())
    placed: list[tuple[Address, str]] = []
    left_out: list[str] = []
    at, matched = 0, 0
    for row in rows:
        found = _match(row.labels, known, at)
        if found is None:
            left_out += [value for value in row.values if value]
            continue
        matched += 1
        at = found + 1
        block, target = known[found]
        values = _fit(row.values, len(block.columns))
        for column, value in zip(block.columns, values, strict=False):
            placed.append((Address(layout.table.section, target.id, column.id), value))
        left_out += [value for value in values[len(block.columns) :] if value]
    return (placed, left_out) if matched else None


def _match(labels: Sequence[str], known: Sequence[tuple[Block, Row]], at: int) -> int | None:
    """Return the index of the first row named like the last label, searching from `at` and wrapping around; None if there is none."""
    wanted = normalise_label(labels[-1])
    order: list[int] = [*range(at, len(known)), *range(at)]
    for position in order:
        row = known[position][1]
        if wanted in _names(row):
            return position
    return None


def normalise_label(label: str) -> str:
    """Normalise a label for comparison: NFKC, without numbering, white space, quotes and parenthesised text."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", label))
    plain = re.sub(rf"^(?:[{TO_TEN}]+、|\([{TO_TEN}]+\)|\d+[.、])", "", plain)
    return re.sub(r"[“”\"'‘’]", "", re.sub(r"\(.*", "", plain))


def _fit(values: Sequence[str], count: int) -> list[str]:
    """Drop empty trailing values beyond `count`, with which web pages pad rows."""
    fitted = list(values)
    while len(fitted) > count and not fitted[-1]:
        fitted.pop()
    return fitted


def _at_cursor(rows: Sequence[PastedRow], layout: TableLayout, cursor: Address) -> tuple[list[tuple[Address, str]], list[str]]:
    """Place the block with its upper left corner at the cursor."""
    lines: dict[int, list[tuple[int, Address]]] = {}
    for address, cell in layout.place_of.items():
        lines.setdefault(cell.row, []).append((cell.column, address))
    here = layout.place_of[cursor]
    targets = [sorted(lines[row]) for row in sorted(lines) if row >= here.row]
    placed: list[tuple[Address, str]] = []
    left_out: list[str] = []
    for index, row in enumerate(rows):
        cells = [address for column, address in targets[index] if column >= here.column] if index < len(targets) else []
        values = _fit(row.values, len(cells))
        placed += zip(cells, values, strict=False)
        left_out += [value for value in values[len(cells) :] if value]
    return placed, left_out
