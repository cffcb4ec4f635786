"""Backups of reports: the contents replaced by the last few saves, in the user's state folder.

One folder per report, named by the key of its path. It holds the path in `report.txt` and each backup as
`20250110T093000Z-1a2b3c4d.toml`, with the suffix of the report.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from .atomic_save import digest_of
from .directories import Places, path_key, real_path
from .disk import DISK, Disk
from .temporary import clear_temporary, temporary_name

if TYPE_CHECKING:
    from pathlib import Path

KEPT = 20
"""Number of backups kept per report."""
_STAMP = "%Y%m%dT%H%M%SZ"
_PATH_FILE = "report.txt"
_LONGEST_SUFFIX = 16
"""Bytes, including the dot."""
_DRAFT = "backup"
"""Target name for the temporary files of unfinished backups."""


@dataclass(frozen=True, slots=True)
class Backup:
    """Earlier contents of a report."""

    path: Path
    replaced: datetime
    """Time of the save that replaced it, UTC."""


def keep_backup(places: Places, report: Path, data: bytes, at: datetime, *, kept: int = KEPT, disk: Disk = DISK) -> Backup:
    """Keep `data`, the contents that a save at `at` is about to replace, and remove all but the last `kept` backups.

    Contents equal to the newest backup are not kept again.

    Raises:
        OSError: The state folder cannot be written.
    """
    folder = places.backups / path_key(report)
    stamp = at.astimezone(UTC).strftime(_STAMP)
    digest = digest_of(data)[:8]
    existing = backups_of(places, report)
    if existing and existing[0].path.stem.endswith(f"-{digest}"):
        return existing[0]
    disk.make_folder(folder)
    if not (folder / _PATH_FILE).exists():
        _write_new(folder / _PATH_FILE, os.fsencode(real_path(report)) + b"\n", disk)
    clear_temporary(folder / _DRAFT, disk)
    made = folder / f"{stamp}-{digest}{_suffix(report)}"
    _write_new(made, data, disk)
    for old in backups_of(places, report)[kept:]:
        with contextlib.suppress(OSError):
            disk.remove(old.path)
    return Backup(made, at.astimezone(UTC).replace(microsecond=0))


def backups_of(places: Places, report: Path) -> list[Backup]:
    """Return the backups of a report, newest first; none if the folder cannot be read."""
    found = []
    with contextlib.suppress(OSError):
        for path in (places.backups / path_key(report)).glob("*Z-*.*"):
            with contextlib.suppress(ValueError):
                stamp = datetime.strptime(path.stem.partition("-")[0], _STAMP).replace(tzinfo=UTC)
                found.append((stamp, path.lstat().st_mtime_ns, path))
    return [Backup(path, stamp) for stamp, _written, path in sorted(found, reverse=True)]


def _suffix(report: Path) -> str:
    """Return the suffix for a backup: that of the report if it is short, as anything may follow the last dot of a name."""
    return report.suffix if len(report.suffix.encode(errors="surrogateescape")) in range(2, _LONGEST_SUFFIX + 1) else ".bak"


def _write_new(path: Path, data: bytes, disk: Disk) -> None:
    """Write a file that appears under its name only when complete."""
    partial = temporary_name(path.with_name(_DRAFT))
    descriptor = disk.create(partial)
    try:
        try:
            disk.write_all(descriptor, data)
            disk.sync(descriptor)
        finally:
            disk.close(descriptor)
        disk.replace(partial, path)
    except BaseException:
        with contextlib.suppress(OSError):
            disk.remove(partial)
        raise
