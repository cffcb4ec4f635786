"""The assembled application: the editor with every action of the registry, and the flows behind them."""

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
    """The editor with its flows."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.APP)

    def start(self) -> None:
        """Open the report that was named, or ask for one."""
        open_report.start(self)

    def first_words(self) -> str:
        """Message for a report that has just come onto the screen."""
        # Behind the first frame: a key is never kept waiting for a module.
        for action in ACTIONS:
            if action.does:
                function_of(action)
        return open_report.first_words(self)

    # ------------------------------------------------------------ actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what makes sense above a dialog is done above one."""
        if action == "perform" and not BY_ID[str(parameters[0])].above_dialogs:
            return self.main is not None and self.screen is self.main
        return True

    async def action_perform(self, action_id: str) -> None:
        """Do an action whose row names a function."""
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
    """The function that does an action, loaded when it is first asked for.

    Raises:
        ImportError, AttributeError: the row names none.
    """
    module, _, name = action.does.partition(":")
    function: Callable[[Editor], Awaitable[None] | None] = getattr(import_module(f".flows.{module}", __package__), name)
    return function
