"""Terminal detection before start-up: fitness, environment for textual, width of ambiguous characters.

Everything here runs before the first import of textual, because textual reads the environment and binds rich's width functions
while it is imported.
"""

from __future__ import annotations

import os
import re
import select
import sys
import termios
import time
import tty
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

Ambiguous = Literal["auto", "1", "2"]

#: Prefixes of $TERM for monochrome terminals; some of them show SGR colours as garbage.
MONOCHROME_TERMS = ("vt52", "vt100", "vt102", "vt220", "vt320", "xterm-mono", "hp", "wy50")

WIDE = 2
"""Columns of an ambiguous character on a terminal with a Chinese font."""

PROBE_SECONDS = 0.6
"""Timeout for the terminal's reply: longer than the round trip of a slow line, short enough not to be noticed as a hang."""

#: An East Asian ambiguous character.
PROBE_CHARACTER = "…"

_CURSOR_REPORT = re.compile(rb"\x1b\[(\d+);(\d+)R")


@dataclass(frozen=True, slots=True)
class Profile:
    """Assumed properties of the terminal."""

    ambiguous: Literal[1, 2] = 1
    """Columns of ambiguous characters: “ ” — … and box drawing."""
    ascii_borders: bool = False
    draws: bool = True
    """Whether there is a real terminal; False only when a test drives the editor."""
    typed_ahead: bytes = b""
    """Input that arrived during the probe; it belongs to the user."""


def can_show_screens(environ: Mapping[str, str]) -> bool:
    """Return whether the terminal that $TERM names can place characters anywhere on its screen."""
    return environ.get("TERM", "") not in ("", "dumb", "unknown")


def is_interactive() -> bool:
    """Return whether all three standard streams are terminals.

    textual draws on standard error and asks standard output for its size.
    """
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    return all(stream is not None and stream.isatty() for stream in streams)


def prepare_environment(environ: MutableMapping[str, str]) -> None:
    """Set the environment variables that textual reads, keeping those set by the user.

    The Kitty keyboard protocol stays off because several terminals lose or break an input method's commits in it.
    """
    environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")
    if has_no_colour(environ):
        environ["NO_COLOR"] = "1"


def has_no_colour(environ: Mapping[str, str]) -> bool:
    """Return whether the user has disabled colour or the terminal has none."""
    term = environ.get("TERM", "")
    return bool(environ.get("NO_COLOR")) or term.startswith(MONOCHROME_TERMS)


def detect_profile(choice: Ambiguous, *, ascii_borders: bool) -> Profile:
    """Detect the terminal's properties, probing it only for what the user left open."""
    typed_ahead = b""
    ambiguous: Literal[1, 2] = 2 if choice == "2" else 1
    if choice == "auto":
        width, typed_ahead = probe_width(sys.stdin.fileno(), sys.stderr.fileno(), seconds=PROBE_SECONDS)
        ambiguous = 2 if width == WIDE else 1
    return Profile(ambiguous=ambiguous, ascii_borders=ascii_borders or ambiguous == WIDE, typed_ahead=typed_ahead)


def probe_width(keys: int, screen: int, *, seconds: float) -> tuple[int | None, bytes]:
    """Measure an ambiguous character by printing it and requesting a cursor position report. Restores the line.

    Returns:
        The width in columns, None if the terminal did not reply in time; and the input that was not part of the reply.
    """
    before = termios.tcgetattr(keys)
    received = b""
    try:
        # Not the default TCSAFLUSH, which would discard what the user has already typed.
        tty.setcbreak(keys, termios.TCSADRAIN)
        os.write(screen, f"\r{PROBE_CHARACTER}\x1b[6n".encode())
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if not select.select([keys], [], [], left)[0]:
                break
            chunk = os.read(keys, 1024)
            if not chunk:
                break
            received += chunk
            if _CURSOR_REPORT.search(received):
                break
    finally:
        os.write(screen, b"\r\x1b[K")
        termios.tcsetattr(keys, termios.TCSADRAIN, before)
    answer = _CURSOR_REPORT.search(received)
    if answer is None:
        return None, received
    return int(answer[2]) - 1, received[: answer.start()] + received[answer.end() :]


def is_hung_up(keys: int) -> bool:
    """Return whether the other end of the terminal is gone.

    Polled, because a supervisor may have made the process ignore SIGHUP.
    """
    poll = select.poll()
    poll.register(keys, select.POLLHUP | select.POLLERR | select.POLLNVAL)
    return bool(poll.poll(0))
