"""How long tests wait for another program, and how they see that it is done."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

PATIENCE: Final = 60.0
"""Seconds after which what was waited for is taken not to come, on a busy machine too."""
GLANCE: Final = 0.02
"""Seconds between two looks at what a program does."""


def is_at_work(pid: int) -> bool:
    """Whether a thread of a process runs, waits for a processor or for a disk. False where the system does not tell."""
    for stat in Path(f"/proc/{pid}/task").glob("*/stat"):
        with contextlib.suppress(OSError):
            if stat.read_text("utf-8", "replace").rpartition(")")[2].split()[0] in "RD":
                return True
    return False
