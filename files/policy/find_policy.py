"""Which policy is in force for a report: the file that was given, or `nianbao.toml` beside it or above it, or the user's own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from ...core.policy import NO_POLICY, Origin, Policy

NAME: Final = "nianbao.toml"
CONFIG_VARIABLE: Final = "NIANBAO_CONFIG"
NO_FILE: Final = "-"
"""Given in the place of a policy file to use none."""


def policy_for(report: Path, given: str = "") -> Policy:
    """The policy in force for a report at a path.

    Args:
        report: the report's path; it need not exist.
        given: the policy file that the user named; empty to look for one, `NO_FILE` for none.

    A file that cannot be used becomes a policy without entries that has `problems`.
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
    """The policy file for a report at this path, and whose it is; None where there is none."""
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
