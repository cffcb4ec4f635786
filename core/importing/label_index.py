"""Index of an edition's official labels for lookup in documents: whole, split, stripped, shortened or with a note.

A label's *core* is its key without the leading numeral. Numerals are compared if both sides have one: a row 3.其他 and a column 其他
differ in nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from ..chinese.numerals import TO_TEN, ordinal
from .clean_characters import key_of, simplified

if TYPE_CHECKING:
    from ..edition import Block, Edition, Row, Section, Table

_NUMERAL: Final = re.compile(
    rf"^\s*(?:[(（]\s*(?P<bracket>[{TO_TEN}]{{1,2}}|\d{{1,2}})\s*[)）]\s*[、.．,:：]?"
    rf"|(?P<chinese>[{TO_TEN}]{{1,2}})\s*[、.．,:：]"
    r"|(?P<digit>\d{1,2})\s*(?:[、.．,:：)）]|(?=[\u3400-\u9fff])))"
)
_NOTE: Final = re.compile(r"[(（][^()（）]*[)）]?")
_YEAR: Final = re.compile(r"^(?:19|20)\d{2}年?度?")

SURE: Final = 0.72
"""Minimum similarity of a text to a label of the form."""
_MARGIN: Final = 0.08
"""Minimum lead in similarity of the best label over the second best."""
_SHORT: Final = 2
"""A core of up to this many characters is not specific enough without its numeral."""
_FIRM: Final = 5
"""A label of fewer characters must match exactly."""
_LEAST_PART: Final = 4
"""Minimum length of a shortened label in characters."""


@lru_cache(maxsize=8192)
def split_numeral(text: str) -> tuple[int, str]:
    """Return a label's leading numeral (0 if it has none) and the key of the rest."""
    plain = simplified(text)
    found = _NUMERAL.match(plain)
    if found is None:
        return 0, key_of(plain)
    written = found["bracket"] or found["chinese"] or found["digit"]
    rest = key_of(plain[found.end() :])
    return ordinal(written), rest


@lru_cache(maxsize=8192)
def _pairs(core: str) -> frozenset[str]:
    return frozenset(core[index : index + 2] for index in range(len(core) - 1)) or frozenset({core})


