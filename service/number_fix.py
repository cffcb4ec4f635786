"""Replacing a wrong number in a sentence by the right one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..core.commands import text_of

if TYPE_CHECKING:
    from ..core.checks.finding import Finding, Span
    from ..core.report import Report

RIGHT_NUMBERS: Final = ("table", "right")
"""Parameters of findings with the number that the sentence should state: from a table, or from its own arithmetic."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A number in the prose and its replacement."""

    span: Span
    """Span of the number alone, not of the sentence."""
    written: str
    right: str


def replacement(report: Report, finding: Finding) -> Replacement | None:
    """Return the replacement that corrects a finding; None if the finding has no such number or the sentence does not contain it."""
    right = next((value for name in RIGHT_NUMBERS if (value := finding.param(name))), "")
    span = finding.span
    if span is None or not right or not finding.param("stated"):
        return None
    text = text_of(report, span.section)[span.start : span.end]
    # The prose vocabulary is not loaded at start-up.
    from ..core.prose.number_span import find_number  # noqa: PLC0415 - see above

    place = find_number(text, finding.param("stated"))
    if place is None:
        return None
    start, end = place
    return Replacement(type(span)(span.section, span.start + start, span.start + end), text[start:end], right)
