"""Bytes to a path so that, whatever happens, the path holds either all of the old bytes or all of the new ones.

A save writes a temporary file in the same folder, waits until it is on the device, reads it back and compares, asks the caller whether the
bytes mean what they should, makes sure that nobody else has changed the file meanwhile, and only then gives the temporary file the name, in
one step. Links are followed to the file itself; mode, access lists and, where the system allows it, owner and group stay as they were.
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
    """What a save may find at the path, where it is not a file read before."""

    ABSENT = "absent"
    """Nothing: a file that has come to be there meanwhile is not overwritten."""
    ANYTHING = "anything"
    """Whatever: the user has seen what is there and said so."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a file was when it was read. `digest` decides; the rest tells cheaply that nothing can have changed."""

    digest: str
    """SHA-256 of the bytes, in hexadecimal."""
    size: int
    device: int
    inode: int
    modified: int
    """Nanoseconds, as the file system keeps them."""
    status_changed: int
    """Nanoseconds, as the file system keeps them."""

    def looks_like(self, status: os.stat_result) -> bool:
        """Whether the file with this status is surely still the one that was read."""
        mine = (self.size, self.device, self.inode, self.modified, self.status_changed)
        return mine == (status.st_size, status.st_dev, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)


class ChangedOnDiskError(FileError):
    """The file is not what it was when it was read. Nothing has been written to it."""

    def __init__(self, path: Path, expected: Fingerprint | Expect, found: Fingerprint | Expect) -> None:
        super().__init__(FileErrorKind.CHANGED_ON_DISK, path)
        self.args = (path, expected, found)
        self.expected = expected
        self.found = found
        """`Expect.ABSENT` where the file is gone."""


class SaveNote(Enum):
    """What a save that succeeded has to tell."""

    HARD_LINKS = "hard_links"
    """The file had further names in the file system; they keep the old contents."""
    OWNER_NOT_KEPT = "owner_not_kept"
    """The file belongs to the user now; only its former owner or the administrator may change that."""
    NOT_SYNCED = "not_synced"
    """The device did not confirm the writing; the file is whole, but a power cut might bring the old one back."""
    BACKUP_NOT_KEPT = "backup_not_kept"
    """The contents that were replaced could not be kept as a backup."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A save that succeeded."""

    path: Path
    """The file itself, behind any links."""
    fingerprint: Fingerprint
    notes: frozenset[SaveNote]


def digest_of(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_file(path: Path) -> tuple[bytes, Fingerprint]:
    """All bytes of a regular file and its fingerprint; raises FileError."""
    with file_errors_at(path):
        # Without O_NONBLOCK a named pipe would hold the program for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor is no path
            status = os.fstat(descriptor)
            if stat.S_ISDIR(status.st_mode):
                raise FileError(FileErrorKind.IS_FOLDER, path)
            if not stat.S_ISREG(status.st_mode):
                raise FileError(FileErrorKind.NOT_A_FILE, path)
            data = file.read()
    return data, _fingerprint(data, status)


def look_at(path: Path) -> Fingerprint | Expect:
    """The fingerprint of what is at the path now, `Expect.ABSENT` where nothing is; raises FileError where it cannot be looked at."""
    found, _data = _look(real_path(path))
    return found


def still_as(path: Path, known: Fingerprint | Expect) -> bool:
    """Whether the file is what it was when read, at the cost of one status call where nothing has happened. Raises FileError."""
    if known is Expect.ANYTHING:
        return True
    if isinstance(known, Fingerprint):
        with contextlib.suppress(OSError):
            if known.looks_like(real_path(path).stat()):
                return True
    return _same(known, look_at(path))


def foreseen_trouble(path: Path) -> FileError | None:
    """Why a save to this path would fail as things are, as far as that can be seen without trying; None where it may succeed."""
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
    """Make `data` the contents of the file at `path`, whole or not at all.

    `expect` is what the file was when the caller read it. `verify` is given the bytes as read back and says whether they mean what they
    should. `keep` is given the bytes about to be replaced, and says whether it could keep them.
    Raises ChangedOnDiskError where the file is not as expected, FileError for everything else; in both cases the file is as it was.
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
            _give_name(temporary, target, expect, disk)
    except BaseException:
        with contextlib.suppress(OSError):
            disk.remove(temporary)
        raise
    try:
        disk.sync_folder(target.parent)
    except OSError:
        # The file has its name already, so that this is no failed save.
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
    """The fingerprint of what was just given its name; renaming changes nothing of its status but the time of that change."""
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
    """The status of the file that would be replaced, None where there is none; raises FileError where it must not be replaced."""
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
    # Until the owner is settled, a replaced file's contents are for nobody else's eyes.
    descriptor = disk.create(temporary, 0o666 if before is None else 0o600)
    try:
        disk.write_all(descriptor, data)
        if before is not None:
            notes |= _dress(descriptor, target, before, disk)
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


def _dress(descriptor: int, target: Path, before: os.stat_result, disk: Disk) -> set[SaveNote]:
    """Give the new file the owner, access list and mode of the one it is to replace."""
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
                # Another group must not get by this what the old one was given: it gets what everyone has.
                mode = (mode & ~stat.S_IRWXG) | ((mode & stat.S_IRWXO) << 3)
    _copy_attributes(target, descriptor, disk)
    # Some network and memory-card file systems know no modes, and the file is none the worse for it.
    with contextlib.suppress(OSError):
        disk.set_mode(descriptor, mode)
    return notes


def _copy_attributes(target: Path, descriptor: int, disk: Disk) -> None:
    """Access lists, labels and the user's own attributes, as far as the system lets them be copied."""
    if not hasattr(os, "listxattr"):
        return
    with contextlib.suppress(OSError):
        for name in os.listxattr(target):
            with contextlib.suppress(OSError):
                disk.set_attribute(descriptor, name, os.getxattr(target, name))


def _forget_cached(descriptor: int) -> None:
    """Ask the system to drop the file from memory, so that reading it back reads the device."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _read_back(temporary: Path, data: bytes, target: Path, verify: Callable[[bytes], bool] | None) -> None:
    with file_errors_at(target):
        found = temporary.read_bytes()
    if found != data or (verify is not None and not verify(found)):
        raise FileError(FileErrorKind.NOT_VERIFIED, target)


def _check_unchanged(target: Path, expect: Fingerprint | Expect, keep: Callable[[bytes], bool] | None, notes: set[SaveNote]) -> None:
    """Raise ChangedOnDiskError unless the file is as expected, up to the last moment before it is replaced."""
    found, old = _look(target)
    if expect is not Expect.ANYTHING and not _same(expect, found):
        raise ChangedOnDiskError(target, expect, found)
    if keep is None or found is Expect.ABSENT:
        return
    if not keep(old):
        notes.add(SaveNote.BACKUP_NOT_KEPT)
    if not still_as(target, found):
        raise ChangedOnDiskError(target, found, look_at(target))


def _give_name(temporary: Path, target: Path, expect: Fingerprint | Expect, disk: Disk) -> None:
    if expect is Expect.ABSENT:
        try:
            # Unlike renaming, linking never takes the place of a file that another program has just created.
            disk.link(temporary, target)
        except FileExistsError as error:
            raise ChangedOnDiskError(target, expect, look_at(target)) from error
        except OSError as error:
            if error.errno not in _CANNOT_LINK:
                raise
        else:
            with contextlib.suppress(OSError):
                disk.remove(temporary)
            return
    disk.replace(temporary, target)
