"""Help page and command palette, both generated from the action registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import words
from ..keys.actions import ACTIONS, BY_ID, Scope, offered
from ..screens.dialogs import Notice
from ..screens.findings_screen import FindingsScreen
from ..screens.help_screen import HelpContext, help_text
from ..screens.palette_screen import Palette
from ..screens.preview_screen import PreviewScreen
from ..styles import DIALOG_WIDTH

if TYPE_CHECKING:
    from ..editor import Editor

FRAME = 4
"""Columns of a dialog's borders and padding."""


def show_help(editor: Editor) -> None:
    """Show the keys of the current scope."""
    if isinstance(editor.screen, Notice):
        return
    main, scope, place = editor.main, Scope.APP, None
    if main is not None and editor.screen is main:
        place = HelpContext(len(main.sections), main.table is not None, main.pane.preface is not None)
        scope = Scope.PROSE if main.address_here() is None else Scope.TABLE
    elif isinstance(editor.screen, FindingsScreen):
        scope = Scope.FINDINGS
    elif isinstance(editor.screen, PreviewScreen):
        scope = Scope.PREVIEW
    page = help_text(scope, editor.options.keymap, place, width=min(editor.size.width, DIALOG_WIDTH) - FRAME)
    # All problems in the settings are listed here, where there is room for them.
    rejected = [*editor.options.complaints, ""] if editor.options.complaints else []
    editor.tell(words.HELP_TITLE, "\n".join([*rejected, page]))


def show_palette(editor: Editor) -> None:
    """Open the palette and run the chosen action."""
    main = editor.main
    if main is None:
        return
    scopes = (Scope.APP, Scope.MAIN, *([Scope.TABLE] if main.table is not None else []))
    actions = offered((action for action in ACTIONS if action.scope in scopes), len(main.sections))

    async def chosen(action_id: str | None) -> None:
        if action_id is not None:
            await editor.do(BY_ID[action_id])

    editor.push_screen(Palette(actions, editor.options.keymap, ambiguous=editor.options.profile.ambiguous), chosen)
