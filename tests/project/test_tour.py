"""The tutorial, replayed: every screen is as shown in both pages, and the resulting report can be published."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from nianbao.core.checks.run_checks import check_report
from nianbao.core.ids import parse_address
from nianbao.files.report.report_file import load_report
from nianbao.templates import load_catalogue
from requirements import missing_program
from tour import ENGLISH_PAGE, FOLDER, NAME, TEXT, Part, Tour, pages, shell, take

reason = missing_program("tmux", "tmux")
pytestmark = pytest.mark.skipif(reason is not None, reason=str(reason))


@dataclass(slots=True)
class GuidedTour(Tour):
    """A tour that waits for the screens of the page."""

    screens: list[str] = field(default_factory=list)

    def show(self, english: str, chinese: str, wanted: str | Callable[[str], bool]) -> None:  # noqa: ARG002 - the page knows the whole screen
        """Wait for the next screen of the page."""
        expected = self.screens[sum(bool(part.screen) for part in self.parts)]
        try:
            self.tmux.wait_for(lambda shown: shown.rstrip() == expected)
        except AssertionError as error:
            error.add_note(f"docs/{ENGLISH_PAGE} shows under “{english}”:\n{expected}\nRenew it: python tests/support/tour.py")
            raise
        self.parts.append(Part(english, chinese, expected))


def test_the_tour_goes_as_both_pages_show(tmp_path: Path) -> None:
    written = (FOLDER / ENGLISH_PAGE).read_text("utf-8")
    with shell(tmp_path) as tmux:
        guided = GuidedTour(tmux, screens=re.findall(r"```text\n(.*?)\n```", written, re.DOTALL))
        take(guided)
    for name, text in pages(guided.parts).items():
        assert text == (FOLDER / name).read_text("utf-8"), name
    report = load_report(tmp_path / "work" / NAME).report
    assert not check_report(report, load_catalogue())
    assert report.cell(parse_address("requests.new_received.total")) == 17
    assert "青石区档案局2024年政府信息公开工作年度报告" in (tmp_path / "work" / TEXT).read_text("utf-8")
