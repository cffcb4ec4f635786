"""State of a section, from its findings."""

from __future__ import annotations

import pytest
from nianbao.core.checks.finding import Finding, Severity, Span
from nianbao.core.ids import SectionId
from nianbao.service.examination import Examination
from tui_support import finished_report


@pytest.mark.parametrize(("severity", "state"), [(Severity.ERROR, "wrong"), (Severity.WARNING, "doubtful"), (Severity.INFO, "clean")])
def test_the_gravest_finding_gives_the_mark_of_its_section(severity: Severity, state: str) -> None:
    section = SectionId("other")
    finding = Finding("P01", severity=severity, section=section, span=Span(section, 0, 2))
    assert Examination(finished_report(), (finding,)).state(section) == state
