"""Positions of keys and values in a TOML text, for the line and column in messages; tomllib provides none.

The text must be valid TOML (tomllib has read it). On invalid text the scan stops early; it never raises.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from ...core.lazy_regex import lazy_pattern
from ...templates.toml_text import TOMLDecodeError, loads

if TYPE_CHECKING:
    from collections.abc import Callable

_SPACE = lazy_pattern(r"[ \t]*")
_BLANK = lazy_pattern(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BARE = lazy_pattern(r"[A-Za-z0-9_-]+")
_SCALAR = lazy_pattern(r"[^,\]}\s#]+(?: [0-9][^,\]}\s#]*)?")
_STRINGS = (
    lazy_pattern(r'"""(?:[^"\\]++|\\.|""?(?!"))*+"{3,5}', re.DOTALL),
    lazy_pattern(r"'''(?:[^']++|''?(?!'))*+'{3,5}", re.DOTALL),
    lazy_pattern(r'"(?:[^"\\\n]++|\\.)*+"'),
    lazy_pattern(r"'[^'\n]*'"),
)
_OPENING = lazy_pattern(r"(?:\"\"\"|''')(?:\r?\n)?|[\"']")
_LINE_END = lazy_pattern(r"\r\n|(?P<nothing>(?!))")
_ESCAPED = lazy_pattern(r"(?P<nothing>\\[ \t]*\r?\n[ \t\r\n]*)|(?:\\r|\r)(?:\\n|\n)|\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")

Key = tuple[str | int, ...]


@dataclass(slots=True)
class Positions:
    """Character offsets of the values of a TOML text, by path of keys and list indices."""

    text: str
    values: dict[Key, tuple[int, int]] = field(default_factory=dict)
    """Path → start and end offset of its value; of its header for a table."""
    keys: dict[Key, int] = field(default_factory=dict)
    """Path → start offset of its key."""
    headers: dict[Key, int] = field(default_factory=dict)
    """Path → start offset of a table header."""
    starts: list[int] = field(default_factory=list)

    def line_column(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both from 1, columns in characters."""
        if not self.starts:
            self.starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def of(self, key: Key) -> tuple[int, int] | None:
        """Return line and column of a value, else of its key, else of the closest enclosing value; None if there is none."""
        while key:
            if key in self.values:
                return self.line_column(self.values[key][0])
            if (*key, 0) in self.values:
                return self.line_column(self.values[(*key, 0)][0])
            if key in self.keys:
                return self.line_column(self.keys[key])
            key = key[:-1]
        return None

    def in_text(self, key: Key, offset: int) -> tuple[int, int] | None:
        """Return line and column of a character within a string value; of the value itself if it is not a string."""
        if key not in self.values:
            return self.of(key)
        start, end = self.values[key]
        return self.line_column(start + _raw_offset(self.text[start:end], offset))


def _raw_offset(raw: str, offset: int) -> int:
    """Convert an offset in a string's value to an offset in its TOML source.

    Escapes and CRLF are longer in the source; line continuations have no value.
    """
    opening = _OPENING.match(raw)
    if opening is None:
        return 0
    at = opening.end()
    pattern = _ESCAPED if raw.startswith('"') else _LINE_END
    left = offset
    for match in pattern.finditer(raw, at):
        if match.start() - at > left:
            break
        left -= match.start() - at
        at = match.start()
        if match["nothing"] is None:
            if not left:
                break
            left -= 1
        at = match.end()
    return min(at + left, len(raw) - 1)


def find_positions(text: str) -> Positions:
    """Find all keys and values of a TOML text."""
    scanner = _Scanner(text, Positions(text))
    scanner.document()
    return scanner.found


@dataclass(slots=True)
class _Scanner:
    text: str
    found: Positions
    at: int = 0
    counts: dict[Key, int] = field(default_factory=dict)

    def document(self) -> None:
        table: Key = ()
        while True:
            self.skip()
            if self.at >= len(self.text):
                return
            before = self.at
            if self.text.startswith("[", self.at):
                table = self.header()
            else:
                self.pair(table)
            if self.at == before:
                return

    def skip(self) -> None:
        blank = _BLANK.match(self.text, self.at)
        self.at = blank.end() if blank is not None else self.at

    def spaces(self) -> None:
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space is not None else self.at

    def header(self) -> Key:
        start = self.at
        double = self.text.startswith("[[", start)
        self.at += 2 if double else 1
        path = self.key(())
        if double:
            number = self.counts.get(path, 0)
            self.counts[path] = number + 1
            path = (*path, number)
        close = "]]" if double else "]"
        if self.text.startswith(close, self.at):
            self.at += len(close)
        self.found.values.setdefault(path, (start, self.at))
        self.found.headers.setdefault(path, start)
        return path

    def key(self, table: Key) -> Key:
        path: list[str | int] = list(table)
        while True:
            self.spaces()
            bare = _BARE.match(self.text, self.at)
            quoted = self.string() if bare is None else None
            if bare is not None:
                path.append(bare.group())
                self.at = bare.end()
            elif quoted is not None:
                path.append(_unquoted(quoted))
            self.spaces()
            if not self.text.startswith(".", self.at):
                return tuple(path)
            self.at += 1

    def pair(self, table: Key) -> None:
        start = self.at
        path = self.key(table)
        if not self.text.startswith("=", self.at):
            self.at = start
            return
        self.found.keys[path] = start
        self.at += 1
        self.spaces()
        self.value(path)

    def value(self, path: Key) -> None:
        start = self.at
        opening = self.text[start : start + 1]
        if opening == "[":
            self.array(path)
        elif opening == "{":
            self.items("}", lambda: self.pair(path))
        elif opening in ("'", '"'):
            self.string()
        else:
            scalar = _SCALAR.match(self.text, start)
            self.at = scalar.end() if scalar is not None else start
        self.found.values[path] = (start, self.at)

    def array(self, path: Key) -> None:
        numbers = count()
        self.items("]", lambda: self.value((*path, next(numbers))))

    def items(self, close: str, item: Callable[[], None]) -> None:
        """Scan the items of an array or inline table up to its closing bracket."""
        self.at += 1
        while self.at < len(self.text):
            self.skip()
            before = self.at
            if self.text.startswith((close, ","), before):
                self.at += 1
                if self.text[before] == close:
                    return
                continue
            item()
            if self.at == before:
                return

    def string(self) -> str | None:
        for pattern in _STRINGS:
            found = pattern.match(self.text, self.at)
            if found is not None:
                self.at = found.end()
                return found.group()
        return None


def _unquoted(key: str) -> str:
    if key.startswith("'") or "\\" not in key:
        return key[1:-1]
    try:
        return str(loads(f"key = {key}")["key"])
    except TOMLDecodeError:
        return key[1:-1]
