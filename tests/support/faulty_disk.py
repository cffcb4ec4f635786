"""Fault injection for disk calls: a disk that fills up, refuses a call or dies, on top of the real implementation."""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from typing import TYPE_CHECKING

from nianbao.files.saving.disk import Disk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CALLS = (
    "create",
    "open_to_append",
    "write",
    "sync",
    "close",
    "truncate",
    "set_mode",
    "set_owner",
    "set_attribute",
    "replace",
    "link",
    "point",
    "remove",
    "make_folder",
    "sync_folder",
)


class Killed(BaseException):
    """The process ended here; nothing after this reaches the disk."""


class FaultyDisk(Disk):
    """Disk that records every call and asks `before` what should happen at it.

    `before(number, call)` returns None to let the call through or an OSError to fail it, or raises Killed. A write that is killed or fails
    for lack of space still writes the first half of its bytes, as a real one may.
    """

    def __init__(self, before: Callable[[int, str], OSError | None] = lambda _number, _call: None) -> None:
        self.calls: list[str] = []
        self.before = before
        self.dead = False
        self.background = True
        """Whether a sync from a background thread counts as a call."""
        self._open: set[int] = set()

    def happens(self, call: str) -> None:
        if self.dead:
            raise Killed
        self.calls.append(call)
        try:
            refusal = self.before(len(self.calls), call)
        except Killed:
            self.dead = True
            raise
        if refusal is not None:
            raise refusal

    def let_go(self) -> None:
        """Close the descriptors that the system would close when a process ends."""
        for descriptor in self._open:
            with contextlib.suppress(OSError):
                os.close(descriptor)
        self._open.clear()

    def create(self, path: Path, mode: int = 0o600) -> int:
        self.happens("create")
        return self._opened(super().create(path, mode))

    def open_to_append(self, path: Path) -> int:
        self.happens("open_to_append")
        return self._opened(super().open_to_append(path))

    def write(self, descriptor: int, data: bytes) -> int:
        try:
            self.happens("write")
        except (Killed, OSError) as fault:
            if isinstance(fault, Killed) or fault.errno == errno.ENOSPC:
                super().write(descriptor, data[: len(data) // 2])
            raise
        return super().write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        if not self.background and threading.current_thread() is not threading.main_thread():
            return
        self.happens("sync")
        super().sync(descriptor)

    def close(self, descriptor: int) -> None:
        self.happens("close")
        self._open.discard(descriptor)
        super().close(descriptor)

    def truncate(self, descriptor: int, length: int) -> None:
        self.happens("truncate")
        super().truncate(descriptor, length)

    def set_mode(self, descriptor: int, mode: int) -> None:
        self.happens("set_mode")
        super().set_mode(descriptor, mode)

    def set_owner(self, descriptor: int, user: int, group: int) -> None:
        self.happens("set_owner")
        super().set_owner(descriptor, user, group)

    def set_attribute(self, descriptor: int, name: str, value: bytes) -> None:
        self.happens("set_attribute")
        super().set_attribute(descriptor, name, value)

    def replace(self, source: Path, target: Path) -> None:
        self.happens("replace")
        super().replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        self.happens("link")
        super().link(source, target)

    def point(self, link: Path, target: Path) -> None:
        self.happens("point")
        super().point(link, target)

    def remove(self, path: Path) -> None:
        self.happens("remove")
        super().remove(path)

    def make_folder(self, path: Path) -> None:
        self.happens("make_folder")
        super().make_folder(path)

    def sync_folder(self, path: Path) -> None:
        self.happens("sync_folder")
        super().sync_folder(path)

    def _opened(self, descriptor: int) -> int:
        self._open.add(descriptor)
        return descriptor


def refusing(call: str, error: int) -> FaultyDisk:
    """Return a disk on which every call of one kind fails."""
    return FaultyDisk(lambda _number, name: OSError(error, os.strerror(error)) if name == call else None)


def refusing_at(number: int, error: int) -> FaultyDisk:
    """Return a disk on which only the call with this number fails."""
    return FaultyDisk(lambda at, _call: OSError(error, os.strerror(error)) if at == number else None)


def dying_at(number: int) -> FaultyDisk:
    """Return a disk whose process is killed at the call with this number."""

    def before(at: int, _call: str) -> None:
        if at == number:
            raise Killed

    disk = FaultyDisk(before)
    disk.background = False
    return disk


class SmallDisk(FaultyDisk):
    """Disk with `room` bytes of free space; `room` may be changed."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def write(self, descriptor: int, data: bytes) -> int:
        self.happens("write")
        if self.room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        taken = Disk.write(self, descriptor, data[: self.room])
        self.room -= taken
        return taken
