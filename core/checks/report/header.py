"""Checks of the report header: agency, kind, year and edition, title, statistics period, publication date."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from ...chinese.fold import reading_copy
from ...chinese.numerals import TO_TEN
from ...ids import PREFACE
from ..finding import Severity, Span
from .statistics_period import stated_periods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..context import CheckContext
    from ..finding import Finding
    from .statistics_period import Period

_YEAR = r"(?<!\d)((?:19|20)\d{2})(?=\s*年)"
_NAMED = r"(?<!\d)((?:19|20)\d{2})\s*年度?(?:政府|政务)?信息公开(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)"
_QUOTED = r"《[^《》\n]{0,80}》|关于[^，。；\n]{0,40}?的?(?:通知|意见|要求)"
"""Titles of other documents; years inside them are not the report's."""
_OPENING = rf"(?:[（(][{TO_TEN}]{{1,3}}[)）][^。，,：:\n]{{0,24}}[。：:\s])?\s{{0,8}}((?:19|20)\d{{2}})\s*年度?(?:以来|来)?\s*[，,](?!为)"
_UNTIL = r"截[至止]\s*((?:19|20)\d{2})\s*年\s*(?:年?[底末]|12\s*月\s*3[01]\s*日)"
_COMPARED = r"上年|去年|上一年|同比|相比|较|比20"
_TITLE_TAIL = r"(?:19|20)\d{2}年政府信息公开工作年度报告$"


def check_header(context: CheckContext) -> Iterator[Finding]:
    """Report faults of the header. Without a year, only missing fields are reported."""
    header = context.report.header
    if not header.agency.strip():
        yield context.finding("C70", key=("report", "agency"))
    if not header.kind:
        yield context.finding("C72", key=("report", "kind"))
    if not header.year:
        yield context.finding("C75", key=("report", "year"))
        return
    yield from _edition(context)
    yield from _title(context)
    yield from _period(context)
    yield from _years_in_prose(context)
    yield from _published(context)


def _edition(context: CheckContext) -> Iterator[Finding]:
    edition, year, wanted = context.report.edition, context.report.header.year, context.edition_for
    if edition.covers(year):
        return
    if wanted is None:
        words = {"variant": "none", "year": year, "found": edition.id, "first": edition.first_year}
        yield context.finding("C13", words, key=("report", "year"))
    else:
        words = {"year": year, "wanted": wanted.id, "notice": wanted.notice, "found": edition.id}
        yield context.finding("C13", words, key=("report", "edition"))


def _title(context: CheckContext) -> Iterator[Finding]:
    header = context.report.header
    title = "".join(header.title.split())
    if not title:
        return
    years = {int(found) for found in re.findall(_YEAR, title)}
    if years and header.year not in years:
        yield context.finding("C56", {"found": min(years), "year": header.year}, key=("report", "title"))
        return
    agency = "".join(header.agency.split())
    wanted = context.report.edition.title_of(agency, header.year)
    if not agency or title == wanted:
        return
    words = {"found": header.title.strip(), "wanted": wanted, "agency": header.agency}
    named = re.sub(_TITLE_TAIL, "", title)
    if named == title or not named:
        yield context.finding("C73", words, key=("report", "title"))
    elif named in agency or agency in named:
        yield context.finding("C73", {**words, "variant": "short"}, key=("report", "title"), severity=Severity.INFO)
    else:
        yield context.finding("C73", {**words, "variant": "agency", "named": named}, key=("report", "title"))


def _period(context: CheckContext) -> Iterator[Finding]:
    """Check the stated statistics period: under 条例第四十九条, a report covers the whole of the year before."""
    edition, year = context.report.edition, context.report.header.year
    if not edition.tables:
        return
    found = False
    for section, text in context.texts():
        anywhere = section in (PREFACE, edition.sections[0].id)
        for period in stated_periods(reading_copy(text), anywhere=anywhere):
            found = True
            yield from _judge(context, Span(section, period.start, period.end), text, period)
    if not found:
        words = {"variant": "missing", "year": year}
        yield context.finding("C57", words, section=PREFACE, severity=Severity.INFO)


def _judge(context: CheckContext, span: Span, text: str, period: Period) -> Iterator[Finding]:
    year = context.report.header.year
    wrong = period.years - {year}
    if wrong:
        yield context.finding("C56", {"variant": "period", "found": min(wrong), "year": year}, span=span)
        return
    words: dict[str, str | int] = {"found": text[span.start : span.end].strip(), "year": year}
    first, last = context.report.edition.period
    if (period.first, period.last) != (first, last):
        yield context.finding("C57", words, span=span)
    elif not period.complete:
        yield context.finding("C57", {**words, "variant": "month"}, span=span, severity=Severity.WARNING)


def _years_in_prose(context: CheckContext) -> Iterator[Finding]:
    """Report a wrong year where the report's own is meant: in the report's name, at the start of a paragraph, after 截至.

    Only the text before the section on problems is read, since problems and other matters refer to earlier and later years.
    """
    year = context.report.header.year
    for section, text in context.texts():
        if section != PREFACE and context.report.edition.section(section).remedies:
            return
        if section == PREFACE:
            if not any(str(other) in text for other in range(year - 3, year + 2) if other != year):
                continue
            quoted = [match.span() for match in re.finditer(_QUOTED, text)] if "信息公开" in text else []
            for match in re.finditer(_NAMED, text):
                if int(match[1]) != year and not any(start <= match.start() < end for start, end in quoted):
                    words = {"variant": "preface", "found": match[1], "year": year}
                    yield context.finding("C56", words, span=Span(section, *match.span()), severity=Severity.WARNING)
            continue
        if str(year - 1) not in text:
            continue
        start = 0
        for line in text.split("\n"):
            opening = re.match(_OPENING, line)
            found = [opening] if opening is not None else []
            for match in (*found, *(re.finditer(_UNTIL, line) if "截" in line else ())):
                if int(match[1]) == year - 1 and f"{year}年" not in line and re.search(_COMPARED, line) is None:
                    span = Span(section, start + match.start(1), start + match.end(1))
                    words = {"variant": "prose", "found": match[1], "year": year, "start": match.group().strip()}
                    yield context.finding("C56", words, span=span, severity=Severity.WARNING)
            start += len(line) + 1


def _published(context: CheckContext) -> Iterator[Finding]:
    header = context.report.header
    limit = context.report.edition.deadlines.get(header.kind)
    if header.published is None or limit is None:
        return
    key = ("report", "published")
    found = header.published.isoformat()
    if header.published.year <= header.year:
        yield context.finding("C58", {"variant": "early", "found": found}, key=key)
        return
    deadline = date(header.year + 1, *limit)
    if header.published > deadline:
        yield context.finding("C58", {"found": found, "limit": deadline.isoformat()}, key=key)
