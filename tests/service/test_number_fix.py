"""Position and replacement of a wrong number in a sentence."""

from __future__ import annotations

from nianbao.core.checks.finding import Finding, Span
from nianbao.core.ids import PREFACE, SectionId
from nianbao.service.number_fix import replacement
from tui_support import OVERVIEW, contradicting

OVERVIEW_ID = SectionId("overview")


def test_the_place_of_the_number_is_inside_the_sentence() -> None:
    report = contradicting()
    start = len(OVERVIEW) + 1
    found = Finding(
        "C20",
        params=(("stated", "16"), ("table", "17")),
        span=Span(OVERVIEW_ID, start, start + 15),
    )
    plan = replacement(report, found)
    assert plan is not None
    assert (plan.written, plan.right, plan.span.start) == ("16", "17", start + 12)
    assert replacement(report, Finding("C20", span=Span(PREFACE, 0, 0), params=(("stated", "16"), ("table", "17")))) is None
