"""Enumerations that skip, repeat or mix their numbers: 一是、二是, （一）（二）, 1. 2., （1）（2）, ①②."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from ..pattern import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REACH = 2000
"""How far back a point that seems to be missing is looked for."""

_NUMERALS = "零一二三四五六七八九十"
_ENDS = frozenset('。；;，,：:、！!？?）)”"’ \t\n　\xa0')
"""What may stand before 一是."""
_SENTENCE_ENDS = frozenset("。；;：:！!？?\n")

_ORDINAL = lazy_pattern(r"([一二三四五六七八九十]{1,3})是(?![否不])")
_BRACKETED = lazy_pattern(r"[（(]([一二三四五六七八九十]{1,3})[)）](?![项款])")
_DOTTED = r"(\d{1,2})[ ]?(?:\.|．|、)(?!\d)"
_ROUND = r"[（(](\d{1,2})[)）]"
_INDENT = 8
"""Spaces with which a point may begin its line."""
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_FIRST = ("首先", "第一，", "第一,", "第一、", "第一是", "其一", "一方面", "一要", "一、")
_LATER = ("其次", "第二", "其二", "另一方面", "二要", "再次", "第三", "此外", "最后")
"""Words that open a first point and a later one without its numeral."""


class Fault(NamedTuple):
    """A point that does not follow the one before it."""

    variant: str
    """Empty where a number is skipped; `twice`, `order`, `mixed`."""
    start: int
    end: int
    shown: str
    wanted: str = ""
    """The mark that is missing before it, or the one it clashes with."""


class _Point(NamedTuple):
    number: int
    shown: str
    start: int
    end: int


def enumeration_faults(text: str) -> Iterator[Fault]:
    """Every point of an enumeration that is out of its order.

    A deeper level starts anew under each point of the level above it: 一是 under 1., 1. under （一）.
    """
    bracketed, (dotted, rounded) = _bracketed(text), _at_lines(text)
    tops = [point.start for point in bracketed]
    middles = sorted([*tops, *(point.start for point in dotted)])
    yield from _faults(text, bracketed, ())
    yield from _faults(text, dotted, tops)
    yield from _mixed(dotted)
    yield from _faults(text, rounded, middles)
    if "是" in text:
        yield from _faults(text, _ordinals(text), middles)
    if "①" in text:
        circled = [_Point(_CIRCLED.index(mark) + 1, mark, at, at + 1) for at, mark in enumerate(text) if mark in _CIRCLED]
        if circled[0].number == 1:
            yield from _faults(text, circled, ())


def point_starts(text: str) -> list[int]:
    """Where the points of a text start: those of 一是、二是, else of 1. 2., else of （一）（二）."""
    dotted, _ = _at_lines(text)
    for points in (_ordinals(text), dotted, _bracketed(text)):
        if len(points) > 1:
            return [point.start for point in points]
    return []


def _ordinals(text: str) -> list[_Point]:
    return [
        _Point(number(match[1]), match.group(), *match.span())
        for match in _ORDINAL.finditer(text)
        if match.start() == 0 or text[match.start() - 1] in _ENDS
    ]


def _bracketed(text: str) -> list[_Point]:
    """（一） at the head of a line or of a sentence; 第二十条第（一）项 is none."""
    found = []
    for match in _BRACKETED.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()].rstrip(" \t　\xa0")
        if not before or before[-1] in _SENTENCE_ENDS:
            found.append(_Point(number(match[1]), match.group(), *match.span()))
    return found


def _at_lines(text: str) -> tuple[list[_Point], list[_Point]]:
    """1. and （1） at the heads of lines."""
    dotted: list[_Point] = []
    rounded: list[_Point] = []
    start = 0
    for line in text.split("\n"):
        said = line.lstrip(" \t　\xa0")
        pattern = _DOTTED if said[:1].isdigit() else _ROUND if said[:1] in ("（", "(") and said[1:2].isdigit() else ""
        indent = len(line) - len(said)
        match = re.match(pattern, said) if pattern and indent <= _INDENT else None
        if match is not None:
            points = dotted if pattern == _DOTTED else rounded
            points.append(_Point(int(match[1]), match.group(), start + indent + match.start(1), start + indent + match.end()))
        start += len(line) + 1
    return dotted, rounded


def _faults(text: str, points: Sequence[_Point], borders: Sequence[int]) -> Iterator[Fault]:
    """A point must be the first, or follow the one before it; behind a border it may also start anew."""
    last, at, begin = 0, 0, 0
    shown = ""
    for point in points:
        crossed = at
        while at < len(borders) and borders[at] < point.start:
            at += 1
        anew = at != crossed
        # Behind a border the enumeration above may go on (1. （一） （二） 2.), so a number that follows is right as well.
        expected = 1 if anew and point.number != last + 1 else last + 1
        begin = max(begin, borders[at - 1]) if anew else begin
        if point.number == last and last > 1 and not anew:
            yield Fault("twice", point.start, point.end, point.shown)
        elif point.number > expected:
            wanted = written_like(point.shown, expected)
            if not _stands_otherwise(text[max(begin, point.start - REACH) : point.start], wanted, expected):
                yield Fault("", point.start, point.end, point.shown, wanted)
        elif 1 < point.number < expected:
            yield Fault("order", point.start, point.end, point.shown, shown)
        last, begin, shown = point.number, point.end, point.shown


def _stands_otherwise(between: str, wanted: str, value: int) -> bool:
    """Whether the point that seems to be missing is there after all, only not where or how it is looked for."""
    figure = wanted[:-1]
    if figure.isdigit():
        return any(figure + mark in between for mark in ".．、）)")
    plain = between.replace("(", "（").replace(")", "）")
    return wanted.replace("(", "（").replace(")", "）") in plain or any(word in plain for word in (_FIRST if value == 1 else _LATER))


def _mixed(points: Sequence[_Point]) -> Iterator[Fault]:
    """1. followed by 2、 in one enumeration; the first clash is enough."""
    for one, other in itertools.pairwise(points):
        if other.number == one.number + 1 and (one.shown[-1] == "、") != (other.shown[-1] == "、"):
            yield Fault("mixed", other.start, other.end, other.shown, one.shown)
            return


def number(written: str) -> int:
    """The value of a numeral up to 99; 0 where it is none."""
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _NUMERALS.index(written) if len(written) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return (_NUMERALS.index(tens) if tens else 1) * 10 + (_NUMERALS.index(ones) if ones else 0)


def written_like(shown: str, value: int) -> str:
    """The mark of an enumeration like `shown`, but for another number."""
    if shown in _CIRCLED:
        return _CIRCLED[value - 1]
    inner = re.search(r"\d+|[一二三四五六七八九十]+", shown)
    if inner is None:
        return str(value)
    if inner.group().isdigit():
        numeral = str(value)
    else:
        tens, ones = divmod(value, 10)
        numeral = ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "") if tens else _NUMERALS[ones]
    return shown[: inner.start()] + numeral + shown[inner.end() :]
