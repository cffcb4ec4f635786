"""Parsing of counts and amounts in official prose: 1,234 件, 3.2万份, 三百元整, 近300件, 290余件, 百分之五.

All functions expect folded text (see `fold`): ASCII digits and punctuation, simplified script, no spaces.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ..lazy_regex import lazy_pattern
from .numerals import MOST_DIGITS, NUMERALS, han_number, han_percent

_SCALE = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_SCALES = tuple(sorted(filter(None, _SCALE), key=len, reverse=True))
_SCALE_STARTS = frozenset(letters[0] for letters in _SCALES)
_PERCENT = "百分之"

_HAN = frozenset(NUMERALS)
COUNTERS = ("件次", "件套", "件", "条次", "条", "份", "宗", "起", "篇次", "篇", "项", "封", "个", "例", "笔", "桩", "部", "次", "卷", "本")
"""Classifiers for requests, decisions and documents."""
_OTHERS = """
    人次 场次 批次 期次 户次 家次 人 家 期 册 张 场 名 对 户 种 类 处 台 套 幅 段 位 批 辆 座 所 间 亩 公里 平方米 倍 天 周 页 字 分钟
    小时 分 字节 个工作日 工作日 个百分点 百分点 个月 个季度 年度 年 月 日 号 岁 届 级 楼 层 栋 元 角 米 吨 条件 人份
"""
_UNITS: dict[str, list[str]] = {}
"""Units that may follow a number, longest first, by their first character."""
for _unit in sorted(("%", *COUNTERS, *_OTHERS.split()), key=len, reverse=True):
    _UNITS.setdefault(_unit[0], []).append(_unit)

_FIGURES = lazy_pattern(r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?")
_BEFORE = ("将近", "接近", "大约", "不到", "不足", "超过", "至少", "最多", "约", "近", "逾", "超", "达")
_BEFORE_STARTS = frozenset(word[0] for word in _BEFORE)
_FEW = frozenset("余多几来")
_AFTER = ("左右", "以上", "以下", "之多", "余", "多")
_AFTER_STARTS = frozenset(word[0] for word in _AFTER)
_EXACT = "达"
"""The word before a number that does not make it approximate."""
_NOT_AFTER = frozenset("第每同另唯数几上成")
"""Characters that before a Chinese numeral make it an ordinal, a distributive or a vague number (数十件, 上百件)."""
_WORDS = """
    一件事 一次性 一并 一方面 一系列 一批 一级 一类 一期 万元 千方 百姓 一个 一对 零件 零星 一人 一条龙 一部分 一部 一本 一家 一处
    一起来 一起去 一起推 一起做 一起参 一起对 一起与 一起向 一项项 一项个 一张张 一张网 一张图 一张表 一份份
"""
_HAN_WORDS = tuple(_WORDS.split())
"""Words that begin with a numeral but do not count anything."""


class Numeral(NamedTuple):
    """A number in a text: value, whether it is approximate, unit ("" if none), and span."""

    value: int | Decimal
    approximate: bool
    unit: str
    start: int
    end: int
    counts: bool
    """Whether it has a classifier for requests, decisions or documents."""

    @property
    def money(self) -> bool:
        """Whether it is an amount; its value is then in yuan."""
        return self.unit == "元"


_COUNTING = frozenset(COUNTERS)


def read_numeral(text: str, start: int) -> Numeral | None:
    """Parse the number that begins exactly at `start`.

    Return None if no number begins there, if a Chinese numeral is part of a word, or if the number is too long to be a count.
    """
    before = next((word for word in _BEFORE if text.startswith(word, start)), "") if text[start] in _BEFORE_STARTS else ""
    place = start + len(before)
    figures = _FIGURES.match(text, place)
    value: int | Decimal | None
    percent = False
    if figures is not None:
        end = figures.end()
        value = Decimal(figures[0].replace(",", "")) if end - place <= MOST_DIGITS else None
    elif (end := _percent_end(text, place)) > place:
        value, percent = han_percent(text[place + len(_PERCENT) : end]), True
    elif (end := _han_end(text, place)) > place:
        value = han_number(text[_han_start(text, place, end) : end])
    else:
        return None
    if value is None:
        return None
    few, scale, end = _scaled(text, end)
    unit = next((unit for unit in _UNITS.get(text[end : end + 1], ()) if text.startswith(unit, end)), "")
    counted = end = end + len(unit)
    if text[end : end + 1] in _AFTER_STARTS:
        end += next((len(word) for word in _AFTER if text.startswith(word, end)), 0)
    if figures is None and not percent and (not unit or text.startswith(_HAN_WORDS, start) or text[start - 1 : start] in _NOT_AFTER):
        return None
    value *= scale
    if value == int(value):
        value = int(value)
    near = few or end > counted or before not in {"", _EXACT}
    return Numeral(value, near, "%" if percent else unit, start, end, not percent and unit in _COUNTING)


def _han_end(text: str, start: int) -> int:
    """Return the end of the Chinese numeral, or an offset just past the longest numeral that is parsed."""
    end = start
    while text[end : end + 1] in _HAN and end - start <= MOST_DIGITS:
        end += 1
    return end


def _han_start(text: str, start: int, end: int) -> int:
    """Return `start`, or the beginning of the surrounding numeral if that is too long to parse, so that its tail is not parsed either."""
    first = start
    while first and text[first - 1] in _HAN and end - first <= MOST_DIGITS:
        first -= 1
    return first if end - first > MOST_DIGITS else start


def _percent_end(text: str, start: int) -> int:
    """Return the end of a percentage such as 百分之五点三; `start` if there is none."""
    if not text.startswith(_PERCENT, start):
        return start
    whole = _han_end(text, start + len(_PERCENT))
    if whole == start + len(_PERCENT):
        return start
    fraction = _han_end(text, whole + 1) if text[whole : whole + 1] == "点" else whole
    return fraction if fraction > whole + 1 else whole


def _scaled(text: str, end: int) -> tuple[bool, int, int]:
    """Parse the scale after digits, as in 3余万 and 2万多.

    Returns:
        Whether it makes the number approximate, its factor, and the offset of its end.
    """
    few = text[end : end + 1] in _FEW
    end += few
    letters = next((letters for letters in _SCALES if text.startswith(letters, end)), "") if text[end : end + 1] in _SCALE_STARTS else ""
    end += len(letters)
    more = text[end : end + 1] in _FEW
    return few or more, _SCALE[letters], end + more