@dataclass(frozen=True, slots=True)
class LabelKey:
    """One way to write a label."""

    numeral: int
    core: str


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A row of the form with all variants of its label."""

    table: Table
    block: Block
    row: Row
    keys: tuple[LabelKey, ...]

    @property
    def name(self) -> tuple[str, str]:
        """Unique name of the row: section and row id."""
        return self.table.section, self.row.id


@dataclass(frozen=True, slots=True)
class GroupLabel:
    """A label above several rows: （三）不予公开."""

    numeral: int
    core: str
    rows: tuple[RowLabel, ...]


@dataclass(frozen=True, slots=True)
class RowMatch:
    """A row recognised from a text."""

    label: RowLabel
    likeness: float
    weak: bool = False
    """Whether the match needs to be confirmed by neighbouring rows."""


@dataclass(frozen=True)
class LabelBook:
    """Lookup of all labels of an edition."""

    edition: Edition

    @cached_property
    def rows(self) -> tuple[RowLabel, ...]:
        """The rows of all tables in the order of the form, except `across_rows`."""
        return tuple(
            RowLabel(table, block, row, _row_keys(row)) for table in self.edition.tables for block, row in table.rows() if not block.across
        )

    @cached_property
    def across_rows(self) -> tuple[RowLabel, ...]:
        """The rows that are printed side by side on one line."""
        return tuple(
            RowLabel(table, block, row, _row_keys(row)) for table in self.edition.tables for block, row in table.rows() if block.across
        )

    @cached_property
    def _by_core(self) -> dict[str, list[tuple[int, RowLabel]]]:
        found: dict[str, list[tuple[int, RowLabel]]] = {}
        for label in self.rows:
            for key in label.keys:
                found.setdefault(key.core, []).append((key.numeral, label))
        return found

    @cached_property
    def groups(self) -> tuple[GroupLabel, ...]:
        """Labels above several rows."""
        found: dict[tuple[str, tuple[str, ...]], list[RowLabel]] = {}
        for label in self.rows:
            for depth in range(1, len(label.row.path)):
                found.setdefault((label.table.section, label.row.path[:depth]), []).append(label)
        return tuple(GroupLabel(*split_numeral(path[-1]), tuple(rows)) for (_, path), rows in found.items())

    @cached_property
    def column_cores(self) -> dict[str, str]:
        """Cores of all column labels, with the section of their table."""
        return {
            split_numeral(label)[1]: table.section
            for table in self.edition.tables
            for block in table.blocks
            for column in block.columns
            for label in (*column.path, *column.aliases)
        }

    @cached_property
    def other_cores(self) -> frozenset[str]:
        """Cores of captions, corners and groups."""
        labels = {text for table in self.edition.tables for block in table.blocks for text in (block.caption, block.corner) if text}
        paths = {text for table in self.edition.tables for _, row in table.rows() for text in row.path[:-1]}
        across = {text for table in self.edition.tables for block, row in table.rows() if block.across for text in row.path}
        return frozenset(split_numeral(text)[1] for text in labels | paths | across)

    @cached_property
    def all_text(self) -> str:
        """Keys of all labels, separated by bars, for finding fragments of labels."""
        labels = [text for table in self.edition.tables for block in table.blocks for text in (block.caption, block.corner)]
        for table in self.edition.tables:
            for block, row in table.rows():
                labels += [*row.path, *row.aliases]
                labels += [text for column in block.columns for text in (*column.path, *column.aliases)]
        return "|".join(key_of(text) for text in labels)

    @cached_property
    def distinctive(self) -> frozenset[str]:
        """Cores of all row and column labels. An edition is recognised by those that no other edition has."""
        return frozenset(self._by_core) | frozenset(self.column_cores)

    def is_piece(self, text: str) -> bool:
        """Return whether a text is a label of the tables or a fragment of one."""
        key = key_of(text)
        return bool(key) and (key in self.all_text or self.is_label(text))

    def is_labels(self, text: str) -> bool:
        """Return whether a text consists of labels of the tables only, optionally followed by digits."""
        key = key_of(text).rstrip("0123456789")
        reachable = {0}
        for start in range(len(key)):
            if start in reachable:
                reachable |= {start + len(label) for label in self._label_keys if key.startswith(label, start)}
        return bool(key) and len(key) in reachable

    @cached_property
    def _label_keys(self) -> frozenset[str]:
        return frozenset(label for label in self.all_text.split("|") if label)

    def is_heading_label(self, text: str) -> bool:
        """Return whether a text can begin a table of the form: a column label, a caption, a group or a heading."""
        core = split_numeral(text)[1]
        return core in self.column_cores or core in self.other_cores or any(core == known for _, known in self.section_cores)

    def is_label(self, text: str) -> bool:
        """Return whether a text is a complete label of the tables."""
        core = split_numeral(text)[1]
        return core in self._by_core or core in self.column_cores or core in self.other_cores

    def find_row(self, text: str) -> RowMatch | None:
        """Return the row with this label if the match is certain enough."""
        return _find(self, text)

    def exact_row(self, text: str) -> RowMatch | None:
        """Return the row with exactly this label, ignoring spaces, punctuation, script, and a numeral that only one side has."""
        numeral, core = split_numeral(text)
        found = self._by_core.get(core)
        if not found:
            return None
        fitting = [label for number, label in found if not numeral or not number or number == numeral]
        if len({label.name for label in fitting}) != 1:
            return None
        known = [number for number, label in found if label is fitting[0]]
        weak = len(core) <= _SHORT and any(known) and not numeral
        return RowMatch(fitting[0], 1.0, weak)

    def find_group(self, text: str) -> GroupLabel | None:
        """Return the group of rows with this label."""
        numeral, core = split_numeral(text)
        for group in self.groups:
            if group.core == core and (not numeral or not group.numeral or numeral == group.numeral):
                return group
        return None

    def find_section(self, text: str) -> tuple[Section, float] | None:
        """Return the section with the most similar heading, and the similarity."""
        return _find_section(self, text)

    @cached_property
    def section_cores(self) -> tuple[tuple[Section, str], ...]:
        """Keys of all headings and their aliases."""
        return tuple((section, key_of(text)) for section in self.edition.sections for text in (section.heading, *section.aliases))


@lru_cache(maxsize=16)
def label_book(edition: Edition) -> LabelBook:
    """Return the label index of an edition."""
    return LabelBook(edition)


def _row_keys(row: Row) -> tuple[LabelKey, ...]:
    """Return the keys of the label, of its aliases, and of both preceded by the labels of their groups."""
    keys: dict[LabelKey, None] = {}
    for depth in range(len(row.path)):
        for text in (row.path[depth:],):
            keys[LabelKey(*split_numeral("".join(text)))] = None
    for text_alias in (*row.aliases, without_notes(row.path[-1])):
        keys[LabelKey(*split_numeral(text_alias))] = None
        if len(row.path) > 1:
            for depth in range(len(row.path) - 1):
                keys[LabelKey(*split_numeral("".join((*row.path[depth:-1], text_alias))))] = None
    return tuple(key for key in keys if key.core)


def without_notes(text: str) -> str:
    """Remove bracketed notes from a label, but not a leading numeral in brackets."""
    plain = simplified(text)
    numeral = _NUMERAL.match(plain)
    start = numeral.end() if numeral else 0
    return plain[:start] + _NOTE.sub("", plain[start:])


@lru_cache(maxsize=4096)
def _find(book: LabelBook, text: str) -> RowMatch | None:
    exact = book.exact_row(text)
    if exact is not None:
        return exact
    numeral, core = split_numeral(text)
    if core in book.column_cores or core in book.other_cores:
        return None
    bare = without_notes(text)
    exact = book.exact_row(bare)
    if exact is not None:
        return exact
    return _most_alike(book, numeral, core) or _most_alike(book, numeral, split_numeral(bare)[1])


def _most_alike(book: LabelBook, numeral: int, core: str) -> RowMatch | None:
    if len(core) <= _SHORT or not book.rows:
        return None
    scored = sorted(((_row_likeness(label, numeral, core), index) for index, label in enumerate(book.rows)), reverse=True)
    best, index = scored[0]
    others = [score for score, _ in scored[1:2]]
    headers = [_likeness(core, other) for other in (*book.column_cores, *book.other_cores)]
    if best < SURE or best - max([*others, *headers], default=0.0) < _MARGIN:
        return None
    return RowMatch(book.rows[index], best)


def _row_likeness(label: RowLabel, numeral: int, core: str) -> float:
    best = 0.0
    for key in label.keys:
        if len(key.core) < _FIRM or len(core) - len(key.core) > len(key.core) // 7:
            continue  # a label with words added is another label: 规范性文件制发
        score = _likeness(core, key.core)
        if numeral and key.numeral and numeral != key.numeral:
            score -= 0.3
        best = max(best, score)
    return best


def _likeness(one: str, other: str) -> float:
    """Return the similarity of two cores, from 0 to 1: Dice coefficient of character pairs; more for a fragment of the label."""
    if one == other:
        return 1.0
    mine, theirs = _pairs(one), _pairs(other)
    shared = len(mine & theirs)
    if not shared:
        return 0.0
    dice = 2 * shared / (len(mine) + len(theirs))
    if len(one) >= _LEAST_PART and one in other:
        return max(dice, 0.8 + 0.2 * len(one) / len(other))
    return dice


@lru_cache(maxsize=2048)
def _find_section(book: LabelBook, text: str) -> tuple[Section, float] | None:
    core = _YEAR.sub("", split_numeral(without_notes(text))[1])
    if not core:
        return None
    best: tuple[float, Section] | None = None
    for section, known in book.section_cores:
        score = 1.0 if known == core else _heading_likeness(core, known)
        if best is None or score > best[0]:
            best = score, section
    return None if best is None else (best[1], best[0])


def _heading_likeness(one: str, other: str) -> float:
    mine, theirs = _pairs(one), _pairs(other)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))
