"""Names of half-made files.

They tell whose the file is, so that what a killed program left behind can be told from what another is just writing.
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
"""After this long a temporary file is taken for forgotten even where its maker cannot be asked after."""


def temporary_name(target: Path) -> Path:
    """A new name beside `target` for a file that is to become it: `.nianbao-<of what>-<machine>-<process>-<random>.tmp`."""
    name = f"{_beginning(target)}{_digest(platform.node(), 8)}-{os.getpid()}-{secrets.token_hex(4)}{_ENDING}"
    return target.with_name(name)


def clear_temporary(target: Path, disk: Disk) -> int:
    """Remove what killed programs left behind of files that were to become `target`; how many. Never raises."""
    removed = 0
    with contextlib.suppress(OSError):
        for found in target.parent.glob(f"{_beginning(target)}*{_ENDING}"):
            with contextlib.suppress(OSError):
                if _forgotten(found):
                    disk.remove(found)
                    removed += 1
    return removed


def _beginning(target: Path) -> str:
    # By digest, because a name of 85 Chinese characters leaves no room for anything beside it.
    return f"{_BEGINNING}{_digest(target.name, 12)}-"


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(os.fsencode(text)).hexdigest()[:length]


def _forgotten(temporary: Path) -> bool:
    _program, _target, machine, process, *_random = [*temporary.name.split("-"), "", "", ""]
    if time.time() - temporary.stat().st_mtime > _FORGOTTEN_SECONDS:
        return True
    here = machine == _digest(platform.node(), 8)
    return here and process.isdecimal() and life_of(Owner("", platform.node(), int(process))) is Life.DEAD
