"""Numbers as official prose writes them: 1,234 件, 3.2万份, 三百元整, 近300件, 290余件, 百分之五.

All functions read folded text (see script.py): ASCII digits and punctuation, simplified script, no spaces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_ALL_DIGITS = ("〇零", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {letter: value for value, letters in enumerate(_ALL_DIGITS) for letter in letters}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_SCALE = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}

_HAN = "".join((*_DIGITS, *_TENS, *_MYRIADS))
COUNTERS = ("件次", "件套", "件", "条次", "条", "份", "宗", "起", "篇次", "篇", "项", "封", "个", "例", "笔", "桩", "部", "次", "卷", "本")
"""Classifiers under which requests, decisions and documents are counted."""
_OTHERS = """
    人次 场次 批次 期次 户次 家次 人 家 期 册 张 场 名 对 户 种 类 处 台 套 幅 段 位 批 辆 座 所 间 亩 公里 平方米 倍 天 周 页 字 分钟
    小时 分 字节 个工作日 工作日 个百分点 百分点 个月 个季度 年度 年 月 日 号 岁 届 级 楼 层 栋 元 角 米 吨 条件 人份
"""
UNITS = tuple(sorted({*COUNTERS, *_OTHERS.split()}, key=len, reverse=True))

_NUMBER = re.compile(
    r"(?P<before>将近|接近|大约|不到|不足|超过|至少|最多|约|近|逾|超|达)?"
    rf"(?:(?P<arabic>\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?P<fraction>\.\d+)?|百分之(?P<percent>[{_HAN}]+(?:点[{_HAN}]+)?)|(?P<han>[{_HAN}]+))"
    r"(?P<few>[余多几来])?(?P<scale>百万|千万|[十百千万亿])?(?P<more>[余多几来])?"
    rf"(?P<unit>%|{'|'.join(UNITS)})?"
    r"(?P<after>左右|以上|以下|之多|余|多)?"
)
_APPROXIMATE = frozenset(("将近", "接近", "大约", "不到", "不足", "超过", "约", "近", "逾", "超", "至少", "最多"))
_NOT_AFTER = frozenset("第每同另唯数几上成")
"""Before a Chinese numeral: an ordinal, a distributive or a vague number (数十件, 上百件)."""
_HAN_WORDS = re.compile(
    r"一件事|一次性|一并|一起(?=[来去推做参对与向])|一方面|一系列|一批|一级|一类|一期|万元|"
    r"千方|百姓|一个|一对|零件|零星|一人|一条龙|一部分|一部|一本|一家|一处|一项[项个]|"
    r"一张[张网图表]|一份份"
)
"""Words that begin with a numeral and count nothing."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: its value, whether it is only near the true one, its unit ("" where none stands) and its place."""

    value: int | Decimal
    approximate: bool
    unit: str
    start: int
    end: int
    counts: bool
    """Whether it stands under a classifier for requests, decisions or documents."""

    @property
    def money(self) -> bool:
        """Whether it is an amount; the value is in yuan then."""
        return self.unit == "元"


_COUNTING = frozenset(COUNTERS)


def read_numeral(text: str, start: int) -> Numeral | None:
    """The number that begins exactly at `start`; None where there is none or where a Chinese numeral is part of a word."""
    match = _NUMBER.match(text, start)
    if match is None:
        return None
    unit = match["unit"] or ""
    if match["arabic"] is not None:
        value: Decimal | int = Decimal(match["arabic"].replace(",", "") + (match["fraction"] or ""))
    elif match["percent"] is not None:
        value, unit = han_percent(match["percent"]), "%"
    else:
        if not unit or _HAN_WORDS.match(text, start) or text[start - 1 : start] in _NOT_AFTER:
            return None
        value = han_number(match["han"])
    value *= _SCALE[match["scale"] or ""]
    if value == int(value):
        value = int(value)
    near = match["before"] in _APPROXIMATE or bool(match["few"] or match["more"] or match["after"])
    return Numeral(value, near, unit, start, match.end(), unit in _COUNTING)


def han_number(letters: str) -> int:
    """The value of a Chinese numeral: 十二, 一百零五, 二〇二四, 三千零六万."""
    if not any(letter in _TENS or letter in _MYRIADS for letter in letters):
        return int("".join(str(_DIGITS[letter]) for letter in letters))
    total = section = digit = 0
    for letter in letters:
        if letter in _DIGITS:
            digit = _DIGITS[letter]
        elif letter in _TENS:
            section += (digit or 1) * _TENS[letter]
            digit = 0
        else:
            total = (total + section + digit or 1) * _MYRIADS[letter]
            section = digit = 0
    return total + section + digit


def han_percent(letters: str) -> Decimal | int:
    """The value after 百分之, with 点 as the decimal point: 五点三 is 5.3."""
    whole, point, fraction = letters.partition("点")
    if not point:
        return han_number(whole)
    return Decimal(f"{han_number(whole)}." + "".join(str(_DIGITS.get(letter, 0)) for letter in fraction))
