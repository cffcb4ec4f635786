"""Enumerations that skip, repeat or mix their numbers: 一、二、, 一是、二是, 第一，第二，, （一）（二）, 1. 2., 1) 2), （1）（2）, ①②."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from ...chinese.numerals import CIRCLED, DIGITS, TO_TEN, ordinal, renumbered
from ...chinese.punctuation import SENTENCE_ENDS
from ...lazy_regex import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REACH = 2000
"""Characters before a point in which a missing predecessor is searched for."""

_SENTENCE_ENDS = frozenset(f"{SENTENCE_ENDS}：:")
_ENDS = _SENTENCE_ENDS.union('，,、）)”"’ \t　\xa0')
"""Characters that may precede 一是."""

_ORDINAL = lazy_pattern(rf"([{TO_TEN}]{{1,3}})是(?![否不])")
_BRACKETED = lazy_pattern(rf"[（(]([{TO_TEN}]{{1,3}})[)）](?![项款])")
_DOTTED = r"(\d{1,2})[ ]?(?:\.|．|、)(?!\d)"
_ROUND = r"[（(](\d{1,2})[)）]"
_CLOSED = r"(\d{1,2})[)）]"
_HEADED = rf"([{TO_TEN}]{{1,3}})、(?![{TO_TEN}])"
_SPOKEN = rf"第([{DIGITS}])[，,、]"
_INLINE = r"(?<=[；;。：:])[ 　]?(\d{1,2})[.．、](?!\d)"
_OPENING, _CLOSING, _COLONS = frozenset("（("), frozenset("）)"), frozenset("：:")
_HEAD_NUMERALS = frozenset(TO_TEN)
_BLANK_OR_OPEN = " \t　\xa0（("
_LATER_INLINE = tuple(f"{stop}{figure}" for stop in "；。" for figure in "3456")
"""Quick test: without one of these, no point inside a line can lack its predecessor."""
_INDENT = 8
"""Maximum indentation of a point at the start of a line, in characters."""
_FIRST = ("首先", "第一，", "第一,", "第一、", "第一是", "其一", "一方面", "一要", "一、")
_LATER = ("其次", "第二", "其二", "另一方面", "二要", "再次", "第三", "此外", "最后")
"""Words that introduce a first (`_FIRST`) or a later (`_LATER`) point without a numeral."""


class Fault(NamedTuple):
    """A point that does not follow its predecessor."""

    variant: str
    """Empty for a skipped number, or `twice`, `order` or `mixed`."""
    start: int
    end: int
    shown: str
    wanted: str = ""
    """The mark missing before it, or the mark it conflicts with."""


class _Point(NamedTuple):
    number: int
    shown: str
    start: int
    end: int


class _Heads(NamedTuple):
    """The points at the start of lines, by notation."""

    dotted: list[_Point]
    """1. or 1、"""
    rounded: list[_Point]
    """（1）"""
    closed: list[_Point]
    """1)"""
    headed: list[_Point]
    """一、"""


def enumeration_faults(text: str) -> Iterator[Fault]:
    """Yield every point of an enumeration that is out of order.

    Numbering restarts under each point of a higher level: 一是 under 1., 1. under （一）.
    """
    bracketed, heads = _bracketed(text), _at_lines(text)
    tops = [point.start for point in bracketed]
    middles = sorted([*tops, *(point.start for point in heads.dotted)])
    # 三、 without 一、 is a heading of the report that was copied with the text, not a point.
    if heads.headed and heads.headed[0].number == 1:
        yield from _faults(text, heads.headed, ())
    if bracketed:
        yield from _faults(text, bracketed, ())
        yield from _first_twice(text, bracketed)
    if heads.dotted:
        yield from _faults(text, heads.dotted, tops)
        yield from _first_twice(text, heads.dotted)
        yield from _mixed(heads.dotted)
    if heads.rounded:
        yield from _faults(text, heads.rounded, middles)
    if heads.closed:
        yield from _faults(text, heads.closed, sorted([*middles, *(point.start for point in heads.rounded)]))
    if "是" in text:
        yield from _faults(text, _ordinals(text), middles)
    if "第一" in text:
        yield from _skipped(text, _spoken(text))
    if any(map(text.__contains__, _LATER_INLINE)):
        for points in _inline(text):
            yield from _skipped(text, points)
    if "①" in text:
        circled = [_Point(ordinal(mark), mark, at, at + 1) for at, mark in enumerate(text) if mark in CIRCLED]
        if circled[0].number == 1:
            yield from _faults(text, circled, ())


def point_starts(text: str) -> list[int]:
    """Return the offsets of the points of a text: those of 一是、二是, else of 1. 2., else of （一）（二）. Empty with fewer than two."""
    for points in (_ordinals(text), _at_lines(text).dotted, _bracketed(text)):
        if len(points) > 1:
            return [point.start for point in points]
    return []


def _ordinals(text: str) -> list[_Point]:
    return [
        _Point(ordinal(match[1]), match.group(), *match.span())
        for match in _ORDINAL.finditer(text)
        if match.start() == 0 or text[match.start() - 1] in _ENDS
    ]


def _bracketed(text: str) -> list[_Point]:
    """Return the points （一） at the start of a line or sentence; the citation 第二十条第（一）项 is not one."""
    found = []
    for match in _BRACKETED.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()].rstrip(" \t　\xa0")
        if not before or before[-1] in _SENTENCE_ENDS:
            found.append(_Point(ordinal(match[1]), match.group(), *match.span()))
    return found


def _at_lines(text: str) -> _Heads:
    """Return the points at the start of lines."""
    heads = _Heads([], [], [], [])
    start = 0
    for line in text.split("\n"):
        said = line.lstrip(" \t　\xa0")
        first = said[:1]
        if first.isdigit():
            closed = said[1:2] in _CLOSING or said[2:3] in _CLOSING
            _add_head(heads.closed if closed else heads.dotted, _CLOSED if closed else _DOTTED, line, said, start)
        elif first in _OPENING:
            if said[1:2].isdigit():
                _add_head(heads.rounded, _ROUND, line, said, start)
        elif first in _HEAD_NUMERALS and "、" in said[1:4]:
            _add_head(heads.headed, _HEADED, line, said, start)
        start += len(line) + 1
    return heads


def _add_head(points: list[_Point], pattern: str, line: str, said: str, start: int) -> None:
    indent = len(line) - len(said)
    match = re.match(pattern, said) if indent <= _INDENT else None
    if match is not None:
        points.append(_Point(ordinal(match[1]), match.group(), start + indent + match.start(1), start + indent + match.end()))


def _spoken(text: str) -> list[_Point]:
    """Return the points 第一， at the start of a sentence; a rank (全市第一，) is not one."""
    return [
        _Point(ordinal(match[1]), match.group(), *match.span())
        for match in re.finditer(_SPOKEN, text)
        if not (before := text[: match.start()].rstrip(" \t　\xa0")[-1:]) or before in _SENTENCE_ENDS
    ]


def _inline(text: str) -> Iterator[list[_Point]]:
    """Yield, for each line, the numbered points inside it: 包括：1.甲；2.乙。"""
    start = 0
    for line in text.split("\n"):
        matches = [re.match(_DOTTED, line), *re.finditer(_INLINE, line)]
        yield [_Point(ordinal(match[1]), match.group().strip(), start + match.start(1), start + match.end()) for match in matches if match]
        start += len(line) + 1


def _skipped(text: str, points: Sequence[_Point]) -> Iterator[Fault]:
    """Yield the skipped numbers of an enumeration that begins with 1. Its notation is too loose to detect other faults."""
    if points and points[0].number == 1:
        yield from (fault for fault in _faults(text, points, ()) if not fault.variant)


def _first_twice(text: str, points: Sequence[_Point]) -> Iterator[Fault]:
    """Yield the second （一） where two consecutive lines begin with （一） and the next point is （二）.

    Elsewhere a repeated first point may begin another enumeration.
    """
    numbers = [point.number for point in points]
    for at in range(len(points) - 2):
        if numbers[at : at + 3] != [1, 1, 2]:
            continue
        one, other = points[at], points[at + 1]
        before = text[text.rfind("\n", 0, one.start) + 1 : one.start]
        said = text[one.end : other.start].rstrip(_BLANK_OR_OPEN)
        if not before.strip(_BLANK_OR_OPEN) and said.count("\n") == 1 and said.endswith("\n") and said[-2:-1] not in _COLONS:
            yield Fault("twice", other.start, other.end, other.shown)


def _faults(text: str, points: Sequence[_Point], borders: Sequence[int]) -> Iterator[Fault]:
    """Yield the points that neither follow their predecessor nor are the first. After a border numbering may also restart.

    Args:
        borders: Offsets of the points of higher levels, in order.
    """
    last, at, begin = 0, 0, 0
    shown = ""
    for point in points:
        crossed = at
        while at < len(borders) and borders[at] < point.start:
            at += 1
        anew = at != crossed
        # After a border the earlier enumeration may continue (1. （一） （二） 2.), so the next number is valid too.
        expected = 1 if anew and point.number != last + 1 else last + 1
        begin = max(begin, borders[at - 1]) if anew else begin
        if point.number == last and last > 1 and not anew:
            yield Fault("twice", point.start, point.end, point.shown)
        elif point.number > expected:
            wanted = renumbered(point.shown, expected)
            if not _exists_elsewhere(text[max(begin, point.start - REACH) : point.start], wanted, expected):
                yield Fault("", point.start, point.end, point.shown, wanted)
        elif 1 < point.number < expected:
            yield Fault("order", point.start, point.end, point.shown, shown)
        last, begin, shown = point.number, point.end, point.shown


def _exists_elsewhere(between: str, wanted: str, value: int) -> bool:
    """Return whether the seemingly missing point exists in another notation, or in a place that is not searched."""
    figure = wanted[:-1]
    if figure.isdigit():
        return any(figure + mark in between for mark in ".．、）)")
    plain = between.replace("(", "（").replace(")", "）")
    return wanted.replace("(", "（").replace(")", "）") in plain or any(word in plain for word in (_FIRST if value == 1 else _LATER))


def _mixed(points: Sequence[_Point]) -> Iterator[Fault]:
    """Yield the first point where one enumeration changes notation: 1. followed by 2、"""
    for one, other in itertools.pairwise(points):
        if other.number == one.number + 1 and (one.shown[-1] == "、") != (other.shown[-1] == "、"):
            yield Fault("mixed", other.start, other.end, other.shown, one.shown)
            return
