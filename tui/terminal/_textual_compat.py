"""All access to textual's private parts.

textual is pinned. tests/tui/terminal/test_textual_compat.py has a test for each private part used here, which fails when a new
version of textual changes it.
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
from .key_queue import SequentialKeys
from .lone_escape import ESCAPE, PATIENCE, is_escape_key
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

#: Maximum length of an escape sequence in characters; the parser treats a longer one as text.
#: A commit of an input method takes about six characters per character typed in the Kitty protocol.
LONGEST_SEQUENCE = 4096

#: Maximum time in seconds that a frame is held back for its key to be handled completely.
LONGEST_HOLD = 0.05

#: Maximum number of painted lines in a text area's cache.
MOST_PAINTED = 500

#: Name of the file in the state directory that receives the traceback of an internal error.
CRASH_FILE = "crash.txt"

_original_wrap = compute_wrap_offsets


_ambiguous: Ambiguous = 1


def install(*, ambiguous: Ambiguous = 1) -> None:
    """Install the replacements of textual's module-level parts. Idempotent.

    Args:
        ambiguous: Columns of an ambiguous character, used for wrapping.
    """
    global _ambiguous  # noqa: PLW0603 - textual's wrapping is a function of a module and takes no more arguments
    _ambiguous = ambiguous
    _xterm_parser._MAX_SEQUENCE_SEARCH_THRESHOLD = LONGEST_SEQUENCE
    _register_alt_keys()
    vars(_wrapped_document)["compute_wrap_offsets"] = wrap_offsets


@dataclass(frozen=True, slots=True)
class _KeyName:
    """Stand-in for `textual.keys.Keys` in the parser's table: the key's name as `value`."""

    value: str


def _register_alt_keys() -> None:
    """Register Alt with a letter or digit in the parser's table, so that it is recognised without waiting.

    Without an entry the parser waits for more input and reads the Escape as a caret if the next key arrives too soon; Alt with a digit
    it maps to the character that macOS types with that combination.
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
    """Return the offsets at which a paragraph breaks under Chinese line-breaking rules. Replaces textual's function.

    A paragraph with tabs is delegated to textual, which handles tab stops.
    """
    if width <= 0 or "\t" in text:
        return _original_wrap(text, width, tab_size, fold, precomputed_tab_sections)
    return list(break_offsets(text, width, ambiguous=_ambiguous))


class HangUpHandler(Protocol):
    """Application that can react to the loss of its terminal."""

    def hang_up(self, signal_number: int) -> None:
        """Release the resources that other processes wait for and exit immediately."""


