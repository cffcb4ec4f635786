"""Tables as data: JSON or script objects with the form's labels as keys and named columns.

Values are placed by name, never by position, except in a list as long as the row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ..cell_notation import parse_cell
from ..report import Text
from .label_index import split_numeral
from .resolve_rows import CellRead, printed_money

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..edition import Block
    from .label_index import LabelBook
    from .resolve_rows import RowName, Tables
    from .source_lines import SourceLine

_PIECE: Final = re.compile(
    r"""(?P<mark>[{}\[\],:])|"(?P<double>(?:[^"\\\n]|\\.)*)"|'(?P<single>(?:[^'\\\n]|\\.)*)'|(?P<word>[^\s{}\[\],:"']+)"""
)
_PATH: Final = re.compile(r"\s*(?:-|—|→|/|>|·|\.(?!\d))\s*(?=[^\d\s])|\s*(?:-|—|→|>)\s*(?=\d+[.、])")
_KEYED: Final = re.compile(r"""["'\w）)]\s*:\s*(?:[\[{"'+\-\d])""")
_LIKE_A_VALUE: Final = re.compile(r"^[+\-]?[\d.,]+\D?$|^[/\-—无]?$")
_ENOUGH: Final = 3
"""Minimum number of keyed values in a document of this kind."""
_MOST_DEPTH: Final = 64


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value with the keys that lead to it, outermost first."""

    path: tuple[str, ...]
    value: str
    line: int
    """Line number in the source."""
    position: int = -1
    """Index in its list; -1 if the value has a key of its own."""
    length: int = 0
    """Length of that list."""


@dataclass(slots=True)
class _OpenBracket:
    """A brace or bracket that has not been closed."""

    listed: bool
    keys: tuple[str, ...]
    key: str = ""
    values: list[tuple[str, str, int]] = field(default_factory=list)
    """(key, value, line) of everything directly inside."""
    lists: list[tuple[tuple[str, ...], list[tuple[str, str, int]]]] = field(default_factory=list)
    """Keys and contents of the lists directly inside. They belong to the row that the other keys name."""


def looks_like_data(lines: Sequence[SourceLine]) -> bool:
    """Return whether a document consists of objects with keys rather than lines of text."""
    plain = [line.text for line in lines if line.cells is None]
    keyed = sum(len(_KEYED.findall(text)) for text in plain)
    return keyed >= _ENOUGH and any("{" in text for text in plain)


def read_leaves(lines: Sequence[SourceLine]) -> Iterator[Leaf]:
    """Yield all values with their keys. Never fails: text outside of objects is skipped."""
    stack: list[_OpenBracket] = []
    pending = ""
    for line in lines:
        if line.cells is not None:
            continue
        for piece in _PIECE.finditer(line.text):
            mark = piece["mark"]
            if mark is None:
                pending = piece["double"] or piece["single"] or piece["word"] or ""
                if stack:
                    stack[-1].values.append((stack[-1].key, pending, line.number))
            elif mark == ":" and stack:
                if stack[-1].values:
                    stack[-1].values.pop()
                stack[-1].key = pending
            elif mark in "{[" and len(stack) < _MOST_DEPTH:
                keys = (*stack[-1].keys, stack[-1].key) if stack else ((pending,) if pending else ())
                stack.append(_OpenBracket(mark == "[", tuple(key for key in keys if key)))
            elif mark in "}]" and stack:
                scope = stack.pop()
                if scope.listed and stack and not stack[-1].listed:
                    stack[-1].lists.append((scope.keys, scope.values))
                else:
                    yield from _closed(scope)
            elif mark == "," and stack and not stack[-1].listed:
                stack[-1].key = ""
    while stack:
        yield from _closed(stack.pop())


def _closed(scope: _OpenBracket) -> Iterator[Leaf]:
    if scope.listed:
        yield from _list_leaves(scope.keys, scope.values)
        return
    names = tuple(value for key, value, _ in scope.values if key and not _LIKE_A_VALUE.search(value))
    for keys, values in scope.lists:
        yield from _list_leaves((*keys, *names), values)
    for key, value, line in scope.values:
        if key:
            yield Leaf((*scope.keys, *(name for name in names if name != value), key), value, line)


def _list_leaves(keys: tuple[str, ...], values: Sequence[tuple[str, str, int]]) -> Iterator[Leaf]:
    for position, (_, value, line) in enumerate(values):
        yield Leaf(keys, value, line, position, len(values))


def apply_leaves(leaves: Sequence[Leaf], book: LabelBook, tables: Tables) -> set[int]:
    """Store values in cells by the names of their rows and columns. Return the numbers of the lines used.

    A cell with contradicting values stays empty.
    """
    blocks = {label.name: label.block for label in (*book.rows, *book.across_rows)}
    orders = _column_lists(leaves)
    used: set[int] = set()
    said: dict[int, set[str]] = {}
    for leaf in leaves:
        name = _row(book, leaf.path if leaf.position >= 0 else leaf.path[:-1])
        column = None if name is None else _column(blocks[name], leaf, orders)
        if column is None and leaf.position < 0:  # the keys may be nested the other way round: columns outside, rows inside
            name = _row(book, leaf.path[-1:])
            column = None if name is None else next(filter(_is_known, (_named(blocks[name], key) for key in leaf.path[-2::-1])), None)
        if name is None or column is None:
            continue
        index = book.edition.row_cells[name][0] + column  # type: ignore[index]  # plain strings name sections and rows here
        kind = book.edition.cells[index].kind
        reading = parse_cell(leaf.value, kind)
        tables.labelled.setdefault(name, leaf.line - 1)
        used.add(leaf.line)
        if isinstance(reading.value, Text) and not printed_money(reading.value, kind):
            continue
        said.setdefault(index, set()).add(leaf.value)
        tables.cells[index] = CellRead(reading.value, leaf.value, leaf.line - 1, reading.notes)
    for index, values in said.items():
        if len(values) > 1:
            del tables.cells[index]
    return used


def _is_known(column: int | None) -> bool:
    return column is not None


def _parts(path: Sequence[str]) -> list[str]:
    return [part for key in path for part in _PATH.split(key) if part.strip()]


def _row(book: LabelBook, path: Sequence[str]) -> RowName | None:
    parts = _parts(path)
    for end in range(len(parts), 0, -1):
        for start in range(max(end - 3, 0), end):
            match = book.exact_row("".join(parts[start:end]))
            if match is not None and not match.weak:
                return match.label.name
        core = split_numeral(parts[end - 1])[1]
        for label in book.across_rows:
            if core == split_numeral(label.row.path[-1])[1]:
                return label.name
    return None


def _column(block: Block, leaf: Leaf, orders: Sequence[tuple[str, ...]]) -> int | None:
    """Return the column of a value: by its key, by a list of names of the same length, or by its index in a full list."""
    if leaf.position < 0:
        return _named(block, leaf.path[-1])
    for order in orders:
        if len(order) == leaf.length and all(_named(block, name) is not None for name in order):
            return _named(block, order[leaf.position])
    return leaf.position if leaf.length == len(block.columns) else None


def _named(block: Block, name: str) -> int | None:
    for text in (name, *_parts((name,))[-1:]):
        core = split_numeral(text)[1]
        for position, column in enumerate(block.columns):
            if core in {split_numeral(label)[1] for label in (column.path[-1], *column.aliases)}:
                return position
    return None


def _column_lists(leaves: Sequence[Leaf]) -> list[tuple[str, ...]]:
    """Return the lists of words in the data, which may be the names of the columns."""
    lists: list[tuple[str, ...]] = []
    current: list[str] = []
    for leaf in leaves:
        if leaf.position == 0:
            current = []
        if leaf.position >= 0 and not re.search(r"\d", leaf.value):
            current.append(leaf.value)
            if leaf.position == leaf.length - 1 and len(current) == leaf.length:
                lists.append(tuple(current))
    return lists
