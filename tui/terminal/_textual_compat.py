"""Every touch of textual's private parts, in one place.

textual is pinned, and tests/tui/terminal/test_textual_compat.py has a test for each part that is touched, which
fails when a new version of textual changes it.
"""

# ruff: noqa: SLF001 - touching private parts is what this module is for
from __future__ import annotations

import codecs
import contextlib
import os
import select
import signal
import termios
import traceback
from dataclasses import dataclass
from string import ascii_lowercase, digits
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Protocol, TextIO, cast

from rich.color import ColorSystem
from rich.style import Style
from textual import _xterm_parser, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual._wrap import compute_wrap_offsets
from textual._xterm_parser import XTermParser
from textual.css.stylesheet import Stylesheet
from textual.document import _wrapped_document
from textual.drivers.linux_driver import LinuxDriver
from textual.widget import Widget
from textual.widgets import TextArea

from ...core.chinese.line_break import break_offsets
from ...core.publishing.printable import clean_prose
from .cell_buffer import ScreenModel
from .key_queue import OrderlyKeys
from .lone_escape import ESCAPE, PATIENCE, is_the_key
from .moves import can_scroll, can_shift
from .paste_splitter import Pasted, PasteSplitter

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping
    from pathlib import Path

    from rich.console import Console, RenderableType
    from rich.segment import Segment
    from rich.text import Text
    from textual.app import App
    from textual.driver import Driver
    from textual.geometry import Offset, Size
    from textual.keys import Keys
    from textual.message import Message
    from textual.screen import Screen
    from textual.strip import Strip

    from ...core.chinese.width import Ambiguous

#: Characters of one escape sequence that the parser reads before it takes it for text. A commit
#: of an input method in Kitty's mode takes about six a character.
LONGEST_SEQUENCE = 4096

#: Seconds after which a frame is sent although its key was not seen to be done.
LONGEST_HOLD = 0.05

#: Lines of a text area that are kept as they were painted.
MOST_PAINTED = 500

#: Where the traceback of an error of the program itself is kept, in the state folder.
CRASH_FILE = "crash.txt"

_original_wrap = compute_wrap_offsets


_ambiguous: Ambiguous = 1


def install(*, ambiguous: Ambiguous = 1) -> None:
    """Put the replacements of module-level parts in place; harmless when repeated."""
    global _ambiguous  # noqa: PLW0603 - textual's wrapping is a function of a module and takes no more arguments
    _ambiguous = ambiguous
    _xterm_parser._MAX_SEQUENCE_SEARCH_THRESHOLD = LONGEST_SEQUENCE
    _know_alt_keys()
    vars(_wrapped_document)["compute_wrap_offsets"] = wrap_offsets


@dataclass(frozen=True, slots=True)
class _KeyName:
    """What the parser's table holds for a key: something with its name as `value`."""

    value: str


def _know_alt_keys() -> None:
    """Let the parser know Alt with a letter or digit at once.

    Without an entry it waits for more, and takes the Escape for a caret where the next key comes
    too soon; digits it takes for the signs that a Mac writes with them.
    """
    known = cast("dict[str, tuple[Keys, ...]]", ANSI_SEQUENCES_KEYS)
    for character in ascii_lowercase:
        known.setdefault(f"\x1b{character}", (cast("Keys", _KeyName(f"alt+{character}")),))
    for character in digits:
        known[f"\x1b{character}"] = (cast("Keys", _KeyName(f"alt+{character}")),)


def wrap_offsets(
    text: str,
    width: int,
    tab_size: int,
    fold: bool = True,  # noqa: FBT001, FBT002 - textual's own signature
    precomputed_tab_sections: list[tuple[str, int]] | None = None,
) -> list[int]:
    """Where a paragraph breaks, by the rules of Chinese typesetting.

    A paragraph with tabs is left to textual, which knows its tab stops.
    """
    if width <= 0 or "\t" in text:
        return _original_wrap(text, width, tab_size, fold, precomputed_tab_sections)
    return list(break_offsets(text, width, ambiguous=_ambiguous))


class Hangable(Protocol):
    """An application that can be told that its terminal is gone."""

    def hang_up(self, signal_number: int) -> None:
        """Release what others wait for and end the process at once."""


