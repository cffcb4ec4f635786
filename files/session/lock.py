"""Lock of a report: a small file beside it that records who has it open, on which machine and terminal, and since when.

The lock is advisory and never keeps a user from working: the lock of a dead process is taken over, one held on another machine can
be taken over after the user confirms, and if the folder is not writable, the lock is placed in the user's state folder.

Every step that removes or replaces a lock file holds `flock` on it and checks its owner again. So two processes cannot both take
over the same stale lock, and none removes a lock that has meanwhile passed to another.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from ..saving.directories import Places, companion_path, path_key
from ..saving.disk import DISK, Disk
from ..saving.errors import FileError, file_errors_at
from ..saving.process import Life, Owner, life_of, owner_from_plain
from ..saving.temporary import clear_temporary, temporary_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HALF_WRITTEN_SECONDS = 10
"""Age at which an empty lock file counts as left over from a killed program."""
_CANNOT_LINK = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}
_NO_ROOM = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENAMETOOLONG}
"""Errors on creating a lock in one place after which the next place is tried."""
_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class UnknownOwner:
    """Owner of a lock file that cannot be read or parsed; `contents` are its bytes."""

    contents: bytes


class LockedByOther(Exception):  # noqa: N818 - a state of affairs, not a mistake
    """Another editor has the report open. Pass `owner` to `acquire` to take over the lock."""

    def __init__(self, path: Path, owner: Owner | UnknownOwner) -> None:
        super().__init__(path, owner)
        self.path = path
        """The lock file."""
        self.owner = owner


class Lock:
    """A lock held by this process. Released on leaving a `with` block."""

    def __init__(self, path: Path, owner: Owner, token: str, disk: Disk) -> None:
        self.path = path
        """The lock file."""
        self.owner = owner
        self._token = token
        self._disk = disk

    def holder(self) -> Owner | UnknownOwner | None:
        """Return the current holder: this process's owner, another that has taken it over, or None if the file was removed."""
        contents = _contents(self.path)
        if contents is None:
            return None
        return self.owner if _token_in(contents) == self._token else _owner_in(contents)

    def release(self) -> None:
        """Remove the lock file if this process still holds it.

        Never raises: a remaining file is stale as soon as the process has ended.
        """
        with contextlib.suppress(OSError), _alone(self.path) as contents:
            if contents is not None and _token_in(contents) == self._token:
                self._disk.remove(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def acquire(
    report: Path,
    places: Places,
    owner: Owner,
    *,
    take_over: Owner | UnknownOwner | None = None,
    disk: Disk = DISK,
) -> Lock:
    """Lock a report for this process.

    Args:
        take_over: Owner whose lock the user has decided to take over; no other's is taken.

    Raises:
        LockedByOther: Another editor has the report open.
        FileError: No lock can be created beside the report or in the state folder. Names the report, not the lock file.
    """
    candidates = _lock_files(report, places)
    for path in candidates:
        contents = _contents(path)
        if contents is not None and not _may_take(path, contents, take_over):
            raise LockedByOther(path, _owner_in(contents))
    refused = OSError(errno.EACCES, os.strerror(errno.EACCES))
    for path in candidates:
        try:
            if path != candidates[0]:
                disk.make_folder(path.parent)
            return _make(path, owner, take_over, disk)
        except OSError as error:
            if error.errno not in _NO_ROOM:
                raise _trouble(error, path, report) from error
            refused = error
    raise _trouble(refused, candidates[0], report) from refused


def _trouble(error: OSError, lock: Path, report: Path) -> FileError:
    """Convert an error with a lock file to one about the report: users do not know the lock file."""
    return FileError(FileError.of(error, lock).kind, report, error)


def _lock_files(report: Path, places: Places) -> tuple[Path, Path]:
    return companion_path(report, "lock"), places.locks / f"{path_key(report)}.lock"


def _make(path: Path, owner: Owner, take_over: Owner | UnknownOwner | None, disk: Disk) -> Lock:
    """Create the lock file, or replace one that may be taken over. Raises OSError, LockedByOther."""
    token = secrets.token_hex(8)
    clear_temporary(path, disk)
    draft = temporary_name(path)
    try:
        _write(draft, json.dumps({**owner.plain(), "token": token}, ensure_ascii=False).encode(), disk)
        for _ in range(_ATTEMPTS):
            if _claim(draft, path, disk) or _replace_stale(draft, path, take_over, disk):
                return Lock(path, owner, token, disk)
        # Every attempt found the file removed or replaced: another process keeps opening and closing the report.
        raise LockedByOther(path, _owner_in(_contents(path) or b""))
    finally:
        with contextlib.suppress(OSError):
            disk.remove(draft)


def _claim(draft: Path, path: Path, disk: Disk) -> bool:
    """Link the draft to the lock's name if that is free, so that no reader sees a partial lock."""
    try:
        disk.link(draft, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _CANNOT_LINK:
            raise
        return _claim_without_links(draft, path, disk)
    return True


def _claim_without_links(draft: Path, path: Path, disk: Disk) -> bool:
    try:
        _write(path, draft.read_bytes(), disk)
    except FileExistsError:
        return False
    return True


def _replace_stale(draft: Path, path: Path, take_over: Owner | UnknownOwner | None, disk: Disk) -> bool:
    """Replace a lock that may be taken over by the draft.

    Returns:
        False if the lock has disappeared meanwhile.

    Raises:
        LockedByOther: The lock may not be taken over.
    """
    with _alone(path) as contents:
        if contents is None:
            return False
        if not _may_take(path, contents, take_over):
            raise LockedByOther(path, _owner_in(contents))
        disk.replace(draft, path)
        return True


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[bytes | None]:
    """Yield the contents of the lock file while holding `flock` on it; None if it does not exist any more."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        yield None
        return
    try:
        # Without flock, a short race between check and replacement remains; the file system offers nothing better.
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            status = path.lstat()
        except FileNotFoundError:
            yield None
            return
        mine = os.fstat(descriptor)
        same = (status.st_dev, status.st_ino) == (mine.st_dev, mine.st_ino)
        yield os.pread(descriptor, 1 << 16, 0) if same else None
    finally:
        os.close(descriptor)


def _may_take(path: Path, contents: bytes, take_over: Owner | UnknownOwner | None) -> bool:
    return _stale(path, contents) or (take_over is not None and _owner_in(contents) == take_over)


def _stale(path: Path, contents: bytes) -> bool:
    owner = _owner_in(contents)
    if isinstance(owner, Owner):
        return life_of(owner) is Life.DEAD
    if contents:
        return False
    with contextlib.suppress(OSError):
        return time.time() - path.lstat().st_mtime > _HALF_WRITTEN_SECONDS
    return False


def _contents(path: Path) -> bytes | None:
    """Return the contents of the lock file, or None if it does not exist. Raises FileError if it cannot be read."""
    with file_errors_at(path):
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except PermissionError:
            return b"?"
        try:
            return os.read(descriptor, 1 << 16)
        finally:
            os.close(descriptor)


def _data_in(contents: bytes) -> dict[str, object]:
    with contextlib.suppress(ValueError):
        data = json.loads(contents)
        if isinstance(data, dict):
            return data
    return {}


def _token_in(contents: bytes) -> object:
    return _data_in(contents).get("token")


def _owner_in(contents: bytes) -> Owner | UnknownOwner:
    try:
        return owner_from_plain(_data_in(contents))
    except ValueError:
        return UnknownOwner(contents)


def _write(path: Path, data: bytes, disk: Disk) -> None:
    # All users may see who has the report open, whatever the umask.
    descriptor = disk.create(path, 0o644)
    try:
        with contextlib.suppress(OSError):
            disk.set_mode(descriptor, 0o644)
        disk.write_all(descriptor, data)
    except BaseException:
        disk.close(descriptor)
        with contextlib.suppress(OSError):
            disk.remove(path)
        raise
    disk.close(descriptor)
