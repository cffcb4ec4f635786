"""Findings in a report file, by the same path as every command and the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.core.policy import NO_POLICY, Policy
from nianbao.service.examine import ExamineOptions, examine_file

if TYPE_CHECKING:
    from nianbao.core.checks.finding import Finding
    from nianbao.core.policy_effect import PolicyEffect
    from nianbao.core.report import Report
    from nianbao.files.report.report_file import ReportFile


def findings_of(source: ReportFile, *, previous: Report | None = None, draft: bool = False) -> tuple[Finding, ...]:
    """Return the findings by the built-in rules alone."""
    return findings_under(source, NO_POLICY, previous=previous, draft=draft)[0]


def findings_under(
    source: ReportFile, policy: Policy, *, previous: Report | None = None, draft: bool = False
) -> tuple[tuple[Finding, ...], PolicyEffect | None]:
    """Return the findings under a policy, and the policy's effect."""
    return examine_file(source, ExamineOptions(policy, previous, draft))
