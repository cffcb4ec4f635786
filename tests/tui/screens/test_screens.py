"""Screens as text: every pane at three sizes, and every action of the registry once."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from nianbao.core.checks.finding import Severity
from nianbao.core.commands import SetText, reduce
from nianbao.core.ids import PREFACE
from nianbao.core.report import Header, blank_report
from nianbao.templates import load_edition
from nianbao.tui import words
from nianbao.tui.flows import save_export
from nianbao.tui.keys.actions import ACTIONS, Scope
from nianbao.tui.screens.help_screen import HelpContext, help_text
from nianbao.tui.screens.main_screen import MainScreen
from nianbao.tui.terminal import probe
from nianbao.tui.words.finding_words import message_of
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from tui_support import editing, finished_report, new_report, screen_text, wrong_report

SIZES = [(80, 24), (100, 30), (120, 40)]


class ScreenExtension(SingleFileSnapshotExtension):
    """Snapshot extension: one text file per screen."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"
    _file_extension = "txt"


@pytest.fixture
def screens(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(ScreenExtension)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_each_pane_is_drawn_as_recorded(tmp_path: Path, screens: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with editing(tmp_path, wrong_report(), size=size) as stage:
        for number in range(1, 7):
            await stage.press(f"alt+{number}")
            assert stage.screen() == screens(name=f"pane-{number}-{size[0]}x{size[1]}")
            assert all(len(line) <= size[0] for line in stage.screen().splitlines())


async def test_each_other_screen_is_drawn_as_recorded(tmp_path: Path, screens: SnapshotAssertion) -> None:
    async with editing(tmp_path, wrong_report()) as stage:
        for name, key in (
            ("findings", "f7"),
            ("preview", "f12"),
            ("help", "f1"),
            ("palette", "ctrl+p"),
            ("header", "alt+i"),
            ("find", "f3"),
        ):
            await stage.press(key)
            assert stage.screen() == screens(name=name)
            await stage.press("escape")
            assert isinstance(stage.editor.screen, MainScreen)


async def test_without_colour_and_with_ascii_lines_nothing_is_lost(tmp_path: Path, screens: SnapshotAssertion) -> None:
    profile = probe.Profile(draws=False, ascii_borders=True)
    async with editing(tmp_path, wrong_report(), profile=profile) as stage:
        await stage.press("alt+3", "f8")
        text = stage.screen()
        assert "!   8|" in text
        assert "│" not in text
        assert text == screens(name="ascii")
        await stage.press("ctrl+p")
        assert "+-" in stage.screen()


async def test_the_edges_of_a_field_are_seen_without_colour_or_underline(tmp_path: Path) -> None:
    async with editing(tmp_path, wrong_report()) as stage:
        for key, fields in (("alt+i", 5), ("f3", 2), ("ctrl+p", 1)):
            await stage.press(key)
            assert sum(line.count("|") == 2 for line in stage.screen().splitlines()) >= fields
            await stage.press("escape")


async def test_every_theme_shows_the_same_text(tmp_path: Path) -> None:
    async with editing(tmp_path, wrong_report()) as stage:
        await stage.press("alt+3")
        first = stage.screen().splitlines()[:20]
        for _ in words.THEME_NAMES:
            await stage.do("theme")
            await stage.settle()
            assert stage.screen().splitlines()[:20] == first


async def test_it_is_never_broken_by_a_resize(tmp_path: Path) -> None:
    async with editing(tmp_path, wrong_report()) as stage:
        await stage.press("alt+3", "f8")
        for width, height in ((60, 20), (40, 10), (200, 60), (80, 24), (61, 20), (20, 5), (120, 40), (80, 24)):
            await stage.pilot.resize_terminal(width, height)
            await stage.settle()
            lines = screen_text(stage.editor).splitlines()
            assert len(lines) == height
        assert "!   8│" in stage.screen()


@pytest.mark.parametrize("scope", [Scope.APP, Scope.MAIN, Scope.TABLE])
async def test_every_action_can_be_done(tmp_path: Path, scope: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "true")
    async with editing(tmp_path, wrong_report()) as stage:
        monkeypatch.setattr(stage.editor, "suspend", _nothing_to_suspend)
        monkeypatch.setattr(stage.editor, "action_suspend_process", lambda: None)
        for action in ACTIONS:
            if action.scope is not scope or action.id == "quit":
                continue
            await stage.press("alt+3")
            await stage.editor.do(action)
            await stage.settle()
            assert stage.editor._exception is None, action.id
            while not isinstance(stage.editor.screen, MainScreen):
                await stage.press("escape")


MADE_UP = """
id = "2031"
first_year = 2031
notice = "某办〔2031〕1号"
title = "{agency}{year}年公开报告"
""" + "".join(
    f"""
[[section]]
id = "part{number}"
numeral = "{numeral}"
heading = "第{number}项"
"""
    for number, numeral in enumerate("一二三四五六七八", 1)
)


@pytest.fixture
def made_up_edition(own_editions: Path) -> None:
    """A fictitious form with eight sections and no table, in addition to the real ones."""
    (own_editions / "2031.toml").write_text(MADE_UP, "utf-8")


@pytest.mark.usefixtures("made_up_edition")
@pytest.mark.parametrize(("edition", "year", "tables"), [("2008", 2015, 0), ("2019", 2019, 3), ("2021", 2024, 3), ("2031", 2031, 0)])
async def test_there_are_as_many_panes_as_the_edition_has_sections(tmp_path: Path, edition: str, year: int, tables: int) -> None:
    report = blank_report(load_edition(edition), Header(agency="示例市民政局", kind="department", year=year))
    sections = report.edition.sections
    async with editing(tmp_path, report) as stage:
        shown, tabled = [], 0
        for number in range(1, 10):
            await stage.press(f"alt+{number}")
            shown.append(stage.main.section.id)
            if number > len(sections):
                continue
            assert f"{stage.main.section.numeral}、{stage.main.section.heading}"[:6] in stage.line(1)
            tabled += stage.main.table is not None
            if stage.main.table is not None:
                await stage.write("3")
                await stage.press("enter")
            else:
                await stage.write("公开情况。")
        assert shown == [*(section.id for section in sections), *[sections[-1].id] * (9 - len(sections))]
        assert tabled == tables
        assert all(stage.report.text(section.id) == "公开情况。" for section in sections if section.table is None)
        await stage.press("f6")
        assert stage.main.current == 0
        await stage.press("f1")
        page = help_text(Scope.MAIN, {}, HelpContext(len(sections)))
        assert f"Alt+{len(sections)} " in page
        assert f"Alt+{len(sections) + 1} " not in page
        await stage.press("escape", "ctrl+s", "f12")
        assert stage.report.edition.sections[-1].heading in save_export.published_text(stage.editor)


async def test_help_speaks_of_a_table_only_where_there_is_one(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report()) as stage:
        await stage.press("alt+5", "f1")
        assert "回到表格" not in stage.screen()
        await stage.press("escape", "alt+3", "f4", "f1")
        assert "F4 回到表格" in stage.screen()


async def test_every_key_of_the_registry_is_bound_to_its_action(tmp_path: Path) -> None:
    async with editing(tmp_path, wrong_report()) as stage:
        await stage.press("alt+3")
        active = stage.editor.screen.active_bindings
        bound = {binding.binding.id for binding in active.values()}
        for action in ACTIONS:
            if action.scope in (Scope.APP, Scope.MAIN, Scope.TABLE):
                assert action.id in bound, action.id


async def test_the_users_own_key_takes_the_place_of_the_default(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report(), keymap={"next_section": "f9", "previous_finding": "f2"}) as stage:
        await stage.press("f9")
        assert stage.main.section.id == "disclosure"
        await stage.press("f6")
        assert stage.main.section.id == "disclosure"


async def test_a_clean_report_says_that_it_is_ready(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("f7")
        assert words.READY[:4] in stage.screen() or words.READY_WITH_HINTS[:4] in stage.screen()


async def test_findings_lead_to_their_places(tmp_path: Path) -> None:
    async with editing(tmp_path, wrong_report()) as stage:
        await stage.press("f7")
        assert "表三" in stage.screen()
        while "自然人" not in _current(stage.screen()):
            await stage.press("down")
        await stage.press("e")
        assert "依据" in stage.screen()
        await stage.press("escape", "enter")
        assert str(stage.main.table.here) == "requests.granted.natural_person"  # type: ignore[union-attr]


async def test_the_next_finding_goes_round(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report()) as stage:
        seen = set()
        for _ in range(12):
            await stage.press("f8")
            seen.add(stage.main.section.id)
        assert {"overview", "disclosure", "requests", "review", "problems"} <= seen


async def test_the_next_finding_stops_at_each_of_those_about_one_cell(tmp_path: Path) -> None:
    async with editing(tmp_path, wrong_report()) as stage:
        count = len([found for found in stage.editor.examined().findings if found.severity is not Severity.INFO])  # type: ignore[union-attr]
        assert count > 1
        seen = []
        for _ in range(count):
            await stage.press("f8")
            seen.append(stage.main.finding_here())
            assert str(seen[-1] and message_of(seen[-1]))[:12] in stage.screen()
        assert len({id(finding) for finding in seen}) == count
        await stage.press("f9")
        assert stage.main.finding_here() is seen[-2]


async def test_a_finding_in_the_preface_is_said_once(tmp_path: Path) -> None:
    report = reduce(wrong_report(), SetText(PREFACE, "本年度共有XX件。"))
    async with editing(tmp_path, report) as stage:
        finding = next(found for found in stage.editor.examined().findings if found.section == PREFACE)  # type: ignore[union-attr]
        await stage.press("f7", "home", "enter")
        assert stage.main.finding_here() == finding
        assert stage.message() == ""


async def test_findings_are_live(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report(), size=(120, 40)) as stage:
        await stage.press("alt+4", "end")
        await stage.write("9")
        await stage.press("enter")
        assert "相差" in stage.screen()
        await stage.press("ctrl+z")
        assert "相差" not in stage.screen()


def _current(screen: str) -> str:
    return next((line for line in screen.splitlines() if line.startswith("> ")), "")


def _nothing_to_suspend() -> object:
    return nullcontext()
