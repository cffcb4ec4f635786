"""Messages of file errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...service.words.file_error_words import cause_and_remedy
from .. import words

if TYPE_CHECKING:
    from ...files.saving.errors import FileError
    from ...files.session.session import Session


def in_full(error: FileError) -> str:
    """Return the path, the cause and the remedy of a file error."""
    return f"{error.path}\n{cause_and_remedy(error)}"


def of_save(trouble: FileError, session: Session) -> str:
    """Return the message for a failed save, including where the changes are now."""
    safe = session.journal.trouble is None
    return f"{in_full(trouble)}\n{words.CHANGES_IN_JOURNAL if safe else words.CHANGES_IN_MEMORY}"
