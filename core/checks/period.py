"""The statistics period as reports state it, and whether it is the report's year from its first day to its last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TO = r"(?:起|开始)?\s{0,3}[，,]?\s{0,3}(?:至|到|[-－–—―~～]{1,2})\s{0,3}"
_DAYS = re.compile(
    r"(?<!\d)(?:(?P<y1>\d{4})\s{0,3}年度?\s{0,3}[（(]?\s{0,3})?(?P<m1>\d{1,2})\s{0,3}月\s{0,3}(?P<d1>\d{1,2})\s{0,3}[日号]?\s{0,3}"
    + _TO
    + r"(?:(?:(?P<y2>\d{4})\s{0,3}年度?|同年|当年|本年)\s{0,3})?(?:(?P<m2>\d{1,2})\s{0,3}月\s{0,3})?(?P<d2>\d{1,2})\s{0,3}(?P<day>[日号])?"
)
_DOTTED = re.compile(
    r"(?<!\d)(?P<y1>\d{4})[.．/-](?P<m1>\d{1,2})[.．/-](?P<d1>\d{1,2})\s{0,3}"
    + _TO
    + r"(?:(?P<y2>\d{4})[.．/-])?(?P<m2>\d{1,2})[.．/-](?P<d2>\d{1,2})"
)
_MONTHS = re.compile(
    r"(?<!\d)(?P<y1>\d{4})\s{0,3}年度?\s{0,3}(?P<m1>\d{1,2})\s{0,3}月?份?\s{0,3}"
    + _TO
    + r"(?:(?P<y2>\d{4})\s{0,3}年)?\s{0,3}(?P<m2>\d{1,2})\s{0,3}月(?:份|底|末)?(?!\s{0,3}\d)"
)
_GLUED = re.compile(r"(?<!\d)\d{6,8}日?\s{0,3}起?\s{0,3}(?:至|到)\s{0,3}\d{6,8}日")
_CHINESE = re.compile(r"一月一日\s{0,3}" + _TO + r"(?:二[〇○零][〇○零一二三四五六七八九]{2}年)?\s{0,3}十二月三十一日")

_ABOUT = re.compile(
    r"统计的?(?:期|时|周期|区间|范围|起止|截|口径|年度|数据)|所列的?(?:各项)?(?:统计)?(?:数据|数字)"
    r"|(?:数据|报告|起止|时间)的?(?:期限|时限|时间|周期|范围|期间|区间)|报告期"
)
"""Words near a range of days that make it the statistics period, not some campaign's."""
NEAR = 30
FULL_YEAR_FROM = 28
"""1 January to 28 December or later is meant to be the year, whatever stands around it."""


@dataclass(frozen=True, slots=True)
class Period:
    """A statistics period as it stands in a text; None where a part is not given."""

    start: int
    end: int
    years: frozenset[int]
    first: tuple[int, int] | None
    """Month and day; None where the digits run together and cannot be told apart."""
    last: tuple[int, int] | None
    complete: bool = True
    """Whether the last day is written out with 月 and 日."""


def stated_periods(text: str, *, anywhere: bool) -> Iterator[Period]:
    """Every statistics period of a text; `anywhere` also takes whole years that nothing near calls a period."""
    if "月" not in text and "日" not in text and "统计" not in text:
        return
    for match in _DAYS.finditer(text):
        first = (int(match["m1"]), int(match["d1"]))
        month = int(match["m2"]) if match["m2"] else None
        day = int(match["d2"])
        year_long = first == (1, 1) and month == 12 and day >= FULL_YEAR_FROM and match["y1"] is not None  # noqa: PLR2004 - December
        if (anywhere and year_long) or _about(text, match):
            last = None if month is None else (month, day)
            yield Period(*match.span(), _years(match), first, last, match["day"] is not None)
    for match in _DOTTED.finditer(text):
        if _about(text, match):
            yield Period(*match.span(), _years(match), (int(match["m1"]), int(match["d1"])), (int(match["m2"]), int(match["d2"])))
    for match in _MONTHS.finditer(text):
        if _about(text, match):
            last_day = 31 if match["m2"] == "12" else 0
            yield Period(*match.span(), _years(match), (int(match["m1"]), 1), (int(match["m2"]), last_day))
    for match in _GLUED.finditer(text):
        yield Period(*match.span(), frozenset(), None, None)
    for match in _CHINESE.finditer(text):
        yield Period(*match.span(), frozenset(), (1, 1), (12, 31))


def _about(text: str, match: re.Match[str]) -> bool:
    return _ABOUT.search(text, max(0, match.start() - NEAR), match.end() + NEAR) is not None


def _years(match: re.Match[str]) -> frozenset[int]:
    return frozenset(int(year) for year in (match["y1"], match["y2"]) if year)
