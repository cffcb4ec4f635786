"""Line breaking of Chinese text.

A line may break between any two ideographs; words and numbers stay whole if they fit on a line. No line starts with a mark that belongs
to the text before it (，。；！？）》”％ and dashes), and none ends with an opening bracket or quotation mark: the preceding character is
moved down with it (GB/T 15834-2011, 5.1). If a line has no such break, it is broken inside a word, and only then against these rules.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from ..lazy_regex import lazy_pattern
from .width import Ambiguous, char_widths, text_width

INDENT: Final = "\u3000\u3000"
"""Indent of a paragraph in an official document: two ideographic spaces."""

NO_LINE_START: Final = frozenset("，。、；：？！…—～·•）》」』】〕〉〗｝］”’％‰℃°々ー－．,.;:?!)]}%\"'/／\u3000")
"""Characters that must not start a line, unless there is no other place to break."""
NO_LINE_END: Final = frozenset("（《「『【〔〈〖｛［“‘￥＄([{$\"'/／")
"""Characters that must not end a line, unless there is no other place to break."""

_PHRASE: Final = lazy_pattern(r"（?[^（，、：；）]*(?:[，、：；）]+|(?=（)|$)")
"""A phrase of a label: up to a comma, colon or closing bracket, or before an opening bracket."""

_IDEOGRAPH, _WORD, _SPACE, _MARK, _OPEN, _CLOSE, _WORD_OPEN, _WORD_CLOSE, _BOTH, _WIDE_SPACE = range(10)
_NEVER, _BAD, _POOR, _GOOD = range(4)


def _class_of(char: str) -> int:
    """Return the line-breaking class of a character."""
    category = unicodedata.category(char)
    starts_not, ends_not = char in NO_LINE_START, char in NO_LINE_END
    if char == "\u3000":
        return _WIDE_SPACE
    if starts_not and ends_not:
        return _BOTH
    if starts_not:
        return _WORD_CLOSE if char.isascii() else _CLOSE
    if ends_not:
        return _WORD_OPEN if char.isascii() else _OPEN
    if category in {"Mn", "Me", "Cf", "Cc"}:
        return _MARK
    if category == "Zs":
        return _WORD if char in "\u00a0\u202f" else _SPACE
    if char.isascii() or category in {"Lu", "Ll", "Lt", "Nd"}:
        return _WORD
    if category in {"Lo", "Lm"} and unicodedata.east_asian_width(char) not in {"W", "F"}:
        return _WORD
    return _IDEOGRAPH


class _Classes(dict[str, int]):
    """Cache of character → line-breaking class."""

    __slots__ = ()

    def __missing__(self, char: str) -> int:
        self[char] = found = _class_of(char)
        return found


_CLASSES = _Classes()
_WORDLIKE = frozenset({_WORD, _WORD_OPEN, _WORD_CLOSE})


def _quality(before: int, after: int) -> int:
    """Return the quality of a break between characters of these two classes."""
    if after == _MARK:
        return _NEVER
    if after in {_CLOSE, _WORD_CLOSE, _BOTH, _WIDE_SPACE} or before in {_OPEN, _WORD_OPEN, _BOTH}:
        return _BAD
    if after == _SPACE:
        return _POOR
    if before in _WORDLIKE and after in _WORDLIKE:
        return _POOR
    return _GOOD


_QUALITY: Final = tuple(tuple(_quality(before, after) for after in range(10)) for before in range(10))


def break_offsets(text: str, width: int, *, ambiguous: Ambiguous = 1) -> list[int]:
    """Return the offsets at which the lines of one paragraph start, ascending, without the first.

    Total and linear in time. Every character belongs to a line: a space after a word is at the end of its line and counts towards the
    width. No line is wider than `width`. A tab or line feed inside the text has width 0.

    Args:
        width: Width of a line in columns; less than 2 is taken as 2.
    """
    width = max(width, 2)
    if len(text) * 2 <= width:
        return []
    widths, classes = char_widths(ambiguous), _CLASSES
    offsets: list[int] = []
    start = start_total = total = 0  # totals are columns from the start of the text
    good = good_total = poor = poor_total = 0  # the last places seen to break at
    leading = True  # no break right after the indent, which would leave an empty line
    row = _QUALITY[_BOTH]
    for index, char in enumerate(text):
        columns = widths[char]
        kind = classes[char]
        quality = row[kind]
        if quality == _GOOD and not leading:
            good, good_total = index, total
        elif quality >= _POOR:
            poor, poor_total = index, total
        while columns and total + columns - start_total > width and index > start:
            if good > start:
                start, start_total = good, good_total
            elif poor > start:
                start, start_total = poor, poor_total
            else:
                start, start_total = index, total
            offsets.append(start)
        total += columns
        if kind != _MARK:
            row = _QUALITY[kind]
            leading = leading and kind in {_SPACE, _WIDE_SPACE}
    return offsets


def wrap(text: str, width: int, *, ambiguous: Ambiguous = 1) -> list[str]:
    """Split a paragraph into lines (see `break_offsets`). Joined, they are the text; an empty text is one empty line."""
    offsets = break_offsets(text, width, ambiguous=ambiguous)
    return [text[start:end] for start, end in zip([0, *offsets], [*offsets, len(text)], strict=True)]


def wrap_paragraph(text: str, width: int, *, ambiguous: Ambiguous = 1) -> list[str]:
    """Split a paragraph of an official document into lines, the first with `INDENT`."""
    return wrap(INDENT + text, width, ambiguous=ambiguous)


@lru_cache(maxsize=4096)
def wrap_label(text: str, width: int, ambiguous: Ambiguous) -> tuple[str, ...]:
    """Split a label in a table cell into lines, without trailing spaces."""
    return tuple(line.rstrip(" ") for line in wrap(text, width, ambiguous=ambiguous))


@lru_cache(maxsize=4096)
def wrap_centred(text: str, width: int, ambiguous: Ambiguous, room: int = 1) -> tuple[str, ...]:
    """Split a label into lines to be centred: as few as `width` allows, of lengths as even as possible.

    Lines break between phrases if that needs no more lines, or no more than `room`: （三）不予公开 becomes （三）／不予／公开 rather than
    （三）／不予公／开.
    """
    fewest = wrap_label(text, width, ambiguous)
    if len(fewest) == 1:
        return fewest
    phrased = _wrap_phrases(_PHRASE.findall(text), width, ambiguous)
    return phrased if len(phrased) <= max(len(fewest), room) else _even_lines(fewest, text, width, ambiguous)


def _wrap_phrases(phrases: list[str], width: int, ambiguous: Ambiguous) -> tuple[str, ...]:
    """Fill lines with whole phrases; a phrase that is wider than a line is split."""
    lines: list[str] = []
    line = ""
    for phrase in phrases:
        if text_width(line + phrase, ambiguous) <= width:
            line += phrase
        else:
            if line:
                lines.append(line)
            *full, line = _even_lines(wrap_label(phrase, width, ambiguous), phrase, width, ambiguous)
            lines.extend(full)
    return (*lines, line)


def _even_lines(lines: tuple[str, ...], text: str, width: int, ambiguous: Ambiguous) -> tuple[str, ...]:
    """Rewrap a text to as few lines as these or fewer, as narrow and so as even as possible, by bisection."""
    count, narrow = len(lines), -(-text_width(text, ambiguous) // len(lines))
    while narrow < width:
        middle = (narrow + width) // 2
        tried = wrap_label(text, middle, ambiguous)
        if len(tried) <= count:
            lines, width = tried, middle
        else:
            narrow = middle + 1
    return lines


@lru_cache(maxsize=4096)
def longest_unit(text: str, ambiguous: Ambiguous) -> int:
    """Return the width in columns of the widest part of a text without a good place to break."""
    widths, widest, unit = char_widths(ambiguous), 0, 0
    row = _QUALITY[_BOTH]
    for char in text:
        kind = _CLASSES[char]
        unit = widths[char] if row[kind] == _GOOD else unit + widths[char]
        widest = max(widest, unit)
        if kind != _MARK:
            row = _QUALITY[kind]
    return widest
