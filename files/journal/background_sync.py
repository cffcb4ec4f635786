"""Background fsync of a journal: at most once a second, and only if something was written."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..saving.disk import Disk

PAUSE = 1.0
"""Seconds between two syncs: how much a power loss may cost."""


class Syncer:
    """Syncs new bytes of one file from a thread of its own, which ends when there are none.

    The thread keeps a slow disk or network file system from delaying the response to a key.
    """

    def __init__(self, disk: Disk, pause: float = PAUSE) -> None:
        self._disk = disk
        self._pause = pause
        self._guard = threading.Lock()
        """Guards the three fields below."""
        self._dirty: int | None = None
        self._thread: threading.Thread | None = None
        self._error: OSError | None = None
        self._busy = threading.Lock()
        """Held while the descriptor is in use, so that it is not closed meanwhile."""
        self._stopping = threading.Event()

    def written(self, descriptor: int) -> None:
        """Schedule a sync of the file."""
        with self._guard:
            self._dirty = descriptor
            if self._thread is None and not self._stopping.is_set():
                self._thread = threading.Thread(target=self._run, name="nianbao-sync", daemon=True)
                self._thread.start()

    def error(self) -> OSError | None:
        """Return the error of a sync that failed since the last call, or None. After an error the device may lack bytes."""
        with self._guard:
            error, self._error = self._error, None
            return error

    def forget(self) -> None:
        """Cancel pending syncs. When this returns, the descriptor may be closed."""
        with self._guard:
            self._dirty = None
        with self._busy:
            pass

    def stop(self) -> None:
        """Stop accepting work. When this returns, the descriptor may be closed."""
        self._stopping.set()
        self.forget()

    def _run(self) -> None:
        while True:
            with self._busy:
                with self._guard:
                    descriptor, self._dirty = self._dirty, None
                    if descriptor is None or self._stopping.is_set():
                        self._thread = None
                        return
                try:
                    self._disk.sync(descriptor)
                except OSError as error:
                    with self._guard:
                        self._error = error
            self._stopping.wait(self._pause)
