"""Prose on the screen: typing, undo over everything, find and replace, outline, pastes."""

from __future__ import annotations

import random
import stat
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import pytest
from nianbao.core.carry_over import paragraph_mark
from nianbao.core.commands import Command, CommandError, FillBlank, SetText, reduce, text_of
from nianbao.core.ids import PREFACE, SectionId
from nianbao.core.report import Report
from nianbao.core.text_diff import TextChange, changed_range
from nianbao.files.report.report_file import load_report
from nianbao.tui import words
from nianbao.tui.prose_search import count_characters
from nianbao.tui.widgets.prose_area import ProseArea
from textual import events
from textual.app import App, ComposeResult
from textual.widgets.text_area import Selection
from tui_support import OVERVIEW, editing, finished_report, new_report

OVERVIEW_ID = SectionId("overview")


async def test_what_is_typed_is_in_the_report_at_once(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report()) as stage:
        await stage.write("本机关“十四五”——规划……\n第二段。")
        assert stage.report.text(OVERVIEW_ID) == "本机关“十四五”——规划……\n第二段。"
        assert f"{count_characters(stage.report.text(OVERVIEW_ID))}字" in stage.screen()


async def test_each_typed_character_is_in_the_journal(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report()) as stage:
        await stage.write("公开")
        assert len(stage.session.journal.records) == 2


