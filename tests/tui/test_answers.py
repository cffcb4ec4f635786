"""Messages of the editor for keys that have little or nothing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.core.commands import text_of
from nianbao.core.ids import SectionId
from nianbao.core.report import Text
from nianbao.tui import words
from nianbao.tui.words.difference_words import differences
from textual.widgets import Label
from tui_support import OVERVIEW, editing, finished_report

if TYPE_CHECKING:
    from pathlib import Path

OVERVIEW_ID = SectionId("overview")


def test_a_line_that_was_inserted_is_seen_in_what_differs() -> None:
    before = finished_report()
    after = before.with_text(OVERVIEW_ID, OVERVIEW[:5] + "\n" + OVERVIEW[5:])
    (said,) = differences(before, after)
    assert words.LINE_END in said.partition("→")[2]
    assert words.LINE_END not in said.partition("→")[0]


async def test_undoing_a_replacement_says_how_many_sections_it_reached(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("f3")
        await stage.write("信息")
        await stage.press("alt+a", "escape")
        changed = sum("信息" in text_of(finished_report(), section.id) for section in stage.report.edition.sections)
        assert changed > 1
        await stage.press("ctrl+z")
        assert f"涉及{changed}个部分" in stage.message()


async def test_where_there_is_no_table_its_keys_say_so(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+5", "alt+t")
        assert stage.message() == words.NO_TABLE_HERE
        await stage.press("f4")
        assert stage.message() == words.NO_OTHER_PART


async def test_the_palette_says_that_it_knows_no_such_action(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("ctrl+p")
        await stage.write("zzzz")
        assert words.PALETTE_NOTHING in stage.screen()
        await stage.press("enter")
        assert stage.editor.screen is stage.main


async def test_an_answer_of_the_find_line_goes_when_other_words_are_looked_for(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("f3")
        await stage.write("申请")
        await stage.press("enter")
        assert "处" in _answer(stage.editor.screen.query_one("#answer", Label))
        await stage.write("x")
        assert _answer(stage.editor.screen.query_one("#answer", Label)) == words.FIND_HINT


async def test_a_paste_of_line_ends_is_not_taken_for_a_copy_that_was_never_made(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3")
        await stage.paste("\n\n")
        assert stage.message() == words.PASTED_NOTHING
        await stage.press("ctrl+v")
        assert stage.message() == words.NOTHING_COPIED


async def test_a_bracket_that_begins_a_value_is_kept(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3")
        await stage.write("(3)")
        await stage.press("enter")
        assert stage.value("requests.new_received.natural_person") == Text("(3)")
        assert stage.message() == words.NOT_A_NUMBER


async def test_in_prose_there_are_keys_to_both_ends_and_for_all(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        area = stage.main.pane.writing
        await stage.press("ctrl+end")
        assert area.caret == len(OVERVIEW)
        await stage.press("ctrl+home")
        assert area.caret == 0
        await stage.press("ctrl+a")
        assert area.selected_text == OVERVIEW


def _answer(label: Label) -> str:
    return str(label.content)
