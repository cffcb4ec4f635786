"""What can go wrong between a report and the disk, as types. The sentences stand in the front ends' text modules."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Kind(Enum):
    """Why a file could not be read or written; the front ends hold one sentence and one advice for each."""

    DISK_FULL = "disk_full"
    QUOTA = "quota"
    """The user's own share of the disk is used up."""
    TOO_LARGE = "too_large"
    """The file would pass a limit on the size of files."""
    READ_ONLY_DISK = "read_only_disk"
    READ_ONLY_FILE = "read_only_file"
    """The file itself is marked as not to be written, although its folder would allow it to be replaced."""
    NO_PERMISSION = "no_permission"
    FOLDER_MISSING = "folder_missing"
    """The folder is gone or has never been."""
    FILE_MISSING = "file_missing"
    FILE_EXISTS = "file_exists"
    IS_FOLDER = "is_folder"
    NOT_A_FOLDER = "not_a_folder"
    """Something in the path that should be a folder is a file."""
    NOT_A_FILE = "not_a_file"
    """A device, pipe or socket."""
    NAME_TOO_LONG = "name_too_long"
    LINK_LOOP = "link_loop"
    DISK_FAULT = "disk_fault"
    """The device or the network file system failed."""
    NOT_VERIFIED = "not_verified"
    """What was read back is not what was written, or does not mean what it should; the old file still stands."""
    HOLDS_REPORT = "holds_report"
    """The file is a report, and what was to replace it is none."""
    CHANGED_ON_DISK = "changed_on_disk"
    """Someone else has changed, created or removed the file since it was read."""
    JOURNAL_UNREADABLE = "journal_unreadable"
    """The file is no journal, or its first line is damaged."""
    JOURNAL_NEWER = "journal_newer"
    """The journal was written by a newer program."""
    OTHER = "other"


_BY_ERRNO = {
    errno.ENOSPC: Kind.DISK_FULL,
    errno.EDQUOT: Kind.QUOTA,
    errno.EFBIG: Kind.TOO_LARGE,
    errno.EROFS: Kind.READ_ONLY_DISK,
    errno.EEXIST: Kind.FILE_EXISTS,
    errno.EACCES: Kind.NO_PERMISSION,
    errno.EPERM: Kind.NO_PERMISSION,
    errno.EISDIR: Kind.IS_FOLDER,
    errno.ENOTDIR: Kind.NOT_A_FOLDER,
    errno.ENXIO: Kind.NOT_A_FILE,
    errno.ENAMETOOLONG: Kind.NAME_TOO_LONG,
    errno.ELOOP: Kind.LINK_LOOP,
    errno.EIO: Kind.DISK_FAULT,
    errno.ESTALE: Kind.DISK_FAULT,
    errno.ENODEV: Kind.DISK_FAULT,
    errno.ETIMEDOUT: Kind.DISK_FAULT,
}


class FileTrouble(Exception):  # noqa: N818 - what the user meets is trouble, not a mistake of the program
    """A file could not be read or written. `cause` is the operating system's own error, where there is one."""

    def __init__(self, kind: Kind, path: Path, cause: OSError | None = None) -> None:
        super().__init__(kind, path, cause)
        self.kind = kind
        self.path = path
        self.cause = cause

    def __str__(self) -> str:
        return f"{self.kind.value}: {self.path}" + (f" ({self.cause})" if self.cause else "")

    @classmethod
    def of(cls, error: OSError, path: Path) -> FileTrouble:
        """The trouble that an error of the operating system means for the file at `path`."""
        return cls(_kind_of(error, path), path, error)


def _kind_of(error: OSError, path: Path) -> Kind:
    if error.errno == errno.ENOENT:
        try:
            return Kind.FILE_MISSING if path.parent.is_dir() else Kind.FOLDER_MISSING
        except OSError:
            return Kind.FOLDER_MISSING
    return _BY_ERRNO.get(error.errno or 0, Kind.OTHER)


@contextmanager
def trouble_at(path: Path) -> Iterator[None]:
    """Turn any OSError of the block into FileTrouble about `path`."""
    try:
        yield
    except OSError as error:
        raise FileTrouble.of(error, path) from error
