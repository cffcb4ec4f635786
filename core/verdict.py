"""The verdict on a report that was checked: one rule for every front end, which has the words for it."""

from __future__ import annotations

from enum import StrEnum, auto
from typing import TYPE_CHECKING

from .checks.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .checks.finding import Finding


class Verdict(StrEnum):
    """What follows from the findings of one report; the first that applies, in this order."""

    ERRORS = auto()
    """Must not be published like this."""
    SELECTED = auto()
    """No error, but only some rules were asked for."""
    BY_POLICY = auto()
    """No error under a policy that asks less than the form."""
    DRAFT = auto()
    """No error by the standards of a draft."""
    WARNINGS = auto()
    """No error, but something is probably wrong."""
    HINTS = auto()
    """Can be published; something is worth a look."""
    CLEAN = auto()
    """Can be published."""


def verdict_on(findings: Iterable[Finding], *, lowered: bool, draft: bool = False, selected: bool = False) -> Verdict:
    """The verdict on a report with these findings.

    Args:
        findings: everything found and not switched off.
        lowered: whether a policy in force asks less than the form (`PolicyEffect.lowers`).
        draft: whether the report was checked as a draft.
        selected: whether only some rules were asked for.
    """
    gravest = min((finding.severity.rank for finding in findings), default=None)
    if gravest == Severity.ERROR.rank:
        return Verdict.ERRORS
    if selected:
        return Verdict.SELECTED
    if lowered:
        return Verdict.BY_POLICY
    if draft:
        return Verdict.DRAFT
    if gravest is None:
        return Verdict.CLEAN
    return Verdict.WARNINGS if gravest == Severity.WARNING.rank else Verdict.HINTS
