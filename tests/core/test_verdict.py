"""The verdict on a report, from its findings and what a policy silenced."""

from __future__ import annotations

import pytest
from nianbao.core.checks.finding import Finding, Severity
from nianbao.core.verdict import Verdict, verdict_on


@pytest.mark.parametrize(
    ("findings", "more", "verdict"),
    [
        ((), {}, Verdict.CLEAN),
        ((Severity.INFO,), {}, Verdict.HINTS),
        ((Severity.INFO, Severity.WARNING), {}, Verdict.WARNINGS),
        ((Severity.ERROR,), {"lowered": True}, Verdict.ERRORS),
        ((Severity.WARNING,), {"lowered": True}, Verdict.BY_POLICY),
        ((), {"lowered": True, "draft": True}, Verdict.BY_POLICY),
        ((), {"lowered": True, "selected": True}, Verdict.SELECTED),
        ((), {"draft": True}, Verdict.DRAFT),
    ],
)
def test_the_verdict_is_the_first_that_applies(findings: tuple[Severity, ...], more: dict[str, bool], verdict: Verdict) -> None:
    assert verdict_on([Finding("C54", severity) for severity in findings], **{"lowered": False, **more}) is verdict
