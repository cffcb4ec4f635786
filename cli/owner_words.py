"""Who holds a lock, in the editor's own words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ..files.lock import Stranger
from . import recover_text as words

if TYPE_CHECKING:
    from ..files.owner import Owner


def owner_told(owner: Owner | Stranger) -> str:
    """Who holds a lock, in the editor's own words."""
    if isinstance(owner, Stranger):
        return words.STRANGER
    return words.owner_line(owner.user, owner.host, owner.terminal, owner.client, _wall_clock(owner.since))


def _wall_clock(since: str) -> str:
    """A moment of the lock file, as the clock on this wall shows it."""
    try:
        return datetime.fromisoformat(since).astimezone().strftime("%m-%d %H:%M")
    except ValueError:
        return since
