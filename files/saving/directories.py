"""Where the program keeps what is not the report itself: journals, backups, locks that have no room beside the report.

On Linux this is `~/.local/state/nianbao` (`$XDG_STATE_HOME/nianbao`); `$NIANBAO_STATE` names another folder.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

STATE_VARIABLE = "NIANBAO_STATE"
_NAME_BYTES = 255
"""The longest name of a file on the systems in use, in bytes: 85 Chinese characters."""


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one user's state; none of them need exist."""

    state: Path

    @property
    def journals(self) -> Path:
        """Journals of open reports and of those whose editor ended without closing them."""
        return self.state / "journals"

    @property
    def archive(self) -> Path:
        """Journals that were discarded, the last few."""
        return self.state / "archive"

    @property
    def backups(self) -> Path:
        """Earlier contents of saved reports, one folder a report."""
        return self.state / "backups"

    @property
    def locks(self) -> Path:
        """Locks of reports in folders where nothing can be created."""
        return self.state / "locks"


def user_places() -> Places:
    """The places of the user who runs the program."""
    named = os.environ.get(STATE_VARIABLE)
    return Places(Path(named).absolute() if named else platformdirs.user_state_path("nianbao", appauthor=False))


def real_path(path: Path) -> Path:
    """The absolute path of the file itself, behind all links; the file need not exist."""
    return Path(os.path.realpath(path))


def path_key(path: Path) -> str:
    """A short name for the file at `path`, the same through every link to it."""
    return hashlib.sha256(os.fsencode(real_path(path))).hexdigest()[:16]


def beside(path: Path, ending: str) -> Path:
    """A hidden companion of the file at `path`: `.name.ending`, by the key of the path where that would be too long."""
    real = real_path(path)
    name = f".{real.name}.{ending}"
    if len(os.fsencode(name)) > _NAME_BYTES:
        name = f".nianbao-{path_key(path)}.{ending}"
    return real.with_name(name)
