"""Dialogs: the important part comes first, the rest scrolls, and the answers are always visible."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from nianbao.core.ids import parse_address
from tui_support import editing, finished_report

BLOCK = "\n".join("\t".join("甲" if (row, column) == (1, 3) else str(1000 + row * 9 + column) for column in range(9)) for row in range(29))
"""More values than the table has rows below its first, one of them not a number."""


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 12)])
async def test_a_long_preview_says_what_is_amiss_first_and_keeps_its_answers(tmp_path: Path, size: tuple[int, int]) -> None:
    async with editing(tmp_path, finished_report(), size=size) as stage:
        await stage.press("alt+3")
        await stage.paste(BLOCK)
        screen = re.sub(r"[\s│]", "", stage.screen())
        assert "1个不是数" in screen
        assert "放不下或对不上行次的" in screen
        assert ">粘贴" in screen
        assert "PgUp/PgDn" in screen
        assert "第1–" in screen
        first = screen.index("将修改")
        assert first < screen.index("不是数") < screen.index(">粘贴")


async def test_a_long_preview_is_scrolled_to_its_end_and_back(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3")
        await stage.paste(BLOCK)
        before = stage.screen()
        await stage.press("pagedown")
        assert "第1–" not in stage.screen()
        assert "> 粘贴" in stage.screen()
        await stage.press(*["pagedown"] * 30)
        last, total = re.search(r"–(\d+)行，共(\d+)行", stage.screen()).groups()  # type: ignore[union-attr]
        assert last == total
        await stage.press(*["pageup"] * 31)
        assert stage.screen() == before
        await stage.press("enter")
        assert stage.report.cell(parse_address("requests.carried_over.natural_person")) == 1009


async def test_a_short_question_says_nothing_of_lines(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3")
        await stage.paste("901\t902")
        assert "将修改2个单元格" in stage.screen()
        assert "PgDn" not in stage.screen()
