"""Prose that another report already has: last year's with the year changed, or another agency's."""

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
"""Characters of a paragraph by which a message shows it."""


def check_copies(context: CheckContext) -> Iterator[Finding]:
    """Findings about what the report has in common with the one it is compared with; none without one."""
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
        # Paragraphs that are still marked as taken over have a finding of their own.
        if paragraph_mark(paragraph) not in carried:
            span = Span(passage.section, passage.start, passage.end)
            yield context.finding(code, {"start": paragraph[:SHOWN], "percent": percent(match.similarity), **words}, span=span)
