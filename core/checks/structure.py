"""The six sections: missing or empty ones, required topics, problems with their improvements, length, paragraphs taken over from last year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..carried import paragraph_mark
from ..report import is_number, squeeze
from .finding import Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..edition import Section
    from .context import Context
    from .finding import Finding

SHORTEST_ANSWER = 10
"""Fewer characters than this cannot name a problem and an improvement."""
SHOWN = 16
"""Characters of a paragraph by which a message shows it."""

_REMEDY = re.compile(
    r"改进|整改|措施|下一步|下步|今后|将(?:进一步|继续|着力|不断|持续|重点|严格)|针对(?:上述|以上|存在|这些)|已经?(?:完成|建立|修订|纠正)"
)
_REMEDY_START = re.compile(r"改进(?:情况|措施|办法|方向)|整改(?:措施|情况)|下一步|下步|针对(?:上述|以上|存在|这些)|今后")
_ORDINAL = re.compile(r"(?:^|(?<=[。；;，,：:\s]))[一二三四五六七八九十]+是(?![否不])")
_NUMBERED = re.compile(r"^\s*\d{1,2}\s*[.．、](?!\d)", re.MULTILINE)


def check_structure(context: Context) -> Iterator[Finding]:
    """Findings about the sections as wholes."""
    for section in context.report.edition.sections:
        text = context.report.text(section.id)
        plain = squeeze(text)
        if not plain:
            if section.text_required and not _table_filled(context, section):
                yield context.finding("C50", {"title": section.title}, section=section.id)
            continue
        yield from _topics(context, section, plain)
        if section.hint_length and len(plain) > section.hint_length:
            words = {"title": section.title, "length": len(plain), "limit": section.hint_length}
            yield context.finding("C52", words, section=section.id)
        if section.remedies:
            yield from _remedies(context, section, text, plain)
    yield from _carried(context)


def _table_filled(context: Context, section: Section) -> bool:
    positions = (at for at, address in enumerate(context.report.edition.addresses) if address.section == section.id)
    return any(is_number(context.report.cells[at]) for at in positions)


def _topics(context: Context, section: Section, plain: str) -> Iterator[Finding]:
    kind = context.report.header.kind
    for topic in section.topics:
        if topic.kinds and kind not in topic.kinds:
            continue
        if not any(word in plain for word in topic.words):
            yield context.finding(topic.code, {"title": section.title, "topic": topic.name}, section=section.id)


def _remedies(context: Context, section: Section, text: str, plain: str) -> Iterator[Finding]:
    words: dict[str, str | int] = {"title": section.title, "length": len(plain)}
    if len(plain) < SHORTEST_ANSWER:
        yield context.finding("C53", words, section=section.id)
        return
    if _REMEDY.search(plain) is None:
        yield context.finding("C53", {**words, "variant": "only_problems"}, section=section.id, severity=Severity.WARNING)
        return
    first = next((match.start() for match in _REMEDY_START.finditer(text) if _enumerated(text[: match.start()]) > 1), 0)
    problems, remedies = _enumerated(text[:first]), _enumerated(text[first:])
    if problems > 1 and remedies > 1 and problems != remedies:
        counts = {**words, "variant": "counts", "problems": problems, "remedies": remedies}
        yield context.finding("C53", counts, section=section.id, severity=Severity.INFO)


def _enumerated(text: str) -> int:
    """How many points a text lists with 一是、二是 or 1. 2.; 0 where it lists none."""
    return max(len(_ORDINAL.findall(text)), len(_NUMBERED.findall(text)))


def _carried(context: Context) -> Iterator[Finding]:
    """Paragraphs taken over from last year that are still as they were."""
    marks = set(context.report.header.carried)
    if not marks:
        return
    for section, text in context.texts():
        offset = 0
        for line in text.split("\n"):
            plain = line.strip()
            if plain and paragraph_mark(plain) in marks:
                start = offset + line.index(plain)
                yield context.finding("C47", {"start": plain[:SHOWN]}, span=Span(section, start, start + len(plain)))
            offset += len(line) + 1
