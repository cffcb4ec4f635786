"""Taking back the last step and doing it again, and saying what that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import ui_text
from .differences import differences

if TYPE_CHECKING:
    from .app import Editor


def undo(editor: Editor) -> None:
    """Take back the last step."""
    if session := editor.session:
        before = session.report
        changed = differences(before, session.undo(), limit=1)
        editor.say(ui_text.undone(changed) if session.report is not before else ui_text.NOTHING_TO_UNDO)


def redo(editor: Editor) -> None:
    """Do again what was taken back."""
    if session := editor.session:
        before = session.report
        changed = differences(before, session.redo(), limit=1)
        editor.say(ui_text.redone(changed) if session.report is not before else ui_text.NOTHING_TO_REDO)
