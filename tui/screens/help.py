"""The help page: all keys of the place, from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.text.width import left_aligned
from .. import ui_text
from ..actions import Scope, keys_of, of_scope

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
KEY_COLUMNS = 22
TITLE_COLUMNS = 16


def help_text(scope: Scope, keymap: Mapping[str, str]) -> str:
    """One line for each action that can be done here."""
    lines: list[str] = []
    if scope is Scope.TABLE:
        lines += [*ui_text.TABLE_HELP, ""]
    if scope is Scope.PROSE:
        lines += [*ui_text.PROSE_HELP, ""]
    for around in _AROUND[scope]:
        lines.append(ui_text.SCOPES[around.value])
        for action in of_scope(around):
            keys = keys_of(action, keymap)
            shown = " ".join(ui_text.key_name(key) for key in keys) or ui_text.PALETTE_ONLY
            lines.append(f"  {left_aligned(shown, KEY_COLUMNS)}{left_aligned(action.title, TITLE_COLUMNS)}{action.help}")
        lines.append("")
    return "\n".join(lines)
