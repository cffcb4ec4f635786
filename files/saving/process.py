"""Identity of the process that holds a lock or a journal, and whether it is still alive."""

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
    """Liveness of a process, as seen from this machine."""

    ALIVE = "alive"
    DEAD = "dead"
    ELSEWHERE = "elsewhere"
    """On another machine: unknown."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A process of a user on a machine. All fields are text or numbers, so that it can be written as JSON."""

    user: str
    host: str
    pid: int
    started: str = ""
    """Start time of the process in the system's unit, to detect reuse of its number; empty if unknown."""
    boot: str = ""
    """Identifier of the machine's boot; empty if unknown."""
    since: str = ""
    """When it opened the report, ISO 8601 with time zone."""
    terminal: str = ""
    """`/dev/pts/3`; empty if there is none."""
    client: str = ""
    """Address of the user's SSH client; empty if there is none."""

    def plain(self) -> dict[str, str | int]:
        """Return the owner as JSON data."""
        return asdict(self)


def owner_from_plain(data: Mapping[str, object]) -> Owner:
    """Parse the result of `Owner.plain`, ignoring unknown keys.

    Raises:
        ValueError: The data does not describe an owner.
    """
    values: dict[str, object] = {name: data[name] for name in (field.name for field in fields(Owner)) if name in data}
    pid = values.pop("pid", None)
    user, host = values.pop("user", None), values.pop("host", None)
    if not isinstance(pid, int) or not isinstance(user, str) or not isinstance(host, str) or pid < 1:
        raise ValueError(data)
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    return Owner(user=user, host=host, pid=pid, **texts)


def this_process(since: datetime) -> Owner:
    """Return the owner for the current process. `since` must have a time zone."""
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
    """Return whether the owner is alive. A zombie, and a later process with the same number, count as dead."""
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
    """Return the current time in the user's time zone."""
    return datetime.now(UTC).astimezone()


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
    """Return the start time of a process in clock ticks since boot.

    Empty if the system does not provide it, None if there is no such process or it is a zombie.
    """
    if not Path("/proc/self/stat").exists():
        return ""
    try:
        # The second field is the program's name in parentheses, and may contain spaces and parentheses.
        state, *rest = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    except (OSError, ValueError):
        return ""
    return None if state in "ZX" else rest[18]
