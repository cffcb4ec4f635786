"""Help texts of every command: in Chinese, and within the terminal's width."""

from __future__ import annotations

import pytest
from command_line import Run
from nianbao.cli.commands.check import FORMATS
from nianbao.cli.main import MODULES
from nianbao.cli.words import common_words
from nianbao.cli.words.common_words import COMMANDS
from nianbao.core.chinese.width import text_width
from nianbao.files.saving.output_format import EXPORT_SUFFIXES, ExportFormat
from repository import ROOT


def test_every_command_of_the_overview_exists_and_the_reverse() -> None:
    assert {name for name, _ in COMMANDS} == set(MODULES)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_every_command_explains_itself_in_chinese(nianbao: Run, name: str) -> None:
    outcome = nianbao(name, "--help")
    assert outcome.code == 0
    assert outcome.out.startswith("用法：nianbao ")
    assert "\n选项：\n" in outcome.out
    assert ":\n" not in outcome.out
    assert "usage" not in outcome.out
    assert "show this help" not in outcome.out


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
@pytest.mark.parametrize("name", sorted(MODULES))
def test_help_stays_within_the_terminal(nianbao: Run, monkeypatch: pytest.MonkeyPatch, name: str, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = nianbao(name, "--help").out.split("\n")
    assert max(map(text_width, lines)) <= min(columns, 80)
    assert not [line for line in lines if line.strip()[:1] in ("，", "。", "；", "）")]


def test_the_help_and_the_readme_name_every_format_of_check() -> None:
    assert common_words.FORMAT.partition("：")[2].replace("（默认）", "").split("、") == list(FORMATS)
    for name in ("README.md", "README.zh-CN.md"):
        assert f"`--format {'|'.join(FORMATS)}`" in (ROOT / name).read_text(encoding="utf-8"), name


def test_the_help_names_every_format_of_export_and_its_suffixes() -> None:
    assert set(EXPORT_SUFFIXES.values()) == set(ExportFormat)
    for name in (*ExportFormat, *EXPORT_SUFFIXES):
        assert name in common_words.EXPORT_FORMAT
