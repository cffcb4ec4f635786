"""The terminal's own cursor is where the next character goes, for input-method windows and braille displays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from nianbao.core.ids import SectionId, parse_address
from nianbao.files.report.serialize import report_bytes
from pty_terminal import ALT, PtyTerminal, editor_command, editor_environ
from tui_support import finished_report

OVERVIEW = SectionId("overview")
F3, F6, F8 = "\x1bOR", "\x1b[17~", "\x1b[19~"
PALETTE = "\x10"


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[PtyTerminal]:
    state = tmp_path / "state"
    state.mkdir()
    (state / "first-hint").touch()
    path = tmp_path / "report.toml"
    report = finished_report().with_text(OVERVIEW, "本机关公开信息。\n全年受理申请。")
    path.write_bytes(report_bytes(report.with_cell(parse_address("requests.new_received.natural_person"), 13)))
    with PtyTerminal(editor_command(path), editor_environ(state)) as terminal:
        terminal.wait_for("本机关公开信息")
        terminal.read_until_quiet(0.3)
        yield terminal


def cursor_of(terminal: PtyTerminal) -> tuple[int, int]:
    terminal.read_until_quiet(0.3)
    assert not terminal.screen.cursor.hidden
    return terminal.screen.cursor.x, terminal.screen.cursor.y


def character_at(terminal: PtyTerminal, place: tuple[int, int]) -> str:
    return terminal.screen.buffer[place[1]][place[0]].data


def before_cursor(terminal: PtyTerminal) -> str:
    x, y = cursor_of(terminal)
    return "".join(terminal.screen.buffer[y][column].data for column in range(x))


def test_at_the_start_it_is_at_the_first_character_of_the_prose(editor: PtyTerminal) -> None:
    place = cursor_of(editor)
    assert character_at(editor, place) == "本"
    editor.type("新")
    editor.wait_for("新本机关")
    assert character_at(editor, place) == "新"


@pytest.mark.parametrize("keys", [f"{ALT}5", F6 * 4, f"{ALT}6"])
def test_in_another_pane_of_prose_the_next_character_goes_there(editor: PtyTerminal, keys: str) -> None:
    editor.type(keys)
    place = cursor_of(editor)
    editor.answer("龘")
    assert character_at(editor, place) == "龘"


def test_in_the_preface_the_next_character_goes_there(editor: PtyTerminal) -> None:
    editor.type("\x1bOS")
    place = cursor_of(editor)
    editor.answer("龘")
    assert character_at(editor, place) == "龘"


@pytest.mark.parametrize("opening", [F8, f"{ALT}3"])
def test_a_dialog_that_closes_gives_it_back_to_the_cell(editor: PtyTerminal, opening: str) -> None:
    editor.type(f"{ALT}3")
    editor.read_until_quiet(0.3)
    editor.type(opening)
    cell = cursor_of(editor)
    assert cell != (0, 0)
    for dialog in (PALETTE, "\x1bOP", f"{ALT}i", F3):
        editor.type(dialog)
        assert cursor_of(editor) != cell
        editor.type("\x1b")
        assert cursor_of(editor) == cell


def test_after_a_paste_it_is_on_the_cell_again(editor: PtyTerminal) -> None:
    editor.type(f"{ALT}3")
    cell = cursor_of(editor)
    editor.paste("901\t902\n903\t904")
    editor.wait_for("粘贴预览")
    x, y = cursor_of(editor)
    assert editor.lines()[y][x:].startswith("> 粘贴")
    editor.type("\r")
    assert cursor_of(editor) == cell


@pytest.mark.parametrize(
    ("name", "title"), [("导出", "导出文本"), ("另存为", "另存为"), ("打开去年报告", "打开去年报告"), ("新建", "新建报告")]
)
def test_in_a_dialog_that_asks_for_a_path_it_is_behind_the_path(editor: PtyTerminal, name: str, title: str) -> None:
    editor.type(PALETTE)
    assert before_cursor(editor).endswith("|")
    editor.type(name)
    assert before_cursor(editor).endswith(name)
    editor.type("\r")
    editor.wait_for(f" {title} ")
    _, y = cursor_of(editor)
    assert before_cursor(editor).rstrip().startswith("│") or "|" in before_cursor(editor)
    assert title not in editor.lines()[y]
    editor.type("\x05x")
    assert before_cursor(editor).endswith("x")


def test_in_the_reports_header_it_is_in_the_first_field(editor: PtyTerminal) -> None:
    editor.type(f"{ALT}i")
    editor.wait_for("机关名称")
    labelled = next(y for y, line in enumerate(editor.lines()) if "机关名称" in line)
    x, y = cursor_of(editor)
    assert y == labelled + 1
    assert x > 3


def test_where_a_finding_is_let_stand_it_is_in_the_field_for_the_reason(editor: PtyTerminal) -> None:
    editor.type(f"{ALT}3")
    editor.wait_for(lambda shown: "\n问题" in shown)
    editor.type(f"{ALT}h")
    editor.wait_for(" 认可")
    place = cursor_of(editor)
    editor.answer("龘")
    assert character_at(editor, place) == "龘"


def test_from_a_table_to_the_prose_and_back_it_goes_along(editor: PtyTerminal) -> None:
    editor.answer("年内收到申请90件。")
    editor.read_until_quiet(0.5)
    editor.type(f"{ALT}3")
    cell = cursor_of(editor)
    editor.type(f"{ALT}1")
    sentence = cursor_of(editor)
    assert sentence != cell
    assert before_cursor(editor).endswith("件。")
    editor.type(f"{ALT}3")
    assert cursor_of(editor) == cell


def test_while_something_is_looked_for_it_stays_in_the_field(editor: PtyTerminal) -> None:
    editor.type(F3)
    start = cursor_of(editor)
    editor.type("受理")
    assert before_cursor(editor).endswith("受理")
    typed = cursor_of(editor)
    assert typed == (start[0] + 4, start[1])
    editor.type("\r")
    assert cursor_of(editor) == typed
    editor.answer("申请")
    assert before_cursor(editor).endswith("受理申请")
