"""Names of temporary files.

A name identifies target, machine and process, so that leftovers of a killed program can be told from files being written now.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import secrets
import time
from typing import TYPE_CHECKING

from .process import Life, Owner, life_of

if TYPE_CHECKING:
    from pathlib import Path

    from .disk import Disk

_BEGINNING = ".nianbao-"
_ENDING = ".tmp"
_FORGOTTEN_SECONDS = 24 * 3600
"""Age at which a temporary file counts as abandoned even if its process cannot be checked."""


def temporary_name(target: Path) -> Path:
    """Return a new name beside `target`: `.nianbao-<target digest>-<machine digest>-<process>-<random>.tmp`."""
    name = f"{_beginning(target)}{_digest(platform.node(), 8)}-{os.getpid()}-{secrets.token_hex(4)}{_ENDING}"
    return target.with_name(name)


def clear_temporary(target: Path, disk: Disk) -> int:
    """Remove abandoned temporary files for `target`. Return how many. Never raises."""
    removed = 0
    with contextlib.suppress(OSError):
        for found in target.parent.glob(f"{_beginning(target)}*{_ENDING}"):
            with contextlib.suppress(OSError):
                if _forgotten(found):
                    disk.remove(found)
                    removed += 1
    return removed


def _beginning(target: Path) -> str:
    # A digest, because a name of 85 Chinese characters leaves no room for an addition.
    return f"{_BEGINNING}{_digest(target.name, 12)}-"


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(os.fsencode(text)).hexdigest()[:length]


def _forgotten(temporary: Path) -> bool:
    _program, _target, machine, process, *_random = [*temporary.name.split("-"), "", "", ""]
    if time.time() - temporary.stat().st_mtime > _FORGOTTEN_SECONDS:
        return True
    here = machine == _digest(platform.node(), 8)
    return here and process.isdecimal() and life_of(Owner("", platform.node(), int(process))) is Life.DEAD
