"""Find the policy for a report: the file named by the user, `nianbao.toml` beside or above the report, or the user's own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from ...core.policy import NO_POLICY, Origin, Policy

NAME: Final = "nianbao.toml"
CONFIG_VARIABLE: Final = "NIANBAO_CONFIG"
NO_FILE: Final = "-"
"""Value in place of a policy file that turns policies off."""


def policy_for(report: Path, given: str = "") -> Policy:
    """Return the policy for a report.

    A file that cannot be used yields a policy without entries, with `problems`.

    Args:
        report: Path of the report; it need not exist.
        given: Policy file named by the user; empty to search for one, `NO_FILE` for none.
    """
    if given == NO_FILE:
        return NO_POLICY
    place = (Path(given), Origin.GIVEN) if given else policy_place(report)
    if place is None:
        return NO_POLICY
    from .read_policy import PolicyError, load_policy  # noqa: PLC0415 - start-up where there is none

    path, origin = place
    try:
        return load_policy(path, origin)
    except PolicyError as error:
        return Policy(path=error.path, origin=origin, problems=error.problems)


def policy_place(report: Path) -> tuple[Path, Origin] | None:
    """Return path and origin of the policy file for a report at this path, or None."""
    own = config_folder() / NAME
    found = _nearest(Path(os.path.abspath(report)).parent)  # noqa: PTH100 - links are followed by nobody who looks beside a report
    if found is not None:
        return found, Origin.USER if found == own else Origin.FOUND
    return (own, Origin.USER) if own.is_file() else None


def _nearest(folder: Path) -> Path | None:
    for place in (folder, *folder.parents):
        candidate = place / NAME
        if candidate.is_file():
            return candidate
    return None


def config_folder() -> Path:
    """Return the user's configuration folder: `~/.config/nianbao` on Linux, or `$NIANBAO_CONFIG`."""
    named = os.environ.get(CONFIG_VARIABLE)
    if named:
        return Path(named)
    if os.name == "posix" and not sys.platform.startswith("darwin"):
        # Same result as platformdirs, without the milliseconds of importing it before every check.
        home = os.environ.get("XDG_CONFIG_HOME", "").strip()
        return (Path(home) if home else Path("~/.config").expanduser()) / "nianbao"
    import platformdirs  # noqa: PLC0415 - start-up

    return platformdirs.user_config_path("nianbao", appauthor=False)
