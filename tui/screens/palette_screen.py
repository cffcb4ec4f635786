"""Command palette: all actions, searchable by Chinese title or pinyin initials."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from ...core.chinese.width import Ambiguous, text_width
from .. import words
from ..keys.actions import Action, keys_of, search
from ..widgets.line_input import LineInput
from ..widgets.list_pane import Item, ListPane

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult


class Palette(ModalScreen[str | None]):
    """Filterable list of actions. Returns the id of the chosen action."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "refuse", show=False),
        Binding("up", "list('move(-1)')", show=False, priority=True),
        Binding("down", "list('move(1)')", show=False, priority=True),
        Binding("pageup", "list('page(-1)')", show=False, priority=True),
        Binding("pagedown", "list('page(1)')", show=False, priority=True),
    ]

    def __init__(
        self,
        actions: Sequence[Action],
        keymap: Mapping[str, str],
        *,
        ambiguous: Ambiguous = 1,
        find: Callable[[str, Sequence[Action]], list[Action]] = search,
    ) -> None:
        super().__init__()
        self._actions = actions
        self._keymap = keymap
        self._ambiguous: Ambiguous = ambiguous
        self._find = find

    def compose(self) -> ComposeResult:
        """Lay out the query above the list."""
        with Vertical(classes="dialog palette") as frame:
            frame.border_title = words.PALETTE_TITLE
            yield LineInput(placeholder=words.PALETTE_HINT)
            pane = ListPane(self._items(""), ambiguous=self._ambiguous)
            pane.can_focus = False
            yield pane

    def on_mount(self) -> None:
        """Focus the query."""
        self.set_focus(self.query_one(Input))

    def _items(self, query: str) -> list[Item]:
        found = self._find(query, self._actions)
        width = max((text_width(action.title, self._ambiguous) for action in found), default=0) + 2
        items = [Item(action.id, words.palette_line(action.title, keys_of(action, self._keymap), action.help, width)) for action in found]
        return items or [Item("", words.PALETTE_NOTHING, is_heading=True)]

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        pane = self.query_one(ListPane)
        pane.items = tuple(self._items(event.value))
        pane.current = 0

    @on(Input.Submitted)
    def _do(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(self.query_one(ListPane).current_key)

    async def action_list(self, action: str) -> None:
        """Forward a key to the list."""
        await self.query_one(ListPane).run_action(action)

    def action_refuse(self) -> None:
        """Close without choosing."""
        self.dismiss(None)
