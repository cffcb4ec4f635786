"""Timeouts for tests that wait for another process, and a check of whether it is busy."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

PATIENCE: Final = 60.0
"""Timeout in seconds, sufficient on a busy machine."""
GLANCE: Final = 0.02
"""Polling interval in seconds."""


def is_at_work(pid: int) -> bool:
    """Return whether a thread of a process is running, runnable or waiting for a disk; False where /proc does not tell."""
    for stat in Path(f"/proc/{pid}/task").glob("*/stat"):
        with contextlib.suppress(OSError):
            if stat.read_text("utf-8", "replace").rpartition(")")[2].split()[0] in "RD":
                return True
    return False
