"""Writing exported text to a file named by the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...files.saving.atomic_save import ChangedOnDiskError, Expect, SaveNote
from ...files.saving.errors import FileError
from ...files.session.lock import LockedByOther
from ...service.export_report import publish_text
from ...service.words.lock_owner_words import owner_words
from .. import words
from ..screens.dialogs import Answer
from ..words import save_error_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ..editor import Editor

_NOTES = {
    SaveNote.BACKUP_NOT_KEPT: words.SAVED_WITHOUT_BACKUP,
    SaveNote.SECOND_READER_REFUSED: words.SECOND_READER_REFUSED,
    SaveNote.SECOND_READER_DIFFERS: words.SECOND_READER_DIFFERS,
}


def note_words(notes: Iterable[SaveNote]) -> list[str]:
    """Return the messages for the notes of a successful write."""
    return [_NOTES[note] for note in notes if note in _NOTES]


def write_export(editor: Editor, path: Path, text: str, said: Callable[[], str], *, expect: Expect = Expect.ABSENT) -> None:
    """Write a text file atomically, asking before it replaces a file.

    Args:
        editor: The editor.
        path: The target.
        text: The contents.
        said: Returns the message for success.
        expect: Expected state of the target.
    """
    try:
        published = publish_text(path.absolute(), text, expect=expect, around=editor.options.surroundings)
    except ChangedOnDiskError as changed:
        if expect is Expect.ABSENT:
            ask_overwrite(editor, path, lambda: write_export(editor, path, text, said, expect=Expect.ANYTHING))
        else:
            editor.tell(words.ERROR_TITLE, save_error_words.in_full(changed))
    except LockedByOther as locked:
        editor.tell(words.ERROR_TITLE, words.save_locked(owner_words(locked.owner)))
    except FileError as trouble:
        editor.tell(words.ERROR_TITLE, save_error_words.in_full(trouble))
    else:
        editor.say("；".join([said(), *note_words(published.saved.notes)]))


def ask_overwrite(editor: Editor, path: Path, yes: Callable[[], None]) -> None:
    """Ask whether to replace the file; call `yes` if so."""
    answers = [Answer("no", words.CANCEL), Answer("yes", words.OVERWRITE_YES, yes)]
    editor.ask(words.OVERWRITE_TITLE, words.overwrite_text(str(path)), answers)
