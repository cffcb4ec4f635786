"""State machine of random keys and resizes: no key sequence raises an error or loses data."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from time import monotonic

from example_counts import examples
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from nianbao.core.commands import reduce
from nianbao.files.journal.record_format import read_journal
from nianbao.files.journal.recovery import replay, same_contents
from patience import PATIENCE
from terminal_model import RecordingEditor
from tui_support import Stage, editing, screen_text, wrong_report

KEYS = (
    *(f"alt+{number}" for number in range(1, 10)),
    "up", "down", "left", "right", "enter", "tab", "shift+tab", "escape", "backspace", "delete", "home", "end",
    "pageup", "pagedown", "ctrl+home", "ctrl+end", "shift+down", "shift+right", "f1", "f2", "f3", "f4", "f5", "f6",
    "f7", "f8", "f9", "f10", "f11", "f12", "ctrl+z", "ctrl+y", "ctrl+a", "ctrl+c", "ctrl+v", "ctrl+k", "ctrl+l", "ctrl+p",
    "alt+0", "alt+t", "alt+i", "alt+l", "alt+k", "alt+a", "alt+j", "alt+u", "alt+h", "alt+m", "ctrl+s",
)  # fmt: skip
TEXTS = ("7", "12", "0", "/", "-3", "１，０", "中", "公开“工作”", "。", "a", "(", "\n", "[/]", "e", "r")
PASTES = ("3\t4\n5\t6", "（一）予以公开\t1\t2", "一段文字。\r\n又一段。", "\x1b[31m红")
SIZES = ((80, 24), (60, 20), (100, 30), (120, 40), (33, 9))


Job = Callable[[Stage], Coroutine[None, None, None]]


class Monkey(RuleBasedStateMachine):
    """Press keys in a running editor.

    textual finds its application in the context of the running task, so that a single task does everything.
    """

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._loop = asyncio.new_event_loop()
        self._jobs: asyncio.Queue[tuple[Job, asyncio.Future[None]] | None] = asyncio.Queue()
        self._life = self._loop.create_task(self._live())

    async def _live(self) -> None:
        async with editing(Path(self._folder.name), wrong_report(), editor_class=RecordingEditor) as stage:
            while (entry := await self._jobs.get()) is not None:
                job, done = entry
                try:
                    await job(stage)
                    await _check(stage)
                    done.set_result(None)
                except BaseException as error:  # noqa: BLE001 - it is raised again where Hypothesis sees it
                    done.set_exception(error)

    def _do(self, job: Job) -> None:
        done: asyncio.Future[None] = self._loop.create_future()
        self._jobs.put_nowait((job, done))
        self._loop.run_until_complete(done)

    def teardown(self) -> None:
        self._jobs.put_nowait(None)
        self._loop.run_until_complete(self._life)
        self._loop.close()
        self._folder.cleanup()

    @rule(key=st.sampled_from(KEYS))
    def press(self, key: str) -> None:
        self._do(lambda stage: stage.press(key))

    @rule(text=st.sampled_from(TEXTS))
    def write(self, text: str) -> None:
        self._do(lambda stage: stage.write(text))

    @rule(text=st.sampled_from(PASTES))
    def paste(self, text: str) -> None:
        self._do(lambda stage: stage.paste(text))

    @rule(size=st.sampled_from(SIZES))
    def resize(self, size: tuple[int, int]) -> None:
        async def job(stage: Stage) -> None:
            await stage.pilot.resize_terminal(*size)
            await stage.settle()

        self._do(job)


async def _check(stage: Stage) -> None:
    """Check the invariants after a key: no exception, nothing lost, and the screen as a full repaint would give it."""
    editor, session = stage.editor, stage.session
    assert editor._exception is None
    pane = stage.main.pane
    if pane.table is not None and pane.table.draft is None and editor.screen is stage.main:
        assert session.draft is None
    intended = session.report if session.draft is None else reduce(session.report, session.draft)
    assert same_contents(replay(read_journal(session.journal.path)).report, intended)
    assert pane.prose.text == session.report.text(pane.section.id)
    if pane.preface is not None:
        assert pane.preface.text == session.report.header.preface
    assert isinstance(editor, RecordingEditor)
    end = monotonic() + PATIENCE
    while editor.seen_text() != screen_text(editor) and monotonic() < end:  # noqa: ASYNC110 - a screen sends no event
        await asyncio.sleep(0.01)
    assert editor.seen_text() == screen_text(editor)


TestMonkey = Monkey.TestCase
TestMonkey.settings = settings(examples(5, steps=25), suppress_health_check=list(HealthCheck))
