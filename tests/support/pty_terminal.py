"""A program on a pseudo-terminal, with an in-memory terminal that renders its output and replies to its requests."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyte
from memory_screen import MemoryScreen
from patience import GLANCE, PATIENCE, is_at_work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Self

QUIET = 0.15
"""Seconds without output after which a reply is complete."""
ALT = "\x1b"

#: Typical Chinese text, for input methods and pastes.
SAMPLE = "根据《政府信息公开条例》要求，本机关“应公开、尽公开”，全年公开信息一百二十余条——内容真实……"


class PtyTerminal:
    """A program on a pseudo-terminal. A context manager: ends the program on exit."""

    def __init__(
        self,
        arguments: Sequence[str],
        environ: Mapping[str, str],
        *,
        columns: int = 80,
        lines: int = 24,
        ambiguous: int = 1,
        before_exec: Callable[[], None] | None = None,
    ) -> None:
        self.screen = MemoryScreen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self._ambiguous = ambiguous
        self.received = b""
        self.started = time.monotonic()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                # The parent of the tests may ignore SIGHUP (nohup), which children inherit.
                signal.signal(signal.SIGHUP, signal.SIG_DFL)
                if before_exec is not None:
                    before_exec()
                os.execvpe(arguments[0], list(arguments), dict(environ))  # noqa: S606 - the program under test
            finally:
                os._exit(127)
        self.resize(columns, lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Kill the program if it is still running, and close the terminal."""
        if self.exit_status() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self._wait()
        self.hang_up()

    # ------------------------------------------------------------ the program

    _status: int | None = None

    def exit_status(self) -> int | None:
        """Return the exit status as of `os.waitstatus_to_exitcode`; None while the program runs."""
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
        return self._status

    def _wait(self) -> None:
        if self._status is None:
            _, status = os.waitpid(self.pid, 0)
            self._status = os.waitstatus_to_exitcode(status)

    def wait_for_end(self, seconds: float = PATIENCE) -> int | None:
        """Read until the program ends and return its exit status; None on timeout."""
        end = time.monotonic() + seconds
        while self.exit_status() is None and time.monotonic() < end:
            self.read(0.05)
        return self.exit_status()

    def hang_up(self) -> None:
        """Close the terminal's side of the line."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def kill(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    # ------------------------------------------------------------ the terminal

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the window."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        if (self.screen.columns, self.screen.lines) != (columns, lines):
            self.screen.resize(lines, columns)

    def read(self, seconds: float) -> bytes:
        """Read everything that arrives within some seconds, replying to cursor position requests."""
        data = b""
        end = time.monotonic() + seconds
        while chunk := self.read_once(max(end - time.monotonic(), 0)):
            data += chunk
        return data

    def read_once(self, seconds: float) -> bytes:
        """Read the next chunk; empty on timeout."""
        if self.fd < 0 or not select.select([self.fd], [], [], seconds)[0]:
            return b""
        try:
            chunk = os.read(self.fd, 65536)
        except OSError:
            return b""
        self._feed(chunk)
        self.received += chunk
        return chunk

    def _feed(self, chunk: bytes) -> None:
        before, asked, after = chunk.partition(b"\x1b[6n")
        self._stream.feed(before)
        if asked:
            column = self.screen.cursor.x + 1
            if self._ambiguous == 2 and before.endswith("…".encode()):
                column += 1
            os.write(self.fd, b"\x1b[%d;%dR" % (self.screen.cursor.y + 1, column))
            self._stream.feed(after)

    def answer(self, keys: str, *, quiet: float = QUIET) -> bytes:
        """Type keys and return the output until it pauses."""
        self.type(keys)
        return self.read_until_quiet(quiet)

    def read_until_quiet(self, quiet: float = QUIET) -> bytes:
        """Read until the program has been silent and idle for a while; the first output may take a second.

        A program that waits for a processor counts as busy, so that load on the machine does not cut a reply short.
        """
        data, wanted = b"", 1.0
        end, rest = time.monotonic() + PATIENCE, 0.0
        while rest < wanted and time.monotonic() < end:
            since = time.monotonic()
            chunk = self.read_once(GLANCE)
            if chunk:
                data, wanted = data + chunk, quiet
            rest = 0.0 if chunk or is_at_work(self.pid) else rest + time.monotonic() - since
            if self.fd < 0 or self.exit_status() is not None:
                return data + self.read(0)
        return data

    def type(self, keys: str) -> None:
        """Send keys as a terminal does.

        Raises:
            AssertionError: the program has ended or does not read its input.
        """
        data = keys.encode()
        end = time.monotonic() + PATIENCE
        while data:
            _, writable, _ = select.select([self.fd], [self.fd], [], 0.1)
            if self.exit_status() is not None or time.monotonic() > end:
                raise AssertionError(f"{len(data)} bytes of keys were not taken:\n{self.text()}")
            if writable:
                data = data[os.write(self.fd, data[:2048]) :]
                end = time.monotonic() + PATIENCE
            self.read(0)

    def paste(self, text: str) -> None:
        """Send a bracketed paste."""
        self.type(f"\x1b[200~{text}\x1b[201~")

    def text(self) -> str:
        """Return the screen as text."""
        return "\n".join(line.rstrip() for line in self.lines())

    def lines(self) -> list[str]:
        """Return the lines of the screen. pyte's own `display` fails on a wide character half overwritten between two reads."""
        screen = self.screen
        return ["".join(screen.buffer[y][x].data for x in range(screen.columns)) for y in range(screen.lines)]

    def wait_for(self, wanted: str | Callable[[str], bool], seconds: float = PATIENCE) -> str:
        """Read until the screen shows a text, and return the screen.

        Raises:
            AssertionError: the text does not appear in time.
        """
        end = time.monotonic() + seconds
        while True:
            shown = self.text()
            if wanted(shown) if callable(wanted) else wanted in shown:
                return shown
            if time.monotonic() > end or self.exit_status() is not None:
                raise AssertionError(f"{wanted!r} does not appear:\n{shown}")
            self.read(0.05)


def colours_in(data: bytes) -> set[str]:
    """Return the SGR parameters that set a colour."""
    found = set()
    for parameters in re.findall(rb"\x1b\[([0-9;]*)m", data):
        for value in parameters.decode().split(";"):
            if value and (30 <= int(value) <= 49 or 90 <= int(value) <= 107) and value not in ("39", "49"):
                found.add(value)
    return found


def editor_environ(state: Path, **more: str) -> dict[str, str]:
    """Return an environment with the editor's state and configuration in a test directory."""
    environ = {name: value for name, value in os.environ.items() if name not in ("COLORTERM", "NO_COLOR", "VISUAL", "EDITOR", "TMUX")}
    environ |= {"TERM": "xterm-256color", "NIANBAO_STATE": str(state), "NIANBAO_CONFIG": str(state), "LANG": "C.UTF-8"}
    return environ | more


def editor_command(path: Path, *options: str) -> list[str]:
    """Return the command line of the editor."""
    return [sys.executable, "-m", "nianbao", "edit", str(path), *options]
