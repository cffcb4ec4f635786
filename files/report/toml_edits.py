"""Edits to a TOML text: replace values in place, insert missing lines after their predecessors.

Nothing else is changed. A replaced value that was never read, being of the wrong type, is kept as a comment: a save destroys nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .toml_literals import string_literal
from .toml_positions import find_positions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .toml_positions import Key


class Entry(NamedTuple):
    """A key of a table, with its new value."""

    table: str
    key: str
    literal: str
    """The value as TOML; may span lines."""
    short: str = ""
    """The value on one line, for inline tables; empty if `literal` is on one line."""
    opening: str = ""
    """Characters that start a value of the expected type; empty if any type is read.

    An old value that starts otherwise was never read, and is kept as a comment.
    """
    comment: str = ""
    """Comment after the value, if the line is new."""
    after: tuple[str, ...] = ()
    """The keys after which it belongs."""

    @property
    def name(self) -> str:
        """The key in TOML notation."""
        return self.key if re.fullmatch(r"[A-Za-z0-9_-]+", self.key) else string_literal(self.key)

    @property
    def line(self) -> str:
        """The whole line, without line end."""
        return f"{self.name} = {self.literal}" + (f"   # {self.comment}" if self.comment else "")


class TextEdits:
    """Edits to one text, collected first and applied together."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.positions = find_positions(text)
        self._edits: list[tuple[int, int, str]] = []
        self._tables: dict[str, list[str]] = {}
        self._braces: set[str] = set()
        self._silenced: set[Key] = set()

    def applied(self) -> str:
        """Return the text with all edits applied."""
        pieces: list[str] = []
        done = 0
        # Insertions at an offset precede replacements there.
        for start, end, new in sorted(self._edits, key=lambda edit: edit[:2]):
            pieces += [self.text[done:start], new]
            done = end
        text = "".join([*pieces, self.text[done:]])
        for table, lines in self._tables.items():
            gap = "" if not text or text.endswith("\n") else "\n"
            text += f"{gap}\n[{table}]\n" + "".join(f"{line}\n" for line in lines)
        return text

    def elements(self, table: str, key: str) -> int | None:
        """Return the number of elements of the array at a key, or None if it is not an array."""
        found = self.positions.values.get((table, key))
        if (table, key) not in self.positions.keys or found is None or self.text[found[0]] != "[":
            return None
        count = 0
        while (table, key, count) in self.positions.values:
            count += 1
        return count

    def starts_beside_quotes(self, table: str, key: str) -> bool:
        """Return whether a text starts on the line of its opening triple quotes, not on the next."""
        found = self.positions.values.get((table, key))
        return found is not None and self.text.startswith('"""', found[0]) and self.text[found[0] + 3] not in "\r\n"

    def set_element(self, table: str, key: str, at: int, literal: str) -> None:
        """Set an element of an array."""
        self._replace(*self.positions.values[table, key, at], literal)

    def extend(self, table: str, key: str, literals: list[str]) -> None:
        """Append elements to an array."""
        count = self.elements(table, key) or 0
        start, _ = self.positions.values[table, key]
        added = ", ".join(literals)
        if count:
            end = self.positions.values[table, key, count - 1][1]
            self._replace(end, end, f", {added}")
        else:
            self._replace(start + 1, start + 1, added)

    def set(self, entry: Entry) -> None:
        """Set a key, in the notation that the file uses for its table."""
        path = (entry.table, entry.key)
        if path in self.positions.keys:
            self._set_value(entry, path)
            return
        table = (entry.table,)
        if table in self.positions.keys and self.text[self.positions.values[table][0]] == "{":
            self._into_braces(entry)
            return
        if table in self.positions.keys or (entry.table, 0) in self.positions.values:
            self._silence(table)
            self._tables.setdefault(entry.table, []).append(entry.line)
            return
        self._silence(path)
        dotted = self._dotted(entry.table)
        if table in self.positions.values:
            ends = [self.positions.values[table][1], *self._ends(entry)]
            self._insert_line(self._line_end(max(ends)), entry.line)
        elif dotted:
            ends = list(self._ends(entry))
            at = self._line_end(max(ends)) if ends else self._line_start(min(dotted))
            self._insert_line(at, f"{entry.table}.{entry.line}")
        else:
            self._tables.setdefault(entry.table, []).append(entry.line)

    def _set_value(self, entry: Entry, path: Key) -> None:
        start, end = self.positions.values[path]
        if entry.opening and self.text[start] not in entry.opening:
            holder = next(path[:length] for length in range(1, len(path) + 1) if path[:length] in self.positions.keys)
            old = self.text[self.positions.keys[path] : end]
            self._insert_line(self._line_start(self.positions.keys[holder]), _commented(old))
        self._replace(start, end, (entry.short or entry.literal) if self._in_braces(path) else entry.literal)

    def _into_braces(self, entry: Entry) -> None:
        start, _ = self.positions.values[entry.table,]
        pair = f"{entry.name} = {entry.short or entry.literal}"
        members = [self.positions.values[path][1] for path in self.positions.keys if len(path) > 1 and path[0] == entry.table]
        at = max(members, default=start + 1)
        empty = not members and entry.table not in self._braces
        self._braces.add(entry.table)
        self._replace(at, at, pair if empty else f", {pair}")

    def _dotted(self, table: str) -> list[int]:
        """Return the offsets of the keys of a table that has no header but is written as `table.key = …`."""
        first = min(self.positions.headers.values(), default=len(self.text))
        keys = self.positions.keys.items()
        return [start for path, start in keys if len(path) > 1 and path[0] == table and start < first and not self._in_braces(path)]

    def _ends(self, entry: Entry) -> Iterator[int]:
        for name in entry.after:
            if (entry.table, name) in self.positions.keys:
                yield self.positions.values[entry.table, name][1]

    def _in_braces(self, path: Key) -> bool:
        return any(path[:length] in self.positions.keys for length in range(1, len(path)))

    def _silence(self, prefix: Key) -> None:
        """Comment out everything under a path."""
        if prefix in self._silenced:
            return
        self._silenced.add(prefix)
        starts = [(start, self.positions.values[path][1]) for path, start in self.positions.keys.items() if not self._in_braces(path)
                  and path[: len(prefix)] == prefix]  # fmt: skip
        starts += [(start, start + 1) for path, start in self.positions.headers.items() if path[: len(prefix)] == prefix]
        for start, end in starts:
            first, last = self._line_start(start), self._line_end(end)
            lines = self.text[first:last]
            self._replace(first, last, _commented(lines.removesuffix("\n")) + "\n" * lines.endswith("\n"))

    def _insert_line(self, at: int, line: str) -> None:
        lead = "\n" if at and self.text[at - 1] != "\n" and not any(edit[:2] == (at, at) for edit in self._edits) else ""
        self._replace(at, at, f"{lead}{line}\n")

    def _line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end + 1

    def _replace(self, start: int, end: int, new: str) -> None:
        self._edits.append((start, end, new))


