"""Undo and redo by snapshots. Reports are immutable and share their parts, so a snapshot costs one reference."""

from __future__ import annotations

from dataclasses import dataclass

from .commands import Command, ReplaceText, reduce
from .report import Report  # noqa: TC001 - dataclass fields are read at run time by strategies

TYPING_PAUSE = 2.0
"""Seconds without typing after which a new undo step begins."""
TYPING_LENGTH = 100
"""Number of merged commands (keystrokes) after which a new undo step begins."""


@dataclass(frozen=True, slots=True)
class Step:
    """An undo step: a command, the report before it, and the time of its last command."""

    command: Command
    before: Report
    at: float
    length: int = 1
    """Number of commands merged into the step."""


@dataclass(frozen=True, slots=True)
class History:
    """The undo stack (`past`), the current report (`present`) and the redo stack (`future`, next to redo first)."""

    present: Report
    past: tuple[Step, ...] = ()
    future: tuple[tuple[Step, Report], ...] = ()

    def do(self, command: Command, at: float = 0.0) -> History:
        """Apply a command; consecutive typing is merged into one step.

        Args:
            at: Time of the command in seconds, on any clock that does not go back.

        Raises:
            CommandError: The command is invalid for this report.
        """
        after = reduce(self.present, command)
        if after is self.present:
            return self
        if self.past and not self.future and continues_typing(self.past[-1], command, at):
            last = self.past[-1]
            return History(after, (*self.past[:-1], Step(command, last.before, at, last.length + 1)))
        return History(after, (*self.past, Step(command, self.present, at)))

    def undo(self) -> History:
        """Undo one step; return the same object if there is nothing to undo."""
        if not self.past:
            return self
        step = self.past[-1]
        return History(step.before, self.past[:-1], ((step, self.present), *self.future))

    def redo(self) -> History:
        """Redo one step; return the same object if there is nothing to redo."""
        if not self.future:
            return self
        step, after = self.future[0]
        return History(after, (*self.past, step), self.future[1:])


def continues_typing(last: Step, command: Command, at: float) -> bool:
    """Return whether a command continues the typing or deleting of the last step, and so belongs to the same undo step."""
    earlier = last.command
    if not (isinstance(earlier, ReplaceText) and isinstance(command, ReplaceText) and earlier.section == command.section):
        return False
    if at - last.at > TYPING_PAUSE or last.length >= TYPING_LENGTH or "\n" in command.text or "\n" in earlier.text:
        return False
    typed_on = earlier.start == earlier.end and command.start == command.end == earlier.start + len(earlier.text)
    deleted_on = not earlier.text and not command.text and earlier.start in (command.end, command.start)
    return typed_on or deleted_on
