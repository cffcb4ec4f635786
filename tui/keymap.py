"""The user's own keys: `keys.toml` in the configuration folder, one line for each action.

[keys]
save = "f2, ctrl+s"
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from . import ui_text

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFIG_VARIABLE = "NIANBAO_CONFIG"


def config_file() -> Path:
    """Where the keys are kept: `~/.config/nianbao/keys.toml` on Linux; `$NIANBAO_CONFIG` names another folder."""
    named = os.environ.get(CONFIG_VARIABLE)
    folder = Path(named) if named else platformdirs.user_config_path("nianbao", appauthor=False)
    return folder / "keys.toml"


def load(path: Path) -> tuple[dict[str, str], list[str]]:
    """Action → its keys, and what is wrong with the file; no file is no complaint."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}, []
    except (OSError, ValueError) as error:
        return {}, [ui_text.keymap_unreadable(str(path), str(error))]
    table = data.get("keys", {})
    if not isinstance(table, dict):
        return {}, [ui_text.keymap_unreadable(str(path), "[keys]")]
    return checked({str(name): str(keys) for name, keys in table.items()})


def checked(keys: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The keys of known actions, and complaints about unknown actions and about keys given twice."""
    from .actions import ACTIONS, BY_ID, keys_of  # noqa: PLC0415 - the registry needs textual

    known = {name: value for name, value in keys.items() if name in BY_ID}
    complaints = []
    if unknown := sorted(set(keys) - set(known)):
        complaints.append(ui_text.keymap_unknown(unknown))
    owners: dict[tuple[str, str], list[str]] = {}
    for action in ACTIONS:
        for key in keys_of(action, known):
            owners.setdefault((action.scope.value, key), []).append(action.title)
    complaints += [ui_text.keymap_clash(key, titles) for (_, key), titles in owners.items() if len(titles) > 1]
    return known, complaints
