"""System calls that change the disk, one method each. All saves, locks, journals and backups write through them.

They take a `Disk`, so that tests can substitute one that is full, refuses or crashes at any single call. Every method
raises OSError like the call it wraps.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Disk:
    """The real disk."""

    def create(self, path: Path, mode: int = 0o600) -> int:
        """Create a file for writing. Raises FileExistsError if the name exists, even as a link."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)

    def open_to_append(self, path: Path) -> int:
        """Open an existing file for appending; each write lands at the end, whoever else writes."""
        return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)

    def write(self, descriptor: int, data: bytes) -> int:
        """Write bytes; returns how many were written, which may be fewer than given."""
        return os.write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        """Flush the file to the device."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close the file. Network file systems may report a full disk only here."""
        os.close(descriptor)

    def truncate(self, descriptor: int, length: int) -> None:
        """Truncate the file to `length` bytes."""
        os.ftruncate(descriptor, length)

    def set_mode(self, descriptor: int, mode: int) -> None:
        """Set the permission bits."""
        os.fchmod(descriptor, mode)

    def set_owner(self, descriptor: int, user: int, group: int) -> None:
        """Set owner and group; -1 leaves one unchanged."""
        os.fchown(descriptor, user, group)

    def set_attribute(self, descriptor: int, name: str, value: bytes) -> None:
        """Set an extended attribute, such as an access list."""
        os.setxattr(descriptor, name, value)

    def replace(self, source: Path, target: Path) -> None:
        """Rename `source` to `target` atomically, replacing an existing file."""
        source.replace(target)

    def link(self, source: Path, target: Path) -> None:
        """Create the hard link `target` to `source`. Raises FileExistsError if the name exists."""
        target.hardlink_to(source)

    def point(self, link: Path, target: Path) -> None:
        """Create the symbolic link `link` to `target`. Raises FileExistsError if the name exists."""
        link.symlink_to(target)

    def remove(self, path: Path) -> None:
        """Unlink a path."""
        path.unlink()

    def make_folder(self, path: Path) -> None:
        """Create a missing folder and its missing parents, accessible to the user alone."""
        for folder in [*reversed(path.parents), path]:
            if not folder.is_dir():
                folder.mkdir(mode=0o700, exist_ok=True)

    def sync_folder(self, path: Path) -> None:
        """Flush the folder's entries to the device."""
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def write_all(self, descriptor: int, data: bytes) -> None:
        """Write all bytes, in as many calls as needed."""
        rest = memoryview(data)
        while rest:
            rest = rest[self.write(descriptor, bytes(rest)) :]


DISK = Disk()
