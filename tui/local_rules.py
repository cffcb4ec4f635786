"""The local rules that hold for the report in the editor, from the same policy file that the check command reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.policy import NO_POLICY, Policy
from ..files.policy_place import policy_path
from . import ui_text

if TYPE_CHECKING:
    from pathlib import Path


def policy_for(report: Path) -> tuple[Policy, str]:
    """The policy for the report at a path, and what is wrong with its file; no policy where anything is."""
    file = policy_path(report)
    if file is None:
        return NO_POLICY, ""
    from ..files.policy_file import PolicyError, load_policy  # noqa: PLC0415 - start-up where there is none

    try:
        return load_policy(file), ""
    except PolicyError as error:
        return NO_POLICY, ui_text.policy_wrong(str(file), error.problems[0].line if error.problems else 0)
