"""Description of a lock's owner."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from ...files.session.lock import UnknownOwner

if TYPE_CHECKING:
    from ...files.saving.process import Owner

OWNER: Final = "用户 {user}（{place}），自 {since} 起"
HOST: Final = "主机 {}"
TERMINAL: Final = "终端 {}"
CLIENT: Final = "来自 {}"
BETWEEN: Final = "，"
NOBODY: Final = "无人持有（锁文件被删除）"
UNKNOWN_OWNER: Final = "无法识别的锁文件（可能由其他程序建立）"


def owner_words(owner: Owner | UnknownOwner | None) -> str:
    """Return the owner of a lock with host, terminal, client and time; None means that nobody holds it."""
    if owner is None:
        return NOBODY
    if isinstance(owner, UnknownOwner):
        return UNKNOWN_OWNER
    parts = ((HOST, owner.host), (TERMINAL, owner.terminal), (CLIENT, owner.client))
    place = BETWEEN.join(word.format(value) for word, value in parts if value or word is HOST)
    return OWNER.format(user=owner.user, place=place, since=_local_time(owner.since))


def _local_time(since: str) -> str:
    """Convert a timestamp of the lock file to local time; return it unchanged if it is not a timestamp."""
    try:
        return datetime.fromisoformat(since).astimezone().strftime("%m-%d %H:%M")
    except ValueError:
        return since
