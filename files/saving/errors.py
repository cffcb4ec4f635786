"""Types for failures of reading and writing files. The messages are in the front ends' text modules."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class FileErrorKind(Enum):
    """Reason why a file could not be read or written. The front ends have one message and one suggestion for each."""

    DISK_FULL = "disk_full"
    QUOTA = "quota"
    """The user's disk quota is used up."""
    TOO_LARGE = "too_large"
    """The file would exceed a limit on file size."""
    READ_ONLY_DISK = "read_only_disk"
    READ_ONLY_FILE = "read_only_file"
    """The file itself is write-protected, although its folder would allow replacing it."""
    NO_PERMISSION = "no_permission"
    FOLDER_MISSING = "folder_missing"
    """The folder does not exist."""
    FILE_MISSING = "file_missing"
    FILE_EXISTS = "file_exists"
    IS_FOLDER = "is_folder"
    NOT_A_FOLDER = "not_a_folder"
    """A component of the path that should be a folder is a file."""
    NOT_A_FILE = "not_a_file"
    """A device, pipe or socket."""
    NAME_TOO_LONG = "name_too_long"
    LINK_LOOP = "link_loop"
    DISK_FAULT = "disk_fault"
    """The device or the network file system failed."""
    NOT_VERIFIED = "not_verified"
    """The bytes read back differ from those written, or do not have the intended meaning. The old file is unchanged."""
    HOLDS_REPORT = "holds_report"
    """The file is a report, and the contents to replace it are not."""
    CHANGED_ON_DISK = "changed_on_disk"
    """Another program has changed, created or removed the file since it was read."""
    JOURNAL_UNREADABLE = "journal_unreadable"
    """The file is not a journal, or its first line is damaged."""
    JOURNAL_NEWER = "journal_newer"
    """The journal was written by a newer version of the program."""
    OTHER = "other"


_BY_ERRNO = {
    errno.ENOSPC: FileErrorKind.DISK_FULL,
    errno.EDQUOT: FileErrorKind.QUOTA,
    errno.EFBIG: FileErrorKind.TOO_LARGE,
    errno.EROFS: FileErrorKind.READ_ONLY_DISK,
    errno.EEXIST: FileErrorKind.FILE_EXISTS,
    errno.EACCES: FileErrorKind.NO_PERMISSION,
    errno.EPERM: FileErrorKind.NO_PERMISSION,
    errno.EISDIR: FileErrorKind.IS_FOLDER,
    errno.ENOTDIR: FileErrorKind.NOT_A_FOLDER,
    errno.ENXIO: FileErrorKind.NOT_A_FILE,
    errno.ENAMETOOLONG: FileErrorKind.NAME_TOO_LONG,
    errno.ELOOP: FileErrorKind.LINK_LOOP,
    errno.EIO: FileErrorKind.DISK_FAULT,
    errno.ESTALE: FileErrorKind.DISK_FAULT,
    errno.ENODEV: FileErrorKind.DISK_FAULT,
    errno.ETIMEDOUT: FileErrorKind.DISK_FAULT,
}


class FileError(Exception):
    """A file could not be read or written. `cause` is the error of the operating system, or None."""

    def __init__(self, kind: FileErrorKind, path: Path, cause: OSError | None = None) -> None:
        super().__init__(kind, path, cause)
        self.kind = kind
        self.path = path
        self.cause = cause

    def __str__(self) -> str:
        return f"{self.kind.value}: {self.path}" + (f" ({self.cause})" if self.cause else "")

    @classmethod
    def of(cls, error: OSError, path: Path) -> FileError:
        """Convert an error of the operating system about the file at `path`."""
        return cls(_kind_of(error, path), path, error)


def _kind_of(error: OSError, path: Path) -> FileErrorKind:
    if error.errno == errno.ENOENT:
        try:
            return FileErrorKind.FILE_MISSING if path.parent.is_dir() else FileErrorKind.FOLDER_MISSING
        except OSError:
            return FileErrorKind.FOLDER_MISSING
    return _BY_ERRNO.get(error.errno or 0, FileErrorKind.OTHER)


@contextmanager
def file_errors_at(path: Path) -> Iterator[None]:
    """Convert any OSError of the block to FileError about `path`."""
    try:
        yield
    except OSError as error:
        raise FileError.of(error, path) from error
