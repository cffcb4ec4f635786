"""Every private part of textual that the editor uses: these tests fail if a new version changes one."""

from __future__ import annotations

import inspect
import random
from pathlib import Path

import pytest
import textual
from nianbao.core.ids import SectionId, parse_address
from nianbao.core.report import Text
from nianbao.tui.terminal import _textual_compat as compat
from terminal_model import RecordingEditor
from textual import _xterm_parser, constants, events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.document import _wrapped_document
from textual.document._document import Document
from textual.document._wrapped_document import WrappedDocument
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import TextArea
from tui_support import editing, finished_report, screen_text

COMMIT = "根据条例规定本机关认真做好各项工作并按时向社会公布年度报告接受公众监督评议特此报告"


def test_textual_is_the_version_that_was_looked_at() -> None:
    assert textual.__version__ == "8.2.8"


def test_an_input_methods_commit_arrives_as_plain_characters() -> None:
    keys = list(XTermParser().feed(COMMIT + "“”——……"))
    assert "".join(str(key.character) for key in keys if isinstance(key, events.Key)) == COMMIT + "“”——……"
    assert all(isinstance(key, events.Key) and key.is_printable for key in keys)


@pytest.mark.parametrize("length", [1, 4, 5, 15, 40])
def test_a_commit_in_kittys_mode_arrives_whole(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "DISABLE_KITTY_KEY", False)
    text = COMMIT[:length]
    sequence = "\x1b[0;;" + ":".join(str(ord(character)) for character in text) + "u"
    keys = list(XTermParser().feed(sequence))
    assert "".join(str(key.character) for key in keys if isinstance(key, events.Key)) == text


def test_the_parser_gives_up_after_a_number_of_characters_that_can_be_set() -> None:
    assert _xterm_parser._MAX_SEQUENCE_SEARCH_THRESHOLD == compat.LONGEST_SEQUENCE


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("\x1b3\x1b[B", ["alt+3", "down"]),
        ("\x1bx\x1b[15~", ["alt+x", "f5"]),
        ("\x1bs\x1bs", ["alt+s", "alt+s"]),
        ("\x1b[5;5~", ["ctrl+pageup"]),
        ("\x1bOP\x1b[11~", ["f1", "f1"]),
    ],
)
def test_alt_keys_are_known_at_once_and_never_become_text(typed: str, names: list[str]) -> None:
    assert [key.key for key in XTermParser().feed(typed) if isinstance(key, events.Key)] == names


@pytest.mark.parametrize(
    ("pieces", "names"),
    [
        ([("\x1b", 0.0), ("3", 0.05)], ["escape", "3"]),
        ([("\x1b", 0.0), ("\r", 0.05)], ["escape", "enter"]),
        ([("\x1b", 0.0), ("\x1b", 0.05), ("j", 0.09)], ["escape", "escape", "j"]),
        ([("\x1b3", 0.0), ("\x1b", 0.05), ("\x1b[B", 0.09)], ["alt+3", "escape", "down"]),
        ([("\x1b", 0.0), ("3", 0.001)], ["alt+3"]),
        ([("\x1b", 0.0), ("[B", 0.08)], ["down"]),
        ([("\x1b", 0.0), ("OP", 0.08)], ["f1"]),
        ([("7\x1b", 0.0), ("中", 0.05)], ["7", "escape", "中"]),
    ],
)
def test_escape_and_the_next_key_are_two_keys_unless_they_come_as_one_piece(pieces: list[tuple[str, float]], names: list[str]) -> None:
    stream = compat.KeyStream()
    messages = [message for data, at in pieces for message in stream.feed(data.encode(), at)]
    messages += stream.pause()
    assert [message.key for message in messages if isinstance(message, events.Key)] == names


def test_escape_alone_is_a_key_after_one_pause() -> None:
    stream = compat.KeyStream()
    assert list(stream.feed(b"\x1b", 0.0)) == []
    assert [message.key for message in stream.pause() if isinstance(message, events.Key)] == ["escape"]
    assert list(stream.pause()) == []


def test_paragraphs_wrap_by_chinese_rules() -> None:
    assert "compute_wrap_offsets(" in inspect.getsource(WrappedDocument)
    assert vars(_wrapped_document)["compute_wrap_offsets"] is compat.wrap_offsets
    document = WrappedDocument(Document("公开工，作"), width=6)
    assert document.lines == [["公开", "工，作"]]


def test_a_paragraph_with_tabs_wraps_as_textual_does() -> None:
    assert compat.wrap_offsets("a\tb " * 8, 10, 4) == compat._original_wrap("a\tb " * 8, 10, 4)


def test_the_text_area_keeps_no_history_and_paints_no_cursor() -> None:
    area = compat.PlainTextArea("文字")
    assert area.history.max_checkpoints == 0
    assert not area.cursor_blink
    assert isinstance(inspect.getattr_static(TextArea, "_draw_cursor"), property)
    assert not area._draw_cursor
    assert hasattr(area, "_line_cache")
    assert inspect.iscoroutinefunction(TextArea._on_paste)


def test_the_drivers_parts_that_are_replaced_are_there() -> None:
    source = inspect.getsource(LinuxDriver)
    for name in ("_must_signal_resume", "attrs_before", "self._file", "exit_event", "self.fileno", "def process_message"):
        assert name in source
    assert set(inspect.signature(LinuxDriver.run_input_thread).parameters) == {"self"}
    assert "self.run_input_thread()" in inspect.getsource(LinuxDriver._run_input_thread)
    assert "signal.SIGCONT, self._sigcont_application" in source


