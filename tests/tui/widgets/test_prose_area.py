"""The text area and the report stay equal under every edit; a refused edit changes neither."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

import pytest
from nianbao.core.commands import Command, CommandError, FillBlank, SetText, reduce, text_of
from nianbao.core.ids import SectionId
from nianbao.core.report import Report
from nianbao.files.report.report_file import load_report
from nianbao.tui import words
from nianbao.tui.widgets.prose_area import ProseArea
from repository import EXAMPLES
from textual import events
from textual.app import App, ComposeResult
from textual.widgets.text_area import Selection
from tui_support import OVERVIEW, editing, finished_report, new_report

OVERVIEW_ID = SectionId("overview")
ACTS = ("replace", "cut", "delete_line", "delete_left", "delete_right", "delete_to_end_of_line", "delete_word_left", "paste")


class Alone(App[None]):
    """App with a prose area on a report and nothing else."""

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
    path.write_bytes((EXAMPLES / "department-2024.toml").read_bytes())
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
    """Reject every edit."""
    raise error or CommandError(type(command).__name__)
