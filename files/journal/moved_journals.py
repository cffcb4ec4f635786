"""Signposts: symbolic links to folders that hold journals which could not stay in the default place.

A journal on a USB stick, or in another folder of the user's choice, has to be found after a crash. A symbolic link needs no space
on a full disk, and the journal may be renamed. It is placed among the journals in the state folder, or hidden beside the report
if that cannot be written.
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


def create_signpost(folder: Path, report: Path, places: Places, disk: Disk) -> bool:
    """Create a signpost to `folder` where the journals of a report are searched. Return whether it exists."""
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


def find_signposts(places: Places, folders: Iterable[Path], key: str = "") -> dict[Path, Path]:
    """Return signpost → folder, for one report or all, in the state folder and in `folders`. Targets need not exist."""
    found: dict[Path, Path] = {}
    for folder, beginning in ((places.journals, _BEGINNING), *((folder, f".nianbao-{_BEGINNING}") for folder in folders)):
        with contextlib.suppress(OSError):
            for signpost in sorted(folder.glob(f"{beginning}{key}*")):
                if signpost.is_symlink():
                    found[signpost] = Path(os.path.realpath(signpost))
    return found


def remove_signposts(signposts: Iterable[Path], disk: Disk) -> int:
    """Remove signposts. Return how many were removed. Never raises."""
    removed = 0
    for signpost in signposts:
        with contextlib.suppress(OSError):
            disk.remove(signpost)
            removed += 1
    return removed