class KeyStream:
    """Incremental parser from terminal input to key and paste events."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._splitter = PasteSplitter()
        self._parser = XTermParser()
        self._at = 0.0
        """Arrival time of the last chunk in seconds."""

    def feed(self, data: bytes, at: float) -> Iterator[Message]:
        """Parse a chunk of input.

        Args:
            data: The bytes read.
            at: Time of arrival in seconds.
        """
        text = self._decoder.decode(data)
        if text and self._splitter.held == ESCAPE and is_escape_key(text, at - self._at):
            yield from self._release()
        self._at = at
        for part in self._splitter.feed(text):
            if isinstance(part, Pasted):
                yield events.Paste(part.text.replace("\x00", ""))
            else:
                yield from self._parser.feed(part)
                yield from self._parser.tick()

    def pause(self) -> Iterator[Message]:
        """Flush held-back input after a pause: an incomplete sequence was not the beginning of a longer one."""
        yield from self._release()
        yield from self._parser.tick()

    def _release(self) -> Iterator[Message]:
        held = self._splitter.release()
        if held == ESCAPE:
            # The parser would wait again for the rest of a sequence.
            yield events.Key("escape", ESCAPE)
        elif held:
            yield from self._parser.feed(held)


class TerminalDriver(LinuxDriver):
    """textual's Unix driver, extended to detect the loss of the terminal.

    The original spins at end of input, and the SIGCONT that the kernel sends on hang-up makes it start a second input thread, which
    spins as well.
    """

    typed_ahead: ClassVar[bytes] = b""
    """Input read before the driver started; parsed first."""

    def _sigcont_application(self, *_: object) -> None:
        if self._must_signal_resume:
            super()._sigcont_application()

    def run_input_thread(self) -> None:
        """Read keys until told to stop; notify the application when the terminal is gone."""
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
                    cast("HangUpHandler", self._app).hang_up(signal.SIGHUP)
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


class _CachedStylesheet(Stylesheet):
    """Stylesheet that is not parsed again for unchanged variables, as textual does at start-up for its first theme."""

    _parsed_with: Mapping[str, str] | None = None

    def set_variables(self, variables: dict[str, str]) -> None:
        """Set the variables; equal ones leave the parse caches valid."""
        if variables != self._variables:
            super().set_variables(variables)

    def parse(self) -> None:
        """Parse all sources."""
        super().parse()
        self._parsed_with = self._variables

    def reparse(self) -> None:
        """Parse all sources again only if the variables have changed. Later additions still use the cache."""
        if self._parsed_with != self._variables:
            self.parse()


class DiffDisplay(SequentialKeys):
    """Application that sends only the cells that changed, and positions the terminal's own cursor.

    Input-method windows, braille displays and screen magnifiers follow the real cursor.
    """

    def __init__(self, *, driver_class: type[Driver] | None = None, css_path: str | None = None) -> None:
        super().__init__(driver_class=driver_class, css_path=css_path)
        self.stylesheet = _CachedStylesheet(variables=self.get_css_variables())
        term = os.environ.get("TERM", "")
        self._screen_model = ScreenModel(can_shift=can_shift(term), can_scroll=can_scroll(term))
        self._cursor_is_hidden = True
        self._held_since: float | None = None
        """Time at which a partial frame was first held back for its key; None if no frame is held."""

    @property
    def failed(self) -> bool:
        """Whether the application ended with an internal error."""
        return self._exception is not None

    @property
    def can_suspend(self) -> bool:
        """Whether the driver supports job control (suspending to the background)."""
        return self._driver is not None and self._driver.can_suspend

    @property
    def is_at_rest(self) -> bool:
        """Whether every key received has been handled together with its consequences."""
        return not self.has_keys_to_do and bool(self._message_queue.empty())

    def repaint_everything(self) -> None:
        """Send every cell again, after another program has written to the terminal."""
        self._screen_model.forget()
        self._cursor_is_hidden = True
        self.screen.refresh()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        # A widget knows its position only after the layout.
        self.cursor_position = self.caret_on_screen()
        super()._display(screen, cast("RenderableType | None", self.frame(renderable)))

    def caret_on_screen(self) -> Offset:
        """Return the screen position of the caret; the previous one while the focused widget has no layout yet."""
        focused = self.screen.focused if self._screen_stack else None
        if focused is None or not focused.size:
            return self.cursor_position
        caret: Offset = getattr(focused, "cursor_screen_offset", focused.content_region.offset)
        return caret

    def frame(self, renderable: RenderableType | None) -> RenderableType | CompositorUpdate | None:
        """Replace a frame by its difference from what the terminal shows; None while the frame is batched or held back."""
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            model = self._screen_model
            size, color_system = self.size, self.console._color_system or ColorSystem.TRUECOLOR
            model.resize(size.width, size.height)
            for x, y, strip in frame_parts(renderable):
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
        """Return whether a partial frame is held back, so that the effect of a key appears at once and in one piece."""
        if not self._key_under_way:
            return False
        if self._held_since is None:
            self._held_since = monotonic()
        return monotonic() - self._held_since < LONGEST_HOLD

    def paint_now(self) -> None:
        """Send the effect of the key without waiting for the next tick of the frame timer."""
        if self._running and self._screen_stack and not self._batch_count:
            screen = self.screen
            # Pending layouts and callbacks must run in the screen's own order.
            if not (screen._layout_required or screen._recompose_required or screen._callbacks):
                for widget in screen.walk_children(Widget):
                    # Spares a message from each widget to the screen.
                    if widget._repaint_required:
                        widget._repaint_required = False
                        screen._dirty_widgets.add(widget)
                screen._on_timer_update()
            if self._held_since is not None or self.caret_on_screen() != self.cursor_position:
                self._display(screen, ChopsUpdate([], [], []))

    async def on_event(self, event: events.Event) -> None:
        """Invalidate the screen model after a resize, when the terminal's contents are unknown."""
        if isinstance(event, events.Resize):
            self._screen_model.forget()
        await super().on_event(event)


