"""Environment of sessions and writes: state folder, clock, disk and process identity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..saving.disk import DISK, Disk
from ..saving.process import Owner, now, this_process

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ..saving.directories import Places


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Environment of sessions and writes; tests replace the defaults."""

    places: Places
    clock: Callable[[], datetime] = now
    disk: Disk = DISK
    process: Callable[[datetime], Owner] = this_process
