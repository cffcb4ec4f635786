"""Folders for the program's own files: journals, backups, and locks that cannot be placed beside the report.

On Linux this is `~/.local/state/nianbao` (`$XDG_STATE_HOME/nianbao`); `$NIANBAO_STATE` overrides it.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

STATE_VARIABLE = "NIANBAO_STATE"
_NAME_BYTES = 255
"""Longest file name on the file systems in use, in bytes: 85 Chinese characters."""


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one user's state; they need not exist."""

    state: Path

    @property
    def journals(self) -> Path:
        """Journals of open reports, and of reports whose editor ended without closing them."""
        return self.state / "journals"

    @property
    def archive(self) -> Path:
        """The last few discarded journals."""
        return self.state / "archive"

    @property
    def backups(self) -> Path:
        """Backups of saved reports, one folder per report."""
        return self.state / "backups"

    @property
    def locks(self) -> Path:
        """Locks of reports in folders where no file can be created."""
        return self.state / "locks"


def user_places() -> Places:
    """Return the folders of the current user."""
    named = os.environ.get(STATE_VARIABLE)
    return Places(Path(named).absolute() if named else platformdirs.user_state_path("nianbao", appauthor=False))


def real_path(path: Path) -> Path:
    """Return the absolute path with all links resolved. The file need not exist."""
    return Path(os.path.realpath(path))


def path_key(path: Path) -> str:
    """Return a short key for the file at `path`, the same through every link to it."""
    return hashlib.sha256(os.fsencode(real_path(path))).hexdigest()[:16]


def companion_path(path: Path, ending: str) -> Path:
    """Return the path of a hidden companion file, `.name.ending`; named by the path's key if that would be too long."""
    real = real_path(path)
    name = f".{real.name}.{ending}"
    if len(os.fsencode(name)) > _NAME_BYTES:
        name = f".nianbao-{path_key(path)}.{ending}"
    return real.with_name(name)
