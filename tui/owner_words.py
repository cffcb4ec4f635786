"""Who holds a lock, in words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ..files.lock import Stranger
from . import ui_text

if TYPE_CHECKING:
    from ..files.owner import Owner


def owner_words(owner: Owner | Stranger | None) -> str:
    """Who holds a lock."""
    if owner is None:
        return ui_text.NOBODY
    if isinstance(owner, Stranger):
        return ui_text.UNKNOWN_OWNER
    return ui_text.owner_line(owner.user, owner.host, owner.terminal, owner.client, _moment(owner.since))


def _moment(since: str) -> str:
    """A moment of the lock file, as the clock on this wall shows it."""
    try:
        return datetime.fromisoformat(since).astimezone().strftime("%m-%d %H:%M")
    except ValueError:
        return since
