"""A published page, text or document opens in the editor as a new report; the source is never written."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from nianbao.core.ids import parse_address
from nianbao.core.publishing.official_text import export_text
from nianbao.core.report import BLANK
from nianbao.files.report.report_file import load_report
from nianbao.files.saving.process import Owner
from nianbao.tui import words
from nianbao.tui.app import Application
from tui_support import Stage, editing, finished_report, options_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from nianbao.tui.options import EditorOptions

GRANTED = "requests.granted.natural_person"


def published(*, broken: bool = False) -> str:
    """Return a report as published text; `broken` puts something other than a number in the first cell of 予以公开."""
    lines = export_text(finished_report()).text.splitlines()
    if broken:
        at = next(number for number, line in enumerate(lines) if "予以公开" in line and "9" in line)
        lines[at] = lines[at].replace("9", "x", 1)
    return "\n".join(lines) + "\n"


@asynccontextmanager
async def importing(options: EditorOptions, *, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Stage]:
    """An editor started on a source, with the import report still shown."""
    editor = Application(options)
    async with editor.run_test(size=size) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        await stage.settle()
        yield stage
        if editor.session is not None:
            editor.session.close(discard=True)


async def test_a_published_text_opens_as_a_new_report_that_is_not_saved(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(published(), "utf-8")
    async with importing(options_for(tmp_path, path=page)) as stage:
        assert words.IMPORT_TITLE in stage.screen()
        await stage.press("escape")
        assert stage.report.cells == finished_report().cells
        assert stage.report.texts == finished_report().texts
        assert words.UNSAVED in stage.line(0)
        assert not (tmp_path / "page.toml").exists()


async def test_the_first_save_asks_for_a_name_and_the_source_stays(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(published(), "utf-8")
    before = page.read_bytes()
    async with importing(options_for(tmp_path, path=page)) as stage:
        await stage.press("escape", "ctrl+s")
        assert str(tmp_path / "page.toml")[-20:] in stage.screen().replace("\n", "")
        await stage.press("ctrl+a", "ctrl+k")
        await stage.write(str(page))
        await stage.press("enter")
        assert words.SOURCE_IS_KEPT[:12] in stage.screen()
        await stage.press("ctrl+a", "ctrl+k")
        await stage.write(str(tmp_path / "2024"))
        await stage.press("enter")
        assert load_report(tmp_path / "2024.toml").report == stage.report
        assert stage.session.path == tmp_path / "2024.toml"
        await stage.write("7")
        await stage.press("enter", "ctrl+s")
        assert stage.message() == words.saved_to("2024.toml")
    assert page.read_bytes() == before


async def test_an_export_never_overwrites_the_source(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(published(), "utf-8")
    before = page.read_bytes()
    async with importing(options_for(tmp_path, path=page)) as stage:
        await stage.press("escape", "f12", "e")
        await stage.press("ctrl+a", "ctrl+k")
        await stage.write(str(page))
        await stage.press("enter")
        assert words.SOURCE_NOT_OVERWRITTEN[:10] in stage.screen()
        await stage.press("escape")
    assert page.read_bytes() == before


async def test_what_could_not_be_read_is_marked_until_it_is_filled(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(published(broken=True), "utf-8")
    async with importing(options_for(tmp_path, path=page)) as stage:
        source = stage.editor.source
        assert source is not None
        lost = source.unread(stage.report)
        assert lost, "the row must not have been guessed"
        assert parse_address(GRANTED) in lost
        assert {address.row for address in lost} == {"granted"}
        assert f"{len(lost)} 格" in stage.screen()
        await stage.press("escape", "alt+3")
        assert words.unread_heading("", len(lost)) in stage.line(1)
        await stage.press("down", "down")
        assert stage.value(GRANTED) is BLANK
        assert "?" in next(line for line in stage.screen().splitlines() if "（一）予以公开" in line)
        assert "没有从原文读出" in stage.screen()
        await stage.write("9")
        await stage.press("enter", "up")
        assert stage.value(GRANTED) == 9
        assert "没有从原文读出" not in stage.screen()
        assert "未读出" not in stage.line(1)


async def test_the_source_is_shown_beside_and_follows_the_cursor(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(published(broken=True), "utf-8")
    async with importing(options_for(tmp_path, path=page), size=(80, 30)) as stage:
        await stage.press("escape", "alt+3", "down", "down", "alt+m")
        marked = [line for line in stage.screen().splitlines() if line.startswith(">")]
        assert len(marked) == 1
        assert "予以公开" in marked[0]
        await stage.press("alt+5")
        marked = [line for line in stage.screen().splitlines() if line.startswith(">")]
        assert "解读形式较少" in marked[0]
        await stage.press("alt+m")
        assert not [line for line in stage.screen().splitlines() if line.startswith(">")]


async def test_a_page_opens_from_inside_too(tmp_path: Path) -> None:
    rows = "".join(f"<p>{line}</p>" for line in ("示例市民政局2024年政府信息公开工作年度报告", "一、总体情况", "全年公开信息三十五条。"))
    page = tmp_path / "page.html"
    page.write_text(f"<html><body>{rows}</body></html>", "utf-8")
    async with editing(tmp_path, finished_report()) as stage:
        await stage.do("open")
        await stage.settle()
        await stage.settle()
        await stage.write(str(page))
        await stage.press("enter")
        await stage.press("escape")
        assert "三十五条" in stage.report.texts[0]
        assert stage.session.path == tmp_path / "page.toml"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("old.doc", b"\xd0\xcf\x11\xe0" + bytes(64), "旧版 Word"),
        ("broken.docx", b"PK\x03\x04nothing", "不是能安全读取的"),
        ("empty.txt", b"", "没有认出年报"),
        ("missing.html", None, "没有这个文件"),
    ],
)
async def test_what_is_no_report_is_refused_with_the_reason(tmp_path: Path, name: str, data: bytes | None, reason: str) -> None:
    page = tmp_path / name
    if data is not None:
        page.write_bytes(data)
    async with importing(options_for(tmp_path, path=page)) as stage:
        assert reason in stage.screen()
        await stage.press("escape")
        assert stage.editor.exit_code == 2


async def test_an_import_that_was_never_saved_is_offered_again(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(published(), "utf-8")
    options = options_for(tmp_path, path=page)
    dead = replace(options.surroundings, process=lambda _: Owner(user="王", host="", pid=2**22 - 3))
    editor = Application(replace(options, surroundings=dead))
    async with editor.run_test(size=(80, 24)) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        await stage.settle()
        await stage.press("escape", "alt+3")
        await stage.write("27")
        await stage.press("enter")
        stage.session.close()
    async with importing(options) as stage:
        assert words.RECOVER_TITLE in stage.screen()
        await stage.press("enter")
        assert stage.value("requests.new_received.natural_person") == 27
        assert stage.editor.source is not None


async def test_without_a_source_the_key_says_so(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+m")
        assert stage.message() == words.NO_SOURCE