class _FrameUpdate(CompositorUpdate):
    """A frame reduced to its difference from the previous one."""

    def __init__(self, model: ScreenModel, *, show_cursor: bool) -> None:
        self._model = model
        self._show_cursor = show_cursor

    def render_segments(self, console: Console) -> str:  # noqa: ARG002 - textual's own signature
        frame = self._model.encode()
        return f"{frame}\x1b[?25h" if self._show_cursor else frame


def frame_parts(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, list[Segment]]]:
    """Iterate over the parts of a frame as (column, line, segments)."""
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
    """Text area without undo history, blinking or a painted cursor.

    The session keeps the only undo history, and the terminal's own cursor is shown.
    """

    def __init__(self, text: str = "", *, id: str | None = None, read_only: bool = False) -> None:  # noqa: A002
        super().__init__(text, id=id, read_only=read_only, soft_wrap=True, max_checkpoints=0, highlight_cursor_line=False)
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self._painted: dict[Hashable, Strip] = {}
        """Cache of painted lines by everything they depend on, for an empty selection; textual repaints every line on each key."""

    def decorations(self, row: int) -> Hashable:  # noqa: ARG002 - for those who define it
        """Return a key for what `get_line` adds to a paragraph besides its text."""
        return ()

    def render_line(self, y: int) -> Strip:
        """Paint a line, or return it from the cache."""
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
        """Clear the cache when colours change."""
        self._painted.clear()
        super().notify_style_update()

    @property
    def _draw_cursor(self) -> bool:
        return False

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:  # noqa: FBT001, FBT002
        """Rewrap immediately: lines may be painted before the resize event arrives."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if self.wrapped_document._width != self.wrap_width:
            self._rewrap_and_refresh_virtual_size()
        return changed

    async def _on_paste(self, event: events.Paste) -> None:
        """Insert a paste without control characters."""
        event.stop()
        event.prevent_default()
        if not self.read_only:
            self.replace(clean_prose(event.text), *self.selection, maintain_selection_offset=False)

    def forget_lines(self) -> None:
        """Invalidate the line cache after a change in what `get_line` adds."""
        self._line_cache.clear()
        self.refresh()

    def underline(self, line: Text, start: int, end: int) -> None:
        """Underline a range of a line returned by `get_line`."""
        line.stylize(Style(underline=True), start, end)


def restore_terminal(app: App[None]) -> None:
    """Restore the terminal's modes, unless its output is blocked."""
    driver = app._driver
    if not isinstance(driver, LinuxDriver) or driver.attrs_before is None:
        return
    screen = cast("TextIO", driver._file).fileno()
    if select.select([], [screen], [], 0)[1]:
        os.write(screen, b"\x1b[?2004l\x1b[?1004l\x1b[?7h\x1b[?1049l\x1b[?25h")
        termios.tcsetattr(driver.fileno, termios.TCSANOW, driver.attrs_before)


def quiet_crash(app: App[None], folder: Path) -> None:
    """Write an internal error's traceback to a file instead of showing it to the user."""
    error = app._exception
    app._exit_renderables.clear()
    if error is None:
        return
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CRASH_FILE).write_text("".join(traceback.format_exception(error)), "utf-8")
