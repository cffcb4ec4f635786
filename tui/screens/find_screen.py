"""Find bar: two fields at the bottom of the screen with the report visible above."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from .. import words
from ..widgets.line_input import LineInput

if TYPE_CHECKING:
    from textual.app import ComposeResult


class TextFinder(Protocol):
    """Search and replace operations behind the find bar; each method returns the message to show."""

    async def next(self, wanted: str) -> str:
        """Go to the next occurrence."""

    async def replace(self, wanted: str, by: str) -> str:
        """Replace the current occurrence."""

    def replace_all(self, wanted: str, by: str) -> str:
        """Replace every occurrence."""


class FindScreen(ModalScreen[None]):
    """Find and replace across all sections."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("alt+r", "replace", show=False, priority=True),
        Binding("alt+a", "replace_all", show=False, priority=True),
        Binding("f3,ctrl+f", "next", show=False, priority=True),
    ]

    def __init__(self, finder: TextFinder) -> None:
        super().__init__()
        self._finder = finder

    def compose(self) -> ComposeResult:
        """Lay out two labelled fields and a line for the message."""
        with Vertical(id="find"):
            yield Label(words.FIND_LABEL, markup=False)
            yield LineInput(id="wanted")
            yield Label(words.REPLACE_LABEL, markup=False)
            yield LineInput(id="by")
            yield Label(words.FIND_HINT, id="answer", markup=False)

    def on_mount(self) -> None:
        """Focus the first field."""
        self.set_focus(self.query_one("#wanted"))

    @property
    def _wanted(self) -> str:
        return self.query_one("#wanted", Input).value

    @property
    def _by(self) -> str:
        return self.query_one("#by", Input).value

    def _answer(self, text: str) -> None:
        self.query_one("#answer", Label).update(text or words.FIND_HINT)

    @on(Input.Changed, "#wanted")
    def _other_words(self, event: Input.Changed) -> None:
        """Clear the message, which referred to the previous search text."""
        event.stop()
        self._answer("")

    @on(Input.Submitted)
    async def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await self.action_next()

    async def action_next(self) -> None:
        """Go to the next occurrence."""
        self._answer(await self._finder.next(self._wanted))

    async def action_replace(self) -> None:
        """Replace the current occurrence."""
        self._answer(await self._finder.replace(self._wanted, self._by))

    def action_replace_all(self) -> None:
        """Replace every occurrence."""
        self._answer(self._finder.replace_all(self._wanted, self._by))

    def action_close(self) -> None:
        """Close the find bar."""
        self.dismiss(None)
