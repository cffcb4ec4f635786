"""Registry of user actions.

A row defines the key bindings, the palette entry, the line of the help page, the rank in the footer, the line of docs/keys.md, the
name for rebinding, and the implementing function. Titles and help texts are in words.ACTIONS under the same id.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

from .. import words
from .pinyin import initials

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Scope(StrEnum):
    """Where an action's keys are active."""

    APP = "app"
    """Everywhere, including dialogs for actions marked `above_dialogs`."""
    MAIN = "main"
    """In all panes of the main screen."""
    TABLE = "table"
    """In the cells of a statutory table."""
    PROSE = "prose"
    """In prose."""
    FINDINGS = "findings"
    """In the list of findings."""
    PREVIEW = "preview"
    """In the preview of the published text."""


@dataclass(frozen=True, slots=True)
class Action:
    """A user action."""

    id: str
    scope: Scope
    keys: tuple[str, ...] = ()
    """textual key names; empty for actions available from the palette only."""
    footer: int = 0
    """Rank in the footer, ascending; 0 for none."""
    footers: tuple[Scope, ...] = ()
    """Scopes in whose footer the action is shown; empty for its own scope."""
    palette: bool = True
    does: str = ""
    """Implementing function as `module:function` in the package `flows`, called with the editor. Modules are loaded after the first frame.

    Empty if a method of the scope's screen or widget implements the action: `action_` and the id.
    """
    method: str = ""
    """Name and arguments of that method, if the name differs from the id."""
    above_dialogs: bool = False
    """Whether the action is available while a dialog or another screen is open."""

    @property
    def call(self) -> str:
        """Action string for textual's bindings."""
        return f"app.perform({self.id!r})" if self.does else self.method or self.id

    @property
    def title(self) -> str:
        """Title in two to eight characters."""
        return words.ACTIONS[self.id][0]

    @property
    def help(self) -> str:
        """Description in one sentence."""
        return words.ACTIONS[self.id][1]

    @property
    def initials(self) -> str:
        """Pinyin initials of the title, for searching in the palette."""
        return initials(self.title)


MOST_SECTIONS = 9
"""Maximum number of sections with a direct key, one per digit; the edition determines how many exist."""

PANES = (Scope.TABLE, Scope.PROSE)
EVERY_PLACE = (Scope.TABLE, Scope.PROSE, Scope.FINDINGS, Scope.PREVIEW)

