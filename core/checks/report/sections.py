"""Checks of whole sections: empty text, required topics, problems and remedies, length, paragraphs copied from last year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...carry_over import paragraph_mark
from ...chinese.fold import reading_copy
from ...chinese.numerals import TO_TEN
from ...report import is_number, squeeze
from ..finding import Severity, Span
from ..prose.enumerations import point_starts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ...edition import Section
    from ..context import CheckContext
    from ..finding import Finding

SHORTEST_ANSWER = 10
"""Characters below which a text cannot name both a problem and a remedy."""
SHORT_ANSWER = 40
"""Characters below which a text that denies any problem contains nothing else."""
SHOWN = 16
"""Characters of a paragraph quoted in a message."""

_REMEDY = (
    r"(?<![待需])改(?:进|善)|整改|措施(?!不|较|欠|还)|下一步|下步|今后|下一年|新的一年|针对(?!性)|为此|对此|已经?(?:完成|建立|修订|纠正|整改|解决)|得到(?:改善|解决|提高)"
    r"|(?:我们?[局市县区镇乡街办委厅]?|本机关|本单位|年)(?:，|,)?(?:也)?(?:将|拟|要|计划)|将(?:进一步|继续|着力|不断|持续|重点|严格|从|按|加|切实|认真|会|坚持|通过|全面)"
)
_PROBLEM = (
    r"问题|不足|不够|不[强高全深多均熟细严准]|不(?:及时|完善|到位|平衡|规范)|差距|薄弱|欠缺|短板|困难|滞后|缺乏|缺少|单一|弱|难以|亟|尚未|未能"
    r"|[尚仍还]需|需要?进一步|有待|待(?:加强|提高|完善|提升|改进|优化)|[偏较][少低慢]"
)
_ANSWERS = (
    "针对上述",
    "针对以上",
    "针对存在",
    "针对这些",
    "改进情况",
    "改进措施",
    "改进办法",
    "整改措施",
    "整改情况",
    "改进：",
    "改进:",
    "整改：",
    "整改:",
    "下一步",
    "下步",
    "今后",
)
"""Phrases that mark the turn from problems to remedies."""
_REMEDY_WORDS = (*_ANSWERS, "整改", "为此", "对此", "将进一步", "将继续")
_PROBLEM_WORDS = ("问题", "不足", "不够", "有待", "薄弱", "差距", "滞后", "短板")
"""The most common words; the pattern is tried only if none is found."""
_DENYING = ("不存在", "未发现", "未出现", "没有问题", "没有存在", "没有发现", "没有需", "没有明显", "无问题", "无需要", "无存在", "无明显")
_NO_PROBLEM = (
    r"(?:不存在|未发现|未出现|没有|无)(?:存在|发现|出现|明显|突出|其他|重大|较大|任何|相关|需要?|应当?|整改|改进|解决|报告|说明|主要|的){0,8}"
    r"(?:问题|不足|短板|困难)(?:和(?:问题|不足|短板|困难))?"
)
_DENIAL = r"(?:无|没有|不存在|未发现|暂无)(?:存在|明显|突出|其他)?的?(?:主要)?(?:的)?(?:问题|此类|相关|需要)"
_NUMBERED = (
    rf"(?:[（(][{TO_TEN}\d]{{1,3}}[)）]|[{TO_TEN}\d]{{1,3}}[、.．)）])\s{{0,3}}(?![无没未见详])"
    r"[^，。；！？,;:：\d]{1,24}"
)
_UNNUMBERED = (
    r"(?:(?:当前|目前|存在|面临|的|主要){0,4}(?:问题|不足|困难)(?:和|及|与)?(?:不足|困难|原因)?|(?:下一步|下步)?(?:的|主要)?(?:改进|整改|工作)的?"
    r"(?:情况|措施|办法|方向|打算|计划|安排))[:：]?"
)
"""Headings within a section; they have no content of their own."""


def check_structure(context: CheckContext) -> Iterator[Finding]:
    """Report faults of whole sections."""
    for section in context.report.edition.sections:
        text = context.report.text(section.id)
        plain = squeeze(text)
        if not plain:
            if section.text_required and not _table_filled(context, section):
                yield context.finding("C50", {"title": section.title}, section=section.id)
            continue
        yield from _topics(context, section, text)
        if section.hint_length and len(plain) > section.hint_length:
            words = {"title": section.title, "length": len(plain), "limit": section.hint_length}
            yield context.finding("C52", words, section=section.id)
        if section.remedies:
            yield from _remedies(context, section, text, plain)
    yield from _unchanged_paragraphs(context)


def _table_filled(context: CheckContext, section: Section) -> bool:
    positions = (at for at, address in enumerate(context.report.edition.addresses) if address.section == section.id)
    return any(is_number(context.report.cells[at]) for at in positions)


def _topics(context: CheckContext, section: Section, text: str) -> Iterator[Finding]:
    """Report missing topics of a section, as one finding per rule."""
    missing: dict[str, list[str]] = {}
    plain = squeeze(reading_copy(text))
    for topic in section.topics:
        if topic.kinds and context.report.header.kind not in topic.kinds:
            continue
        if any(map(plain.__contains__, topic.words)):
            continue
        code = topic.code or "C51"
        if context.catalogue[code].anywhere and any(word in other for other in _all_texts(context) for word in topic.words):
            continue
        missing.setdefault(code, []).append(topic.name)
    for code, names in missing.items():
        yield context.finding(code, {"title": section.title, "topic": "、".join(names)}, section=section.id)


def _all_texts(context: CheckContext) -> Iterator[str]:
    for _, text in context.texts():
        yield squeeze(reading_copy(text))


def _remedies(context: CheckContext, section: Section, text: str, plain: str) -> Iterator[Finding]:
    words: dict[str, str | int] = {"title": section.title, "length": len(plain)}
    if len(plain) < SHORTEST_ANSWER:
        yield context.finding("C53", words, section=section.id)
        return
    copy = reading_copy(text)
    if len(plain) < SHORT_ANSWER and re.search(_DENIAL, copy) is not None:
        yield context.finding("C53", {**words, "variant": "denied"}, section=section.id)
        return
    unanswered = _lacks(copy, _REMEDY_WORDS, _REMEDY)
    unnamed = _lacks(_without_denials(copy), _PROBLEM_WORDS, _PROBLEM)
    if unanswered or unnamed:
        variant = "neither" if unanswered and unnamed else "only_problems" if unanswered else "only_remedies"
        yield context.finding("C53", {**words, "variant": variant}, section=section.id, severity=Severity.WARNING)
        return
    points = point_starts(copy)
    turns = [at for word in _ANSWERS if len(points) > 1 and (at := copy.find(word, points[1])) >= 0]
    problems = sum(point < min(turns) for point in points) if turns else 0
    remedies = len(points) - problems
    if problems > 1 and remedies > 1 and problems != remedies:
        counts = {**words, "variant": "counts", "problems": problems, "remedies": remedies}
        yield context.finding("C53", counts, section=section.id, severity=Severity.INFO)


def _without_denials(text: str) -> str:
    """Remove denials of problems: 不存在需要整改的问题 names none."""
    return re.sub(_NO_PROBLEM, "", text) if any(map(text.__contains__, _DENYING)) else text


def _lacks(text: str, words: tuple[str, ...], pattern: str) -> bool:
    return not any(word in text for word in words) and re.search(pattern, text) is None


def _unchanged_paragraphs(context: CheckContext) -> Iterator[Finding]:
    """Report paragraphs marked as copied from last year that are still unchanged. Headings legitimately stay the same."""
    marks = set(context.report.header.carried)
    if not marks:
        return
    sections = context.report.edition.sections
    official = {name for section in sections for name in (section.title, section.heading, *section.aliases)}
    official |= {topic.name for section in sections for topic in section.topics}
    for section, text in context.texts():
        offset = 0
        for line in text.split("\n"):
            plain = line.strip()
            if plain and paragraph_mark(plain) in marks and not _is_heading(plain, official):
                start = offset + line.index(plain)
                yield context.finding("C47", {"start": plain[:SHOWN]}, span=Span(section, start, start + len(plain)))
            offset += len(line) + 1


def _is_heading(line: str, official: Collection[str]) -> bool:
    """Return whether a line is a heading: of the form, or numbered and without punctuation."""
    return line in official or line.removesuffix("情况") in official or re.fullmatch(f"{_NUMBERED}|{_UNNUMBERED}", line) is not None
