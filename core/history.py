"""Undo and redo as snapshots: with shared, frozen reports a snapshot costs one reference."""

from __future__ import annotations

from dataclasses import dataclass

from .commands import Command, ReplaceText, reduce
from .report import Report  # noqa: TC001 - dataclass fields are read at run time by strategies

TYPING_PAUSE = 2.0
"""Seconds after which further typing becomes an undo step of its own."""
TYPING_LENGTH = 100
"""Characters after which further typing becomes an undo step of its own."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command that was done, the report before it, and when it was last added to."""

    command: Command
    before: Report
    at: float
    length: int = 1
    """How many commands were joined in it."""


@dataclass(frozen=True, slots=True)
class History:
    """What was done (`past`), what is (`present`), and what was undone (`future`, nearest first)."""

    present: Report
    past: tuple[Step, ...] = ()
    future: tuple[tuple[Step, Report], ...] = ()

    def do(self, command: Command, at: float = 0.0) -> History:
        """Apply a command at a time in seconds; typing that goes on is joined into one step. Raises CommandError."""
        after = reduce(self.present, command)
        if after is self.present:
            return self
        if self.past and not self.future and joins(self.past[-1], command, at):
            last = self.past[-1]
            return History(after, (*self.past[:-1], Step(command, last.before, at, last.length + 1)))
        return History(after, (*self.past, Step(command, self.present, at)))

    def undo(self) -> History:
        """One step back; the same object where there is none."""
        if not self.past:
            return self
        step = self.past[-1]
        return History(step.before, self.past[:-1], ((step, self.present), *self.future))

    def redo(self) -> History:
        """One undone step forward again; the same object where there is none."""
        if not self.future:
            return self
        step, after = self.future[0]
        return History(after, (*self.past, step), self.future[1:])


def joins(last: Step, command: Command, at: float) -> bool:
    """Whether a command goes on typing (or deleting) where the last step stopped."""
    earlier = last.command
    if not (isinstance(earlier, ReplaceText) and isinstance(command, ReplaceText) and earlier.section == command.section):
        return False
    if at - last.at > TYPING_PAUSE or last.length >= TYPING_LENGTH or "\n" in command.text or "\n" in earlier.text:
        return False
    typed_on = earlier.start == earlier.end and command.start == command.end == earlier.start + len(earlier.text)
    deleted_on = not earlier.text and not command.text and earlier.start in (command.end, command.start)
    return typed_on or deleted_on