ACTIONS: tuple[Action, ...] = (
    Action("help", Scope.APP, ("f1",), footer=90, footers=EVERY_PLACE, does="help_and_palette:show_help", above_dialogs=True),
    Action("palette", Scope.APP, ("ctrl+p", "alt+x"), palette=False, does="help_and_palette:show_palette"),
    Action("save", Scope.APP, ("ctrl+s", "alt+s"), footer=80, footers=PANES, does="save_export:save"),
    Action("undo", Scope.APP, ("ctrl+z", "alt+z"), does="undo:undo"),
    Action("redo", Scope.APP, ("ctrl+y", "alt+y"), does="undo:redo"),
    Action("repaint", Scope.APP, ("ctrl+l",), does="screen_view:repaint", above_dialogs=True),
    Action("suspend", Scope.APP, ("alt+g",), does="screen_view:suspend", above_dialogs=True),
    Action("theme", Scope.APP, does="screen_view:next_theme", above_dialogs=True),
    Action("quit", Scope.APP, ("ctrl+q", "alt+q"), does="save_export:quit_editor", above_dialogs=True),
    *(Action(f"section_{number}", Scope.MAIN, (f"alt+{number}",), method=f"section({number})") for number in range(1, MOST_SECTIONS + 1)),
    Action("previous_section", Scope.MAIN, ("f5", "ctrl+pageup"), method="next_section(-1)"),
    Action("next_section", Scope.MAIN, ("f6", "ctrl+pagedown"), footer=50, footers=(Scope.PROSE,), method="next_section(1)"),
    Action("switch_part", Scope.MAIN, ("f4",)),
    Action("find", Scope.MAIN, ("f3", "ctrl+f"), footer=60, footers=(Scope.PROSE,), does="edit_prose:find"),
    Action("findings", Scope.MAIN, ("f7",), footer=70, footers=PANES, does="findings:show_list"),
    Action("next_finding", Scope.MAIN, ("f8", "alt+n"), does="findings:next_finding"),
    Action("previous_finding", Scope.MAIN, ("f9", "alt+p"), does="findings:previous_finding"),
    Action("explain", Scope.MAIN, ("f10", "alt+w"), does="findings:explain"),
    Action("repair", Scope.MAIN, ("f11", "alt+r"), does="findings:repair"),
    Action("go_across", Scope.MAIN, ("alt+j",), does="resolve_finding:go_across"),
    Action("put_table_number", Scope.MAIN, ("alt+u",), does="resolve_finding:put_table_number"),
    Action("judge", Scope.MAIN, ("alt+h",), does="resolve_finding:judge"),
    Action("preview", Scope.MAIN, ("f12", "alt+v"), does="save_export:preview"),
    Action("accept_totals", Scope.MAIN, ("alt+t",), does="whole_table:accept_totals"),
    Action("fill_zero", Scope.MAIN, ("alt+0",), does="whole_table:fill_zero"),
    Action("header", Scope.MAIN, ("alt+i",), does="edit_prose:edit_header"),
    Action("outline", Scope.MAIN, ("alt+l",), does="edit_prose:show_outline"),
    Action("external_editor", Scope.MAIN, ("alt+o",), does="edit_prose:edit_outside"),
    Action("confirm_carried", Scope.MAIN, ("alt+k",), does="edit_prose:confirm_carried"),
    Action("source_text", Scope.MAIN, ("alt+m",)),
    Action("previous_year", Scope.MAIN, does="open_report:ask_previous"),
    Action("save_as", Scope.MAIN, does="save_export:save_as"),
    Action("move_journal", Scope.MAIN, does="save_export:move_journal"),
    Action("export", Scope.MAIN, does="save_export:export"),
    Action("open", Scope.MAIN, does="open_report:ask_open"),
    Action("new", Scope.MAIN, does="open_report:ask_new"),
    Action("edit_cell", Scope.TABLE, ("f2",), footer=10),
    Action("below", Scope.TABLE, ("enter",), palette=False),
    Action("right_of", Scope.TABLE, ("tab",), palette=False, method="next(1)"),
    Action("left_of", Scope.TABLE, ("shift+tab",), palette=False, method="next(-1)"),
    Action("clear_cell", Scope.TABLE, ("delete", "backspace")),
    Action("addends", Scope.TABLE, ("equals_sign", "alt+a"), footer=20),
    Action("copy_block", Scope.TABLE, ("ctrl+c", "alt+c")),
    Action("copy_to_file", Scope.TABLE),
    Action("paste_block", Scope.TABLE, ("ctrl+v",)),
    Action("up", Scope.TABLE, ("up", "k"), palette=False, method="step(-1, 0)"),
    Action("down", Scope.TABLE, ("down", "j"), palette=False, method="step(1, 0)"),
    Action("left", Scope.TABLE, ("left", "h"), palette=False, method="step(0, -1)"),
    Action("right", Scope.TABLE, ("right", "l"), palette=False, method="step(0, 1)"),
    Action("row_start", Scope.TABLE, ("home",), palette=False, method="go_in_row(0)"),
    Action("row_end", Scope.TABLE, ("end",), palette=False, method="go_in_row(-1)"),
    Action("page_up", Scope.TABLE, ("pageup",), palette=False, method="page(-1)"),
    Action("page_down", Scope.TABLE, ("pagedown",), palette=False, method="page(1)"),
    Action("first_cell", Scope.TABLE, ("ctrl+home",), palette=False, method="go_in_table(0)"),
    Action("last_cell", Scope.TABLE, ("ctrl+end",), palette=False, method="go_in_table(-1)"),
    Action("select_up", Scope.TABLE, ("shift+up",), palette=False, method="select(-1, 0)"),
    Action("select_down", Scope.TABLE, ("shift+down",), palette=False, method="select(1, 0)"),
    Action("select_left", Scope.TABLE, ("shift+left",), palette=False, method="select(0, -1)"),
    Action("select_right", Scope.TABLE, ("shift+right",), palette=False, method="select(0, 1)"),
    Action("select_all", Scope.TABLE, ("ctrl+a",)),
    Action("goto_finding", Scope.FINDINGS, ("enter",), footer=10, palette=False),
    Action("explain_finding", Scope.FINDINGS, ("e", "f10", "alt+w"), footer=20, palette=False),
    Action("repair_finding", Scope.FINDINGS, ("r", "f11", "alt+r"), footer=30, palette=False),
    Action("judge_finding", Scope.FINDINGS, ("h", "alt+h"), palette=False),
    Action("next_section_findings", Scope.FINDINGS, ("tab",), palette=False),
    Action("close_findings", Scope.FINDINGS, ("escape", "f7"), footer=50, palette=False),
    Action("export_preview", Scope.PREVIEW, ("e", "ctrl+s"), footer=10, palette=False),
    Action("copy_preview", Scope.PREVIEW, ("c", "ctrl+c"), footer=20, palette=False),
    Action("preview_borders", Scope.PREVIEW, ("b",), palette=False),
    Action("preview_draft", Scope.PREVIEW, ("d",), palette=False),
    Action("close_preview", Scope.PREVIEW, ("escape", "f12", "q"), footer=30, palette=False),
)

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}


