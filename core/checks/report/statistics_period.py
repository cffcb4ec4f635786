"""Statistics periods stated in prose, in all notations that reports use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ...chinese.numerals import DIGITS, TO_TEN, ZEROS, ordinal, written_year
from ...lazy_regex import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_TO = r"(?:起|开始)?\s{0,3}[，,]?\s{0,3}(?:至|到|[-－–—―~～]{1,2})\s{0,3}"
_DAYS = lazy_pattern(
    r"(?<!\d)(?:(?P<y1>\d{4})\s{0,3}年度?\s{0,3}[（(]?\s{0,3})?(?P<m1>\d{1,2})\s{0,3}月\s{0,3}(?P<d1>\d{1,2})\s{0,3}[日号]?\s{0,3}"
    + _TO
    + r"(?:(?:(?P<y2>\d{4})\s{0,3}年度?|同年|当年|本年)\s{0,3})?(?:(?P<m2>\d{1,2})\s{0,3}月\s{0,3})?(?P<d2>\d{1,2})\s{0,3}(?P<day>[日号])?"
)
_DOTTED = (
    r"(?<!\d)(?P<y1>\d{4})[.．/-](?P<m1>\d{1,2})[.．/-](?P<d1>\d{1,2})\s{0,3}"
    + _TO
    + r"(?:(?P<y2>\d{4})[.．/-])?(?P<m2>\d{1,2})[.．/-](?P<d2>\d{1,2})"
)
_MONTHS = (
    r"(?<!\d)(?P<y1>\d{4})\s{0,3}年度?\s{0,3}(?P<m1>\d{1,2})\s{0,3}月?份?\s{0,3}"
    + _TO
    + r"(?:(?P<y2>\d{4})\s{0,3}年)?\s{0,3}(?P<m2>\d{1,2})\s{0,3}月(?:份|底|末)?(?!\s{0,3}\d)"
)
_GLUED = r"(?<!\d)\d{6,8}日?\s{0,3}起?\s{0,3}(?:至|到)\s{0,3}\d{6,8}日"
_ZERO_LIKE = f"{ZEROS}0０oOΟ"


def _in_words(place: int) -> str:
    """Return a pattern for a day in Chinese or Arabic numerals. Its group names end in `place`: 1 first day, 2 last day."""
    return (
        rf"(?:(?P<y{place}>二[{_ZERO_LIKE}][{_ZERO_LIKE}{DIGITS}]{{2}}|20\d\d)年)?\s{{0,3}}"
        rf"(?P<m{place}>[{TO_TEN}]{{1,2}}|\d{{1,2}})月(?P<d{place}>[{TO_TEN}]{{1,3}}|\d{{1,2}})日"
    )


_CHINESE = _in_words(1) + r"\s{0,3}" + _TO + _in_words(2)
_WHOLE_YEAR = (
    r"统计的?(?:期限|时限|期间|时间|范围|周期|口径)(?:范围|[为是即系：:]){0,2}\s{0,3}"
    r"(?P<y1>20\d\d)\s{0,3}年(?:度|全年度?)?(?=\s{0,3}(?:[，。；、）)\n]|$))"
)

_ABOUT = lazy_pattern(r"统计的?[期时周区范起截口年数]|所列|起止|报告期|数据的?[期时起]")
"""Words near a date range that identify it as the statistics period rather than, say, a campaign."""
_TELLING = ("统计", "所列", "起止", "报告期", "数据")
NEAR = 30
REACH = 40
"""Maximum length of a stated period in characters."""
FULL_YEAR_FROM = 28
"""Earliest last day in December of a range from 1 January that is taken as the year without a keyword nearby."""


class Period(NamedTuple):
    """A statistics period stated in a text, at the characters `[start, end)`.

    Attributes:
        years: All years stated; empty if none is.
        last: As `first`; also None if no month is stated. Day 0 means the end of a month other than December.
    """

    start: int
    end: int
    years: frozenset[int]
    first: tuple[int, int] | None
    """Month and day; None if digits run together and cannot be separated."""
    last: tuple[int, int] | None
    complete: bool = True
    """False if the last day lacks 日 or 号 (12月31)."""


def stated_periods(text: str, *, anywhere: bool) -> Iterator[Period]:
    """Yield every statistics period of a text, in no particular order.

    Args:
        anywhere: Also accept ranges of a whole year without a keyword nearby.
    """
    if anywhere and ("12月" in text or "12 月" in text):
        yield from (period for period in _days(text, 0, len(text)) if _year_long(period))
    for start, end in _passages(text):
        days = list(_days(text, start, end))
        yield from (period for period in days if not (anywhere and _year_long(period)))
        if not days:
            yield from _other_notations(text, start, end)


def _other_notations(text: str, start: int, end: int) -> Iterator[Period]:
    """Yield periods in dotted notation, of months, in Chinese numerals, of a whole year, or with digits run together."""
    for match in re.compile(_DOTTED).finditer(text, start, end):
        yield Period(*match.span(), _years(match), (int(match["m1"]), int(match["d1"])), (int(match["m2"]), int(match["d2"])))
    for match in re.compile(_MONTHS).finditer(text, start, end):
        last_day = 31 if match["m2"] == "12" else 0
        yield Period(*match.span(), _years(match), (int(match["m1"]), 1), (int(match["m2"]), last_day))
    for match in re.compile(_CHINESE).finditer(text, start, end):
        years = frozenset(written_year(written) for written in (match["y1"], match["y2"]) if written)
        yield Period(*match.span(), years, (ordinal(match["m1"]), ordinal(match["d1"])), (ordinal(match["m2"]), ordinal(match["d2"])))
    for match in re.compile(_WHOLE_YEAR).finditer(text, start, end):
        yield Period(*match.span(), _years(match, "y1"), (1, 1), (12, 31))
    for match in re.compile(_GLUED).finditer(text, start, end):
        yield Period(*match.span(), frozenset(), None, None)


def _days(text: str, start: int, end: int) -> Iterator[Period]:
    for match in _DAYS.finditer(text, start, end):
        last = (int(match["m2"]), int(match["d2"])) if match["m2"] else None
        yield Period(*match.span(), _years(match), (int(match["m1"]), int(match["d1"])), last, match["day"] is not None)


def _year_long(period: Period) -> bool:
    return bool(period.years) and period.first == (1, 1) and period.last is not None and period.last >= (12, FULL_YEAR_FROM)


def _passages(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a text near words that introduce a statistics period."""
    if not any(word in text for word in _TELLING):
        return
    start, end = 0, -1
    for match in _ABOUT.finditer(text):
        low, high = max(0, match.start() - NEAR - REACH), min(len(text), match.end() + NEAR + REACH)
        if low > end:
            if end > 0:
                yield start, end
            start = low
        end = high
    if end > 0:
        yield start, end


def _years(match: re.Match[str], *groups: str) -> frozenset[int]:
    return frozenset(int(year) for group in groups or ("y1", "y2") if (year := match[group]))
