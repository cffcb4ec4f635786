"""Signposts: links to the folders in which journals were put that could not stay in their own place.

A journal on a stick or in another folder of the user's choice is of no use if nobody looks there after a crash. A signpost is a symbolic
link to that folder: it needs no room on a disk that is full, and the journal may change its name. It stands among the journals in the
state folder, or hidden beside the report where that folder takes nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..saving.directories import path_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..saving.directories import Places
    from ..saving.disk import Disk

_BEGINNING = "elsewhere-"


def put_up(folder: Path, report: Path, places: Places, disk: Disk) -> bool:
    """Leave a signpost to `folder` where the journals of a report are looked for; whether there is one now."""
    name = f"{_BEGINNING}{path_key(report)}-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:8]}"
    for candidate in (places.journals / name, report.parent / f".nianbao-{name}"):
        if candidate.is_symlink():
            return True
        with contextlib.suppress(OSError):
            if candidate.parent == places.journals:
                disk.make_folder(places.journals)
            disk.point(candidate, folder)
            return True
    return False


def signposted(places: Places, folders: Iterable[Path], key: str = "") -> dict[Path, Path]:
    """Signpost → folder, for one report or all, in the state folder and in these folders; the folder need not be there any more."""
    found: dict[Path, Path] = {}
    for folder, beginning in ((places.journals, _BEGINNING), *((folder, f".nianbao-{_BEGINNING}") for folder in folders)):
        with contextlib.suppress(OSError):
            for signpost in sorted(folder.glob(f"{beginning}{key}*")):
                if signpost.is_symlink():
                    found[signpost] = Path(os.path.realpath(signpost))
    return found


def take_down(signposts: Iterable[Path], disk: Disk) -> int:
    """Remove signposts that lead to nothing any more; how many. Never raises."""
    removed = 0
    for signpost in signposts:
        with contextlib.suppress(OSError):
            disk.remove(signpost)
            removed += 1
    return removed
