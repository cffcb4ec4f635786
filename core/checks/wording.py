"""Placeholders left over and enumerations that skip."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .finding import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..report import SectionId
    from .context import Context
    from .finding import Finding

_PLACEHOLDER = re.compile(
    r"[XＸ×]{2,}(?=[^A-Za-z0-9]|$)|_{2,}|＿{2,}|[○〇]{2,}|[?？]{2,}|(?<![A-Za-z])N(?=[件条次篇份])"
    r"|待补充|待完善|待填写?|待核实|待定|【[^】\n]{0,30}】|\[(?:填写|待填|数字|名称|日期)[^\]\n]{0,20}\]|（(?:填写|待填|此处)[^）\n]{0,20}）"
)
_MISSING_NUMBER = re.compile(
    r"(?:共|累计|总计|全年|一共|分别)(?:主动)?(?:公开|发布|受理|收到|制发|办理|答复|办结|审结|开展|举办|发放)"
    r"[^\d\n，。；、：零〇一二三四五六七八九十百千万两几多数若XＸ×_某N○]{0,10}?(?<![每这该各首上下逐某何])(?:条|件|篇|余条|余件|次)(?=[，。；,;])"
)
_NUMERALS = "零一二三四五六七八九十"
_ORDINAL = re.compile(r"(?:^|(?<=[。；;，,：:、\s！!）)”]))([一二三四五六七八九十]{1,3})是(?![否不])")
_BRACKETED = re.compile(r"^\s*[（(]([一二三四五六七八九十]{1,3})[)）]", re.MULTILINE)
_DOTTED = re.compile(r"^\s*(\d{1,2})\s*[.．、](?!\d)", re.MULTILINE)


def check_wording(context: Context) -> Iterator[Finding]:
    """Findings about the wording of every text."""
    for section, text in context.texts():
        for match in _PLACEHOLDER.finditer(text):
            yield context.finding("C34", {"found": match.group()}, span=Span(section, *match.span()))
        for match in _MISSING_NUMBER.finditer(text):
            yield context.finding("C34", {"variant": "number", "found": match.group()}, span=Span(section, *match.span()))
        yield from _enumerations(context, section, text)


@dataclass(frozen=True, slots=True)
class _Point:
    number: int
    shown: str
    start: int
    end: int


def _enumerations(context: Context, section: SectionId, text: str) -> Iterator[Finding]:
    for paragraph, offset in _paragraphs(text):
        yield from _skips(context, section, _points(_ORDINAL, paragraph, offset))
    bracketed = _points(_BRACKETED, text, 0)
    yield from _skips(context, section, bracketed)
    borders = [0, *(point.start for point in bracketed), len(text)]
    for start, end in itertools.pairwise(borders):
        yield from _skips(context, section, _points(_DOTTED, text[start:end], start))


def _paragraphs(text: str) -> Iterator[tuple[str, int]]:
    """Runs of paragraphs that an ordinal enumeration may go through: all up to the next heading （一） or 1."""
    borders = sorted(
        {0, len(text), *(match.start() for match in _BRACKETED.finditer(text)), *(match.start() for match in _DOTTED.finditer(text))}
    )
    for start, end in itertools.pairwise(borders):
        yield text[start:end], start


def _points(pattern: re.Pattern[str], text: str, offset: int) -> list[_Point]:
    return [
        _Point(_number(match[1]), match.group().strip(), offset + match.start(1), offset + match.end()) for match in pattern.finditer(text)
    ]


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _NUMERALS.index(written) if len(written) == 1 else 0
    return (_NUMERALS.index(tens) if tens else 1) * 10 + (_NUMERALS.index(ones) if ones else 0)


def written_like(shown: str, number: int) -> str:
    """The mark of an enumeration like `shown`, but for another number."""
    inner = re.search(r"\d+|[一二三四五六七八九十]+", shown)
    if inner is None:
        return str(number)
    if inner.group().isdigit():
        numeral = str(number)
    else:
        tens, ones = divmod(number, 10)
        numeral = ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "") if tens else _NUMERALS[ones]
    return shown[: inner.start()] + numeral + shown[inner.end() :]


def _skips(context: Context, section: SectionId, points: list[_Point]) -> Iterator[Finding]:
    """A point must be the first, or follow the one before it."""
    last = 0
    for point in points:
        span = Span(section, point.start, point.end)
        if point.number == last and point.number > 1:
            yield context.finding("C55", {"variant": "twice", "found": point.shown}, span=span)
        elif point.number not in (1, last + 1) and point.number:
            wanted = written_like(point.shown, last + 1)
            yield context.finding("C55", {"found": point.shown, "wanted": wanted}, span=span)
        last = point.number
