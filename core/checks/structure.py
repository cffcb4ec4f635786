"""The sections as wholes: empty ones, required topics, problems with their improvements, length, paragraphs taken over from last year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..carried import paragraph_mark
from ..report import is_number, squeeze
from .finding import Severity, Span
from .letters import reading_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..edition import Section
    from .context import Context
    from .finding import Finding

SHORTEST_ANSWER = 10
"""Fewer characters than this cannot name a problem and an improvement."""
SHORT_ANSWER = 40
"""Up to so many characters, a section that says there is no problem says nothing else."""
SHOWN = 16
"""Characters of a paragraph by which a message shows it."""

ANYWHERE = frozenset({"C54", "C71"})
"""Rules about matters that a report may put in any of its sections."""

_REMEDY = re.compile(
    r"(?<![待需])改(?:进|善)|整改|措施(?!不|较|欠|还)|下一步|下步|今后|下一年|新的一年|针对(?!性)|为此|对此|已经?(?:完成|建立|修订|纠正|整改|解决)|得到(?:改善|解决|提高)"
    r"|(?:我们?[局市县区镇乡街办委厅]?|本机关|本单位|年)(?:，|,)?(?:也)?(?:将|拟|要|计划)|将(?:进一步|继续|着力|不断|持续|重点|严格|从|按|加|切实|认真|会|坚持|通过|全面)"
)
_PROBLEM = re.compile(
    r"问题|不足|不够|不[强高全深多均熟细严准]|不(?:及时|完善|到位|平衡|规范)|差距|薄弱|欠缺|短板|困难|滞后|缺乏|缺少|单一|弱|难以|亟|尚未|未能"
    r"|[尚仍还]需|需要?进一步|有待|待(?:加强|提高|完善|提升|改进|优化)|[偏较][少低慢]"
)
_REMEDY_START = re.compile(r"改进(?:情况|措施|办法|方向)|整改(?:措施|情况)|下一步|下步|针对(?:上述|以上|存在|这些)|今后")
_DENIAL = re.compile(r"(?:无|没有|不存在|未发现|暂无)(?:存在|明显|突出|其他)?的?(?:主要)?(?:的)?(?:问题|此类|相关|需要)")
_ORDINAL = re.compile(r"(?:^|(?<=[。；;，,：:\s]))[一二三四五六七八九十]{1,3}是(?![否不])")
_NUMBERED = re.compile(r"\s{0,8}\d{1,2}\s?[.．、](?!\d)")
_BRACKETED = re.compile(r"\s{0,8}[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]")
_HEADING = re.compile(r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?\s{0,3})?[^，。；！？,;:：\d]{1,24}")


def check_structure(context: Context) -> Iterator[Finding]:
    """Findings about the sections as wholes."""
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
    yield from _carried(context)


def _table_filled(context: Context, section: Section) -> bool:
    positions = (at for at, address in enumerate(context.report.edition.addresses) if address.section == section.id)
    return any(is_number(context.report.cells[at]) for at in positions)


def _topics(context: Context, section: Section, text: str) -> Iterator[Finding]:
    """One finding for all topics of one rule that the section does not speak of."""
    missing: dict[str, list[str]] = {}
    plain = squeeze(reading_copy(text))
    for topic in section.topics:
        if topic.kinds and context.report.header.kind not in topic.kinds:
            continue
        if any(word in plain for word in topic.words):
            continue
        if topic.code in ANYWHERE and any(word in other for other in _everything(context) for word in topic.words):
            continue
        missing.setdefault(topic.code, []).append(topic.name)
    for code, names in missing.items():
        yield context.finding(code, {"title": section.title, "topic": "、".join(names)}, section=section.id)


def _everything(context: Context) -> Iterator[str]:
    for _, text in context.texts():
        yield squeeze(reading_copy(text))


def _remedies(context: Context, section: Section, text: str, plain: str) -> Iterator[Finding]:
    words: dict[str, str | int] = {"title": section.title, "length": len(plain)}
    if len(plain) < SHORTEST_ANSWER:
        yield context.finding("C53", words, section=section.id)
        return
    copy = reading_copy(text)
    if len(plain) < SHORT_ANSWER and _DENIAL.search(copy) is not None:
        yield context.finding("C53", {**words, "variant": "denied"}, section=section.id)
        return
    lacks = "only_problems" if _REMEDY.search(copy) is None else "only_remedies" if _PROBLEM.search(copy) is None else ""
    if lacks:
        yield context.finding("C53", {**words, "variant": lacks}, section=section.id, severity=Severity.WARNING)
        return
    points = _points(copy)
    turn = _REMEDY_START.search(copy, points[1]) if len(points) > 1 else None
    problems = sum(point < turn.start() for point in points) if turn is not None else 0
    remedies = len(points) - problems
    if problems > 1 and remedies > 1 and problems != remedies:
        counts = {**words, "variant": "counts", "problems": problems, "remedies": remedies}
        yield context.finding("C53", counts, section=section.id, severity=Severity.INFO)


def _points(text: str) -> list[int]:
    """Where the points of a text start: those of 一是、二是, else of 1. 2., else of （一）（二）."""
    ordinals = [match.start() for match in _ORDINAL.finditer(text)]
    if len(ordinals) > 1:
        return ordinals
    dotted: list[int] = []
    bracketed: list[int] = []
    start = 0
    for line in text.split("\n"):
        for pattern, points in ((_NUMBERED, dotted), (_BRACKETED, bracketed)):
            if pattern.match(line) is not None:
                points.append(start)
        start += len(line) + 1
    return dotted if len(dotted) > 1 else bracketed


def _carried(context: Context) -> Iterator[Finding]:
    """Paragraphs taken over from last year that are still as they were; headings stay from year to year."""
    marks = set(context.report.header.carried)
    if not marks:
        return
    for section, text in context.texts():
        offset = 0
        for line in text.split("\n"):
            plain = line.strip()
            if plain and _HEADING.fullmatch(plain) is None and paragraph_mark(plain) in marks:
                start = offset + line.index(plain)
                yield context.finding("C47", {"start": plain[:SHOWN]}, span=Span(section, start, start + len(plain)))
            offset += len(line) + 1
