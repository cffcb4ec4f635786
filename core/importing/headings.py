"""Section headings in all their notations, and lines that belong to the web page rather than the report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..chinese.numerals import TO_TEN
from .clean_characters import plain_spaces, simplified, simplified_in_place
from .label_index import split_numeral
from .source_lines import SourceLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..edition import Section
    from .label_index import LabelBook

_LIKE: Final = 0.7
_LEAST_BEGINNING: Final = 4
_PAIR: Final = 2
"""Minimum number of headings inside a paragraph; a single one may be a mention."""
_LONGEST: Final = 45
_ENOUGH: Final = 3
"""From this many numbered headings on, the document is taken to number all of them."""
_NUMBERED: Final = re.compile(rf"^\s*[#*]*\s*[{TO_TEN}]{{1,2}}\s*[、.．,，:：]")
_SUB_NUMBERED: Final = re.compile(r"^\s*(?:[(（]|\d)")
_NOISE: Final = re.compile(
    r"扫一扫|扫描二维码|关联稿件|^分享|分享(?:至|到)|^字[号体]|字[号体]:|打印|浏览(?:次数|量)|访问量|阅读(?:次数|量)|点击(?:数|量|次数)"
    r"|当前(?:所在)?(?:的)?位置|^首页|无障碍|关怀版|^已归档$|即将离开|上一[篇条]|下一[篇条]|^(?:相关)?附件(?:下载)?:?$|版权所有|备\d+号|公网安备"
    r"|主办单位|承办单位|技术支持|网站标识码|关闭(?:窗口|本页|页面)|返回顶部|^正文$|^收藏|^繁體|^简体|^语音播报|^朗读|责任编辑|^编辑:|^来源:|^信息来源:|^作者:|^责编"
    r"|^发布(?:日期|时间|机构|单位):?|^成文日期|^索引号|^主题分类|^发文(?:机关|字号|日期)|^标题:|^文号|^有效性|^是否有效|^公开(?:方式|日期|机构|时限|范围):"
    r"|^组配分类|^信息名称|^内容概述|^关键词:|^生成日期|^体裁|^日期:|^[-—_=*•·>|.]+$|^Page\d|^P\.\d|^第\d+页|^共\d+页|^-\d+-$|^—\d+—$|^网站地图|^联系我们$"
)
_NOISE_LONGEST: Final = 90


@dataclass(frozen=True, slots=True)
class SectionStart:
    """A line that begins a section."""

    index: int
    """Index of its line."""
    section: Section
    repeated: bool = False
    """Whether the section had already begun: the alternative text of an image, or a second copy."""
    by_number: bool = False
    """Whether it was identified only by its numeral and position."""


def is_noise(text: str) -> bool:
    """Return whether a line belongs to the web page: navigation, share buttons, counters, page numbers."""
    if len(text) > 2 * _NOISE_LONGEST:
        return False
    plain = "".join(simplified(plain_spaces(text)).split()).lstrip("•·●*[【")
    return len(plain) <= _NOISE_LONGEST and _NOISE.search(plain) is not None


def split_inline_headings(lines: Sequence[SourceLine], book: LabelBook) -> list[SourceLine]:
    """Split lines that have headings inside a paragraph or before its text, so that each heading is on its own line."""
    cores = sorted({core for _, core in book.section_cores}, key=len, reverse=True)
    result: list[SourceLine] = []
    for line in lines:
        if line.cells is not None or not _NUMERAL_INSIDE.search(line.text):
            result.append(line)
        else:
            result += _cut(line, cores)
    return result


_REMARK: Final = re.compile(r"\s*[(（][^()（）]{1,20}[)）]\s*$")
"""A remark that may follow a heading: (重复率 : 40%)."""
_NUMERAL_INSIDE: Final = re.compile(rf"(?:^|(?<=[\s。；;]))[{TO_TEN}]{{1,2}}\s?[、.．]\s?")
_AFTER: Final = re.compile(r"\s+|$|[。:：]\s*")
_BETWEEN: Final = frozenset(" \t\u3000\u00a0、，,")
"""Characters that may occur between those of a heading."""


def _inline_headings(text: str, cores: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield the headings in a text as (start, end, start of the text that follows)."""
    for numeral in _NUMERAL_INSIDE.finditer(text):
        places = [at for at in range(numeral.end(), min(numeral.end() + _LONGEST, len(text))) if text[at] not in _BETWEEN]
        ahead = "".join(text[at] for at in places)
        core = next((core for core in cores if ahead.startswith(core)), "")
        if not core:
            continue
        end = places[len(core) - 1] + 1
        after = _AFTER.match(text, end)
        if after is not None:
            yield numeral.start(), end, after.end()


