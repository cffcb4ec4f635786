"""Support for tests of the editor: an editor on a temporary report, typing, and the screen as text."""

from __future__ import annotations

import asyncio
import io
import os
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from nianbao.tui.terminal import probe
from patience import PATIENCE

probe.prepare_environment(os.environ)

from nianbao.core.commands import FillBlank, SetCell, SetText, reduce  # noqa: E402
from nianbao.core.ids import SectionId, parse_address  # noqa: E402
from nianbao.core.report import Header, Report, blank_report  # noqa: E402
from nianbao.files.report.serialize import report_bytes  # noqa: E402
from nianbao.files.saving.directories import Places  # noqa: E402
from nianbao.files.session.session import Session  # noqa: E402
from nianbao.files.session.surroundings import Surroundings  # noqa: E402
from nianbao.templates import load_edition  # noqa: E402
from nianbao.tui.app import Application  # noqa: E402
from nianbao.tui.keys.actions import BY_ID  # noqa: E402
from nianbao.tui.options import EditorOptions  # noqa: E402
from nianbao.tui.screens.main_screen import MainScreen  # noqa: E402
from nianbao.tui.terminal._textual_compat import install  # noqa: E402
from rich.console import Console  # noqa: E402 - textual reads the environment when it is imported
from textual import events  # noqa: E402
from textual.keys import _character_to_key  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    from textual.pilot import Pilot

install()

NOON = datetime(2025, 1, 10, 12, 0, tzinfo=UTC)

OVERVIEW = (
    "2024年1月1日至12月31日，本机关主动公开各类信息，办理依申请公开事项，加强政府信息管理，"
    "改进公开平台建设，落实监督保障措施。\n（一）主动公开。通过网站公开机构职能和办事指南。\n（二）依申请公开。按期答复全部申请。"
)
PROBLEMS = "存在的问题：解读形式较少。\n改进情况：增加图解，改进解读。"
OTHER = "本年度没有收取政府信息公开信息处理费。没有其他需要报告的事项。"

CELLS: Mapping[str, int] = {
    "disclosure.normative_documents.issued": 1,
    "disclosure.normative_documents.in_force": 6,
    "disclosure.licences.decisions": 35,
    "requests.new_received.natural_person": 14,
    "requests.new_received.enterprise": 3,
    "requests.granted.natural_person": 9,
    "requests.granted.enterprise": 3,
    "requests.unavailable_not_held.natural_person": 5,
    "review.reconsideration.upheld": 1,
}


def finished_report() -> Report:
    """Return a report that is ready to be published."""
    report = blank_report(load_edition("2021"), Header(agency="示例市民政局", kind="department", year=2024))
    for name, value in CELLS.items():
        report = reduce(report, SetCell(parse_address(name), value))
    for section in report.edition.tables:
        report = reduce(report, FillBlank(section.section))
    for name, text in {"overview": OVERVIEW, "problems": PROBLEMS, "other": OTHER}.items():
        report = reduce(report, SetText(SectionId(name), text))
    return report


def contradicting(sentence: str = "全年收到政府信息公开申请16件。") -> Report:
    """A report whose overview says 16 where table 三 says 17."""
    return reduce(finished_report(), SetText(SectionId("overview"), f"{OVERVIEW}\n{sentence}"))


def wrong_report() -> Report:
    """Return the finished report with one component of table 三 miscounted."""
    report = finished_report()
    return report.with_cell(parse_address("requests.granted.natural_person"), 8)


def new_report() -> Report:
    """Return a report with nothing filled in."""
    return blank_report(load_edition("2021"), Header(agency="示例市民政局", kind="department", year=2024))


@dataclass
class Stage:
    """A running editor with operations for tests."""

    editor: Application
    pilot: Pilot[None]

    @property
    def session(self) -> Session:
        """The open report."""
        assert self.editor.session is not None
        return self.editor.session

    @property
    def main(self) -> MainScreen:
        """The main screen."""
        assert self.editor.main is not None
        return self.editor.main

    @property
    def report(self) -> Report:
        """The current report."""
        return self.session.report

    def value(self, name: str) -> object:
        """Return the value of a cell by its address."""
        return self.report.cell(parse_address(name))

    async def press(self, *keys: str) -> None:
        """Press keys by textual's names and wait until they are handled."""
        for key in keys:
            self.editor.post_message(events.Key(key, None))
            await self.settle()

    async def do(self, action_id: str) -> None:
        """Run an action of the registry."""
        await self.editor.do(BY_ID[action_id])

    async def write(self, text: str) -> None:
        """Type characters of any script, as a terminal delivers them."""
        for character in text:
            key = "enter" if character == "\n" else character if character.isalnum() else _character_to_key(character)
            self.editor.post_message(events.Key(key, None if character == "\n" else character))
        await self.settle()

    async def paste(self, text: str) -> None:
        """Paste text, as a terminal with bracketed paste delivers it."""
        self.editor.post_message(events.Paste(text))
        await self.settle()

    async def settle(self) -> None:
        """Wait until everything that was started is handled and painted."""
        end = monotonic() + PATIENCE
        await asyncio.sleep(0.002)
        while self.editor.is_running and not self.editor.is_at_rest:
            assert monotonic() < end, "the editor never comes to rest"
            await asyncio.sleep(0.002)
        await self.pilot.pause()

    def screen(self) -> str:
        """Return the screen as text."""
        return screen_text(self.editor)

    def line(self, number: int) -> str:
        """Return one line of the screen by index; -1 is the last."""
        return self.screen().splitlines()[number]

    def message(self) -> str:
        """Return the editor's last message."""
        return self.main.query_one("#status").message  # type: ignore[attr-defined, no-any-return]


def screen_text(editor: Application) -> str:
    """Return the screen as text without trailing spaces."""
    width, height = editor.size
    console = Console(
        width=width,
        height=height,
        file=io.StringIO(),
        force_terminal=True,
        color_system=None,
        record=True,
        legacy_windows=False,
        safe_box=False,
    )
    console.print(editor.screen._compositor.render_update(full=True, screen_stack=editor._background_screens))
    lines = console.export_text(styles=False).splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def options_for(folder: Path, *, path: Path | None, **more: object) -> EditorOptions:
    """Return options of an editor without a terminal, with its state in a test directory."""
    state = folder / "state"
    state.mkdir(exist_ok=True)
    (state / "first-hint").touch()
    surroundings = Surroundings(Places(state), clock=lambda: NOON)
    profile = more.pop("profile", probe.Profile(draws=False))
    return EditorOptions(path=path, profile=profile, surroundings=surroundings, **more)  # type: ignore[arg-type]


@asynccontextmanager
async def editing(
    folder: Path,
    report: Report | None,
    *,
    size: tuple[int, int] = (80, 24),
    editor_class: type[Application] = Application,
    **more: object,
) -> AsyncIterator[Stage]:
    """Run an editor on a report in a test directory; None starts it without a report."""
    path = None
    if report is not None:
        path = folder / "report.toml"
        path.write_bytes(report_bytes(report))
    editor = editor_class(options_for(folder, path=path, **more))
    async with editor.run_test(size=size) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        await stage.settle()
        yield stage
        if editor.session is not None:
            editor.session.close(discard=True)
