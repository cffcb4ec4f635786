"""Text made from the report on its way to a file that the user names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..files.lock import LockedByOther
from ..files.publish import Contents, publish
from ..files.safe_save import ChangedOnDisk, Expect, Note
from ..files.trouble import FileTrouble
from . import trouble_words, ui_text
from .owner_words import owner_words
from .screens.dialogs import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from .editor import Editor

_NOTES = {Note.BACKUP_NOT_KEPT: ui_text.SAVED_WITHOUT_BACKUP}


def note_words(notes: Iterable[Note]) -> list[str]:
    """What a write that succeeded has to tell the user."""
    return [_NOTES[note] for note in notes if note in _NOTES]


def write_export(editor: Editor, path: Path, text: str, said: Callable[[], str], *, expect: Expect = Expect.ABSENT) -> None:
    """Write a text file, whole or not at all, after asking where a file is there already; `said` is the sentence for success."""
    data = text.encode("utf-8", "replace")
    try:
        published = publish(path.absolute(), data, contents=Contents.EXPORT, expect=expect, around=editor.options.surroundings)
    except ChangedOnDisk as changed:
        if expect is Expect.ABSENT:
            ask_overwrite(editor, path, lambda: write_export(editor, path, text, said, expect=Expect.ANYTHING))
        else:
            editor.tell(ui_text.ERROR_TITLE, trouble_words.in_full(changed))
    except LockedByOther as locked:
        editor.tell(ui_text.ERROR_TITLE, ui_text.save_locked(owner_words(locked.owner)))
    except FileTrouble as trouble:
        editor.tell(ui_text.ERROR_TITLE, trouble_words.in_full(trouble))
    else:
        editor.say("；".join([said(), *note_words(published.saved.notes)]))


def ask_overwrite(editor: Editor, path: Path, yes: Callable[[], None]) -> None:
    """Ask whether the file at the path is to be replaced."""
    answers = [Answer("no", ui_text.CANCEL), Answer("yes", ui_text.OVERWRITE_YES)]
    question = editor.ask(ui_text.OVERWRITE_TITLE, ui_text.overwrite_text(str(path)), answers)
    editor.push_screen(question, lambda answer: yes() if answer == "yes" else None)