def _cut(line: SourceLine, cores: Sequence[str]) -> Iterator[SourceLine]:
    comparable = simplified_in_place(line.text)
    whole = len(comparable.strip())
    found = [place for place in _inline_headings(comparable, cores) if place[1] - place[0] < whole]
    inside = [place for place in found if comparable[: place[0]].strip()]
    if not found or (inside and len(found) < _PAIR):
        yield line
        return
    start = 0
    for begin, end, after in found:
        before = line.text[start:begin]
        if before.strip():
            yield SourceLine(line.number, before)
        yield SourceLine(line.number, line.text[begin:end])
        remark = _REMARK.match(line.text, after)
        start = remark.end() if remark else after
    if line.text[start:].strip():
        yield SourceLine(line.number, line.text[start:])


def find_headings(lines: Sequence[SourceLine], book: LabelBook, *, at_margin: bool = False) -> list[SectionStart]:
    """Return the section headings of a document in order.

    Args:
        at_margin: Whether headings are distinguished by having no indentation.
    """
    found: list[SectionStart] = []
    doubtful: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if line.cells is not None or (at_margin and line.text[:1].isspace()):
            continue
        text = line.text.strip().rstrip("|").strip().lstrip("#*").strip()
        if not text or len(text) > _LONGEST or "|" in text:
            continue
        section = _section_of(text, book)
        if section is not None:
            found.append(SectionStart(index, section))
        elif _NUMBERED.match(text) and not re.search(r"[。；;]", text) and not _is_row(text, book):
            doubtful.append((index, split_numeral(text)[0]))
    return _with_repetitions(_with_numbered(_without_sub_headings(found, lines), doubtful, book))


def _without_sub_headings(found: Sequence[SectionStart], lines: Sequence[SourceLine]) -> list[SectionStart]:
    """Drop headings inside sections: in a document with numbered headings, those without a numeral.

    An unnumbered heading is kept if it repeats the previous one or its section has no numbered one.
    """
    numbered = [heading for heading in found if _NUMBERED.match(lines[heading.index].text.strip())]
    if len(numbered) < _ENOUGH:
        return list(found)
    known = {heading.section.id for heading in numbered}
    result: list[SectionStart] = []
    for heading in found:
        repeats = bool(result) and result[-1].section is heading.section
        if heading in numbered or repeats or heading.section.id not in known:
            result.append(heading)
    return result


def _is_row(text: str, book: LabelBook) -> bool:
    """Return whether a line is a table row, with or without its values."""
    label = text.rstrip("0123456789. ")
    return book.find_row(label) is not None or book.find_group(label) is not None


def _section_of(text: str, book: LabelBook) -> Section | None:
    match = book.find_section(text)
    if match is None:
        return None
    section, likeness = match
    if _SUB_NUMBERED.match(simplified(text)):
        return None
    if likeness >= 1.0:  # an exact heading needs no numeral
        return section
    if not _NUMBERED.match(text) or re.search(r"[。；;]", text):
        return None
    row = book.find_row(text)
    if row is not None and row.likeness >= likeness:
        return None
    if likeness >= _LIKE or _is_beginning(text, book, section):
        return section
    return None


def _is_beginning(text: str, book: LabelBook, section: Section) -> bool:
    """Return whether a heading is cut off because the document ends in it."""
    core = split_numeral(text)[1]
    return len(core) >= _LEAST_BEGINNING and any(known.startswith(core) for own, known in book.section_cores if own is section)


def _with_numbered(found: list[SectionStart], doubtful: Sequence[tuple[int, int]], book: LabelBook) -> list[SectionStart]:
    """Add the headings that are identified only by their numeral and position."""
    known = {heading.section.id for heading in found}
    sections = book.edition.sections
    result = sorted(found, key=lambda heading: heading.index)
    for index, numeral in doubtful:
        before = [heading for heading in result if heading.index < index]
        after = [heading for heading in result if heading.index > index]
        if not 1 <= numeral <= len(sections) or not book.edition.tables:
            continue
        section = sections[numeral - 1]
        previous_fits = bool(before) and before[-1].section is sections[numeral - 2] and numeral > 1
        next_fits = not after or (numeral < len(sections) and after[0].section is sections[numeral])
        if section.id not in known and previous_fits and next_fits and numeral > 1:
            known.add(section.id)
            result = sorted([*result, SectionStart(index, section, by_number=True)], key=lambda heading: heading.index)
    return result


def _with_repetitions(headings: Sequence[SectionStart]) -> list[SectionStart]:
    """Mark the headings of sections that had already begun."""
    seen: set[str] = set()
    result = []
    for heading in headings:
        repeated = heading.section.id in seen
        seen.add(heading.section.id)
        result.append(SectionStart(heading.index, heading.section, repeated, heading.by_number))
    return result
