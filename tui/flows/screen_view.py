"""What is done to the view rather than to the report: painted anew, left for the shell, shown in other colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import words

if TYPE_CHECKING:
    from ..editor import Editor


def repaint(editor: Editor) -> None:
    """Paint the screen anew."""
    editor.repaint_everything()


def suspend(editor: Editor) -> None:
    """Go back to the shell until `fg`."""
    if editor.can_suspend:
        editor.action_suspend_process()
    else:
        editor.say(words.CANNOT_SUSPEND)


def next_theme(editor: Editor) -> None:
    """Use the next set of colours."""
    names = list(words.THEME_NAMES)
    editor.theme = names[(names.index(editor.theme) + 1) % len(names)]
    editor.say(words.theme_now(editor.theme))
