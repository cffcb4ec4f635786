"""User-defined keys: `keys.toml` in the configuration directory, one line per action.

[keys]
save = "shift+f2, ctrl+s"
"""

from __future__ import annotations

import os
import re
import tomllib
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from .. import words

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINE = re.compile(r"\(at line (\d+)")
_MODIFIERS = {"ctrl", "alt", "shift", "super", "hyper", "meta"}
_WHILE_WRITING = ("app", "main")
"""Scopes whose keys take precedence over typed text."""

_SAME_BYTE: Mapping[str, str] = {"ctrl+m": "enter", "ctrl+i": "tab", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape"}
"""Keys that a terminal encodes like another key."""

CONFIG_VARIABLE = "NIANBAO_CONFIG"


def config_file() -> Path:
    """Return the path of the keymap: `~/.config/nianbao/keys.toml` on Linux; `$NIANBAO_CONFIG` overrides the directory."""
    named = os.environ.get(CONFIG_VARIABLE)
    folder = Path(named) if named else platformdirs.user_config_path("nianbao", appauthor=False)
    return folder / "keys.toml"


def load(path: Path) -> tuple[dict[str, str], list[str]]:
    """Load a keymap; a missing file is an empty one.

    Returns:
        Keys by action id, and a complaint per problem in the file.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}, []
    except (OSError, ValueError) as error:
        return {}, [words.keymap_unreadable(path.name, _reason(error))]
    table = data.get("keys", {})
    if not isinstance(table, dict):
        return {}, [words.keymap_unreadable(path.name, words.KEYMAP_NO_TABLE)]
    return checked(table)


def _reason(error: Exception) -> str:
    if isinstance(error, tomllib.TOMLDecodeError):
        place = _LINE.search(str(error))
        return words.keymap_line(int(place[1])) if place else words.KEYMAP_CUT_OFF
    return words.KEYMAP_NO_TEXT if isinstance(error, ValueError) else words.KEYMAP_NO_ACCESS


def checked(keys: Mapping[str, object]) -> tuple[dict[str, str], list[str]]:
    """Validate a keymap; entries with a complaint are dropped and keep their defaults.

    Returns:
        Keys by action id, and the complaints.
    """
    from .actions import BY_ID  # noqa: PLC0415 - the registry needs textual

    complaints = []
    if unknown := sorted(name for name in keys if name not in BY_ID):
        complaints.append(words.keymap_unknown(unknown))
    known: dict[str, str] = {}
    for name, value in keys.items():
        if name not in BY_ID:
            continue
        problem = _problem(value, while_writing=BY_ID[name].scope in _WHILE_WRITING)
        if problem:
            complaints.append(words.keymap_bad_key(BY_ID[name].title, str(value), problem))
        else:
            known[name] = str(value)
    while (clash := _clash(known)) is not None:
        name, key, other = clash
        del known[name]
        complaints.append(words.keymap_clash(BY_ID[name].title, key, BY_ID[other].title))
    return known, complaints


def _clash(known: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Return the first rebinding that collides with another action active in the same place: (action, key, other), or None.

    Of two rebound actions the later one is reported. Keys that two actions share by default do not collide.
    """
    from .actions import ACTIONS, BY_ID, keys_of  # noqa: PLC0415 - as above

    for name in reversed(list(known)):
        action = BY_ID[name]
        for other in ACTIONS:
            if other is action or not _scopes_overlap(action.scope.value, other.scope.value):
                continue
            shared = set(keys_of(action, known)) & set(keys_of(other, known)) - (set(action.keys) & set(other.keys))
            if shared:
                return name, min(shared), other.id
    return None


def _scopes_overlap(one: str, other: str) -> bool:
    """Return whether the keys of two scopes can be active at the same time."""
    return one == other or "app" in (one, other) or ("main" in (one, other) and not {"findings", "preview"} & {one, other})


def _problem(value: object, *, while_writing: bool) -> str:
    """Return the problem with the keys of one action, empty if valid.

    Args:
        value: The value in the file.
        while_writing: Whether the keys are also active where text is typed, so that a character key would be unusable.
    """
    if not isinstance(value, str):
        return words.KEYMAP_NO_WORDS
    for key in filter(None, map(str.strip, value.split(","))):
        *modifiers, last = key.split("+")
        if key in _SAME_BYTE:
            return words.keymap_same_byte(_SAME_BYTE[key])
        if not _is_key(last) or not set(modifiers) <= _MODIFIERS:
            return words.KEYMAP_NO_KEY
        if while_writing and not modifiers and (len(last) == 1 or _is_character(last)):
            return words.KEYMAP_IS_TEXT
    return ""


def _is_key(name: str) -> bool:
    from textual.keys import Keys  # noqa: PLC0415 - start-up, and textual reads the environment

    return len(name) == 1 or name in {str(key.value).rpartition("+")[2] for key in Keys} or _is_character(name)


def _is_character(name: str) -> bool:
    """Return whether this is textual's name for a character, such as `equals_sign`."""
    try:
        unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return name == "space"
    return True
