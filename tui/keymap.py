"""The user's own keys: `keys.toml` in the configuration folder, one line for each action.

[keys]
save = "f2, ctrl+s"
"""

from __future__ import annotations

import os
import re
import tomllib
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from . import ui_text

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINE = re.compile(r"\(at line (\d+)")
_MODIFIERS = {"ctrl", "alt", "shift", "super", "hyper", "meta"}
_WHILE_WRITING = ("app", "main")
"""Scopes whose keys come before the text that is being typed."""

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
        return {}, [ui_text.keymap_unreadable(path.name, _reason(error))]
    table = data.get("keys", {})
    if not isinstance(table, dict):
        return {}, [ui_text.keymap_unreadable(path.name, ui_text.KEYMAP_NO_TABLE)]
    return checked(table)


def _reason(error: Exception) -> str:
    if isinstance(error, tomllib.TOMLDecodeError):
        place = _LINE.search(str(error))
        return ui_text.keymap_line(int(place[1])) if place else ui_text.KEYMAP_CUT_OFF
    return ui_text.KEYMAP_NO_TEXT if isinstance(error, ValueError) else ui_text.KEYMAP_NO_ACCESS


def checked(keys: Mapping[str, object]) -> tuple[dict[str, str], list[str]]:
    """The keys of known actions, and complaints about whatever else there is; what is complained of keeps its default."""
    from .actions import ACTIONS, BY_ID, keys_of  # noqa: PLC0415 - the registry needs textual

    complaints = []
    if unknown := sorted(name for name in keys if name not in BY_ID):
        complaints.append(ui_text.keymap_unknown(unknown))
    known: dict[str, str] = {}
    for name, value in keys.items():
        if name not in BY_ID:
            continue
        problem = _problem(value, while_writing=BY_ID[name].scope in _WHILE_WRITING)
        if problem:
            complaints.append(ui_text.keymap_bad_key(BY_ID[name].title, str(value), problem))
        else:
            known[name] = str(value)
    owners: dict[tuple[str, str], list[str]] = {}
    for action in ACTIONS:
        for key in keys_of(action, known):
            owners.setdefault((action.scope.value, key), []).append(action.title)
    complaints += [ui_text.keymap_clash(key, titles) for (_, key), titles in owners.items() if len(titles) > 1]
    return known, complaints


def _problem(value: object, *, while_writing: bool) -> str:
    """What is wrong with the keys of one action; `while_writing` says that they also work where text is typed."""
    if not isinstance(value, str):
        return ui_text.KEYMAP_NO_WORDS
    for key in filter(None, map(str.strip, value.split(","))):
        *modifiers, last = key.split("+")
        if not _is_key(last) or not set(modifiers) <= _MODIFIERS:
            return ui_text.KEYMAP_NO_KEY
        if while_writing and not modifiers and (len(last) == 1 or _is_character(last)):
            return ui_text.KEYMAP_IS_TEXT
    return ""


def _is_key(name: str) -> bool:
    from textual.keys import Keys  # noqa: PLC0415 - start-up, and textual reads the environment

    return len(name) == 1 or name in {str(key.value).rpartition("+")[2] for key in Keys} or _is_character(name)


def _is_character(name: str) -> bool:
    """Whether this is textual's name of a character: `equals_sign`."""
    try:
        unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return name == "space"
    return True
