"""Who has a report open: the process behind a lock or a journal, and whether it still lives."""

from __future__ import annotations

import contextlib
import getpass
import os
import platform
import sys
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Life(Enum):
    """What can be said of a process from here."""

    ALIVE = "alive"
    DEAD = "dead"
    ELSEWHERE = "elsewhere"
    """It runs, or ran, on another machine: nothing can be said."""


@dataclass(frozen=True, slots=True)
class Owner:
    """One process of one user on one machine. All fields are text or numbers so that it can be written as JSON."""

    user: str
    host: str
    pid: int
    started: str = ""
    """When the process started, in the system's own count; tells a process from a later one of the same number. Empty where unknown."""
    boot: str = ""
    """Which start of the machine; empty where unknown."""
    since: str = ""
    """When it opened the report: ISO 8601 with the zone."""
    terminal: str = ""
    """`/dev/pts/3`; empty where there is none."""
    client: str = ""
    """The address that the user's SSH connection comes from; empty where there is none."""

    def plain(self) -> dict[str, str | int]:
        """The owner as JSON data."""
        return asdict(self)

    def same_process(self, other: Owner) -> bool:
        """Whether both are the same process, whatever else is told of it."""
        return _process(self) == _process(other)


def owner_from_plain(data: Mapping[str, object]) -> Owner:
    """Read what `Owner.plain` wrote; unknown keys are ignored. Raises ValueError where it is no owner."""
    values: dict[str, object] = {name: data[name] for name in (field.name for field in fields(Owner)) if name in data}
    pid = values.pop("pid", None)
    user, host = values.pop("user", None), values.pop("host", None)
    if not isinstance(pid, int) or not isinstance(user, str) or not isinstance(host, str) or pid < 1:
        raise ValueError(data)
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    return Owner(user=user, host=host, pid=pid, **texts)


def this_process(since: datetime) -> Owner:
    """The owner that this very process is; `since` has a zone."""
    return Owner(
        user=_user(),
        host=platform.node(),
        pid=os.getpid(),
        started=_started(os.getpid()) or "",
        boot=_boot(),
        since=since.isoformat(timespec="seconds"),
        terminal=_terminal(),
        client=os.environ.get("SSH_CONNECTION", "").partition(" ")[0],
    )


def life_of(owner: Owner) -> Life:
    """Whether the owner still lives. A later process that got the same number counts as its death, and so does a zombie."""
    if owner.host != platform.node():
        return Life.ELSEWHERE
    if owner.boot and _boot() and owner.boot != _boot():
        return Life.DEAD
    try:
        os.kill(owner.pid, 0)
    except ProcessLookupError:
        return Life.DEAD
    except (PermissionError, OverflowError):
        pass
    started = _started(owner.pid)
    if started is None:
        return Life.DEAD
    if owner.started and started and owner.started != started:
        return Life.DEAD
    return Life.ALIVE


def now() -> datetime:
    """The time, with the user's zone."""
    return datetime.now(UTC).astimezone()


def _process(owner: Owner) -> tuple[str, int, str, str]:
    return owner.host, owner.pid, owner.started, owner.boot


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _terminal() -> str:
    for stream in (sys.__stdin__, sys.__stderr__):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            return os.ttyname(stream.fileno())  # type: ignore[union-attr]
    return ""


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""


def _started(pid: int) -> str | None:
    """Start of a process in clock ticks since the machine's own.

    Empty where the system has no such account, None where there is no such process or it is a zombie.
    """
    if not Path("/proc/self/stat").exists():
        return ""
    try:
        # The second field is the program's name in parentheses and may itself hold spaces and parentheses.
        state, *rest = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    except (OSError, ValueError):
        return ""
    return None if state in "ZX" else rest[18]
