"""Diagnose TOML syntax errors in terms of the report file, from the parser's reason and the text around it.

Strings and comments are blanked out first, so that prose is not taken for structure.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ...templates.toml_text import TOMLDecodeError


class Diagnosis(NamedTuple):
    """A syntax error: variant of F03, and position with line and column from 1."""

    variant: str
    line: int
    column: int
    character: str = ""


_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_WIDE = re.compile("[！-～“”‘’。、《》【】〔〕　]")
_TOKEN = re.compile(
    r'"""(?:[^"\\]++|\\.|""?(?!"))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']++|''?(?!'))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\[^\n])*(?:"|\\?(?=\n|\Z))'
    r"|'[^'\n]*(?:'|(?=\n|\Z))"
    r"|#[^\n]*",
    re.DOTALL,
)
_END = 400
"""Number of characters at the end of a line in which its closing quotation mark is searched."""
_REASONS = (
    ("Cannot overwrite a value", "twice"),
    ("Cannot declare", "twice"),
    ("Cannot mutate", "twice"),
    ("Cannot redefine", "twice"),
    ("Duplicate", "twice"),
    ("Expected '=' after a key", "equals"),
    ("Expected newline or end of document", "rest"),
    ("Unclosed array", "array"),
    ("Invalid value", "value"),
    ("Unterminated string", "quote"),
    ("Expected \"'", "quote"),
    ("Illegal character '\\n'", "quote"),
    ("Found invalid character '\\n'", "quote"),
    ("Illegal character", "control"),
    ("Found invalid character", "control"),
    ("Unescaped", "backslash"),
    ("Invalid hex value", "backslash"),
    ("Escaped character", "backslash"),
    ("Invalid statement", "statement"),
    ("Expected ']", "header"),
    ("Invalid initial character", "key"),
    ("Unclosed inline table", "braces"),
    ("Invalid date", "date"),
)


def diagnosis(text: str, error: Exception) -> Diagnosis:
    """Diagnose a text that the parser rejected with this error."""
    text = text.replace("\r\n", "\n")
    if isinstance(error, TOMLDecodeError):
        return _Refusal(text, str(error)).diagnosis()
    bare = _TOKEN.sub(_blanked, text)
    if isinstance(error, RecursionError):
        return _placed(text, "deep", _deepest(bare))
    # The remaining ValueError is for integers with more digits than Python converts.
    numbers = [found.span() for found in re.finditer(r"[0-9][0-9_]*", bare)]
    start, _ = max(numbers, key=lambda span: span[1] - span[0], default=(0, 0))
    return _placed(text, "number", start)


def _placed(text: str, variant: str, offset: int, character: str = "") -> Diagnosis:
    line_start = text.rfind("\n", 0, offset) + 1
    return Diagnosis(variant, text.count("\n", 0, offset) + 1, offset - line_start + 1, character)


def _blanked(token: re.Match[str]) -> str:
    """Blank out the inside of a string, or a comment, keeping its length and line feeds."""
    quote = "" if token.group().startswith("#") else token.group()[0]
    inner = re.sub(r"[^\n]", " ", token.group())
    return quote + inner[len(quote) :]


def _deepest(bare: str) -> int:
    """Return the offset of the outermost bracket around the deepest nesting."""
    depth, deepest, outer, place = 0, 0, 0, 0
    for found in re.finditer(r"[\[\]{}]", bare):
        if found.group() in "]}":
            depth = max(0, depth - 1)
            continue
        outer = found.start() if depth == 0 else outer
        depth += 1
        if depth > deepest:
            deepest, place = depth, outer
    return place


