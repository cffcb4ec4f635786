"""The application: the editor with the actions of the registry and the flows that implement them."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import on

from .editor import Editor
from .flows import open_report
from .keys.actions import ACTIONS, BY_ID, Scope, bindings
from .table.report_table import ReportTable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.binding import BindingType

    from .keys.actions import Action


class Application(Editor):
    """The editor together with its flows."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.APP)

    def start(self) -> None:
        """Open the report named at start-up, or ask for one."""
        open_report.start(self)

    def first_words(self) -> str:
        """Return the message for a report that has just been opened."""
        # Loaded after the first frame, so that no key has to wait for an import.
        for action in ACTIONS:
            if action.does:
                function_of(action)
        return open_report.opening_message(self)

    # ------------------------------------------------------------ actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable actions that are not available above dialogs while another screen is open."""
        if action == "perform" and not BY_ID[str(parameters[0])].above_dialogs:
            return self.main is not None and self.screen is self.main
        return True

    async def action_perform(self, action_id: str) -> None:
        """Run an action whose registry row names a function."""
        waiting = function_of(BY_ID[action_id])(self)
        if inspect.isawaitable(waiting):
            await waiting

    # ------------------------------------------------------------ messages from the tables

    @on(ReportTable.BlockCopied)
    def _block_copied(self, event: ReportTable.BlockCopied) -> None:
        from .flows import clipboard  # noqa: PLC0415 - no part of the start-up

        event.stop()
        if event.to_file:
            clipboard.copy_to_file(self, event.text)
        else:
            clipboard.copy_block(self, event.text)

    @on(ReportTable.BlockPasted)
    def _block_pasted(self, event: ReportTable.BlockPasted) -> None:
        from .flows import clipboard  # noqa: PLC0415 - no part of the start-up

        event.stop()
        clipboard.paste(self, event.address, event.text)


def function_of(action: Action) -> Callable[[Editor], Awaitable[None] | None]:
    """Return the function that implements an action, importing its module on first use.

    Raises:
        ImportError, AttributeError: the registry row names no function.
    """
    module, _, name = action.does.partition(":")
    function: Callable[[Editor], Awaitable[None] | None] = getattr(import_module(f".flows.{module}", __package__), name)
    return function
