"""Why a text is no TOML, in the terms of the report file: the parser's reason, looked at again with the text around it.

Strings and comments are blanked out first, so that nothing inside prose is taken for the structure.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ...templates.toml_text import TOMLDecodeError


class Diagnosis(NamedTuple):
    """What is wrong, as a variant of F03, and where: line and column from 1."""

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
"""Characters at the end of a line among which its closing quotation mark is looked for."""
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
    """What the user has to know of a text that the parser refused with this error."""
    text = text.replace("\r\n", "\n")
    if isinstance(error, TOMLDecodeError):
        return _Refusal(text, str(error)).diagnosis()
    bare = _TOKEN.sub(_blanked, text)
    if isinstance(error, RecursionError):
        return _placed(text, "deep", _deepest(bare))
    # What is left are integers of more digits than Python turns into a number.
    numbers = [found.span() for found in re.finditer(r"[0-9][0-9_]*", bare)]
    start, _ = max(numbers, key=lambda span: span[1] - span[0], default=(0, 0))
    return _placed(text, "number", start)


def _placed(text: str, variant: str, offset: int, character: str = "") -> Diagnosis:
    line_start = text.rfind("\n", 0, offset) + 1
    return Diagnosis(variant, text.count("\n", 0, offset) + 1, offset - line_start + 1, character)


def _blanked(token: re.Match[str]) -> str:
    """A string as quotes around blanks, a comment as blanks: of the same length, line feeds in place."""
    quote = "" if token.group().startswith("#") else token.group()[0]
    inner = re.sub(r"[^\n]", " ", token.group())
    return quote + inner[len(quote) :]


def _deepest(bare: str) -> int:
    """Where the brackets open that hold the deepest nesting."""
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
        """The reason that a person would give."""
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
        """Where a text opens that is never closed, or that ends only where the next one was to open; None where neither is so."""
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
        """A string without its end; its end may be a full-width quotation mark."""
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
        """The line on which the second statement begins, which may have a text of many lines."""
        start = next((start for start, end in self.tokens if start < self.at <= end), self.at)
        return _placed(self.text, self.variant, start if "\n" in self.text[start : self.at] else self.at)

    def _array(self) -> Diagnosis:
        """In an array: the bracket that is missing at the end of a line before, or something about the structure."""
        at = len(re.sub(r"\n[ \t]*\[$", "\n", self.bare[: self.at]))
        before = len(self.bare[:at].rstrip())
        goes_on = re.compile(r"[ \t]*\[?[\w-]+[ \t]*[=\]]|\s*$").match(self.bare, at)
        if "\n" in self.bare[before:at] and (self.variant == "array" or goes_on) and self._in_brackets():
            return _placed(self.text, "array", before)
        return self._structure()

    def _in_brackets(self) -> bool:
        """Whether the parser stopped inside the brackets of a value."""
        depth = 0
        for found in reversed(list(re.finditer(r"[\[\]]|=[ \t]*\[", self.bare[: self.at]))):
            depth += 1 if found.group() == "]" else -1
            if depth < 0 and found.group().startswith("="):
                return True
        return False

    def _structure(self) -> Diagnosis:
        """Outside strings: zeros in front, full-width signs, names that are not ASCII, and prose that stands in no quotes."""
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
