"""The preview shows exactly the exported text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from nianbao.core.chinese.width import Ambiguous
from nianbao.core.publishing.official_text import export_text
from nianbao.core.publishing.style import Borders, TextStyle
from nianbao.tui import words
from nianbao.tui.flows import save_export
from nianbao.tui.terminal import probe
from tui_support import editing, finished_report, new_report, wrong_report


async def test_the_preview_is_exactly_what_is_exported(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report(), size=(100, 40)) as stage:
        await stage.press("f12")
        shown = stage.screen().splitlines()[1:-1]
        text = save_export.published_text(stage.editor)
        assert shown == [line.rstrip() for line in text.splitlines()[: len(shown)]]
        await stage.press("e", "enter")
        assert (tmp_path / "report.txt").read_text("utf-8") == text
        assert text == export_text(stage.report, TextStyle()).text
        assert words.exported_to(str(tmp_path / "report.txt"), 0) == stage.message()


@pytest.mark.parametrize("ambiguous", [1, 2])
async def test_the_preview_writes_the_very_bytes_of_the_export_command(tmp_path: Path, ambiguous: Ambiguous) -> None:
    profile = probe.Profile(draws=False, ambiguous=ambiguous)
    async with editing(tmp_path, wrong_report(), profile=profile) as stage:
        await stage.press("f12", "e", "enter")
    assert (tmp_path / "report.txt").read_bytes() == _exported_by_command(tmp_path / "report.toml", tmp_path / "command.txt")


def _exported_by_command(path: Path, out: Path) -> bytes:
    subprocess.run([sys.executable, "-m", "nianbao", "export", str(path), "-o", str(out)], check=False, timeout=60)
    return out.read_bytes()


async def test_lines_that_the_terminal_shows_otherwise_are_noted_and_may_be_changed(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report(), size=(100, 24)) as stage:
        await stage.press("f12")
        assert words.PREVIEW_LINES in stage.line(0)
        await stage.press("b")
        assert words.PREVIEW_LINES not in stage.line(0)
        await stage.press("d", "e", "enter")
        expected = export_text(stage.report, TextStyle(borders=Borders.ASCII), draft=True).text
        assert (tmp_path / "report.txt").read_text("utf-8") == expected


async def test_a_draft_is_marked_in_the_preview(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report()) as stage:
        await stage.press("f12")
        assert "草稿" in stage.screen()