async def test_one_undo_reaches_over_tables_prose_and_header(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        before = stage.report
        await stage.write("新")
        await stage.press("alt+3")
        await stage.write("20")
        await stage.press("enter", "ctrl+s")
        await stage.press("ctrl+z")
        assert stage.report.cells == before.cells
        await stage.press("ctrl+z")
        assert stage.report == before
        await stage.press("ctrl+y", "ctrl+y")
        assert stage.value("requests.new_received.natural_person") == 20
        assert stage.report.text(OVERVIEW_ID) == "新" + OVERVIEW


async def test_an_undo_of_prose_shows_in_the_pane_and_keeps_the_caret_near(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("down", "right", "right")
        await stage.write("补充")
        await stage.press("ctrl+z")
        prose = stage.main.pane.prose
        assert prose.text == OVERVIEW
        assert prose.cursor_location[0] == 0 or prose.cursor_location == (0, prose.cursor_location[1])
        assert prose.caret > 0


async def test_control_characters_of_a_paste_are_left_out(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report()) as stage:
        await stage.paste("第一段\x07\x1b[31m。\r\n第二段\t。")
        assert stage.report.text(OVERVIEW_ID) == "第一段。\n第二段 。"


async def test_a_large_paste_arrives_whole_as_one_step(tmp_path: Path) -> None:
    text = "政府信息公开工作。" * 3800
    async with editing(tmp_path, new_report()) as stage:
        await stage.paste(text)
        assert stage.report.text(OVERVIEW_ID) == text
        await stage.press("ctrl+z")
        assert stage.report.text(OVERVIEW_ID) == ""


async def test_no_line_starts_with_a_full_stop(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report(), size=(60, 20)) as stage:
        await stage.write("本" * 29 + "，公开。" * 20)
        lines = stage.screen().splitlines()[2:10]
        assert not any(line[:1] in "，。" for line in lines if line)


async def test_find_goes_through_the_sections_and_replace_changes_one_place(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("f3")
        await stage.write("改进")
        await stage.press("enter")
        assert words.found_at(1, 3) in stage.screen()
        await stage.press("enter")
        assert stage.main.section.id == "problems"
        await stage.press("tab")
        await stage.write("提升")
        await stage.press("alt+r")
        assert stage.report.text(SectionId("problems")).count("提升") == 1


async def test_replacing_everywhere_is_counted_and_can_be_undone(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        before = stage.report
        await stage.press("f3")
        await stage.write("改进")
        await stage.press("tab")
        await stage.write("提升")
        await stage.press("alt+a")
        assert words.replaced(3, 2) in stage.screen()
        await stage.press("escape", "ctrl+z", "ctrl+z")
        assert stage.report == before


async def test_replacing_everywhere_reaches_the_preface_and_is_one_step(tmp_path: Path) -> None:
    report = finished_report()
    report = report.with_header(report.header._replace(preface="本年报按要求改进编制。"))
    async with editing(tmp_path, report) as stage:
        await stage.press("f3")
        await stage.write("改进")
        await stage.press("tab")
        await stage.write("提升")
        await stage.press("alt+a")
        assert words.replaced(4, 3) in stage.screen()
        assert stage.report.header.preface == "本年报按要求提升编制。"
        await stage.press("escape", "ctrl+z")
        assert stage.report == report


async def test_find_reaches_the_preface(tmp_path: Path) -> None:
    report = finished_report()
    report = report.with_header(report.header._replace(preface="本年报由办公室编制。"))
    async with editing(tmp_path, report) as stage:
        await stage.press("f3")
        await stage.write("办公室编制")
        await stage.press("enter", "escape")
        assert stage.main.pane.writing.section == PREFACE
        assert stage.main.pane.writing.selected_text == "办公室编制"


async def test_the_preface_is_written_in_the_first_pane(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        before = stage.report
        await stage.press("f4")
        await stage.write("本报告根据条例编制。")
        assert stage.report.header.preface == "本报告根据条例编制。"
        assert "本报告根据条例编制。" in stage.screen()
        assert words.prose_place(words.PREFACE_TITLE, 1, 1) in stage.screen()
        await stage.press("f4")
        assert stage.editor.focused is stage.main.pane.prose
        assert "本报告根据条例编制。" in stage.screen()
        await stage.press("ctrl+z")
        assert stage.report == before


async def test_a_finding_about_the_preface_is_reached_by_the_key_for_the_next(tmp_path: Path) -> None:
    report = finished_report()
    report = report.with_header(report.header._replace(preface="本报告根据条例编制（草稿。"))
    async with editing(tmp_path, report) as stage:
        seen = set()
        for _ in range(8):
            await stage.press("f8")
            seen.add(stage.main.pane.writing.section)
        assert PREFACE in seen


async def test_the_outline_lists_the_headings_and_goes_there(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+l", "down", "enter")
        assert stage.main.pane.prose.cursor_location == (2, 0)


async def test_another_editor_takes_the_section_and_gives_it_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "other-editor"
    script.write_text('#!/bin/sh\nprintf "另写的一段。\\n" >> "$1"\n', "utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("VISUAL", str(script))
    async with editing(tmp_path, finished_report()) as stage:
        monkeypatch.setattr(stage.editor, "suspend", _no_suspend)
        await stage.press("alt+o")
        assert stage.report.text(OVERVIEW_ID) == OVERVIEW + "另写的一段。"
        await stage.press("ctrl+z")
        assert stage.report.text(OVERVIEW_ID) == OVERVIEW


async def test_without_another_editor_the_user_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+o")
        assert stage.message() == words.NO_EDITOR


async def test_the_bound_on_section_one_is_a_hint(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report()) as stage:
        await stage.paste("公开" * 600)
        assert words.prose_line(1200, 1000) in stage.screen()


async def test_a_carried_paragraph_is_confirmed(tmp_path: Path) -> None:
    report = finished_report()
    first = OVERVIEW.split("\n")[0]
    carried = report.with_header(report.header._replace(carried=(paragraph_mark(first),)))
    async with editing(tmp_path, carried) as stage:
        await stage.press("alt+k")
        assert not stage.report.header.carried
        await stage.press("ctrl+z")
        assert list(stage.report.header.carried) == [paragraph_mark(first)]


async def test_the_prose_of_a_section_with_a_table_is_one_key_away(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report()) as stage:
        await stage.press("alt+3", "f4")
        await stage.write("说明")
        assert stage.report.text(SectionId("requests")) == "说明"
        await stage.press("f4")
        assert stage.editor.focused is stage.main.table


async def test_markup_in_prose_is_shown_as_it_is(tmp_path: Path) -> None:
    report = finished_report().with_text(OVERVIEW_ID, "[/] [red] 【】 [bold]公开[/bold]")
    async with editing(tmp_path, report) as stage:
        assert "[/] [red] 【】 [bold]公开[/bold]" in stage.screen()
        await stage.press("f12")
        assert "[/] [red]" in stage.screen()
        await stage.press("escape", "f7", "escape")


async def test_a_change_made_elsewhere_replaces_only_what_differs(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        stage.session.dispatch(SetText(OVERVIEW_ID, OVERVIEW.replace("按期答复", "按时答复")))
        await stage.settle()
        assert stage.main.pane.prose.text == OVERVIEW.replace("按期答复", "按时答复")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [("甲乙丙", "甲丁丙", (1, 2, 2)), ("甲", "甲乙", (1, 1, 2)), ("甲乙", "乙", (0, 1, 0)), ("甲甲", "甲", (1, 2, 1)), ("", "", (0, 0, 0))],
)
def test_the_range_in_which_two_texts_differ(old: str, new: str, expected: tuple[int, int, int]) -> None:
    assert changed_range(old, new) == expected


@pytest.mark.parametrize(
    ("change", "place", "expected"),
    [
        (TextChange(0, 0, 2), (3, 6), (5, 8)),
        (TextChange(6, 6, 7), (3, 6), (3, 6)),
        (TextChange(3, 3, 4), (3, 6), (4, 7)),
        (TextChange(4, 5, 8), (3, 6), (3, 9)),
        (TextChange(1, 4, 1), (3, 6), (1, 3)),
        (TextChange(5, 9, 6), (3, 6), (3, 5)),
        (TextChange(1, 9, 2), (3, 6), (2, 2)),
    ],
)
def test_a_place_keeps_to_its_words_when_the_text_around_it_changes(
    change: TextChange, place: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert change.moved(*place) == expected


def _no_suspend() -> object:
    return nullcontext()


# ---------------------------------------------------------------- edits that reach beyond the text

ACTS = ("replace", "cut", "delete_line", "delete_left", "delete_right", "delete_to_end_of_line", "delete_word_left", "paste")


class Alone(App[None]):
    """Prose over a report, and nothing else."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report
        self.prose = ProseArea(OVERVIEW_ID, report.text(OVERVIEW_ID), self.dispatch)

    def compose(self) -> ComposeResult:
        yield self.prose

    def dispatch(self, command: Command) -> bool:
        self.report = reduce(self.report, command)
        self.prose.report = self.report
        return True


async def test_cutting_the_last_line_of_a_printed_report_cuts_it(tmp_path: Path) -> None:
    path = tmp_path / "report.toml"
    path.write_bytes((Path(__file__).parents[2] / "examples" / "department-2024.toml").read_bytes())
    async with editing(tmp_path, load_report(path).report) as stage:
        await stage.press("tab", "ctrl+x")
        assert stage.editor.is_running
        assert stage.main.pane.writing.text == text_of(stage.report, stage.main.pane.writing.section)
        await stage.press("ctrl+end", "ctrl+x")
        assert stage.main.pane.writing.text == text_of(stage.report, stage.main.pane.writing.section)


def random_text(chance: random.Random, letters: str, most: int) -> str:
    return "".join(chance.choices(letters, k=chance.randint(0, most)))


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_is_cut_deleted_or_pasted_anywhere_the_report_says_what_the_screen_shows(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - edits, not secrets
    app = Alone(new_report())
    async with app.run_test(size=(40, 12)) as pilot:
        for _ in range(25):
            text = random_text(chance, "公开，。ab\n\u2028\x85", 24)
            app.dispatch(SetText(OVERVIEW_ID, text))
            done: list[object] = [text]
            for _ in range(4):
                before = app.report
                start, end = ((chance.randint(-2, 6), chance.randint(-2, 12)) for _ in range(2))
                act, by = chance.choice(ACTS), random_text(chance, "新x\n\r\u2028", 4)
                done.append((act, start, end, by))
                if act == "replace":
                    app.prose.replace(by, start, end)
                else:
                    app.prose.selection = Selection(app.prose.clamp_visitable(start), app.prose.clamp_visitable(end))
                    if act == "paste":
                        app.prose.post_message(events.Paste(by))
                        await pilot.pause()
                    else:
                        getattr(app.prose, f"action_{act}")()
                assert app.report is before or app.report.text(OVERVIEW_ID) == "\n".join(app.prose.document.lines), done


async def test_a_refused_change_is_a_status_line_and_the_text_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        before = stage.report
        monkeypatch.setattr("nianbao.core.history.reduce", refuse)
        await stage.write("新")
        assert stage.message() == words.REFUSED
        assert stage.report is before
        assert stage.main.pane.prose.text == OVERVIEW
        await stage.press("alt+3")
        await stage.write("20")
        await stage.press("enter")
        assert stage.report is before
        assert stage.session.draft is None
        assert stage.message() == words.REFUSED
        monkeypatch.undo()
        await stage.press("alt+1")
        await stage.write("新")
        assert stage.report.text(OVERVIEW_ID) == "新" + OVERVIEW


@pytest.mark.parametrize("error", [CommandError("x"), KeyError("x"), RecursionError()])
async def test_whatever_applying_a_change_raises_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        monkeypatch.setattr("nianbao.core.history.reduce", partial(refuse, error=error))
        assert not stage.editor.dispatch(FillBlank(SectionId("requests")))
        assert stage.message() == words.REFUSED
        assert not stage.session.journal.records


def refuse(_report: Report, command: Command, error: Exception | None = None) -> Report:
    """Applies nothing."""
    raise error or CommandError(type(command).__name__)
