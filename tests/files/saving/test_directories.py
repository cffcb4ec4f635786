"""Directories of journals, backups and configuration."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from nianbao.files.saving.directories import user_places


def test_state_lies_where_the_user_or_the_system_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NIANBAO_STATE", str(tmp_path / "s"))
    assert user_places().journals == tmp_path / "s" / "journals"
    monkeypatch.delenv("NIANBAO_STATE")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
    if sys.platform == "linux":
        assert user_places().state == tmp_path / "xdg" / "nianbao"
    assert user_places().state.name == "nianbao"
