"""What went wrong between the editor and the disk, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...files.saving.errors import FileError, FileErrorKind
from .. import words

if TYPE_CHECKING:
    from ...files.session.session import Session

_SAYS_LITTLE = (FileErrorKind.OTHER, FileErrorKind.DISK_FAULT)
"""Kinds whose sentence leaves the cause open; the system's own words, which are in no language of the user's, follow."""


def in_one_line(trouble: FileError) -> str:
    """Why a file could not be read or written."""
    return words.TROUBLES.get(trouble.kind.value, words.TROUBLES["other"])


def in_full(trouble: FileError) -> str:
    """The file, why it could not be read or written, and what to do."""
    reason = trouble.cause.strerror if trouble.cause is not None and trouble.kind in _SAYS_LITTLE else ""
    return words.trouble_text(trouble.kind.value, str(trouble.path), reason or "")


def of_save(trouble: FileError, session: Session) -> str:
    """The same of a save, with where the changes are now."""
    safe = session.journal.trouble is None
    return f"{in_full(trouble)}\n{words.CHANGES_IN_JOURNAL if safe else words.CHANGES_IN_MEMORY}"
