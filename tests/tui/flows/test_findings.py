"""Problems of the file, previews of repairs, and identities, as the editor shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examined import findings_of
from nianbao.core.checks.finding import Severity
from nianbao.core.ids import parse_address
from nianbao.files.report.report_file import read_report
from nianbao.files.report.serialize import report_bytes
from nianbao.tui.app import Application
from nianbao.tui.screens.findings_screen import FindingsScreen
from nianbao.tui.words.finding_words import change_words, explanations_of
from tui_support import Stage, editing, finished_report, options_for, wrong_report

if TYPE_CHECKING:
    from pathlib import Path

EIGHT = "granted = [9, 3, 0, 0, 0, 0, 12, 12]\nbogus = [5]"


def _damaged() -> str:
    """Return a finished report with an extra number in one row and a row that the form does not have."""
    lines = report_bytes(finished_report()).decode().splitlines()
    row = next(number for number, line in enumerate(lines) if line.startswith("granted "))
    assert "[9, 3, 0, 0, 0, 0, 12]" in lines[row]
    return "\n".join([*lines[:row], EIGHT, *lines[row + 1 :]]) + "\n"


async def test_what_is_wrong_in_the_file_itself_is_counted_listed_and_said_on_opening(tmp_path: Path) -> None:
    path = tmp_path / "report.toml"
    path.write_text(_damaged(), "utf-8")
    known = [finding for finding in findings_of(read_report(path.read_bytes())) if finding.severity is Severity.ERROR]
    assert sorted(finding.code for finding in known) == ["F07", "F08"]
    editor = Application(options_for(tmp_path, path=path))
    async with editor.run_test(size=(80, 24)) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        assert "2处问题" in stage.message()
        assert "F7" in stage.message()
        assert "!三" in stage.line(1)
        await stage.press("f7")
        assert isinstance(editor.screen, FindingsScreen)
        shown = stage.screen()
        assert "可以发布" not in shown
        assert "错误2处" in stage.line(0)
        for finding in known:
            assert f"文件第{finding.line}行" in shown.replace("\n", "")
        await stage.press("escape")
        await stage.press("f12")
        assert "可以发布" not in stage.screen()
        await stage.press("escape")
        assert editor.session is not None
        editor.session.close(discard=True)


async def test_what_was_wrong_in_the_file_is_looked_for_again_in_what_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "report.toml"
    path.write_text(_damaged().replace(EIGHT, "granted = [9, 3, 0, 0, 0, 0]"), "utf-8")
    editor = Application(options_for(tmp_path, path=path))
    async with editor.run_test(size=(80, 24)) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        await stage.press("alt+3")
        table = stage.main.table
        assert table is not None
        table.move_to(parse_address("requests.granted.total"))
        assert "F06" in _codes(editor)
        await stage.write("12")
        await stage.press("enter")
        assert "F06" in _codes(editor), "until the file is written it has the row as it was"
        await stage.press("ctrl+s")
        await stage.settle()
        assert read_report(path.read_bytes()).problems == ()
        assert "F06" not in _codes(editor)
        assert stage.session is editor.session
        stage.session.close(discard=True)


def _codes(editor: Application) -> list[str]:
    examination = editor.examined()
    assert examination is not None
    return [finding.code for finding in examination.of_file]


async def test_a_repair_is_shown_before_it_is_made(tmp_path: Path) -> None:
    report = finished_report().with_cell(parse_address("requests.partly_granted.enterprise"), 1)
    async with editing(tmp_path, report, size=(120, 40)) as stage:
        await stage.press("f8")
        finding = stage.main.finding_here()
        assert finding is not None
        assert finding.repairs
        (words, *others) = [change_words(stage.report, cells) for cells in finding.repairs]
        (name, before, after), *_ = words
        await stage.press("f10")
        shown = stage.screen().replace("│", "").replace(" ", "").replace("\n", "")
        if others:
            assert f"{before or '（未填）'}→{after}" in shown
        else:
            assert f"由{before}改为{after}" in shown
        await stage.press("escape")
        assert ("建议：" if not others else "种改法") in stage.screen()
        assert name


async def test_all_findings_of_a_cell_are_explained(tmp_path: Path) -> None:
    async with editing(tmp_path, wrong_report(), size=(120, 60)) as stage:
        await stage.press("f8")
        found = stage.main.findings_here()
        assert len(found) > 1
        await stage.press("f10")
        page = explanations_of(stage.report, found)
        assert page.startswith(f"此处有{len(found)}处问题")
        assert all(finding.code in page for finding in found)
        assert f"此处有{len(found)}处问题" in stage.screen()
