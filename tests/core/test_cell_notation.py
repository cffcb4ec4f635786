"""Parsing of cell values as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.cell_notation import Normalisation, format_cell, money_in_wan, parse_cell
from nianbao.core.checks.context import CheckContext
from nianbao.core.checks.tables.cells import check_cells
from nianbao.core.edition import CellKind
from nianbao.core.report import BLANK, NA, Cell, Header, Text, blank_report
from nianbao.templates import load_catalogue, load_edition

COUNT, CHANGE, AMOUNT, MONEY = CellKind.COUNT, CellKind.CHANGE, CellKind.AMOUNT, CellKind.MONEY


@pytest.mark.parametrize(
    ("written", "kind", "value", "notes"),
    [
        ("", COUNT, BLANK, ()),
        (" \u3000\u200b", COUNT, BLANK, ()),
        ("0", COUNT, 0, ()),
        ("／", COUNT, NA, ()),
        ("-", COUNT, NA, (Normalisation.NOT_APPLICABLE,)),
        ("无", COUNT, NA, (Normalisation.NOT_APPLICABLE,)),
        ("１２３", COUNT, 123, (Normalisation.FULL_WIDTH,)),
        ("1,234", COUNT, 1234, (Normalisation.SEPARATOR,)),
        ("1，234", COUNT, 1234, (Normalisation.SEPARATOR,)),
        ("12 件", COUNT, 12, (Normalisation.UNIT,)),
        ("1,23", COUNT, Text("1,23"), ()),
        ("十二", COUNT, Text("十二"), ()),
        ("3.5", COUNT, Decimal("3.5"), ()),
        ("-5", COUNT, -5, ()),
        ("+2", CHANGE, 2, (Normalisation.SIGN,)),
        ("减4", CHANGE, -4, (Normalisation.SIGN,)),
        ("增3", CHANGE, 3, (Normalisation.SIGN,)),
        ("59237.2449", AMOUNT, Decimal("59237.2449"), ()),
        ("1.2万元", AMOUNT, Decimal("1.2"), (Normalisation.UNIT,)),
        ("251000元", AMOUNT, Decimal("25.1"), (Normalisation.UNIT, Normalisation.YUAN)),
        ("251000元", MONEY, Text("251000元"), ()),
        ("52.15", MONEY, Decimal("52.15"), ()),
        ("12万元", COUNT, Text("12万元"), ()),
        ("12件", AMOUNT, Text("12件"), ()),
        ("9" * 100, COUNT, Text("9" * 100), ()),
    ],
)
def test_a_written_cell_is_read_by_its_kind_with_notes_on_what_was_changed(
    written: str, kind: CellKind, value: Cell, notes: tuple[Normalisation, ...]
) -> None:
    reading = parse_cell(written, kind)
    assert (reading.value, reading.notes) == (value, notes)
    assert type(reading.value) is type(value)


@given(st.one_of(st.integers(-(10**8), 10**9), st.decimals(0, 10**6, places=4), st.just(BLANK), st.just(NA)))
def test_what_is_written_reads_back(value: Cell) -> None:
    again = parse_cell(format_cell(value), COUNT).value
    assert again == value


@given(st.text(max_size=30), st.sampled_from(CellKind))
def test_reading_never_fails_and_never_makes_a_number_of_words(written: str, kind: CellKind) -> None:
    value = parse_cell(written, kind).value
    if isinstance(value, int | Decimal):
        assert any(character.isnumeric() for character in written)


WRITTEN = st.lists(
    st.sampled_from([*"0123456789", "１", "-", "−", "+", "增", "减", ".", "，", " ", "　", "件", "元", "万元", "亿元", "12"]), max_size=7
)


@given(st.one_of(WRITTEN.map("".join).map(Text), st.decimals(-100, 100, places=1)), st.integers(min_value=0))
def test_what_is_offered_for_a_cell_is_itself_right(value: Cell, place: int) -> None:
    edition = load_edition("2019")
    address = edition.addresses[place % len(edition.addresses)]
    report = blank_report(edition, Header()).with_cells(dict.fromkeys(range(len(edition.addresses)), 0)).with_cell(address, value)
    for finding in check_cells(CheckContext(report, load_catalogue())):
        for repair in finding.repairs:
            mended = report.with_cell(repair[0].cell, repair[0].after)
            assert list(check_cells(CheckContext(mended, load_catalogue()))) == []


@pytest.mark.parametrize("zero", ["-0", "-0.0", "-0.00"])
def test_a_zero_is_printed_without_a_sign(zero: str) -> None:
    assert format_cell(Decimal(zero)) == zero[1:]


def test_money_in_any_printed_unit_is_read_in_units_of_ten_thousand_yuan() -> None:
    assert money_in_wan(Text("21552.9万元")) == Decimal("21552.9")
    assert money_in_wan(Text("251000元")) == Decimal("25.1")
    assert money_in_wan(Text("若干")) is None
    assert money_in_wan(52) == 52
