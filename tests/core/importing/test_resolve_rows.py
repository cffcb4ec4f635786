"""Choice among the candidate readings of rows, by what the other rows of the table show."""

from __future__ import annotations

from nianbao.core.importing.label_index import LabelBook
from nianbao.core.importing.resolve_rows import CellRead, Occurrence, RowName, RowResolver, Tables
from nianbao.core.importing.row_candidates import RowCandidates, Window
from nianbao.core.importing.tokens import LineToken, TokenKind
from nianbao.core.report import BLANK, Cell
from nianbao.templates import load_edition

FORM = load_edition("2021")
RECONSIDERATION: RowName = ("review", "reconsideration")
DIRECT: RowName = ("review", "litigation_direct")
LINE = 7


def reading(written: str) -> Window:
    """Return a reading of a row, its cells separated by spaces, `_` for an empty one."""
    return tuple(
        LineToken(TokenKind.BLANK, "", LINE) if cell == "_" else LineToken(TokenKind.VALUE, cell, LINE) for cell in written.split()
    )


def occurrence(*readings: str, line: int = LINE, starts: tuple[int, ...] = (), spare: int = 0) -> Occurrence:
    return Occurrence(line, RowCandidates(tuple(map(reading, readings)), starts=starts, spare=spare), 5)


def resolved(**found: Occurrence) -> dict[str, list[Cell] | None]:
    """Return the values of the rows of table 四; None for a row without a certain reading."""
    result = Tables(FORM)
    RowResolver(LabelBook(FORM), {("review", name): [one] for name, one in found.items()}, set(), result).choose_all(0)
    unread = CellRead(BLANK, "", LINE)
    rows: dict[str, list[Cell] | None] = {}
    for name in found:
        places = FORM.row_cells["review", name]  # type: ignore[index]  # plain strings name sections and rows here
        rows[name] = [result.cells.get(place, unread).value for place in places] if places[0] in result.cells else None
    return rows


def test_another_row_of_the_line_rules_out_a_reading_that_breaks_its_identity() -> None:
    rows = resolved(
        reconsideration=occurrence("1 0 0 2 3", "0 0 2 3 _"),
        litigation_direct=occurrence("0 1 0 0 1", "1 0 0 1 4"),
    )
    assert rows["reconsideration"] == [1, 0, 0, 2, 3]


def test_a_reading_that_breaks_another_row_of_the_line_does_not_hold() -> None:
    rows = resolved(
        reconsideration=occurrence("1 0 0 2 3", "0 1 2 0 3"),
        litigation_direct=occurrence("0 1 0 0 1", "1 0 0 1 4"),
    )
    assert rows["reconsideration"] == [1, 0, 0, 2, 3]


def test_a_row_of_another_line_rules_out_no_reading() -> None:
    rows = resolved(
        reconsideration=occurrence("1 0 0 2 3", "0 0 2 3 _"),
        litigation_direct=occurrence("0 1 0 0 1", "1 0 0 1 4", line=LINE + 1),
    )
    assert rows["reconsideration"] is None


def test_an_identity_with_an_empty_addend_rules_out_no_reading() -> None:
    rows = resolved(
        reconsideration=occurrence("1 0 0 2 3", "0 0 2 3 _"),
        litigation_direct=occurrence("0 1 0 0 1", "1 0 _ 1 4"),
    )
    assert rows["reconsideration"] is None


def test_with_two_columns_of_labels_rows_are_aligned_at_their_ends() -> None:
    rows = resolved(
        reconsideration=occurrence("0 0 0 0 0", starts=(1,), spare=1),
        litigation_direct=occurrence("_ 0 0 0 0", "0 0 0 0 /", starts=(0, 1), spare=1),
    )
    assert rows["litigation_direct"] is not None
    assert [str(cell) for cell in rows["litigation_direct"][:4]] == ["0"] * 4


def test_with_two_columns_of_labels_an_empty_cell_before_the_values_may_be_padding() -> None:
    rows = resolved(reconsideration=occurrence("0 0 _ 0 0", starts=(1,), spare=1))
    assert rows["reconsideration"] == [0, 0, BLANK, 0, 0]
