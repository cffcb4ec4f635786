"""The header of the report: agency, kind, year and edition, title, statistics period, day of publication."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from ..report import PREFACE
from .finding import Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..edition import Edition
    from ..report import SectionId
    from .context import Context
    from .finding import Finding

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\s*年)")
_PERIOD = re.compile(
    r"(?P<y1>\d{4})\s*年\s*(?P<m1>\d{1,2})\s*月\s*(?P<d1>\d{1,2})\s*日?\s*(?:起)?\s*(?:至|到|—+|-|－|–|~|～)\s*"
    r"(?:(?:(?P<y2>\d{4})\s*年|同年|当年|本年)\s*)?(?:(?P<m2>\d{1,2})\s*月\s*)?(?P<d2>\d{1,2})\s*(?P<day>[日号])?"
)
_GLUED = re.compile(r"\d{6,8}日\s*(?:起)?\s*至\s*\d{6,8}日")


def check_header(context: Context, edition_for: Edition | None) -> Iterator[Finding]:
    """Findings about the header; `edition_for` is the edition that the report's year calls for, None where there is none."""
    header = context.report.header
    if not header.agency.strip():
        yield context.finding("C70", key=("report", "agency"))
    if not header.kind:
        yield context.finding("C72", key=("report", "kind"))
    if not header.year:
        yield context.finding("C75", key=("report", "year"))
        return
    yield from _edition(context, edition_for)
    yield from _title(context)
    yield from _period(context)
    yield from _published(context)


def _edition(context: Context, wanted: Edition | None) -> Iterator[Finding]:
    edition, year = context.report.edition, context.report.header.year
    if wanted is not None and not edition.covers(year):
        words = {"year": year, "wanted": wanted.id, "notice": wanted.notice, "found": edition.id}
        yield context.finding("C13", words, key=("report", "edition"))


def _title(context: Context) -> Iterator[Finding]:
    header = context.report.header
    title = "".join(header.title.split())
    if not title:
        return
    years = {int(found) for found in _YEAR.findall(title)}
    if years and header.year not in years:
        words = {"where": context.catalogue["C56"].variants["title"], "found": min(years), "year": header.year}
        yield context.finding("C56", words, key=("report", "title"))
        return
    wanted = context.report.edition.title_of(header.agency, header.year)
    if header.agency and title != "".join(wanted.split()):
        yield context.finding("C73", {"found": header.title, "wanted": wanted}, key=("report", "title"))


def _period(context: Context) -> Iterator[Finding]:
    """The statistics period where one is stated; 条例第四十九条 reports on the year before, all of it."""
    if not context.report.edition.tables:
        return
    found = False
    year = context.report.header.year
    for section, text in context.texts():
        for match in _PERIOD.finditer(text):
            if not _is_period(text, match):
                continue
            found = True
            yield from _judge(context, section, match)
        for glued in _GLUED.finditer(text):
            found = True
            yield context.finding("C57", {"found": glued.group(), "year": year}, span=Span(section, *glued.span()))
    if not found:
        words = {"variant": "missing", "year": year}
        yield context.finding("C57", words, section=PREFACE, severity=Severity.INFO)


def _is_period(text: str, match: re.Match[str]) -> bool:
    """Whether a range of days is the statistics period and not that of some campaign."""
    if "统计" in text[max(0, match.start() - 30) : match.end() + 30]:
        return True
    return match["m1"] == "1" and match["d1"] == "1" and (match["m2"] or "12") in ("11", "12") and int(match["d2"]) >= 28  # noqa: PLR2004


def _judge(context: Context, section: SectionId, match: re.Match[str]) -> Iterator[Finding]:
    year = context.report.header.year
    span = Span(section, *match.span())
    words: dict[str, str | int] = {"found": match.group().strip(), "year": year}
    years = {int(match["y1"]), int(match["y2"] or match["y1"])}
    if years != {year}:
        wrong = min(years - {year})
        where = context.catalogue["C56"].variants["period"]
        yield context.finding("C56", {"where": where, "found": wrong, "year": year}, span=span)
        return
    (first_month, first_day), (last_month, last_day) = context.report.edition.period
    begins = (int(match["m1"]), int(match["d1"])) == (first_month, first_day)
    if match["m2"] is None or not begins or (int(match["m2"]), int(match["d2"])) != (last_month, last_day):
        yield context.finding("C57", words, span=span)
    elif match["day"] is None:
        yield context.finding("C57", {**words, "variant": "month"}, span=span, severity=Severity.WARNING)


def _published(context: Context) -> Iterator[Finding]:
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
