"""Atomic replacement of a file: after a crash the path holds the old contents or the new, never a mixture.

A save writes a temporary file in the same folder, syncs it to the device, reads it back and compares, lets the caller verify the
meaning of the bytes, checks that nobody else has changed the file meanwhile, and only then renames the temporary file over it.
Symbolic links are followed to the file itself; mode, access lists and, where permitted, owner and group are kept.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from .directories import real_path
from .disk import DISK, Disk
from .errors import FileError, FileErrorKind, file_errors_at
from .temporary import clear_temporary, temporary_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_CANNOT_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}
_CANNOT_LINK = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EACCES}


class Expect(Enum):
    """What a save expects at the path, if not a file that was read before."""

    ABSENT = "absent"
    """No file: one created meanwhile is not overwritten."""
    ANYTHING = "anything"
    """Any contents: the user has confirmed the replacement."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Identity of a file when it was read. Only `digest` decides; the other fields are a cheap check that nothing has changed."""

    digest: str
    """SHA-256 of the bytes, in hexadecimal."""
    size: int
    device: int
    inode: int
    modified: int
    """Modification time in nanoseconds."""
    status_changed: int
    """Time of the last status change in nanoseconds."""

    def looks_like(self, status: os.stat_result) -> bool:
        """Return whether a file with this status is certainly unchanged."""
        mine = (self.size, self.device, self.inode, self.modified, self.status_changed)
        return mine == (status.st_size, status.st_dev, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)


class ChangedOnDiskError(FileError):
    """The file differs from what was expected. Nothing has been written to it."""

    def __init__(self, path: Path, expected: Fingerprint | Expect, found: Fingerprint | Expect) -> None:
        super().__init__(FileErrorKind.CHANGED_ON_DISK, path)
        self.args = (path, expected, found)
        self.expected = expected
        self.found = found
        """`Expect.ABSENT` if the file no longer exists."""


class SaveNote(Enum):
    """Remark on a save that succeeded."""

    HARD_LINKS = "hard_links"
    """The file had other hard links; they keep the old contents."""
    OWNER_NOT_KEPT = "owner_not_kept"
    """The file now belongs to the user; only the former owner or the administrator can change that."""
    NOT_SYNCED = "not_synced"
    """The device did not confirm the write. The file is complete, but a power loss might bring the old one back."""
    BACKUP_NOT_KEPT = "backup_not_kept"
    """The replaced contents could not be kept as a backup."""
    SECOND_READER_REFUSED = "second_reader_refused"
    """tomlkit cannot read the file; the program's own reader reads the report back."""
    SECOND_READER_DIFFERS = "second_reader_differs"
    """tomlkit reads other values in the file; the program's own reader reads the report back."""


@dataclass(frozen=True, slots=True)
class Saved:
    """Result of a save."""

    path: Path
    """The file itself, with links resolved."""
    fingerprint: Fingerprint
    notes: frozenset[SaveNote]


