"""Description of a lock's owner, worded as in the editor."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ...files.session.lock import Stranger
from . import recover_words

if TYPE_CHECKING:
    from ...files.saving.process import Owner


def owner_told(owner: Owner | Stranger) -> str:
    """Return a description of the owner of a lock."""
    if isinstance(owner, Stranger):
        return recover_words.STRANGER
    return recover_words.owner_line(owner.user, owner.host, owner.terminal, owner.client, _wall_clock(owner.since))


def _wall_clock(since: str) -> str:
    """Return a timestamp of the lock file in local time; unchanged if it is not a timestamp."""
    try:
        return datetime.fromisoformat(since).astimezone().strftime("%m-%d %H:%M")
    except ValueError:
        return since
