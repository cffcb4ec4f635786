"""Messages of file errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...files.saving.errors import FileError, FileErrorKind
from .. import words

if TYPE_CHECKING:
    from ...files.session.session import Session

_SAYS_LITTLE = (FileErrorKind.OTHER, FileErrorKind.DISK_FAULT)
"""Kinds whose message leaves the cause open; the system's error text, which is not in Chinese, is appended."""


def in_one_line(trouble: FileError) -> str:
    """Return the cause of a file error."""
    return words.TROUBLES.get(trouble.kind.value, words.TROUBLES["other"])


def in_full(trouble: FileError) -> str:
    """Return the path, the cause and the remedy of a file error."""
    reason = trouble.cause.strerror if trouble.cause is not None and trouble.kind in _SAYS_LITTLE else ""
    return words.trouble_text(trouble.kind.value, str(trouble.path), reason or "")


def of_save(trouble: FileError, session: Session) -> str:
    """Return the message for a failed save, including where the changes are now."""
    safe = session.journal.trouble is None
    return f"{in_full(trouble)}\n{words.CHANGES_IN_JOURNAL if safe else words.CHANGES_IN_MEMORY}"
