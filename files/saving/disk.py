"""The calls that change the disk, one method each: the single place through which the safety layer writes.

Saving, the lock, the journal and the backups take a `Disk`, so that tests may put one in its place that fills up, refuses or dies at any
single call. Every method raises OSError as the operating system does.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Disk:
    """The real disk."""

    def create(self, path: Path, mode: int = 0o600) -> int:
        """Open a file that must not exist yet, for writing; FileExistsError where it does, a link included."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)

    def open_to_append(self, path: Path) -> int:
        """Open an existing file; each write lands at its end, whoever else writes."""
        return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)

    def write(self, descriptor: int, data: bytes) -> int:
        """Hand bytes to the operating system; the number taken may be less than given."""
        return os.write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        """Wait until the file is on the device."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close; network file systems report a full disk only here."""
        os.close(descriptor)

    def truncate(self, descriptor: int, length: int) -> None:
        """Cut a file back to `length` bytes."""
        os.ftruncate(descriptor, length)

    def set_mode(self, descriptor: int, mode: int) -> None:
        """Set the permission bits."""
        os.fchmod(descriptor, mode)

    def set_owner(self, descriptor: int, user: int, group: int) -> None:
        """Set owner and group; -1 leaves one as it is."""
        os.fchown(descriptor, user, group)

    def set_attribute(self, descriptor: int, name: str, value: bytes) -> None:
        """Set an extended attribute, such as an access list."""
        os.setxattr(descriptor, name, value)

    def replace(self, source: Path, target: Path) -> None:
        """Give `source` the name `target` in one step; whatever had it is gone."""
        source.replace(target)

    def link(self, source: Path, target: Path) -> None:
        """Give `source` the further name `target`; FileExistsError where the name is taken."""
        target.hardlink_to(source)

    def point(self, link: Path, target: Path) -> None:
        """Make `link` a symbolic link to `target`; FileExistsError where the name is taken."""
        link.symlink_to(target)

    def remove(self, path: Path) -> None:
        """Remove a name."""
        path.unlink()

    def make_folder(self, path: Path) -> None:
        """Make a folder for the user alone, with the ones above it, where it is missing."""
        for folder in [*reversed(path.parents), path]:
            if not folder.is_dir():
                folder.mkdir(mode=0o700, exist_ok=True)

    def sync_folder(self, path: Path) -> None:
        """Wait until the folder's names are on the device."""
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def write_all(self, descriptor: int, data: bytes) -> None:
        """Write every byte, in as many calls as it takes."""
        rest = memoryview(data)
        while rest:
            rest = rest[self.write(descriptor, bytes(rest)) :]


DISK = Disk()
