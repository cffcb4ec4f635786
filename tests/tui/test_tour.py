"""The tour of docs/tour.md, taken again: every screen comes as the page shows it, and a report fit to be published comes of it."""

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
from tour import NAME, TEXT, Tour, page, shell, take

PAGE = Path(__file__).parents[2] / "docs" / "tour.md"

reason = missing_program("tmux", "tmux")
pytestmark = pytest.mark.skipif(reason is not None, reason=str(reason))


@dataclass(slots=True)
class GuidedTour(Tour):
    """A tour that waits for the screens of the page."""

    screens: list[str] = field(default_factory=list)

    def show(self, words: str, wanted: str | Callable[[str], bool]) -> None:  # noqa: ARG002 - the page knows the whole screen
        """Wait for the next screen of the page."""
        expected = self.screens[len(self.pages)]
        try:
            self.tmux.wait_for(lambda shown: shown.rstrip() == expected)
        except AssertionError as error:
            error.add_note(f"docs/tour.md shows under “{words}”:\n{expected}\nRenew it: python tests/support/tour.py > docs/tour.md")
            raise
        self.pages.append((words, expected))


def test_the_tour_goes_as_the_page_shows(tmp_path: Path) -> None:
    written = PAGE.read_text("utf-8")
    with shell(tmp_path) as tmux:
        guided = GuidedTour(tmux, screens=re.findall(r"```text\n(.*?)\n```", written, re.DOTALL))
        take(guided)
    assert page(guided.pages) == written
    report = load_report(tmp_path / "work" / NAME).report
    assert not check_report(report, load_catalogue())
    assert report.cell(parse_address("requests.new_received.total")) == 17
    assert "青石区档案局2024年政府信息公开工作年度报告" in (tmp_path / "work" / TEXT).read_text("utf-8")