class KeyStream:
    """What a terminal sends, piece by piece, as keys and pastes."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._splitter = PasteSplitter()
        self._parser = XTermParser()
        self._at = 0.0
        """When the last piece came, in seconds."""

    def feed(self, data: bytes, at: float) -> Iterator[Message]:
        """Take a piece that came at this time."""
        text = self._decoder.decode(data)
        if text and self._splitter.held == ESCAPE and is_the_key(text, at - self._at):
            yield from self._release()
        self._at = at
        for part in self._splitter.feed(text):
            if isinstance(part, Pasted):
                yield events.Paste(part.text.replace("\x00", ""))
            else:
                yield from self._parser.feed(part)
                yield from self._parser.tick()

    def pause(self) -> Iterator[Message]:
        """Nothing has come for a while: what may have gone on did not."""
        yield from self._release()
        yield from self._parser.tick()

    def _release(self) -> Iterator[Message]:
        held = self._splitter.release()
        if held == ESCAPE:
            # The parser would wait once more.
            yield events.Key("escape", ESCAPE)
        elif held:
            yield from self._parser.feed(held)


class TerminalDriver(LinuxDriver):
    """textual's driver for Unix, made to notice that the terminal is gone.

    The original spins at the end of input, and a SIGCONT from the kernel at hang-up makes it
    start a second input thread that spins as well.
    """

    typed_ahead: ClassVar[bytes] = b""
    """Keys read before the driver started; they are parsed first."""

    def _sigcont_application(self, *_: object) -> None:
        if self._must_signal_resume:
            super()._sigcont_application()

    def run_input_thread(self) -> None:
        """Read keys until told to stop; tell the application when there can be no more."""
        keys = KeyStream()
        poll = select.poll()
        poll.register(self.fileno, select.POLLIN | select.POLLPRI)
        early, TerminalDriver.typed_ahead = TerminalDriver.typed_ahead, b""
        self._deliver(keys.feed(early, monotonic()))
        while not self.exit_event.is_set():
            ready = poll.poll(int(PATIENCE * 1000))
            for _, mask in ready:
                data = self._read() if mask & select.POLLIN else b""
                if not data:
                    cast("Hangable", self._app).hang_up(signal.SIGHUP)
                    return
                self._deliver(keys.feed(data, monotonic()))
            if not ready:
                self._deliver(keys.pause())

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 65536)
        except OSError:
            return b""

    def _deliver(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)


class _PatientStylesheet(Stylesheet):
    """A stylesheet that is not parsed again for the variables that it has: each start would do so for its first theme."""

    _parsed_with: Mapping[str, str] | None = None

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other variables; the caches of what was parsed with these are kept."""
        if variables != self._variables:
            super().set_variables(variables)

    def parse(self) -> None:
        """Parse all sources."""
        super().parse()
        self._parsed_with = self._variables

    def reparse(self) -> None:
        """Parse all sources where the variables are others than before; what is parsed stays in the cache for what is added."""
        if self._parsed_with != self._variables:
            self.parse()


class FrugalDisplay(OrderlyKeys):
    """An application that sends the terminal only the cells that changed, and its real cursor.

    The real cursor is what input-method windows, braille displays and magnifiers follow.
    """

    def __init__(self, *, driver_class: type[Driver] | None = None, css_path: str | None = None) -> None:
        super().__init__(driver_class=driver_class, css_path=css_path)
        self.stylesheet = _PatientStylesheet(variables=self.get_css_variables())
        term = os.environ.get("TERM", "")
        self._screen_model = ScreenModel(can_shift=can_shift(term), can_scroll=can_scroll(term))
        self._cursor_is_hidden = True
        self._held_since: float | None = None
        """When the first part of a frame was held back until its key is done."""

    @property
    def failed(self) -> bool:
        """Whether an error of the program itself ended it."""
        return self._exception is not None

    @property
    def can_suspend(self) -> bool:
        """Whether the terminal lets the program go to the background."""
        return self._driver is not None and self._driver.can_suspend

    @property
    def is_at_rest(self) -> bool:
        """Whether every key that arrived is done, with all that follows from it."""
        return not self.has_keys_to_do and bool(self._message_queue.empty())

    def repaint_everything(self) -> None:
        """Send every cell again: after something else wrote to the terminal."""
        self._screen_model.forget()
        self._cursor_is_hidden = True
        self.screen.refresh()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        # Only now, behind the layout, does a widget know where it stands.
        self.cursor_position = self.caret_on_screen()
        super()._display(screen, cast("RenderableType | None", self.frame(renderable)))

    def caret_on_screen(self) -> Offset:
        """Where the next character goes; where it went before while what has the keyboard has no place on the screen yet."""
        focused = self.screen.focused if self._screen_stack else None
        if focused is None or not focused.size:
            return self.cursor_position
        caret: Offset = getattr(focused, "cursor_screen_offset", focused.content_region.offset)
        return caret

    def frame(self, renderable: RenderableType | None) -> RenderableType | CompositorUpdate | None:
        """What is to be sent instead of a frame: what differs from what the terminal shows."""
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            model = self._screen_model
            size, color_system = self.size, self.console._color_system or ColorSystem.TRUECOLOR
            model.resize(size.width, size.height)
            for x, y, strip in pieces(renderable):
                model.put(x, y, strip, color_system)
            if self._batch_count or self._is_held():
                return None
            self._held_since = None
            difference = _FrameUpdate(model, show_cursor=self._cursor_is_hidden)
            self._cursor_is_hidden = False
            return difference
        if renderable is not None:
            self._screen_model.forget()
        return renderable

    def _is_held(self) -> bool:
        """Whether a part of a frame waits for the rest: what a key changes is seen at once and in one piece."""
        if not self._key_under_way:
            return False
        if self._held_since is None:
            self._held_since = monotonic()
        return monotonic() - self._held_since < LONGEST_HOLD

    def paint_now(self) -> None:
        """Send what the key changed without waiting for the next tick of the frames."""
        if self._running and self._screen_stack and not self._batch_count:
            screen = self.screen
            # What waits for a layout is left to the screen's own order of things.
            if not (screen._layout_required or screen._recompose_required or screen._callbacks):
                for widget in screen.walk_children(Widget):
                    # Otherwise each widget tells the screen by a message of its own.
                    if widget._repaint_required:
                        widget._repaint_required = False
                        screen._dirty_widgets.add(widget)
                screen._on_timer_update()
            if self._held_since is not None or self.caret_on_screen() != self.cursor_position:
                self._display(screen, ChopsUpdate([], [], []))

    async def on_event(self, event: events.Event) -> None:
        """Distrust the screen after a resize."""
        if isinstance(event, events.Resize):
            self._screen_model.forget()
        await super().on_event(event)


