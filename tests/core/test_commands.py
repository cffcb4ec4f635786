"""Commands are pure, undoable and plain enough for a journal."""

from __future__ import annotations

import json

import pytest
from example_counts import examples
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from nianbao.core.commands import (
    ClearCells,
    Command,
    CommandError,
    ConfirmCarried,
    FillBlank,
    PasteBlock,
    ReplaceText,
    ReplaceTexts,
    SetCell,
    SetHeader,
    SetText,
    from_data,
    reduce,
    to_data,
)
from nianbao.core.history import History
from nianbao.core.ids import PREFACE, SectionId, parse_address
from nianbao.core.report import Header, Report, blank_report
from nianbao.templates import load_edition
from strategies import commands, reports

EDITION = load_edition("2021")
OVERVIEW = SectionId("overview")


def empty() -> Report:
    return blank_report(EDITION, Header(agency="示例市民政局", kind="department", year=2024, preface="前言", carried=("aa", "bb")))


@given(st.data())
def test_a_command_survives_the_journal(data: st.DataObject) -> None:
    report = data.draw(reports())
    command = data.draw(commands(report))
    assert from_data(json.loads(json.dumps(to_data(command)))) == command


@given(st.data())
def test_reduce_is_pure_and_shares_what_it_does_not_touch(data: st.DataObject) -> None:
    report = data.draw(reports())
    command = data.draw(commands(report))
    before = (report.header, report.texts, report.cells)
    one, other = reduce(report, command), reduce(report, command)
    assert one == other
    assert (report.header, report.texts, report.cells) == before
    assert sum(new is not old for new, old in zip(one.texts, report.texts, strict=True)) <= 1


@pytest.mark.parametrize(
    "command",
    [
        SetCell(parse_address("requests.nowhere.total"), 1),
        PasteBlock(((parse_address("a.b.c"), 1),)),
        ClearCells((parse_address("a.b.c"),)),
        FillBlank(SectionId("nowhere")),
        SetText(SectionId("nowhere"), ""),
        ReplaceText(OVERVIEW, 0, 1, "x"),
        ReplaceText(OVERVIEW, 1, 0, "x"),
        SetHeader("year", "2024"),
        SetHeader("nothing", "x"),
        SetHeader("year", -3),
        SetHeader("year", 12345),
    ],
)
def test_a_command_that_means_nothing_is_refused(command: Command) -> None:
    with pytest.raises(CommandError):
        reduce(empty(), command)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"do": "Nothing"},
        {"do": "SetCell", "cell": "a.b", "value": 1},
        {"do": "SetCell", "cell": "a.b.c", "value": 1.5},
        {"do": "SetCell", "cell": "a.b.c", "value": "=x"},
        {"do": "SetHeader", "field": "published", "value": {"date": "yesterday"}},
        {"do": "PasteBlock", "cells": [["a.b.c"]]},
        {"do": "SetText", "section": "overview", "text": None},
        {"do": "SetCell", "cell": "a.b.c", "value": "=NaN"},
        {"do": "SetCell", "cell": "a.b.c", "value": "=sNaN"},
        {"do": "SetCell", "cell": "a.b.c", "value": "=-Infinity"},
        {"do": "SetCell", "cell": "a.b.c", "value": "=1E+999999"},
        {"do": "SetCell", "cell": "a.b.c", "value": "=1E-999999"},
        {"do": "SetCell", "cell": "a.b.c", "value": 10**200},
        {"do": "SetCell", "cell": "a.b.c", "value": True},
        {"do": "PasteBlock", "cells": [["a.b.c", "=NaN"]]},
        {"do": "ApplyRepair", "cells": [["a.b.c", "=Infinity"]]},
        {"do": "ReplaceText", "section": "overview", "start": True, "end": 2, "text": "x"},
        {"do": "ReplaceText", "section": "overview", "start": 0, "end": True, "text": "x"},
        {"do": "ReplaceText", "section": "overview", "start": -1, "end": 0, "text": "x"},
        {"do": "ReplaceText", "section": "overview", "start": 2, "end": 1, "text": "x"},
        {"do": "SetHeader", "field": "year", "value": -3},
        {"do": "SetHeader", "field": "year", "value": 12345},
        {"do": "SetHeader", "field": "year", "value": True},
        {"do": "SetHeader", "field": "agency", "value": 5},
        {"do": "SetHeader", "field": "agency", "value": {"date": "2025-01-24"}},
        {"do": "SetHeader", "field": "edition", "value": "2021"},
        {"do": "ConfirmCarried", "marks": [1]},
    ],
)
def test_damaged_journal_data_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(CommandError):
        from_data(data)


def test_the_preface_is_edited_like_a_section() -> None:
    report = reduce(empty(), ReplaceText(PREFACE, 2, 2, "。\r\n第二段"))
    assert report.header.preface == "前言。\n第二段"


def test_confirming_a_carried_paragraph_removes_its_mark() -> None:
    assert reduce(empty(), ConfirmCarried(("aa",))).header.carried == ("bb",)


def test_a_command_that_changes_nothing_is_no_step() -> None:
    history = History(empty())
    assert history.do(SetHeader("year", 2024)) is history


def test_typing_is_one_step_until_a_pause_a_new_line_or_another_place() -> None:
    history = History(empty())
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
    history = History(empty()).do(SetText(OVERVIEW, "总体情况"))
    for at in (3, 2, 1):
        history = history.do(ReplaceText(OVERVIEW, at, at + 1, ""), at=1.0)
    assert history.undo().present.text(OVERVIEW) == "总体情况"


class HistoryMachine(RuleBasedStateMachine):
    """History agrees with a plain list of reports and a position in it."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History(empty())
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


def test_replacing_everywhere_is_one_step_and_survives_the_journal() -> None:
    report = empty()
    command = ReplaceTexts(((PREFACE, "新前言"), (OVERVIEW, "总体\r\n情况")))
    assert from_data(json.loads(json.dumps(to_data(command)))) == command
    history = History(report).do(command, at=0.0)
    assert (history.present.header.preface, history.present.text(OVERVIEW)) == ("新前言", "总体\n情况")
    assert history.undo().present == report


@pytest.mark.parametrize(
    "texts",
    [[["nowhere", "x"], ["overview", "y"]], [["overview"]], [["overview", 3]], "overview", [3]],
)
def test_replacing_everywhere_refuses_what_is_no_section_and_no_text(texts: object) -> None:
    with pytest.raises(CommandError):
        reduce(empty(), from_data({"do": "ReplaceTexts", "texts": texts}))
