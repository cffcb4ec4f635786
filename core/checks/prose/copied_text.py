"""Prose copied from the report compared with: last year's with the year changed, or another agency's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...carry_over import paragraph_mark
from ...ids import PREFACE
from ..finding import Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...report import Report
    from ..context import CheckContext
    from ..finding import Finding

SHOWN = 16
"""Characters of a paragraph quoted in a message."""


def check_copies(context: CheckContext) -> Iterator[Finding]:
    """Report text copied from the report compared with; nothing without one."""
    if context.previous is not None:
        yield from _copies(context, context.previous)


def _copies(context: CheckContext, previous: Report) -> Iterator[Finding]:
    from ...similarity.overlap import ALIKE, SmallIndex, copied_sections, overlaps, percent, rule_for  # noqa: PLC0415 - start-up without last year's
    from ...similarity.passages import passages  # noqa: PLC0415 - see above

    code = rule_for(context.report.header, previous.header, own_if_unknown=True)
    own = list(passages(context.report))
    matches = [match for overlap in overlaps([own, list(passages(previous))], SmallIndex(), ALIKE) for match in overlap.matches]
    copied = {section: share for section, share in copied_sections(own, matches).items() if section != PREFACE}
    texts = dict(context.texts())
    words = {"agency": previous.header.agency, "year": previous.header.year}
    for section, share in copied.items():
        found = {"variant": "section", "title": context.report.edition.section(section).title, "percent": percent(share), **words}
        yield context.finding(code, found, section=section, severity=None if context.draft else Severity.ERROR)
    carried = set(context.report.header.carried)
    for match in matches:
        passage = match.one
        if passage.whole or passage.section in copied:
            continue
        paragraph = texts[passage.section][passage.start : passage.end]
        # Paragraphs still marked as carried over are reported by C47.
        if paragraph_mark(paragraph) not in carried:
            span = Span(passage.section, passage.start, passage.end)
            yield context.finding(code, {"start": paragraph[:SHOWN], "percent": percent(match.similarity), **words}, span=span)
