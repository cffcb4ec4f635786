"""Which cells are wrong where a table does not add up, and what they ought to hold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import pytest
from example_counts import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from nianbao.core.edition import Block, CellKind, Column, Edition, Equation, Row, Section, Table
from nianbao.core.ids import Address, ColumnId, RowId, SectionId, parse_address
from nianbao.core.repair import suggest as repair_module
from nianbao.core.repair.search import Budget, Search, plan_of
from nianbao.core.repair.suggest import MOST_CANDIDATES, MOST_CELLS, Correction, InconsistencyGroup, Repair, concerning, repaired, repairs
from nianbao.core.repair.typo_model import surprise
from nianbao.core.report import BLANK, NA, Cell, Header, Report, Text, blank_report
from nianbao.templates import load_edition
from strategies_repair import (
    OFFICES,
    SLIPS,
    Office,
    best_repair,
    consistent_report,
    damaged,
    differences,
    identities_hold,
    number,
    repeatable,
    reports,
    table_three,
)

EDITIONS = [load_edition("2021"), load_edition("2019")]
FORM = EDITIONS[0]
COUNTY, CITY = OFFICES[1], OFFICES[2]

each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
each_office = pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.name)


def at(address: str, edition: Edition = FORM) -> int:
    return edition.index[parse_address(address)]


def zeros(edition: Edition = FORM) -> Report:
    return blank_report(edition, Header()).with_cells(dict.fromkeys(range(len(edition.addresses)), 0))


def with_row(report: Report, row: str, *values: Cell) -> Report:
    section, name = row.split(".")
    return report.with_cells(dict(zip(report.edition.row_cells[SectionId(section), RowId(name)], values, strict=True)))


def spoken(edition: Edition, repair: Repair) -> dict[str, tuple[int | Decimal, int | Decimal]]:
    return {str(edition.addresses[change.index]): (change.old, change.new) for change in repair.changes}


def only(problems: tuple[InconsistencyGroup, ...]) -> InconsistencyGroup:
    (problem,) = problems
    return problem


# ------------------------------------------------------------------ table 三, one cell


@each_edition
@pytest.mark.parametrize("slip", SLIPS)
def test_one_wrong_cell_is_found_with_its_old_value_wherever_it_stands(edition: Edition, slip: str) -> None:
    random = repeatable(slip)
    tried = 0
    for position, index in enumerate(table_three(edition)):
        right = consistent_report(edition, OFFICES[position % len(OFFICES)], random)
        value = number(right, index)
        written = SLIPS[slip](value, random)
        if written is None or written == value:
            continue
        tried += 1
        problem = only(repairs(right.with_cells({index: written})))
        assert problem.candidates == (Repair((Correction(index, written, value),)),)
        assert problem.count == 1
    assert tried > len(table_three(edition)) // 10


@each_edition
def test_one_wrong_cell_in_an_empty_table_is_found(edition: Edition) -> None:
    for index in table_three(edition):
        assert best_repair(repairs(zeros(edition).with_cells({index: 1}))) == {index: 0}


@given(st.sampled_from(EDITIONS).flatmap(reports), st.data())
@examples(50)
def test_one_wrong_cell_is_found_whatever_was_written(right: Report, data: st.DataObject) -> None:
    index = data.draw(st.sampled_from(table_three(right.edition)))
    written = data.draw(st.integers(0, 10**12).filter(lambda value: value != number(right, index)))
    assert only(repairs(right.with_cells({index: written}))).candidates == (Repair((Correction(index, written, number(right, index)),)),)


@given(st.sampled_from(EDITIONS).flatmap(reports))
@examples(20)
def test_a_table_that_adds_up_has_no_problem(report: Report) -> None:
    assert identities_hold(report)
    assert repairs(report) == ()


# ------------------------------------------------------------------ table 三, several cells


def share_found(office: Office, kind: str, wrong_cells: int, cases: int) -> tuple[float, float]:
    """How often the first repair is the truth, and how often it is among those given."""
    random = repeatable(f"{office.name} {kind} {wrong_cells}")
    first = among = tried = 0
    while tried < cases:
        right = consistent_report(random.choice(EDITIONS), office, random)
        wrong = damaged(right, kind, wrong_cells, random)
        if wrong is None:
            continue
        tried += 1
        truth = differences(right, wrong)
        problems = repairs(wrong)
        found = best_repair(problems) == truth
        first += found
        among += found or any(
            {change.index: change.new for change in repair.changes} == truth for problem in problems for repair in problem.candidates
        )
    return first / tried, among / tried


@each_office
def test_two_wrong_cells_are_found_in_99_of_100_tables(office: Office) -> None:
    """Two slips in cells of table 三 that have nothing to do with each other, each of any kind: one too many or too few, a digit wrong,
    dropped, added or transposed, a value left out, any other number."""
    assert set(SLIPS) == {"one_off", "wrong_digit", "dropped_digit", "added_digit", "transposed_digits", "left_out", "anything"}
    first, among = share_found(office, "mixed", 2, 1000)
    assert first >= 0.99
    assert among >= 0.995


@pytest.mark.parametrize("kind", ["wrong_digit", "dropped_digit", "added_digit", "transposed_digits", "anything"])
def test_two_wrong_cells_are_found_in_99_of_100_tables_whatever_the_slips(kind: str) -> None:
    first, among = share_found(CITY, kind, 2, 400)
    assert first >= 0.99
    assert among >= 0.995


@each_office
def test_three_wrong_cells_are_found_mostly(office: Office) -> None:
    first, among = share_found(office, "mixed", 3, 100)
    assert first >= 0.95
    assert among >= 0.97


@pytest.mark.parametrize("wrong_cells", [4, 5, 6, 8])
def test_past_three_wrong_cells_hardly_ever_anything_is_said(wrong_cells: int) -> None:
    """Only where three cells would account for all that four or five have made wrong can nobody know."""
    random = repeatable(wrong_cells)
    said = tried = 0
    while tried < 300:
        wrong = damaged(consistent_report(random.choice(EDITIONS), random.choice(OFFICES), random), "mixed", wrong_cells, random)
        if wrong is not None:
            tried += 1
            said += any(problem.candidates for problem in repairs(wrong))
    assert said / tried <= (0.01 if wrong_cells < 6 else 0)


@each_office
def test_two_cells_wrong_by_one_are_among_the_repairs_given(office: Office) -> None:
    """Two cells off by the same amount may stand at either two of four corners, and no sum tells which."""
    first, among = share_found(office, "one_off", 2, 100)
    assert first >= 0.7
    assert among >= 0.95


@each_office
def test_a_value_moved_to_a_neighbour_is_among_the_repairs_given(office: Office) -> None:
    _, among = share_found(office, "moved", 2, 100)
    assert among >= 0.98


def added_up(**results: tuple[int, int, int, int, int, int]) -> Report:
    """A table 三 of these result rows, all newly received and handled this year, with every total right."""
    report = zeros()
    for row, values in results.items():
        report = with_row(report, f"requests.{row}", *values, sum(values))
    columns = [sum(column) for column in zip(*results.values(), strict=True)]
    for row in ("total", "new_received"):
        report = with_row(report, f"requests.{row}", *columns, sum(columns))
    assert identities_hold(report)
    return report


def test_equal_slips_could_stand_in_either_two_of_four_corners_and_both_are_given() -> None:
    right = added_up(granted=(40, 50, 60, 0, 0, 0), rejected_repeated=(70, 80, 90, 0, 0, 0))
    wrong = right.with_cells({at("requests.granted.enterprise"): 52, at("requests.rejected_repeated.research"): 92})
    problem = only(repairs(wrong))
    assert problem.count == 2
    assert {tuple(spoken(FORM, repair).items()) for repair in problem.candidates} == {
        (("requests.granted.enterprise", (52, 50)), ("requests.rejected_repeated.research", (92, 90))),
        (("requests.granted.research", (60, 58)), ("requests.rejected_repeated.enterprise", (80, 78))),
    }


def test_equal_slips_are_told_apart_where_the_other_corners_have_no_room() -> None:
    right = added_up(granted=(40, 0, 1, 0, 0, 0), rejected_repeated=(70, 0, 90, 0, 0, 0))
    wrong = right.with_cells({at("requests.granted.enterprise"): 2, at("requests.rejected_repeated.research"): 92})
    problem = only(repairs(wrong))
    assert problem.count == 1
    assert best_repair((problem,)) == differences(right, wrong)


def test_equal_slips_are_told_apart_by_what_people_do_to_digits() -> None:
    right = added_up(granted=(40, 27, 60, 0, 0, 0), rejected_repeated=(70, 80, 138, 0, 0, 0))
    wrong = right.with_cells({at("requests.granted.enterprise"): 72, at("requests.rejected_repeated.research"): 183})
    problem = only(repairs(wrong))
    assert problem.count == 2
    assert best_repair((problem,)) == differences(right, wrong)


def test_a_value_written_one_column_off_goes_back_where_it_was() -> None:
    right = added_up(granted=(0, 0, 7, 0, 0, 0), rejected_repeated=(3, 12, 0, 0, 0, 0), unavailable_not_held=(5, 8, 2, 0, 0, 0))
    problem = only(repairs(with_row(right, "requests.granted", 0, 7, 0, 0, 0, 0, 7)))
    best = problem.candidates[0]
    assert spoken(FORM, best) == {"requests.granted.enterprise": (7, 0), "requests.granted.research": (0, 7)}
    assert problem.count == 3  # in each other row two wrong figures would explain it too
    assert [equation.place for equation in problem.equations] == ["商业企业", "科研机构"]
    for equation in problem.equations:
        assert concerning(FORM, (problem,), equation)[0] == best  # half of it would spoil the row


@given(st.sampled_from(EDITIONS).flatmap(reports), st.data())
def test_every_repair_mends_its_problem_breaks_nothing_and_writes_only_counts(right: Report, data: st.DataObject) -> None:
    cells = st.sampled_from(range(len(right.cells)))
    wrong = right.with_cells(data.draw(st.dictionaries(cells, st.integers(0, 30), max_size=5)))
    before = set(violated(wrong))
    for problem in repairs(wrong):
        assert set(problem.equations) <= before
        assert len(problem.candidates) == min(problem.count, MOST_CANDIDATES)
        assert len({len(repair.changes) for repair in problem.candidates}) <= 1
        for repair in problem.candidates:
            assert 1 <= len(repair.changes) <= MOST_CELLS
            assert all(change.old == wrong.cells[change.index] != change.new for change in repair.changes)
            assert all(isinstance(change.new, int) and change.new >= 0 for change in repair.changes)
            assert set(violated(repaired(wrong, repair))) == before - set(problem.equations)


@given(st.sampled_from(EDITIONS).flatmap(reports), st.data())
@examples(30)
def test_every_violated_identity_belongs_to_one_problem_and_the_answer_is_always_the_same(right: Report, data: st.DataObject) -> None:
    cells = st.sampled_from(range(len(right.cells)))
    wrong = right.with_cells(data.draw(st.dictionaries(cells, st.integers(0, 30), max_size=8)))
    problems = repairs(wrong)
    assert sorted(map(id, violated(wrong))) == sorted(id(equation) for problem in problems for equation in problem.equations)
    assert repairs(wrong) == problems


def violated(report: Report) -> list[Equation]:
    return [
        equation
        for equation in plan_of(report.edition).equations
        if sum(number(report, cell) for cell in equation.left) != sum(number(report, cell) for cell in equation.right)
    ]


# ------------------------------------------------------------------ where nothing is said


def test_past_three_wrong_cells_nothing_is_said() -> None:
    right = consistent_report(FORM, CITY, repeatable(4))
    wrong = right.with_cells(
        {
            at(address): number(right, at(address)) + more
            for address, more in (
                ("requests.granted.natural_person", 1),
                ("requests.rejected_repeated.enterprise", 20),
                ("requests.rejected_complaint.research", 300),
                ("requests.unavailable_not_held.other", 4000),
            )
        }
    )
    problem = only(repairs(wrong))
    assert len(problem.equations) == 8
    assert problem.candidates == ()
    assert problem.count == 0
    assert concerning(FORM, (problem,), problem.equations[0]) == ()


def test_a_search_that_takes_too_long_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    right = consistent_report(FORM, CITY, repeatable(5))
    index = at("requests.granted.total")
    wrong = right.with_cells({index: number(right, index) + 1})
    assert only(repairs(wrong)).count == 1
    monkeypatch.setattr(repair_module, "BUDGET", 0)
    assert only(repairs(wrong)).candidates == ()


@given(st.integers(0, 2**32))
@examples(100)
def test_the_budget_suffices_for_three_wrong_cells(seed: int) -> None:
    """Also where they share a row or a column and cancel out, which leaves the most to look at."""
    random = repeatable(seed)
    right = consistent_report(FORM, random.choice(OFFICES), random)
    cells = table_three(FORM)
    row, column = random.randrange(25), random.randrange(7)
    pool = {*cells[7 * row : 7 * row + 7], *cells[column::7]}
    changes = {index: max(0, number(right, index) + random.choice((-1, 1))) for index in random.sample(sorted(pool), 3)}
    assert all(problem.candidates for problem in repairs(right.with_cells(changes)))


# ------------------------------------------------------------------ parts for themselves


def test_tables_are_repaired_for_themselves() -> None:
    right = consistent_report(FORM, COUNTY, repeatable(6))
    cell, total = at("requests.refused_by_law.enterprise"), at("review.litigation_direct.total")
    wrong = right.with_cells({cell: number(right, cell) + 3, total: number(right, total) + 200})
    three, four = repairs(wrong)
    assert {equation.code for equation in three.equations} == {"C02", "C03"}
    assert [equation.code for equation in four.equations] == ["C04"]
    assert best_repair((three,)) == {cell: number(right, cell)}
    assert best_repair((four,)) == {total: number(right, total)}


def test_clusters_that_share_no_cell_are_repaired_for_themselves_up_to_three_cells_between_them() -> None:
    right = consistent_report(FORM, CITY, repeatable(7))
    slips = {
        "requests.new_received.enterprise": 3,
        "requests.granted.natural_person": 400,
        "requests.rejected_repeated.research": 5000,
    }
    wrong = right.with_cells({at(address): number(right, at(address)) + more for address, more in slips.items()})
    problems = repairs(wrong)
    assert len(problems) > 1
    assert best_repair(problems) == differences(right, wrong)
    fourth = at("requests.carried_forward.other")
    problems = repairs(wrong.with_cells({fourth: number(right, fourth) + 20}))
    assert len(problems) > 1
    assert not any(problem.candidates for problem in problems)


def test_a_finding_gets_the_changes_that_hang_together_with_its_identity() -> None:
    right = consistent_report(FORM, CITY, repeatable(8))
    one, other = at("requests.granted.natural_person"), at("requests.rejected_repeated.enterprise")
    wrong = right.with_cells({one: number(right, one) + 7, other: number(right, other) + 40})
    problem = only(repairs(wrong))
    assert len(problem.candidates[0].changes) == 2
    for equation in problem.equations:
        (repair,) = concerning(FORM, (problem,), equation)
        assert repair.changes == tuple(change for change in problem.candidates[0].changes if change.index in equation.cells)
        assert equation not in violated(repaired(wrong, repair))
    kept = next(equation for equation in FORM.equations if equation not in problem.equations)
    assert concerning(FORM, (problem,), kept) == ()


# ------------------------------------------------------------------ table 四


def test_a_row_of_table_four_gives_every_cell_that_could_be_wrong_the_total_first() -> None:
    problem = only(repairs(with_row(zeros(), "review.reconsideration", 2, 0, 1, 0, 4)))
    assert [spoken(FORM, repair) for repair in problem.candidates] == [
        {"review.reconsideration.total": (4, 3)},
        {"review.reconsideration.upheld": (2, 3)},
        {"review.reconsideration.other": (1, 2)},
        {"review.reconsideration.corrected": (0, 1)},
        {"review.reconsideration.pending": (0, 1)},
    ]


def test_what_would_have_to_be_negative_is_no_repair() -> None:
    problem = only(repairs(with_row(zeros(), "review.litigation_direct", 2, 0, 1, 0, 0)))
    assert [spoken(FORM, repair) for repair in problem.candidates] == [{"review.litigation_direct.total": (0, 3)}]


@pytest.mark.parametrize(
    ("row", "best"),
    [
        pytest.param((34, 2, 0, 1, 46), ("upheld", 43), id="two digits in each other's place"),
        pytest.param((120, 0, 3, 0, 15), ("upheld", 12), id="a digit too many"),
        pytest.param((7, 40, 0, 0, 117), ("upheld", 77), id="a digit dropped, as likely as any in the total"),
        pytest.param((1, 0, 0, 0, 0), ("total", 1), id="a total forgotten"),
        pytest.param((12, 3, 5, 0, 2), ("total", 20), id="a total without its last digit"),
    ],
)
def test_the_commoner_slip_comes_first(row: tuple[int, ...], best: tuple[str, int]) -> None:
    problem = only(repairs(with_row(zeros(), "review.reconsideration", *row)))
    (change,) = problem.candidates[0].changes
    assert (FORM.addresses[change.index].column, change.new) == best


# ------------------------------------------------------------------ cells without a proper number


@pytest.mark.parametrize(
    "value",
    [BLANK, NA, Text("见附件"), -3, Decimal("2.5"), 10**4000, Decimal("NaN"), Decimal("1E+999999")],
    ids=["blank", "not applicable", "words", "negative", "fraction", "vast", "no number", "beyond all bounds"],
)
def test_an_identity_with_no_proper_number_in_it_cannot_be_judged(value: Cell) -> None:
    right = consistent_report(FORM, CITY, repeatable(10))
    hole = at("requests.granted.enterprise")
    assert repairs(right.with_cells({hole: value})) == ()
    elsewhere = at("requests.rejected_repeated.other")
    wrong = right.with_cells({hole: value, elsewhere: number(right, elsewhere) + 6})
    assert best_repair(repairs(wrong)) == {elsewhere: number(right, elsewhere)}


def test_two_of_three_that_could_be_wrong_are_both_given() -> None:
    right = consistent_report(FORM, CITY, repeatable(11))
    wrong = right.with_cells(dict.fromkeys((at("requests.granted.total"), at("requests.rejected_repeated.total")), BLANK))
    index = at("requests.granted.natural_person")
    problem = only(repairs(wrong.with_cells({index: number(right, index) + 1})))
    assert {change.index for repair in problem.candidates for change in repair.changes} == {
        index,
        at("requests.rejected_repeated.natural_person"),
    }
    assert all(len(repair.changes) == 1 for repair in problem.candidates)


def test_without_row_totals_a_column_names_the_likeliest_of_its_cells_and_how_many_there_are() -> None:
    right = consistent_report(FORM, OFFICES[4], repeatable(12))
    wrong = right.with_cells(dict.fromkeys(table_three(FORM)[6::7], BLANK))
    index = at("requests.granted.enterprise")
    problem = only(repairs(wrong.with_cells({index: number(right, index) + 1})))
    assert problem.count == 21
    assert len(problem.candidates) == MOST_CANDIDATES


def test_columns_that_nothing_connects_are_problems_of_their_own() -> None:
    right = consistent_report(FORM, OFFICES[4], repeatable(13))
    holes: dict[int, Cell] = dict.fromkeys(table_three(FORM)[6::7], BLANK)
    slips = {at(f"requests.total.{column}"): 1 for column in ("natural_person", "enterprise", "research", "other")}
    wrong = right.with_cells(holes).with_cells({index: number(right, index) + more for index, more in slips.items()})
    problems = repairs(wrong)
    assert len(problems) == 4
    assert best_repair(problems) == {index: number(right, index) for index in slips}


# ------------------------------------------------------------------ other editions


@dataclass(frozen=True)
class Sum:
    """One identity of a made-up edition."""

    left: tuple[int, ...]
    right: tuple[int, ...]


def made_up(kinds: list[CellKind], sums: list[Sum]) -> Edition:
    """An edition with one table of one row."""
    columns = tuple(Column(ColumnId(f"c{place}"), (f"第{place}列",), f"第{place}列", kind) for place, kind in enumerate(kinds))
    row = Row(RowId("only"), ("数量",), "数量")
    section = SectionId("figures")
    return Edition(
        id="made-up",
        first_year=2030,
        last_year=None,
        notice="",
        title="{agency}{year}",
        sections=(Section(section, "一", "数字", Table(section, "表一", (Block((row,), columns),))),),
        addresses=tuple(Address(section, row.id, column.id) for column in columns),
        equations=tuple(Equation("X01", each.left, each.right) for each in sums),
        chains=(),
        deadlines={},
    )


def filled(edition: Edition, *values: Cell) -> Report:
    return blank_report(edition, Header()).with_cells(dict(enumerate(values)))


def test_amounts_are_mended_to_the_last_decimal_and_counts_only_to_whole_numbers() -> None:
    edition = made_up([CellKind.AMOUNT, CellKind.COUNT, CellKind.AMOUNT], [Sum((0, 1), (2,))])
    problem = only(repairs(filled(edition, Decimal("12.40"), 3, Decimal("15.04"))))
    assert [spoken(edition, repair) for repair in problem.candidates] == [
        {"figures.only.c0": (Decimal("12.40"), Decimal("12.04"))},
        {"figures.only.c2": (Decimal("15.04"), Decimal("15.40"))},
    ]
    problem = only(repairs(filled(edition, Decimal("12.40"), 3, Decimal("12.40"))))
    assert Correction(1, 3, 0) in {change for repair in problem.candidates for change in repair.changes}


def test_a_change_may_be_mended_to_a_negative_number() -> None:
    edition = made_up([CellKind.COUNT, CellKind.CHANGE, CellKind.COUNT], [Sum((0, 1), (2,))])
    problem = only(repairs(filled(edition, 30, 5, 25)))
    assert {repair.changes[0].index: repair.changes[0].new for repair in problem.candidates} == {0: 20, 1: -5, 2: 35}


@pytest.mark.parametrize("edition", [load_edition("2021"), load_edition("2019")], ids=lambda edition: edition.id)
def test_no_two_cells_of_the_form_share_two_identities(edition: Edition) -> None:
    assert plan_of(edition).knots == ()


TANGLED = [
    pytest.param([Sum((0, 1), (3,)), Sum((1, 2), (4,)), Sum((0, 2), (5,))], id="three sums of two"),
    pytest.param([Sum((0, 1), (2,)), Sum((0,), (1, 3)), Sum((4,), (5,))], id="a sum and a difference of the same"),
    pytest.param([Sum((0, 0, 1), (2,)), Sum((0, 1), (3,)), Sum((2,), (4, 5))], id="one counted twice"),
    pytest.param([Sum((0, 1, 2), (3,)), Sum((3,), (4, 5)), Sum((0,), (4,))], id="a circle"),
]


@pytest.mark.parametrize("sums", TANGLED)
@given(st.lists(st.integers(0, 4), min_size=6, max_size=6))
@examples(25)
def test_in_a_tangled_edition_the_smallest_repairs_are_just_those_that_trying_everything_finds(sums: list[Sum], values: list[int]) -> None:
    edition = made_up([CellKind.COUNT] * 6, sums)
    report = filled(edition, *values)
    assume(violated(report))
    for problem in repairs(report):
        everything = by_trying(report, problem, most=2)
        if everything:
            assert len(problem.candidates) == min(len(everything), MOST_CANDIDATES)
            assert {repair.changes for repair in problem.candidates} <= everything
        else:
            assert all(len(repair.changes) > 2 for repair in problem.candidates)


def by_trying(report: Report, problem: InconsistencyGroup, most: int) -> set[tuple[Correction, ...]]:
    """The smallest sets of changes that mend these identities and no more, each the only one in its cells."""
    wanted = set(violated(report)) - set(problem.equations)
    for size in range(1, most + 1):
        found = set()
        for cells in combinations(range(len(report.cells)), size):
            if not independent(report.edition, cells):
                continue
            for values in product(range(20), repeat=size):
                changes = tuple(Correction(cell, number(report, cell), value) for cell, value in zip(cells, values, strict=True))
                if all(change.old != change.new for change in changes) and set(violated(repaired(report, Repair(changes)))) == wanted:
                    found.add(changes)
        if found:
            return found
    return set()


def independent(edition: Edition, cells: tuple[int, ...]) -> bool:
    """Whether amounts in these cells can be told from each other by the identities they leave wrong."""
    columns = [[Fraction(equation.left.count(cell) - equation.right.count(cell)) for equation in edition.equations] for cell in cells]
    if len(columns) == 1:
        return any(columns[0])
    one, other = columns
    return any(a * d != b * c for (a, b), (c, d) in combinations(list(zip(one, other, strict=True)), 2))


def test_three_cells_that_can_only_be_found_together_are_found() -> None:
    edition = made_up([CellKind.COUNT] * 12, [Sum((0, 1), (3, 6, 9)), Sum((1, 2), (4, 7, 10)), Sum((0, 2), (5, 8, 11))])
    right = (10, 20, 30, 30, 50, 40, 0, 0, 0, 0, 0, 0)
    wrong = filled(edition, 17, 35, 61, *right[3:])
    truth = (Correction(0, 17, 10), Correction(1, 35, 20), Correction(2, 61, 30))
    problem = only(repairs(wrong))
    assert problem.count > MOST_CANDIDATES  # one cell of each sum would do as well
    assert all(len(repair.changes) <= 3 for repair in problem.candidates)
    search = Search(plan_of(edition), wrong.cells)
    explanations = search.explanations(search.residuals(), 3, Budget(10**6))
    assert tuple((change.index, change.new) for change in truth) in explanations


# ------------------------------------------------------------------ slips


@pytest.mark.parametrize(
    ("meant", "commoner", "rarer"),
    [
        (128, 129, 130),
        (128, 158, 357),
        (128, 182, 357),
        (128, 12, 40),
        (128, 1128, 1300),
        (128, 0, 5),
        (50, 5, 7),
        (0, 1, 57),
        (Decimal("18.50"), Decimal("18.05"), Decimal("11.39")),
    ],
)
def test_a_slip_of_a_known_kind_is_likelier_than_any_other(meant: int, commoner: int, rarer: int) -> None:
    assert surprise(meant, commoner) < surprise(meant, rarer)


def test_the_chances_of_all_slips_of_a_number_make_no_more_than_one() -> None:
    for meant in (0, 7, 10, 58, 111, 2024):
        chances = sum(2.718281828459045 ** -surprise(meant, written) for written in range(3000) if written != meant)
        assert 0.3 < chances < 1.3
