"""The help page: all keys of the place, from the registry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...core.text.width import left_aligned
from .. import ui_text
from ..actions import BY_ID, MOST_SECTIONS, Scope, keys_of, of_scope, offered

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Scopes whose keys work in a place, the nearest first.
_AROUND: Mapping[Scope, tuple[Scope, ...]] = {
    Scope.TABLE: (Scope.TABLE, Scope.MAIN, Scope.APP),
    Scope.PROSE: (Scope.MAIN, Scope.APP),
    Scope.FINDINGS: (Scope.FINDINGS, Scope.APP),
    Scope.PREVIEW: (Scope.PREVIEW, Scope.APP),
    Scope.APP: (Scope.APP,),
    Scope.MAIN: (Scope.MAIN, Scope.APP),
}


@dataclass(frozen=True, slots=True)
class Place:
    """What the help page has to know of the pane that is shown."""

    sections: int = MOST_SECTIONS
    table: bool = True
    preface: bool = False


KEY_COLUMNS = 22
TITLE_COLUMNS = 16


def help_text(scope: Scope, keymap: Mapping[str, str], place: Place | None = None) -> str:
    """One line for each action that can be done here."""
    place = place or Place()
    lines: list[str] = []
    if scope is Scope.TABLE:
        lines += [*ui_text.TABLE_HELP, ""]
    if scope is Scope.PROSE:
        keys = keys_of(BY_ID["switch_part"], keymap)
        switch = ui_text.key_name(keys[0]) if keys else ui_text.PALETTE_ONLY
        lines += [*ui_text.prose_help(switch, table=place.table, preface=place.preface), ""]
    for around in _AROUND[scope]:
        lines.append(ui_text.SCOPES[around.value])
        for action in offered(of_scope(around), place.sections):
            keys = keys_of(action, keymap)
            shown = " ".join(ui_text.key_name(key) for key in keys) or ui_text.PALETTE_ONLY
            lines.append(f"  {left_aligned(shown, KEY_COLUMNS)}{left_aligned(action.title, TITLE_COLUMNS)}{action.help}")
        lines.append("")
    return "\n".join(lines)
