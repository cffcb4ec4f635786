"""Undo and redo: grouping into steps, and restoring of the report."""

from __future__ import annotations

from example_counts import examples
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from nianbao.core.commands import ReplaceText, SetHeader, SetText
from nianbao.core.history import History
from nianbao.core.ids import SectionId
from rule_check import carried_report
from strategies import commands

OVERVIEW = SectionId("overview")


def test_a_command_that_changes_nothing_is_no_step() -> None:
    history = History(carried_report())
    assert history.do(SetHeader("year", 2024)) is history


def test_typing_is_one_step_until_a_pause_a_new_line_or_another_place() -> None:
    history = History(carried_report())
    for at, character in enumerate("总体情况"):
        history = history.do(ReplaceText(OVERVIEW, at, at, character), at=at * 0.5)
    assert len(history.past) == 1
    history = history.do(ReplaceText(OVERVIEW, 4, 4, "好"), at=60.0)
    assert len(history.past) == 2
    history = history.do(ReplaceText(OVERVIEW, 5, 5, "\n"), at=60.1)
    assert len(history.past) == 3
    history = history.do(ReplaceText(OVERVIEW, 0, 0, "一"), at=60.2)
    assert len(history.past) == 4
    assert history.undo().undo().undo().present.text(OVERVIEW) == "总体情况"


def test_backspacing_is_one_step() -> None:
    history = History(carried_report()).do(SetText(OVERVIEW, "总体情况"))
    for at in (3, 2, 1):
        history = history.do(ReplaceText(OVERVIEW, at, at + 1, ""), at=1.0)
    assert history.undo().present.text(OVERVIEW) == "总体情况"


class HistoryMachine(RuleBasedStateMachine):
    """State machine: the history agrees with a list of reports and an index."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History(carried_report())
        self.all = [self.history.present]
        self.at = 0

    @rule(data=st.data())
    def do(self, data: st.DataObject) -> None:
        command = data.draw(commands(self.history.present))
        self.history = self.history.do(command, at=1000.0 * len(self.all) + 10 * self.at)
        if self.history.present is not self.all[self.at]:
            self.all[self.at + 1 :] = [self.history.present]
            self.at += 1

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self) -> None:
        self.history = self.history.undo()
        self.at -= 1

    @precondition(lambda self: self.at < len(self.all) - 1)
    @rule()
    def redo(self) -> None:
        self.history = self.history.redo()
        self.at += 1

    @invariant()
    def agrees(self) -> None:
        assert self.history.present is self.all[self.at] or self.history.present == self.all[self.at]
        assert len(self.history.past) == self.at
        assert len(self.history.future) == len(self.all) - 1 - self.at


def test_undo_after_do_is_the_identity() -> None:
    run_state_machine_as_test(HistoryMachine, settings=examples(25, steps=20))
