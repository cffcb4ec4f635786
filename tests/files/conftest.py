"""Fixtures: a report file and its directories."""

from __future__ import annotations

from pathlib import Path

import pytest
from nianbao.files.saving.directories import Places
from open_reports import Desk
from saved_files import OLD


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "state")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A file with the old bytes in a directory of its own."""
    path = tmp_path / "reports" / "民政局 2024.toml"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with a started report."""
    desk = Desk(tmp_path)
    desk.lay()
    return desk


@pytest.fixture
def empty_desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
