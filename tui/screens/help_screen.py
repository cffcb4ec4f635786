"""Help page: all keys active in the current scope, from the registry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...core.chinese.line_break import wrap
from ...core.chinese.width import left_aligned
from .. import words
from ..keys.actions import BY_ID, MOST_SECTIONS, Action, Scope, keys_of, of_scope, offered

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Scope → scopes whose keys are active there, innermost first.
_AROUND: Mapping[Scope, tuple[Scope, ...]] = {
    Scope.TABLE: (Scope.TABLE, Scope.MAIN, Scope.APP),
    Scope.PROSE: (Scope.MAIN, Scope.APP),
    Scope.FINDINGS: (Scope.FINDINGS, Scope.APP),
    Scope.PREVIEW: (Scope.PREVIEW, Scope.APP),
    Scope.APP: (Scope.APP,),
    Scope.MAIN: (Scope.MAIN, Scope.APP),
}


@dataclass(frozen=True, slots=True)
class HelpContext:
    """Properties of the current pane that the help page depends on."""

    sections: int = MOST_SECTIONS
    table: bool = True
    preface: bool = False


KEY_COLUMNS = 22
TITLE_COLUMNS = 16
INDENT = "  "
WIDTH = 76
LEAST_BESIDE = 24
"""Minimum columns for the description beside the title; with fewer it goes below."""


def help_text(scope: Scope, keymap: Mapping[str, str], place: HelpContext | None = None, *, width: int = WIDTH) -> str:
    """Return the actions available in a scope, formatted to `width` columns."""
    place = place or HelpContext()
    lines: list[str] = []
    if scope is Scope.TABLE:
        lines += [*words.TABLE_HELP, ""]
    if scope is Scope.PROSE:
        keys = keys_of(BY_ID["switch_part"], keymap)
        switch = words.key_name(keys[0]) if keys else words.PALETTE_ONLY
        lines += [*words.prose_help(switch, table=place.table, preface=place.preface), ""]
    for around in _AROUND[scope]:
        lines.append(words.SCOPES[around.value])
        for action in offered(of_scope(around), place.sections):
            keys = keys_of(action, keymap)
            shown = " ".join(words.key_name(key) for key in keys) or words.PALETTE_ONLY
            lines += _entry(shown, action, width)
        lines.append("")
    return "\n".join(lines)


def _entry(keys: str, action: Action, width: int) -> list[str]:
    """Format an action: keys and title, with the description beside or below them."""
    beside = len(INDENT) + KEY_COLUMNS + TITLE_COLUMNS
    if width - beside >= LEAST_BESIDE:
        first, *more = wrap(action.help, width - beside)
        name = f"{INDENT}{left_aligned(keys, KEY_COLUMNS)}{left_aligned(action.title, TITLE_COLUMNS)}"
        return [f"{name}{first}", *(f"{'':{beside}}{line}" for line in more)]
    below = wrap(action.help, width - 2 * len(INDENT))
    return [f"{INDENT}{keys}{INDENT}{action.title}", *(f"{INDENT * 2}{line}" for line in below)]
