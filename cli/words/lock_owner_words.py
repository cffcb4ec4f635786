"""Who holds a lock, in the editor's own words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ...files.session.lock import Stranger
from . import recover_words

if TYPE_CHECKING:
    from ...files.saving.process import Owner


def owner_told(owner: Owner | Stranger) -> str:
    """Who holds a lock, in the editor's own words."""
    if isinstance(owner, Stranger):
        return recover_words.STRANGER
    return recover_words.owner_line(owner.user, owner.host, owner.terminal, owner.client, _wall_clock(owner.since))


def _wall_clock(since: str) -> str:
    """A moment of the lock file, as the clock on this wall shows it."""
    try:
        return datetime.fromisoformat(since).astimezone().strftime("%m-%d %H:%M")
    except ValueError:
        return since