def of_scope(scope: Scope) -> list[Action]:
    """Return the actions of a scope in registry order."""
    return [action for action in ACTIONS if action.scope is scope]


def bindings(scope: Scope) -> list[BindingType]:
    """Return the key bindings of a scope.

    Bindings of the outer two scopes have priority, so that a text area does not capture F6 and F7.
    """
    outer = scope in (Scope.APP, Scope.MAIN)
    return [
        Binding(
            ",".join(action.keys) or f"unbound_{action.id}",
            action.call,
            action.title,
            show=False,
            id=action.id,
            priority=outer,
        )
        for action in of_scope(scope)
    ]


def keys_of(action: Action, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of an action after the user's rebindings."""
    changed = keymap.get(action.id)
    if changed is None:
        return action.keys
    return tuple(key.strip() for key in changed.split(",") if key.strip())


def offered(actions: Iterable[Action], sections: int) -> list[Action]:
    """Filter out actions for sections that the report does not have."""
    beyond = {f"section_{number}" for number in range(sections + 1, MOST_SECTIONS + 1)}
    return [action for action in actions if action.id not in beyond]


def footer(scope: Scope) -> list[Action]:
    """Return the footer's actions for a focused scope by rank; the registry defines at most five."""
    shown = [action for action in ACTIONS if action.footer and scope in (action.footers or (action.scope,))]
    return sorted(shown, key=lambda action: action.footer)


def search(query: str, actions: Iterable[Action] = ACTIONS) -> list[Action]:
    """Return actions whose title, initials, id or help contain the query, best match first."""
    wanted = query.strip().lower().replace(" ", "")
    ranked = []
    for position, action in enumerate(actions):
        if not action.palette:
            continue
        rank = _rank(action, wanted)
        if rank is not None:
            ranked.append((rank, position, action))
    return [action for _, _, action in sorted(ranked, key=lambda entry: entry[:2])]


def _rank(action: Action, wanted: str) -> int | None:
    if not wanted:
        return 0
    title, letters = action.title.lower(), action.initials
    if title.startswith(wanted) or letters == wanted:
        return 0
    if letters.startswith(wanted):
        return 1
    if wanted in title:
        return 2
    if wanted in letters or wanted in action.id:
        return 3
    if wanted in action.help:
        return 4
    return None
