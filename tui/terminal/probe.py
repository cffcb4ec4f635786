"""The terminal around the editor: whether it will do, what it is told, what it is asked.

Everything here runs before the first import of textual, because textual reads the
environment and binds the width functions of rich while it is imported.
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

from .. import words

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

Ambiguous = Literal["auto", "1", "2"]

#: Terminals without colour of their own; an SGR colour would show as noise on some of them.
MONOCHROME_TERMS = ("vt52", "vt100", "vt102", "vt220", "vt320", "xterm-mono", "hp", "wy50")

WIDE = 2
"""Columns of an ambiguous character on a terminal with a Chinese font."""

PROBE_SECONDS = 0.6
"""How long to wait for an answer: longer than a slow line's round trip, shorter than patience."""

#: One of the characters whose width terminals disagree about.
PROBE_CHARACTER = "…"

_CURSOR_REPORT = re.compile(rb"\x1b\[(\d+);(\d+)R")


@dataclass(frozen=True, slots=True)
class Profile:
    """What the editor assumes of the terminal it draws on."""

    ambiguous: Literal[1, 2] = 1
    """Columns that “ ” — … and the box-drawing characters take."""
    ascii_borders: bool = False
    colour: bool = True
    draws: bool = True
    """Whether there is a real terminal; False only where a test drives the editor."""
    typed_ahead: bytes = b""
    """Keys that arrived while the terminal was being asked; they belong to the user."""


def refusal(environ: Mapping[str, str], *, interactive: bool) -> str | None:
    """The sentence with which the editor declines to start here, or None where it can run."""
    if not interactive:
        return words.NO_TERMINAL
    term = environ.get("TERM", "")
    if term in ("", "dumb", "unknown"):
        return words.dumb_terminal(term)
    return None


def is_interactive() -> bool:
    """Whether keys can be read and a screen drawn: all three streams are terminals.

    textual draws on standard error and asks standard output for its size.
    """
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    return all(stream is not None and stream.isatty() for stream in streams)


def prepare_environment(environ: MutableMapping[str, str]) -> None:
    """Set what textual reads from the environment, leaving what the user has set.

    The Kitty key protocol is left off because several terminals lose or break an input
    method's commits in that mode.
    """
    environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")
    if has_no_colour(environ):
        environ["NO_COLOR"] = "1"


def has_no_colour(environ: Mapping[str, str]) -> bool:
    """True where colour was declined by the user or is not to be had."""
    term = environ.get("TERM", "")
    return bool(environ.get("NO_COLOR")) or term.startswith(MONOCHROME_TERMS)


def examine(choice: Ambiguous, *, ascii_borders: bool, environ: Mapping[str, str]) -> Profile:
    """Find out what the terminal does, asking it only where the user left that open."""
    typed_ahead = b""
    ambiguous: Literal[1, 2] = 2 if choice == "2" else 1
    if choice == "auto":
        width, typed_ahead = probe_width(sys.stdin.fileno(), sys.stderr.fileno(), seconds=PROBE_SECONDS)
        ambiguous = 2 if width == WIDE else 1
    return Profile(
        ambiguous=ambiguous,
        ascii_borders=ascii_borders or ambiguous == WIDE,
        colour=not has_no_colour(environ),
        typed_ahead=typed_ahead,
    )


def probe_width(keys: int, screen: int, *, seconds: float) -> tuple[int | None, bytes]:
    """Print one ambiguous character and ask where the cursor went.

    Returns the columns it took, or None where the terminal gave no answer in time, and the
    bytes that were not part of the answer. Leaves the line as it was.
    """
    before = termios.tcgetattr(keys)
    received = b""
    try:
        # Not the default TCSAFLUSH, which would throw away what the user has typed already.
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
    """Whether the other end of the terminal is gone.

    Asked from time to time, because a supervisor may have made the process ignore SIGHUP.
    """
    poll = select.poll()
    poll.register(keys, select.POLLHUP | select.POLLERR | select.POLLNVAL)
    return bool(poll.poll(0))
