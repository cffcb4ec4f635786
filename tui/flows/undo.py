"""Undo and redo, with a message about the change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import words
from ..words.difference_words import differences, parts_changed

if TYPE_CHECKING:
    from ...core.report import Report
    from ..editor import Editor


def undo(editor: Editor) -> None:
    """Discard the draft of a cell, or else undo the last step."""
    if editor.main is not None and editor.main.cancel_draft():
        return
    if session := editor.session:
        before = session.report
        changed = _changed(before, session.undo())
        editor.say(words.undone(changed) if session.report is not before else words.NOTHING_TO_UNDO)


def redo(editor: Editor) -> None:
    """Redo the last undone step."""
    if session := editor.session:
        before = session.report
        changed = _changed(before, session.redo())
        editor.say(words.redone(changed) if session.report is not before else words.NOTHING_TO_REDO)


def _changed(before: Report, after: Report) -> list[str]:
    """Return the first difference with the number of others; across several texts also the number of sections."""
    parts = parts_changed(before, after)
    told = differences(before, after, limit=1)
    return [*told, words.in_parts(parts)] if parts > 1 else told
