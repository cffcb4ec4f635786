"""What was left over in the prose: last year's years, other bodies' names, superseded citations, page noise, slips of copying.

Each family is a function from a passage to its traces. Families look for a word before they try a pattern, and their patterns
are compiled when first needed, so that clean prose costs little.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from ..report import PREFACE
from .citations import obsolete_citations
from .doubling import doubled_words, unpaired_marks
from .finding import Span
from .letters import reading_copy
from .links import foreign_links
from .names import other_bodies
from .noise import page_noise, template_text
from .other_years import other_years
from .parts import parts_of_the_report
from .passage import Passage
from .scripts import odd_characters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .context import Context
    from .finding import Finding
    from .passage import Trace

FAMILIES: tuple[Callable[[Passage], Iterator[Trace]], ...] = (
    other_years,
    obsolete_citations,
    parts_of_the_report,
    other_bodies,
    template_text,
    page_noise,
    foreign_links,
    doubled_words,
    unpaired_marks,
    odd_characters,
)
MOST = 10
"""Traces of one family in one section: more would bury what else there is to say."""
ONCE = frozenset(("traditional",))
"""Variants that are said once of a whole report."""
SHOWN = 40
"""Characters of the text that a message quotes."""


def check_residue(context: Context) -> Iterator[Finding]:
    """Findings about what does not belong in this report, each with its place in the prose and its words."""
    told: set[tuple[str, str]] = set()
    for passage in passages(context):
        for family in FAMILIES:
            for trace in islice(family(passage), MOST):
                if (trace.code, trace.variant) not in told:
                    yield _finding(context, passage, trace)
                if trace.variant in ONCE:
                    told.add((trace.code, trace.variant))


def passages(context: Context) -> Iterator[Passage]:
    """The report's texts, made ready for reading."""
    report = context.report
    remedies = {section.id for section in report.edition.sections if section.remedies}
    opening = {PREFACE, report.edition.sections[0].id}
    for section, text in context.texts():
        if text:
            yield Passage(
                section=section,
                text=text,
                plain=reading_copy(text),
                agency="".join(report.header.agency.split()),
                year=report.header.year,
                edition=report.edition,
                first=section in opening,
                problems=section in remedies,
            )


def _finding(context: Context, passage: Passage, trace: Trace) -> Finding:
    found = " ".join(passage.text[trace.start : trace.end].split())
    words = {"found": found if len(found) <= SHOWN else found[: SHOWN - 1] + "…", "year": passage.year, "agency": passage.agency}
    if trace.variant:
        words["variant"] = trace.variant
    return context.finding(
        trace.code, words | dict(trace.words), span=Span(passage.section, trace.start, trace.end), severity=trace.severity
    )
