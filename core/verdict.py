"""The verdict on a checked report. Every front end uses this rule and has its own wording."""

from __future__ import annotations

from enum import StrEnum, auto
from typing import TYPE_CHECKING

from .checks.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .checks.finding import Finding


class Verdict(StrEnum):
    """Conclusion from the findings of one report; the first that applies, in this order."""

    ERRORS = auto()
    """Must not be published as it is."""
    SELECTED = auto()
    """No errors, but only selected rules were checked."""
    BY_POLICY = auto()
    """No errors under a policy that requires less than the form."""
    DRAFT = auto()
    """No errors by the rules for drafts."""
    WARNINGS = auto()
    """No errors, but something is probably wrong."""
    HINTS = auto()
    """Can be published; has hints worth a look."""
    CLEAN = auto()
    """Can be published."""


def verdict_on(findings: Iterable[Finding], *, lowered: bool, draft: bool = False, selected: bool = False) -> Verdict:
    """Return the verdict on a report with these findings.

    Args:
        findings: All findings that are not switched off.
        lowered: Whether the policy in force requires less than the form (`PolicyEffect.lowers`).
        draft: Whether the report was checked as a draft.
        selected: Whether only selected rules were checked.
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
