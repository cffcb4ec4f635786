"""What went wrong between the editor and the disk, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..files.trouble import FileTrouble, Kind
from . import ui_text

if TYPE_CHECKING:
    from ..files.session import Session

_SAYS_LITTLE = (Kind.OTHER, Kind.DISK_FAULT)
"""Kinds whose sentence leaves the cause open; the system's own words, which are in no language of the user's, follow."""


def in_one_line(trouble: FileTrouble) -> str:
    """Why a file could not be read or written."""
    return ui_text.TROUBLES.get(trouble.kind.value, ui_text.TROUBLES["other"])


def in_full(trouble: FileTrouble) -> str:
    """The file, why it could not be read or written, and what to do."""
    reason = trouble.cause.strerror if trouble.cause is not None and trouble.kind in _SAYS_LITTLE else ""
    return ui_text.trouble_text(trouble.kind.value, str(trouble.path), reason or "")


def of_save(trouble: FileTrouble, session: Session) -> str:
    """The same of a save, with where the changes are now."""
    safe = session.journal.trouble is None
    return f"{in_full(trouble)}\n{ui_text.CHANGES_IN_JOURNAL if safe else ui_text.CHANGES_IN_MEMORY}"
