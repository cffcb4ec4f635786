"""Tokenizer: lines into labels, values and empty cells.

Four kinds of source are handled: rows of real tables; pipes with a row or a cell per line; unmarked cells on lines of their
own; and words separated by spaces, as in PDF text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from .clean_characters import plain_spaces, simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .source_lines import SourceLine


class TokenKind(Enum):
    """Kind of a token."""

    TEXT = "text"
    VALUE = "value"
    ODD = "odd"
    """In the place of a value, but not a valid one: 约10, ***."""
    BLANK = "blank"
    PADDING = "padding"
    """Pipes that pad a row."""
    ROW_END = "row end"
    """End of a line with several cells. The row may continue on the next."""
    TABLE_ROW_END = "table row end"
    """End of a row in a real table."""
    PROSE = "prose"
    """A line outside of any table."""


@dataclass(frozen=True, slots=True)
class LineToken:
    """A token of a line."""

    kind: TokenKind
    text: str
    line: int
    """Index of its line."""
    gap: int = 0
    """Number of empty lines before it."""
    plain: bool = False
    """Whether its line has no pipes."""
    span: int = 1
    """Number of columns spanned in a real table; for padding, the number of pipes."""
    column: int = -1
    """Index in its row; -1 if the line holds no row."""
    width: int = 0
    """Number of cells in that row, including padding."""
    cut: bool = False
    """Whether the document ends right after it, so that a digit may be missing."""


_UNIT: Final = "万元|亿元|元|件|条|份|宗|起|次|项|个"
_NUMBER: Final = r"[+\-−–增减]?\s?(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_VALUE: Final = re.compile(rf"{_NUMBER}(?:{_UNIT})?|[/\\\-—–―−无]|--|——")
_ODD: Final = re.compile(
    rf"(?:约|近|共|合计|逾|超)\d[\d,，.]*[余多]?(?:{_UNIT})?|\d[\d,，.]*[余多](?:{_UNIT})?|[零〇○Oo]|\*+|[?？]+"
    rf"|\d[\d,，.\s/+]*\d(?:{_UNIT})?|\d+(?:{_UNIT})?[(（][^()（）]*[)）]|[XxＸ×]+|_+"
)
_BEFORE_UNIT: Final = re.compile(r"(?<=\d)\s+(?=[^\d\s])")
_PIPES: Final = re.compile(r"[|｜│┃║￨]")
_MARKDOWN_RULE: Final = re.compile(r"\s*[|+]?\s*:?-{2,}:?\s*([|+]\s*:?-{2,}:?\s*)*[|+]?\s*")
_PAGE: Final = re.compile(r"\s*(?:-+|—+)?\s*(?:第\s*\d+\s*页.*|[Pp](?:age|\.)\s*\d+\b.*|[-—]+\s*\d+\s*[-—]+)\s*")
_SENTENCE: Final = re.compile(r"[。；！？;!?]|[，,].*[，,].*[，,]")
_LONGEST_LABEL: Final = 60
"""In characters; a longer text is prose unless it is a cell."""
_LONGEST_VALUE: Final = 32


def value_kind(text: str) -> TokenKind:
    """Classify the text of one cell."""
    plain = _BEFORE_UNIT.sub("", simplified(plain_spaces(text)).strip())
    if not plain:
        return TokenKind.BLANK
    if len(plain) <= _LONGEST_VALUE:
        if _VALUE.fullmatch(plain):
            return TokenKind.VALUE
        if _ODD.fullmatch(plain):
            return TokenKind.ODD
    return TokenKind.TEXT


def tokenize(lines: Sequence[SourceLine]) -> list[LineToken]:
    """Return all tokens of a document in reading order."""
    return list(_Tokenizer().run(lines))


class _Tokenizer:
    """State of the tokenizer: a cell whose closing pipe has not been read yet, and the empty lines since the last token."""

    def __init__(self) -> None:
        self.pending: list[LineToken] = []
        self.gap = 0

    def run(self, lines: Sequence[SourceLine]) -> Iterator[LineToken]:
        last = max((index for index, line in enumerate(lines) if line.text.strip()), default=-1)
        for index, line in enumerate(lines):
            if line.cells is not None:
                yield from self._flush()
                yield from _table_row(line, index)
                self.gap = 0
                continue
            text = plain_spaces(line.text)
            if not text.strip():
                self.gap += 1
                continue
            yield from self._line(text, index, last=index == last == len(lines) - 1)
        yield from self._flush()

    def _flush(self) -> Iterator[LineToken]:
        yield from self.pending
        self.pending = []

    def _line(self, text: str, index: int, *, last: bool) -> Iterator[LineToken]:
        if _PAGE.fullmatch(text) or (_MARKDOWN_RULE.fullmatch(text) and ("|" in text or "---" in text)):
            yield from self._flush()
            return
        gap, self.gap = self.gap, 0
        if _PIPES.search(text) is None:
            yield from self._flush()
            self.pending = list(_plain_line(text, index, gap, cut=last and not text[-1].isspace()))
        elif not text.strip().strip("|｜│┃║￨ "):
            yield from self._pipes_alone(text, index)
        else:
            yield from self._flush()
            yield from self._piped_line(text, index, cut=last)

    def _pipes_alone(self, text: str, index: int) -> Iterator[LineToken]:
        """Handle a line of pipes only: it closes a cell, is an empty cell, or pads a row."""
        for pipes in text.split():
            if self.pending:
                yield from _closed(self.pending)
                self.pending = []
                if len(pipes) > 1:
                    yield LineToken(TokenKind.PADDING, "", index, span=len(pipes) - 1)
            elif len(pipes) == 1:
                yield LineToken(TokenKind.BLANK, "", index)
            else:
                yield LineToken(TokenKind.PADDING, "", index, span=len(pipes))

    def _piped_line(self, text: str, index: int, *, cut: bool) -> Iterator[LineToken]:
        parts = _PIPES.split(text)
        if not parts[0].strip():
            parts = parts[1:]
        closed = not parts[-1].strip()
        if closed:
            parts = parts[:-1]
        tail = len(parts)
        while tail and parts[tail - 1] == "":
            tail -= 1
        padding = len(parts) - tail
        parts = parts[:tail]
        filled = sum(1 for part in parts if part.strip())
        for position, part in enumerate(parts):
            last = position == len(parts) - 1 and not closed and not part[-1:].isspace()
            kind = value_kind(part)
            yield LineToken(kind, part.strip(), index, column=position, width=len(parts) + padding, cut=cut and last)
        if padding:
            yield LineToken(TokenKind.PADDING, "", index, span=padding, cut=cut)
        if not cut and (filled > 1 or (padding and filled)):
            yield LineToken(TokenKind.ROW_END, "", index)


def _closed(tokens: Iterable[LineToken]) -> Iterator[LineToken]:
    """Yield the tokens of a line that is a cell, because its closing pipe is on the next line. They are no longer `plain`."""
    for token in tokens:
        yield LineToken(token.kind, token.text, token.line)


def _table_row(line: SourceLine, index: int) -> Iterator[LineToken]:
    cells = line.cells or ()
    for column, cell in enumerate(cells):
        cut = line.cut and column == len(cells) - 1
        yield LineToken(value_kind(cell.text), cell.text.strip(), index, span=cell.span, column=column, width=len(cells), cut=cut)
    yield LineToken(TokenKind.TABLE_ROW_END, "", index)


def _plain_line(text: str, index: int, gap: int, *, cut: bool) -> Iterator[LineToken]:
    """Tokenize a line without pipes: a label, a value, a label followed by values, or prose."""
    words = text.split()
    whole = value_kind(text) if len(words) == 1 else None
    if whole is not None and whole is not TokenKind.TEXT:
        yield LineToken(whole, text.strip(), index, gap, plain=True, cut=cut)
        return
    start = len(words)
    while start and value_kind(words[start - 1]) is TokenKind.VALUE:
        start -= 1
    head = " ".join(words[:start])
    if head:
        yield LineToken(
            TokenKind.PROSE if _is_prose(head) else TokenKind.TEXT, head, index, gap, plain=True, cut=cut and start == len(words)
        )
    for position in range(start, len(words)):
        last = position == len(words) - 1
        yield LineToken(TokenKind.VALUE, words[position], index, 0 if head or position > start else gap, plain=True, cut=cut and last)


def _is_prose(text: str) -> bool:
    return len(text) > _LONGEST_LABEL or (len(text) > _LONGEST_LABEL // 2 and _SENTENCE.search(text) is not None)