def test_frames_pass_through_one_method() -> None:
    assert list(inspect.signature(App._display).parameters) == ["self", "screen", "renderable"]
    source = inspect.getsource(App._display)
    assert "isinstance(renderable, CompositorUpdate)" in source
    assert "renderable.render_segments(console)" in source
    assert "Control.move_to" in source


def test_keys_pass_through_one_method() -> None:
    source = inspect.getsource(App.on_event)
    assert "_check_bindings(event.key, priority=True)" in source
    assert "forward_target._forward_event(event)" in source


def test_an_error_of_the_program_is_printed_by_one_method() -> None:
    assert "_exit_renderables" in inspect.getsource(App._print_error_renderables)


async def test_the_terminal_shows_what_a_full_repaint_would(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - a fixed choice of keys
    keys = ["down", "up", "left", "right", "enter", "backspace", "f6", "f5", "alt+3", "ctrl+z", "pagedown", "escape", "f7"]
    async with editing(tmp_path, finished_report(), editor_class=RecordingEditor) as stage:
        editor = stage.editor
        assert isinstance(editor, RecordingEditor)
        for step in range(60):
            if chance.random() < 0.4:
                await stage.write(chance.choice(["中", "a", "。", "7", "中文“引号”"]))
            else:
                await stage.press(chance.choice(keys))
            if step % 6 == 0:
                assert editor.seen_text() == screen_text(editor)
        assert editor.seen_text() == screen_text(editor)


async def test_keys_are_done_in_the_order_in_which_they_were_typed(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        editor = stage.editor
        for key, character in (
            ("alt+3", None),
            ("5", "5"),
            ("ctrl+s", None),
            ("enter", None),
            ("6", "6"),
            ("enter", None),
            ("ctrl+z", None),
        ):
            editor.post_message(events.Key(key, character))
        await stage.settle()
        await stage.settle()
        assert stage.value("requests.new_received.natural_person") == 5
        assert stage.value("requests.carried_over.natural_person") == 0
        assert stage.session.unsaved is False


async def test_what_the_checks_found_is_never_older_than_the_report_once_the_keys_pause(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        examined = []
        await stage.press("alt+3")
        stage.main.watch(stage.main, "examination", lambda found: examined.append(found.report), init=False)
        for key, character in [("5", "5"), ("enter", None), ("6", "6"), ("enter", None), ("ctrl+z", None)] * 3:
            stage.editor.post_message(events.Key(key, character))
        await stage.settle()
        assert examined[-1] is stage.report
        assert stage.editor.examination is not None
        assert stage.editor.examination.report is stage.report
        assert len(examined) < 9


async def test_nothing_of_a_report_steers_the_terminal(tmp_path: Path) -> None:
    report = finished_report().with_text(SectionId("overview"), "甲\x1b]0;标题\x07乙\x1b[2J丙\u202e丁")
    report = report.with_cell(parse_address("disclosure.fees.amount"), Text("1\x1b[31m2"))
    async with editing(tmp_path, finished_report(), editor_class=RecordingEditor) as stage:
        editor = stage.editor
        assert isinstance(editor, RecordingEditor)
        feed = editor.stream.feed
        raw: list[str] = []
        editor.stream.feed = lambda text: (raw.append(text), feed(text))[1]  # type: ignore[method-assign,assignment,func-returns-value]
        stage.session.listeners.clear()
        stage.main.report = report
        await stage.press("f6", "f5", "ctrl+l")
        everything = "".join(raw)
        assert "\x1b]0" not in everything
        assert "\x1b[2J" not in everything
        assert "\x1b[31m2" not in everything
        assert "\u202e" not in everything


def test_the_parts_of_a_screen_that_paint_a_keys_frame_at_once_are_there() -> None:
    update = inspect.getsource(Screen._on_timer_update)
    assert "self._update_timer.pause()" in update
    assert "self._compositor.update_widgets(self._dirty_widgets)" in update
    assert "self._compositor_refresh()" in update
    check = inspect.getsource(Widget._check_refresh)
    assert "self._repaint_required = False" in check
    assert "messages.Update(self)" in check
    assert "self._dirty_widgets.add(" in inspect.getsource(Screen._on_update)
    assert {"_running", "_screen_stack", "_batch_count"} <= set(dir(App()))


async def test_a_key_is_answered_by_one_frame_and_what_the_checks_find_by_another(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report(), editor_class=RecordingEditor) as stage:
        editor = stage.editor
        assert isinstance(editor, RecordingEditor)
        await stage.press("alt+3")
        frames: list[str] = []
        feed = editor.stream.feed
        editor.stream.feed = lambda text: (text and frames.append(text), feed(text))[1]  # type: ignore[method-assign,assignment,func-returns-value]
        for key in ("down", "right", "7"):
            frames.clear()
            await stage.press(key)
            assert len(frames) == 1, (key, frames)
        frames.clear()
        await stage.press("enter")
        assert len(frames) == 2, frames
        assert "有误" not in frames[0]
        assert "有误" in frames[1]
        assert editor.seen_text() == screen_text(editor)
