"""Fixtures for an editor that runs as a separate program: a report and a state directory."""

from __future__ import annotations

from pathlib import Path

import pytest
from nianbao.core.ids import SectionId
from nianbao.files.report.serialize import report_bytes
from tui_support import finished_report


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A finished report without the prose of its first section."""
    path = tmp_path / "report.toml"
    path.write_bytes(report_bytes(finished_report().with_text(SectionId("overview"), "")))
    return path


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """State directory in which the first-start hint has been shown already."""
    folder = tmp_path / "state"
    folder.mkdir()
    (folder / "first-hint").touch()
    return folder
