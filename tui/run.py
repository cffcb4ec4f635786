"""Starting the editor: what has to be settled before textual is imported."""

# ruff: noqa: PLC0415 - the order of imports is what this module is about
from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from . import terminal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

INTERNAL_ERROR = 70


def run_editor(
    path: Path | None,
    *,
    previous: Path | None = None,
    policy: str = "",
    ambiguous: terminal.Ambiguous = "auto",
    ascii_borders: bool = False,
    keymap: Mapping[str, str] | None = None,
    complaints: Sequence[str] = (),
) -> int:
    """Run the editor on the terminal of this process; the exit code.

    The caller has asked `terminal.refusal` first.
    """
    terminal.prepare_environment(os.environ)
    profile = terminal.examine(ambiguous, ascii_borders=ascii_borders, environ=os.environ)
    if profile.ambiguous == 2:  # noqa: PLR2004 - the two widths there are
        from ._rich_compat import widen_ambiguous

        widen_ambiguous()
    from . import ui_text
    from ._textual_compat import TerminalDriver, install
    from .app import Application
    from .options import Options

    install(ambiguous=profile.ambiguous)
    TerminalDriver.typed_ahead = profile.typed_ahead
    editor = Application(Options(path, previous, profile, policy, keymap or {}, complaints))
    editor.run(mouse=False)
    if editor.failed:
        sys.stderr.write(ui_text.INTERNAL_ERROR + "\n")
        return INTERNAL_ERROR
    return editor.exit_code
