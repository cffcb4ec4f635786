"""Start-up of the editor: everything that must happen before textual is imported."""

# ruff: noqa: PLC0415 - the order of imports is what this module is about
from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from . import words
from .terminal import probe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

INTERNAL_ERROR = 70


def refusal(environ: Mapping[str, str], *, interactive: bool) -> str | None:
    """Return the message with which the editor refuses to start on this terminal, or None if it can run."""
    if not interactive:
        return words.NO_TERMINAL
    return None if probe.can_show_screens(environ) else words.dumb_terminal(environ.get("TERM", ""))


def run_editor(
    path: Path | None,
    *,
    previous: Path | None = None,
    policy: str = "",
    ambiguous: probe.Ambiguous = "auto",
    ascii_borders: bool = False,
    keymap: Mapping[str, str] | None = None,
    complaints: Sequence[str] = (),
) -> int:
    """Run the editor on the process's terminal and return its exit code.

    The caller has checked `refusal` before.
    """
    probe.prepare_environment(os.environ)
    profile = probe.detect_profile(ambiguous, ascii_borders=ascii_borders)
    if profile.ambiguous == 2:  # noqa: PLR2004 - the two widths there are
        from .terminal._rich_compat import widen_ambiguous

        widen_ambiguous()
    from .app import Application
    from .options import EditorOptions
    from .terminal._textual_compat import TerminalDriver, install

    install(ambiguous=profile.ambiguous)
    TerminalDriver.typed_ahead = profile.typed_ahead
    editor = Application(EditorOptions(path, previous, profile, policy, keymap or {}, complaints))
    editor.run(mouse=False)
    if editor.failed:
        sys.stderr.write(words.INTERNAL_ERROR + "\n")
        return INTERNAL_ERROR
    return editor.exit_code
