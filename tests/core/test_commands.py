"""Commands: pure, undoable, and serializable to the journal."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import find, given
from hypothesis import strategies as st
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
    cell_from_data,
    cell_to_data,
    from_data,
    reduce,
    to_data,
)
from nianbao.core.history import History
from nianbao.core.ids import PREFACE, SectionId, parse_address
from nianbao.core.report import Header, Text, blank_report
from nianbao.templates import load_edition
from rule_check import carried_report
from strategies import commands, reports, sparse_reports

OVERVIEW = SectionId("overview")


@given(st.data())
def test_a_command_survives_the_journal(data: st.DataObject) -> None:
    report = data.draw(st.one_of(sparse_reports(), reports()))
    command = data.draw(commands(report))
    assert from_data(json.loads(json.dumps(to_data(command)))) == command


@given(st.data())
def test_reduce_is_pure_and_shares_what_it_does_not_touch(data: st.DataObject) -> None:
    report = data.draw(st.one_of(sparse_reports(), reports()))
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
        SetHeader("year", 10000),
        SetHeader("year", 12345),
    ],
)
def test_a_command_that_means_nothing_is_refused(command: Command) -> None:
    with pytest.raises(CommandError):
        reduce(carried_report(), command)


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
        {"do": "SetCell", "cell": "a.b.c", "value": ["'"]},
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
    report = reduce(carried_report(), ReplaceText(PREFACE, 2, 2, "。\r\n第二段"))
    assert report.header.preface == "前言。\n第二段"


def test_confirming_a_carried_paragraph_removes_its_mark() -> None:
    assert reduce(carried_report(), ConfirmCarried(("aa",))).header.carried == ("bb",)


def test_replacing_everywhere_is_one_step_and_survives_the_journal() -> None:
    report = carried_report()
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
        reduce(carried_report(), from_data({"do": "ReplaceTexts", "texts": texts}))


@pytest.mark.parametrize("written", ["18.8710", "1021.90", "-0.5", "0.00", "12345678.1234"])
def test_an_amount_survives_the_journal_to_its_last_digit(written: str) -> None:
    assert str(cell_from_data(json.loads(json.dumps(cell_to_data(Decimal(written)))))) == written


@pytest.mark.parametrize("value", [True, False])
def test_a_truth_value_is_no_cell(value: bool) -> None:
    with pytest.raises(TypeError):
        cell_to_data(value)


@pytest.mark.parametrize("raw", ["", "'", "'五", "五件"])
def test_the_words_of_a_cell_survive_the_journal_whole(raw: str) -> None:
    assert cell_from_data(cell_to_data(Text(raw))) == Text(raw)


def test_the_last_year_of_four_digits_is_a_year() -> None:
    assert reduce(carried_report(), SetHeader("year", 9999)).header.year == 9999


def test_commands_with_amounts_are_among_those_drawn() -> None:
    """The promise of the tests above that draw commands."""
    drawn = st.sampled_from(["2019", "2021"]).flatmap(lambda name: commands(blank_report(load_edition(name), Header())))
    found = find(drawn, lambda command: isinstance(command, SetCell) and isinstance(command.value, Decimal) and command.value % 1 != 0)
    assert isinstance(found, SetCell)