class _Refusal:
    """A text, and where and why the parser stopped in it."""

    def __init__(self, text: str, message: str) -> None:
        found = _AT.search(message)
        self.text = text
        reason = message[: found.start()] if found is not None else message
        self.variant = next((name for start, name in _REASONS if reason.startswith(start)), "other")
        self.at = _offset(text, int(found[1]), int(found[2])) if found is not None and found[1] else len(text)
        self.tokens = [token.span() for token in _TOKEN.finditer(text)]
        self.bare = _TOKEN.sub(_blanked, text)

    def diagnosis(self) -> Diagnosis:
        """Return the cause that a person would name."""
        swallowed = self._swallowed()
        if swallowed is not None:
            return _placed(self.text, "unclosed", self._line_start(swallowed))
        look = {
            "quote": self._quote,
            "backslash": self._backslash,
            "array": self._array,
            "value": self._array,
            "twice": self._twice,
            "control": self._as_said,
            "date": self._as_said,
        }
        return look.get(self.variant, self._structure)()

    def _as_said(self) -> Diagnosis:
        return _placed(self.text, self.variant, self.at)

    def _swallowed(self) -> int | None:
        """Return the offset of a multi-line string that is unclosed, or that ends only where the next one was to start; else None."""
        texts = [span for span in self.tokens if self.text.startswith(('"""', "'''"), span[0]) and span[0] < self.at]
        if not texts:
            return None
        start, end = texts[-1]
        token = self.text[start:end]
        closed = len(token) >= 6 and token.endswith(token[:3])  # noqa: PLR2004 - two times three quotes
        if self.variant == "quote":
            return None if closed else start
        outside = self.variant in ("statement", "equals", "key", "rest", "header")
        return start if outside and re.search(r"\n[ \t]*[\w-]+[ \t]*=[ \t]*$", token[3:-3]) else None

    def _quote(self) -> Diagnosis:
        """Diagnose an unterminated string; it may end in a full-width quotation mark."""
        opened = [span for span in self.tokens if self.text[span[0]] in "\"'" and span[0] < self.at and self._open(*span)]
        start, end = opened[-1] if opened else (self._line_start(self.at), self.at)
        start = max(start, end - _END)
        wide = re.search(r"[“”‘’＂＇](?=[ \t,\]]*(?:#[^\n]*)?$)", self.text[start:end])
        if wide is not None:
            return _placed(self.text, "wide", start + wide.start(), wide.group())
        return _placed(self.text, self.variant, end)

    def _open(self, start: int, end: int) -> bool:
        return end - start == 1 or self.text[end - 1] != self.text[start]

    def _backslash(self) -> Diagnosis:
        found = self.text.rfind("\\", 0, self.at + 1)
        return _placed(self.text, self.variant, max(found, 0))

    def _twice(self) -> Diagnosis:
        """Locate the line on which the second statement starts; it may span many lines."""
        start = next((start for start, end in self.tokens if start < self.at <= end), self.at)
        return _placed(self.text, self.variant, start if "\n" in self.text[start : self.at] else self.at)

    def _array(self) -> Diagnosis:
        """Diagnose an array: a bracket missing at the end of an earlier line, else its structure."""
        at = len(re.sub(r"\n[ \t]*\[$", "\n", self.bare[: self.at]))
        before = len(self.bare[:at].rstrip())
        goes_on = re.compile(r"[ \t]*\[?[\w-]+[ \t]*[=\]]|\s*$").match(self.bare, at)
        if "\n" in self.bare[before:at] and (self.variant == "array" or goes_on) and self._in_brackets():
            return _placed(self.text, "array", before)
        return self._structure()

    def _in_brackets(self) -> bool:
        """Return whether the parser stopped inside the brackets of a value."""
        depth = 0
        for found in reversed(list(re.finditer(r"[\[\]]|=[ \t]*\[", self.bare[: self.at]))):
            depth += 1 if found.group() == "]" else -1
            if depth < 0 and found.group().startswith("="):
                return True
        return False

    def _structure(self) -> Diagnosis:
        """Diagnose text outside strings: leading zeros, full-width punctuation, non-ASCII names, prose without quotes."""
        character = self.text[self.at : self.at + 1]
        before = self.bare[self._line_start(self.at) : self.at]
        behind = self.bare[self.at : self._line_end(self.at)]
        if re.search(r"(?<![\w.+-])[+-]?0$", before) and re.match(r"[0-9_]", character):
            return _placed(self.text, "zero", self.at - 1)
        if re.search(r"(?<!\d)(?:19|20)\d\d$", before) and re.match(r"[-/.年]\d", behind):
            return _placed(self.text, "date", self.at)
        naming = self.variant in ("statement", "equals", "key")
        header = before.lstrip().startswith("[") or character in "【［〔"
        prose = naming and not header and not re.search(r"[=＝]", behind)
        if prose and not character.isascii():
            return _placed(self.text, "statement", self.at)
        if _WIDE.match(character):
            return _placed(self.text, "wide", self.at, character)
        if naming and character.isalpha() and not character.isascii():
            return _placed(self.text, "key", self.at)
        return self._as_said()

    def _line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return min(start + column - 1, len(text))
