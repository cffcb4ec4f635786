"""Check of the wording: leftover placeholders, missing numbers, gaps in enumerations."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from ...chinese.fold import reading_copy
from ..finding import Severity, Span
from .enumerations import enumeration_faults
from .placeholder_patterns import MISSING_NUMBERS, PLACEHOLDERS, find_gaps, gap_excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..context import CheckContext
    from ..finding import Finding

MOST = 20
"""Maximum of findings of one kind in one text. A text with more is not yet a report."""


def check_wording(context: CheckContext) -> Iterator[Finding]:
    """Report faults of wording in the agency, the title and every text."""
    for name, value in (("agency", context.report.header.agency), ("title", context.report.header.title)):
        for start, end in find_gaps(PLACEHOLDERS, value):
            yield context.finding("C34", {"found": value[start:end]}, key=("report", name))
    for section, text in context.texts():
        if not text:
            continue
        copy = reading_copy(text)
        for variant, patterns in (("", PLACEHOLDERS), ("number", MISSING_NUMBERS)):
            for start, end in itertools.islice(find_gaps(patterns, copy), MOST):
                words = {"variant": variant, "found": gap_excerpt(text, start, end)}
                yield context.finding("C34", words, span=Span(section, start, end))
        for fault in itertools.islice(enumeration_faults(copy), MOST):
            words = {"variant": fault.variant, "found": fault.shown, "wanted": fault.wanted}
            severity = Severity.INFO if fault.variant == "mixed" else None
            yield context.finding("C55", words, span=Span(section, fault.start, fault.end), severity=severity)
