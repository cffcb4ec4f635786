"""Messages about the owner of a lock."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ...files.session.lock import Stranger
from .. import words

if TYPE_CHECKING:
    from ...files.saving.process import Owner


def owner_words(owner: Owner | Stranger | None) -> str:
    """Describe the owner of a lock."""
    if owner is None:
        return words.NOBODY
    if isinstance(owner, Stranger):
        return words.UNKNOWN_OWNER
    return words.owner_line(owner.user, owner.host, owner.terminal, owner.client, _moment(owner.since))


def _moment(since: str) -> str:
    """Format a timestamp of the lock file in local time."""
    try:
        return datetime.fromisoformat(since).astimezone().strftime("%m-%d %H:%M")
    except ValueError:
        return since
