"""A report and a state folder for an editor that runs as a program of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from nianbao.core.ids import SectionId
from nianbao.files.report.serialize import report_bytes
from tui_support import finished_report


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A finished report but for the prose of its first section."""
    path = tmp_path / "report.toml"
    path.write_bytes(report_bytes(finished_report().with_text(SectionId("overview"), "")))
    return path


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state folder in which the hint of the first start has been shown."""
    folder = tmp_path / "state"
    folder.mkdir()
    (folder / "first-hint").touch()
    return folder
