"""What the terminal sends, on its way to textual: keys, pastes, and the end of the line.

The other half of `_textual_compat`, and under its rules: each private part that is touched has a test in tests/test_tui_compat.py.
"""

# ruff: noqa: SLF001 - touching private parts is what this module is for
from __future__ import annotations

import codecs
import os
import select
import signal
from dataclasses import dataclass
from string import ascii_lowercase, digits
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from textual import _xterm_parser, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from .bracketed_paste import Pasted, PasteSplitter
from .lone_escape import ESCAPE, PATIENCE, is_the_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.keys import Keys
    from textual.message import Message

#: Characters of one escape sequence that the parser reads before it takes it for text. A commit
#: of an input method in Kitty's mode takes about six a character.
LONGEST_SEQUENCE = 4096


@dataclass(frozen=True, slots=True)
class _KeyName:
    """What the parser's table holds for a key: something with its name as `value`."""

    value: str


def know_sequences() -> None:
    """Let the parser read long sequences, and know Alt with a letter or digit at once; harmless when repeated.

    Without an entry it waits for more, and takes the Escape for a caret where the next key comes
    too soon; digits it takes for the signs that a Mac writes with them.
    """
    _xterm_parser._MAX_SEQUENCE_SEARCH_THRESHOLD = LONGEST_SEQUENCE
    known = cast("dict[str, tuple[Keys, ...]]", ANSI_SEQUENCES_KEYS)
    for character in ascii_lowercase:
        known.setdefault(f"\x1b{character}", (cast("Keys", _KeyName(f"alt+{character}")),))
    for character in digits:
        known[f"\x1b{character}"] = (cast("Keys", _KeyName(f"alt+{character}")),)


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