def without(text: str, path: Key) -> str:
    """Return the text without a key or an array element; also without its line if nothing else is on it."""
    positions = find_positions(text)
    found = positions.values.get(path)
    if found is None:
        return text
    start, end = positions.keys.get(path, found[0]), found[1]
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    comma = re.compile(r"[ \t]*,[ \t]*").match(text, end)
    end = end if comma is None else comma.end()
    rest = text[end:last].strip()
    if not text[first:start].strip() and (not rest or rest.startswith("#")):
        return text[:first] + text[last + 1 :]
    if comma is None:
        # The last of several: remove the comma before it.
        before = re.compile(r",?[ \t]*$").search(text, first, start)
        start = before.start() if before is not None else start
    return text[:start] + text[end:]


def without_empty_table(text: str, table: str) -> str:
    """Return the text without the header of a table that is empty, without even a comment."""
    positions = find_positions(text)
    header = positions.values.get((table,))
    if header is None or (table,) not in positions.headers:
        return text
    line_end = text.find("\n", header[1])
    line_end = len(text) if line_end < 0 else line_end + 1
    following = min((start for start in positions.headers.values() if start > header[0]), default=len(text))
    if text[line_end:following].strip():
        return text
    return text[: header[0]] + text[line_end:]


def _commented(lines: str) -> str:
    return "\n".join(f"# {line}".rstrip(" ") for line in lines.split("\n"))
