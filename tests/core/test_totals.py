"""Automatic totals: a total that was right before an edit is right after it; a wrong one is left alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.commands import AcceptTotals, ClearCells, FillBlank, PasteBlock, SetCell, reduce
from nianbao.core.ids import Address, SectionId, parse_address
from nianbao.core.report import BLANK, NA, Report, Text
from nianbao.core.totals import apply_edits, sum_of, total_equations
from rule_check import EDITION, empty
from strategies import broken, consistent_reports

GRANTED = parse_address("requests.granted.natural_person")
GRANTED_TOTAL = parse_address("requests.granted.total")
COLUMN_TOTAL = parse_address("requests.total.natural_person")
CORNER = parse_address("requests.total.total")
TOTALS = dict(total_equations(EDITION))


def zeros() -> Report:
    report = empty()
    for section in ("disclosure", "requests", "review"):
        report = reduce(report, FillBlank(SectionId(section)))
    return report


def test_the_first_number_of_a_blank_table_makes_its_totals() -> None:
    report = reduce(empty(), SetCell(GRANTED, 14))
    assert [report.cell(at) for at in (GRANTED_TOTAL, COLUMN_TOTAL, CORNER)] == [14, 14, 14]
    assert report.cell(parse_address("requests.granted.enterprise")) is BLANK


def test_a_wrong_published_total_is_left_alone() -> None:
    report = zeros().with_cell(GRANTED_TOTAL, 99)
    after = reduce(report, SetCell(GRANTED, 5))
    assert after.cell(GRANTED_TOTAL) == 99
    assert after.cell(COLUMN_TOTAL) == 5


def test_an_overtyped_total_stays_as_typed_and_is_wrong() -> None:
    report = reduce(zeros(), SetCell(GRANTED_TOTAL, 7))
    assert report.cell(GRANTED_TOTAL) == 7
    assert broken(report)


def test_accepting_computed_totals_mends_them() -> None:
    report = zeros().with_cells({EDITION.index[GRANTED]: 5})
    assert broken(report)
    mended = reduce(report, AcceptTotals((GRANTED_TOTAL, COLUMN_TOTAL, CORNER)))
    assert [line for line in broken(mended) if not line.startswith("C01")] == []


def test_a_total_over_words_is_blank_and_comes_back() -> None:
    report = reduce(zeros(), SetCell(GRANTED, 5))
    spoiled = reduce(report, SetCell(GRANTED, Text("五")))
    assert spoiled.cell(GRANTED_TOTAL) is BLANK
    assert reduce(spoiled, SetCell(GRANTED, 6)).cell(GRANTED_TOTAL) == 6


def test_not_applicable_counts_as_nothing() -> None:
    report = reduce(reduce(zeros(), SetCell(GRANTED, 5)), SetCell(parse_address("requests.granted.other"), NA))
    assert report.cell(GRANTED_TOTAL) == 5


def test_filling_the_rest_with_zero_keeps_what_is_there() -> None:
    report = reduce(reduce(empty(), SetCell(GRANTED, 14)), FillBlank(SectionId("requests")))
    assert report.cell(GRANTED_TOTAL) == report.cell(CORNER) == 14
    assert BLANK not in report.cells[EDITION.index[parse_address("requests.new_received.natural_person")] : EDITION.index[CORNER] + 8]
    assert report.cell(parse_address("review.reconsideration.total")) is BLANK


def test_clearing_a_row_takes_its_total_along() -> None:
    report = reduce(empty(), SetCell(GRANTED, 14))
    assert reduce(report, ClearCells((GRANTED,))).cell(GRANTED_TOTAL) is BLANK


def plain_cells() -> list[Address]:
    return [address for at, address in enumerate(EDITION.addresses) if at not in TOTALS and address.section != "disclosure"]


edits = st.lists(st.tuples(st.sampled_from(plain_cells()), st.integers(0, 999)), min_size=1, max_size=6, unique_by=lambda pair: pair[0])


@given(consistent_reports(EDITION), edits, st.randoms(use_true_random=False))
def test_totals_commute_with_the_order_of_edits(report: Report, pairs: list[tuple[Address, int]], random: object) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # a Random
    one, other = report, report
    for pair in pairs:
        one = reduce(one, SetCell(*pair))
    for pair in shuffled:
        other = reduce(other, SetCell(*pair))
    assert one.cells == other.cells == reduce(report, PasteBlock(tuple(pairs))).cells


@given(consistent_reports(), st.data())
def test_totals_that_were_right_are_right_after_any_edit(report: Report, data: st.DataObject) -> None:
    totals = dict(total_equations(report.edition))
    plain = [address for at, address in enumerate(report.edition.addresses) if at not in totals and address.section != "disclosure"]
    after = reduce(report, SetCell(data.draw(st.sampled_from(plain)), data.draw(st.integers(0, 10**6))))
    for total, equations in totals.items():
        for equation in equations:
            assert after.cells[total] == sum_of(after.cells, equation.addends)


def test_the_corner_follows_its_column_where_its_row_does_not_add_up() -> None:
    """The first identity of a total that held before the edit is the one that it keeps to."""
    totals = dict(total_equations(EDITION))
    corner, by_row, by_column = next((total, *equations) for total, equations in totals.items() if len(equations) == 2)
    in_column, in_row = by_column.addends[0], by_row.addends[0]
    start = zeros().with_cells({in_row: 3})
    assert sum_of(start.cells, by_row.addends) != start.cells[corner] == sum_of(start.cells, by_column.addends)
    addend = next(at for at in by_column.addends if at not in by_row.addends)
    after = apply_edits(start, {addend: 5})
    assert after.cells[corner] == sum_of(after.cells, by_column.addends) == 5
    assert in_column in by_column.addends