def digest_of(data: bytes) -> str:
    """Return the SHA-256 digest in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_file(path: Path) -> tuple[bytes, Fingerprint]:
    """Read a regular file.

    Returns:
        All bytes and the fingerprint.

    Raises:
        FileError: The path cannot be read or is not a regular file.
    """
    with file_errors_at(path):
        # Without O_NONBLOCK, opening a named pipe would block for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor is no path
            status = os.fstat(descriptor)
            if stat.S_ISDIR(status.st_mode):
                raise FileError(FileErrorKind.IS_FOLDER, path)
            if not stat.S_ISREG(status.st_mode):
                raise FileError(FileErrorKind.NOT_A_FILE, path)
            data = file.read()
    return data, _fingerprint(data, status)


def current_fingerprint(path: Path) -> Fingerprint | Expect:
    """Return the fingerprint of the file now at the path, or `Expect.ABSENT`.

    Raises:
        FileError: The path cannot be examined.
    """
    found, _data = _look(real_path(path))
    return found


def is_unchanged(path: Path, known: Fingerprint | Expect) -> bool:
    """Return whether the file is unchanged since it was read. Costs one stat call if it is.

    Raises:
        FileError: The path cannot be examined.
    """
    if known is Expect.ANYTHING:
        return True
    if isinstance(known, Fingerprint):
        with contextlib.suppress(OSError):
            if known.looks_like(real_path(path).stat()):
                return True
    return _same(known, current_fingerprint(path))


def predict_save_error(path: Path) -> FileError | None:
    """Return the error with which a save to this path would fail now, as far as it is predictable, or None."""
    target = real_path(path)
    try:
        _status_to_replace(target)
    except FileError as trouble:
        return trouble
    if _may_write(target.parent):
        return None
    return FileError(FileErrorKind.READ_ONLY_DISK if _is_on_read_only_disk(target.parent) else FileErrorKind.NO_PERMISSION, target)


def atomic_save(
    path: Path,
    data: bytes,
    *,
    expect: Fingerprint | Expect,
    verify: Callable[[bytes], bool] | None = None,
    keep: Callable[[bytes], bool] | None = None,
    disk: Disk = DISK,
) -> Saved:
    """Replace the contents of the file at `path` by `data`, completely or not at all.

    Args:
        expect: What must be at the path: the fingerprint of the file as the caller read it, or `Expect`.
        verify: Called with the bytes as read back; returns whether they have the intended meaning.
        keep: Called with the bytes about to be replaced; returns whether it could keep them.

    Raises:
        ChangedOnDiskError: The file is not as expected.
        FileError: Any other failure. In both cases the file is unchanged.
    """
    target = real_path(path)
    before = _status_to_replace(target)
    clear_temporary(target, disk)
    temporary = temporary_name(target)
    notes: set[SaveNote] = set()
    try:
        with file_errors_at(target):
            notes |= _write_temporary(temporary, data, target, before, disk)
        _read_back(temporary, data, target, verify)
        _check_unchanged(target, expect, keep, notes)
        with file_errors_at(target):
            written = temporary.stat()
            _move_into_place(temporary, target, expect, disk)
    except BaseException:
        with contextlib.suppress(OSError):
            disk.remove(temporary)
        raise
    try:
        disk.sync_folder(target.parent)
    except OSError:
        # The file has been replaced already, so the save has not failed.
        notes.add(SaveNote.NOT_SYNCED)
    return Saved(target, _fingerprint_of_saved(target, data, written), frozenset(notes))


def _look(target: Path) -> tuple[Fingerprint | Expect, bytes]:
    try:
        data, fingerprint = read_file(target)
    except FileError as trouble:
        if trouble.kind is FileErrorKind.FILE_MISSING:
            return Expect.ABSENT, b""
        raise
    return fingerprint, data


def _fingerprint(data: bytes, status: os.stat_result) -> Fingerprint:
    return Fingerprint(digest_of(data), len(data), status.st_dev, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)


def _fingerprint_of_saved(target: Path, data: bytes, written: os.stat_result) -> Fingerprint:
    """Return the fingerprint of the renamed file. Renaming changes nothing in its status but the status change time."""
    fingerprint = _fingerprint(data, written)
    try:
        named = replace(fingerprint, status_changed=target.stat().st_ctime_ns)
        return named if named.looks_like(target.stat()) else fingerprint
    except OSError:
        return fingerprint


def _same(known: Fingerprint | Expect, found: Fingerprint | Expect) -> bool:
    if isinstance(known, Fingerprint) and isinstance(found, Fingerprint):
        return known.digest == found.digest
    return known is found


def _status_to_replace(target: Path) -> os.stat_result | None:
    """Return the status of the file to be replaced, or None if there is none.

    Raises:
        FileError: The file must not or cannot be replaced.
    """
    try:
        status = target.stat()
    except FileNotFoundError as error:
        if not target.parent.is_dir():
            raise FileError(FileErrorKind.FOLDER_MISSING, target, error) from error
        return None
    except OSError as error:
        raise FileError.of(error, target) from error
    if stat.S_ISDIR(status.st_mode):
        raise FileError(FileErrorKind.IS_FOLDER, target)
    if not stat.S_ISREG(status.st_mode):
        raise FileError(FileErrorKind.NOT_A_FILE, target)
    if not _may_write(target):
        mine = status.st_uid == os.geteuid()
        kind = (
            FileErrorKind.READ_ONLY_DISK
            if _is_on_read_only_disk(target)
            else FileErrorKind.READ_ONLY_FILE
            if mine
            else FileErrorKind.NO_PERMISSION
        )
        raise FileError(kind, target)
    return status


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _is_on_read_only_disk(path: Path) -> bool:
    try:
        return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def _write_temporary(temporary: Path, data: bytes, target: Path, before: os.stat_result | None, disk: Disk) -> set[SaveNote]:
    notes: set[SaveNote] = set()
    # Nobody else may read the contents before owner and mode are those of the replaced file.
    descriptor = disk.create(temporary, 0o666 if before is None else 0o600)
    try:
        disk.write_all(descriptor, data)
        if before is not None:
            notes |= _copy_ownership(descriptor, target, before, disk)
        try:
            disk.sync(descriptor)
        except OSError as error:
            if error.errno not in _CANNOT_SYNC:
                raise
            notes.add(SaveNote.NOT_SYNCED)
        _forget_cached(descriptor)
    except BaseException:
        with contextlib.suppress(OSError):
            disk.close(descriptor)
        raise
    disk.close(descriptor)
    return notes


def _copy_ownership(descriptor: int, target: Path, before: os.stat_result, disk: Disk) -> set[SaveNote]:
    """Copy owner, access list and mode of the file to be replaced to the new one."""
    notes = {SaveNote.HARD_LINKS} if before.st_nlink > 1 else set()
    mode = stat.S_IMODE(before.st_mode)
    mine = os.fstat(descriptor)
    if (mine.st_uid, mine.st_gid) != (before.st_uid, before.st_gid):
        try:
            disk.set_owner(descriptor, before.st_uid, before.st_gid)
        except OSError:
            notes.add(SaveNote.OWNER_NOT_KEPT)
            mode &= ~(stat.S_ISUID | stat.S_ISGID)
            try:
                disk.set_owner(descriptor, -1, before.st_gid)
            except OSError:
                # The new group must not inherit the permissions of the old one: it gets those of others.
                mode = (mode & ~stat.S_IRWXG) | ((mode & stat.S_IRWXO) << 3)
    _copy_attributes(target, descriptor, disk)
    # Some network and memory-card file systems have no modes; that is no reason to fail.
    with contextlib.suppress(OSError):
        disk.set_mode(descriptor, mode)
    return notes


def _copy_attributes(target: Path, descriptor: int, disk: Disk) -> None:
    """Copy access lists, security labels and user attributes, as far as the system permits."""
    if not hasattr(os, "listxattr"):
        return
    with contextlib.suppress(OSError):
        for name in os.listxattr(target):
            with contextlib.suppress(OSError):
                disk.set_attribute(descriptor, name, os.getxattr(target, name))


def _forget_cached(descriptor: int) -> None:
    """Drop the file from the page cache, so that reading it back reads the device."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _read_back(temporary: Path, data: bytes, target: Path, verify: Callable[[bytes], bool] | None) -> None:
    with file_errors_at(target):
        found = temporary.read_bytes()
    if found != data or (verify is not None and not verify(found)):
        raise FileError(FileErrorKind.NOT_VERIFIED, target)


def _check_unchanged(target: Path, expect: Fingerprint | Expect, keep: Callable[[bytes], bool] | None, notes: set[SaveNote]) -> None:
    """Check immediately before the replacement that the file is as expected.

    Raises:
        ChangedOnDiskError: It is not.
    """
    found, old = _look(target)
    if expect is not Expect.ANYTHING and not _same(expect, found):
        raise ChangedOnDiskError(target, expect, found)
    if keep is None or found is Expect.ABSENT:
        return
    if not keep(old):
        notes.add(SaveNote.BACKUP_NOT_KEPT)
    if not is_unchanged(target, found):
        raise ChangedOnDiskError(target, found, current_fingerprint(target))


def _move_into_place(temporary: Path, target: Path, expect: Fingerprint | Expect, disk: Disk) -> None:
    if expect is Expect.ABSENT:
        try:
            # Unlike renaming, linking never overwrites a file that another program has just created.
            disk.link(temporary, target)
        except FileExistsError as error:
            raise ChangedOnDiskError(target, expect, current_fingerprint(target)) from error
        except OSError as error:
            if error.errno not in _CANNOT_LINK:
                raise
        else:
            with contextlib.suppress(OSError):
                disk.remove(temporary)
            return
    disk.replace(temporary, target)
