"""Operations on the view rather than the report: repaint, suspend, theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import words

if TYPE_CHECKING:
    from ..editor import Editor


def repaint(editor: Editor) -> None:
    """Repaint the screen."""
    editor.repaint_everything()


def suspend(editor: Editor) -> None:
    """Suspend to the shell until `fg`."""
    if editor.can_suspend:
        editor.action_suspend_process()
    else:
        editor.say(words.CANNOT_SUSPEND)


def next_theme(editor: Editor) -> None:
    """Switch to the next theme."""
    names = list(words.THEME_NAMES)
    editor.theme = names[(names.index(editor.theme) + 1) % len(names)]
    editor.say(words.theme_now(editor.theme))
