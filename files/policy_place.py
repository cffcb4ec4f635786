"""Where the policy file is: `nianbao.toml` in the report's folder or the nearest one above it, or else the user's own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

NAME: Final = "nianbao.toml"
CONFIG_VARIABLE: Final = "NIANBAO_CONFIG"


def policy_path(report: Path) -> Path | None:
    """The policy file for a report at this path; None where there is none."""
    return _nearest(Path(os.path.abspath(report)).parent)  # noqa: PTH100 - links are followed by nobody who looks beside a report


def _nearest(folder: Path) -> Path | None:
    for place in (folder, *folder.parents, config_folder()):
        candidate = place / NAME
        if candidate.is_file():
            return candidate
    return None


def config_folder() -> Path:
    """The user's configuration: `~/.config/nianbao` on Linux; `$NIANBAO_CONFIG` names another folder."""
    named = os.environ.get(CONFIG_VARIABLE)
    if named:
        return Path(named)
    if os.name == "posix" and not sys.platform.startswith("darwin"):
        # What platformdirs would say, without the milliseconds of loading it before every check.
        home = os.environ.get("XDG_CONFIG_HOME", "").strip()
        return (Path(home) if home else Path("~/.config").expanduser()) / "nianbao"
    import platformdirs  # noqa: PLC0415 - start-up

    return platformdirs.user_config_path("nianbao", appauthor=False)
