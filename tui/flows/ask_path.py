"""Form for a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..paths import typed_path
from ..screens.dialogs import Field, Form

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ..editor import Editor


def ask_path(
    editor: Editor,
    title: str,
    label: str,
    given: Callable[[Path], None],
    *,
    suggestion: str = "",
    text: str = "",
    refused: Callable[[], None] | None = None,
) -> None:
    """Ask for a path and call `given` with it; `refused` is called if the user cancels or leaves it empty."""
    form = Form(title, text, [Field("path", label, suggestion)], ambiguous=editor.options.profile.ambiguous)

    def answered(values: dict[str, str] | None) -> None:
        if values is not None and values["path"].strip():
            given(typed_path(values["path"]))
        elif refused is not None:
            refused()

    editor.push_screen(form, answered)
