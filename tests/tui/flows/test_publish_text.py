"""Existing files at an output path named by the user: the editor asks, keeps backups, and never replaces other reports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from nianbao.files.report.serialize import report_bytes
from nianbao.files.saving.backups import backups_of
from nianbao.files.saving.directories import Places, companion_path
from nianbao.files.saving.process import Owner
from nianbao.tui import words
from nianbao.tui.flows import clipboard, save_export
from tui_support import Stage, editing, finished_report, new_report

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "别人的文字。\n".encode()
REPORT = report_bytes(new_report())
CELLS = "1\t2\n"


async def name(stage: Stage, what: str, path: Path) -> None:
    """Start an output and type its path."""
    if what == "export":
        save_export.export(stage.editor)
    elif what == "copy":
        clipboard.copy_to_file(stage.editor, CELLS)
    else:
        save_export.save_as(stage.editor)
    await stage.settle()
    await stage.press("ctrl+a", "ctrl+k")
    await stage.write(str(path))
    await stage.press("enter")


def expected(stage: Stage, what: str) -> bytes:
    if what == "save as":
        return report_bytes(stage.report)
    return (save_export.published_text(stage.editor) if what == "export" else CELLS).encode()


def backups(folder: Path, path: Path) -> list[bytes]:
    return [backup.path.read_bytes() for backup in backups_of(Places(folder / "state"), path)]


OUTPUTS = [("export", ".txt"), ("copy", ".tsv"), ("save as", ".toml")]


@pytest.mark.parametrize(("what", "suffix"), OUTPUTS)
async def test_a_file_is_replaced_when_the_user_says_so_and_is_kept(tmp_path: Path, what: str, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    path.write_bytes(TEXT)
    async with editing(tmp_path, finished_report()) as stage:
        await name(stage, what, path)
        assert words.OVERWRITE_TITLE in stage.screen()
        await stage.press("enter")
        assert path.read_bytes() == TEXT
        await name(stage, what, path)
        await stage.press("down", "enter")
        assert path.read_bytes() == expected(stage, what)
    assert backups(tmp_path, path) == [TEXT]


@pytest.mark.parametrize(("what", "suffix"), OUTPUTS[:2])
async def test_a_report_is_never_replaced_by_text(tmp_path: Path, what: str, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    path.write_bytes(REPORT)
    async with editing(tmp_path, finished_report()) as stage:
        await name(stage, what, path)
        assert "不会覆盖年报文件" in stage.screen()
    assert path.read_bytes() == REPORT


@pytest.mark.parametrize(("what", "suffix"), OUTPUTS)
async def test_a_name_that_somebody_edits_is_left_alone(tmp_path: Path, what: str, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    owner = Owner(user="李", host="另一台主机", pid=7, since="2025-01-10T09:00:00+08:00")
    companion_path(path, "lock").write_text(json.dumps({**owner.plain(), "token": "x"}), "utf-8")
    async with editing(tmp_path, finished_report()) as stage:
        await name(stage, what, path)
        assert "用户 李" in stage.screen()
    assert not path.exists()


@pytest.mark.parametrize("suffix", [".docx", ".xyz", ".5", ""])
@pytest.mark.parametrize("what", ["export", "copy"])
async def test_a_suffix_that_tells_no_format_is_asked_for_again(tmp_path: Path, what: str, suffix: str) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await name(stage, what, tmp_path / f"out{suffix}")
        assert "文件名的后缀决定格式" in stage.screen()
        assert f"out{suffix}" in stage.screen()
        await stage.press("escape")
    assert not (tmp_path / f"out{suffix}").exists()


async def test_a_report_is_saved_under_its_own_suffix_alone(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await name(stage, "save as", tmp_path / "out.xyz")
        assert words.BAD_REPORT_SUFFIX in stage.screen()
        await stage.press("escape")
        await name(stage, "save as", tmp_path / "out")
        assert (tmp_path / "out.toml").read_bytes() == report_bytes(stage.report)
    assert not (tmp_path / "out.xyz").exists()