class _FrameUpdate(CompositorUpdate):
    """A frame, reduced to what differs from the one before."""

    def __init__(self, model: ScreenModel, *, show_cursor: bool) -> None:
        self._model = model
        self._show_cursor = show_cursor

    def render_segments(self, console: Console) -> str:  # noqa: ARG002 - textual's own signature
        frame = self._model.encode()
        return f"{frame}\x1b[?25h" if self._show_cursor else frame


def pieces(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, list[Segment]]]:
    """The parts of a frame as column, line and segments."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            yield update.region.x, y, [segment for strip in strips for segment in strip]
        return
    for y, x1, x2 in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x >= x2 or end <= x1:
                continue
            part: Strip = strip if end <= x2 else strip.crop(0, x2 - x)
            yield x, y, list(part)


class PlainTextArea(TextArea):
    """A text area without a history, a blinking or a painted cursor of its own.

    The session keeps the only history there is, and the terminal's own cursor is shown.
    """

    def __init__(self, text: str = "", *, id: str | None = None, read_only: bool = False) -> None:  # noqa: A002
        super().__init__(text, id=id, read_only=read_only, soft_wrap=True, max_checkpoints=0, highlight_cursor_line=False)
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self._painted: dict[Hashable, Strip] = {}
        """Lines by all that they depend on while nothing is selected; textual paints every line anew on each key."""

    def decorations(self, row: int) -> Hashable:  # noqa: ARG002 - for those who define it
        """What `get_line` adds to a paragraph besides its text."""
        return ()

    def render_line(self, y: int) -> Strip:
        """Paint a line, or take it as it was painted before."""
        wrapped, line = self.wrapped_document, y + self.scroll_offset.y
        if self.selection.start != self.selection.end or not self.text or not 0 <= line < wrapped.height:
            return super().render_line(y)
        row, part = wrapped._offset_to_line_info[line]
        width = self.scrollable_content_region.width
        key = (width, part, self.document.get_line(row), tuple(wrapped.get_offsets(row)), self.decorations(row))
        strip = self._painted.get(key)
        if strip is None:
            if len(self._painted) > MOST_PAINTED:
                self._painted.clear()
            strip = self._painted[key] = self._render_line(y)
        return strip

    def notify_style_update(self) -> None:
        """Paint every line anew: colours have changed."""
        self._painted.clear()
        super().notify_style_update()

    @property
    def _draw_cursor(self) -> bool:
        return False

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:  # noqa: FBT001, FBT002
        """Wrap again at once: the lines may be painted before the event of the resize arrives."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if self.wrapped_document._width != self.wrap_width:
            self._rewrap_and_refresh_virtual_size()
        return changed

    async def _on_paste(self, event: events.Paste) -> None:
        """Insert a paste without anything that could steer a terminal."""
        event.stop()
        event.prevent_default()
        if not self.read_only:
            self.replace(clean_prose(event.text), *self.selection, maintain_selection_offset=False)

    def forget_lines(self) -> None:
        """Look at every line again: something that get_line adds has changed."""
        self._line_cache.clear()
        self.refresh()

    def underline(self, line: Text, start: int, end: int) -> None:
        """Underline a part of a line that get_line returned."""
        line.stylize(Style(underline=True), start, end)


def restore_terminal(app: App[None]) -> None:
    """Leave the terminal as it was found, as far as that goes without waiting for it."""
    driver = app._driver
    if not isinstance(driver, LinuxDriver) or driver.attrs_before is None:
        return
    screen = cast("TextIO", driver._file).fileno()
    if select.select([], [screen], [], 0)[1]:
        os.write(screen, b"\x1b[?2004l\x1b[?1004l\x1b[?7h\x1b[?1049l\x1b[?25h")
        termios.tcsetattr(driver.fileno, termios.TCSANOW, driver.attrs_before)


def quiet_crash(app: App[None], folder: Path) -> None:
    """Keep an error's traceback in a file instead of showing it to somebody who cannot use it."""
    error = app._exception
    app._exit_renderables.clear()
    if error is None:
        return
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CRASH_FILE).write_text("".join(traceback.format_exception(error)), "utf-8")
