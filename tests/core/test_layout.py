"""Layout of statutory tables: the merged cells of the official form follow from the label paths alone."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from nianbao.core.edition import CellKind, Edition, Table
from nianbao.core.ids import SectionId
from nianbao.core.layout import PlacedCell, Role, TableLayout, lay_out, layouts, value_text
from nianbao.core.report import BLANK, NA, Cell, Text
from nianbao.templates import load_edition
from strategies_tables import tables

TABLED = ("2019", "2021")


def layout_of(edition: str, section: str) -> TableLayout:
    return layouts(load_edition(edition))[SectionId(section)]


def labelled(layout: TableLayout, label: str) -> PlacedCell:
    (cell,) = (cell for cell in layout.cells if cell.label == label)
    return cell


def spans(cell: PlacedCell) -> tuple[int, int]:
    return cell.rows, cell.columns


@given(tables())
def test_the_cells_of_any_table_cover_every_place_once(table: Table) -> None:
    layout = lay_out(table)
    places = [
        (row, column)
        for cell in layout.cells
        for row, column in product(range(cell.row, cell.row + cell.rows), range(cell.column, cell.column + cell.columns))
    ]
    assert sorted(places) == list(product(range(layout.rows), range(layout.columns)))


@given(tables())
def test_every_cell_of_the_report_stands_in_the_table_once(table: Table) -> None:
    layout = lay_out(table)
    placed = [cell.address for cell in layout.cells if cell.role is Role.VALUE]
    names = sorted(str(address) for address in placed)
    assert names == sorted(f"{table.section}.{row.id}.{column.id}" for block, row in table.rows() for column in block.columns)


@given(tables())
def test_every_label_of_a_path_stands_over_or_beside_its_values(table: Table) -> None:
    layout = lay_out(table)
    for block, row in table.rows():
        for column in block.columns:
            value = next(c for c in layout.cells if c.address and (c.address.row, c.address.column) == (row.id, column.id))
            around = {layout.cells[line[value.column]].label for line in layout.owners[: value.row]}
            around |= {layout.cells[owner].label for owner in layout.owners[value.row]}
            assert {*row.path, *column.path} <= around


@pytest.mark.parametrize("edition", TABLED)
def test_official_tables_have_a_layout_for_each_section_with_a_table(edition: str) -> None:
    assert list(layouts(load_edition(edition))) == ["disclosure", "requests", "review"]


def test_the_narrative_edition_has_no_table() -> None:
    assert layouts(load_edition("2008")) == {}


def test_table_three_is_the_official_grid() -> None:
    layout = layout_of("2021", "requests")
    assert (layout.rows, layout.columns, layout.stub_columns) == (28, 10, 3)
    assert spans(layout.cells[0]) == (3, 3)
    assert layout.cells[0].role is Role.CORNER
    assert spans(labelled(layout, "申请人情况")) == (1, 7)
    assert spans(labelled(layout, "自然人")) == (2, 1)
    assert spans(labelled(layout, "法人或其他组织")) == (1, 5)
    assert spans(labelled(layout, "三、本年度办理结果")) == (22, 1)
    assert spans(labelled(layout, "（一）予以公开")) == (1, 2)
    assert spans(labelled(layout, "（三）不予公开")) == (8, 1)
    assert spans(labelled(layout, "（四）无法提供")) == (3, 1)
    assert spans(labelled(layout, "（五）不予处理")) == (5, 1)
    assert spans(labelled(layout, "（六）其他处理")) == (3, 1)
    assert spans(labelled(layout, "四、结转下年度继续办理")) == (1, 3)


def test_table_three_of_2019_has_other_handling_as_one_row() -> None:
    layout = layout_of("2019", "requests")
    assert layout.rows == 26
    assert spans(labelled(layout, "三、本年度办理结果")) == (20, 1)
    assert spans(labelled(layout, "（六）其他处理")) == (1, 2)


@pytest.mark.parametrize("edition", TABLED)
def test_table_four_is_one_line_of_fifteen_values_under_three_header_rows(edition: str) -> None:
    layout = layout_of(edition, "review")
    assert (layout.rows, layout.columns, layout.stub_columns) == (4, 15, 0)
    assert spans(labelled(layout, "行政复议")) == (1, 5)
    assert spans(labelled(layout, "行政诉讼")) == (1, 10)
    assert spans(labelled(layout, "未经复议直接起诉")) == (1, 5)
    assert [spans(cell) for cell in layout.cells if cell.label == "结果维持"] == [(2, 1), (1, 1), (1, 1)]


def test_table_two_lets_a_single_column_span_the_values() -> None:
    layout = layout_of("2021", "disclosure")
    assert (layout.rows, layout.columns) == (14, 4)
    assert spans(labelled(layout, "第二十条第（八）项")) == (1, 4)
    assert spans(labelled(layout, "本年收费金额（单位：万元）")) == (1, 3)


def test_table_two_of_2019_sets_two_columns_under_three_at_even_shares() -> None:
    layout = layout_of("2019", "disclosure")
    assert layout.columns == 5
    assert spans(labelled(layout, "采购项目数量")) == (1, 2)
    assert spans(labelled(layout, "采购总金额")) == (1, 2)
    assert [float(line) for line in layout.value_lines] == [0, pytest.approx(1 / 3), 0.5, pytest.approx(2 / 3), 1]


def test_layouts_are_computed_once_for_an_edition() -> None:
    edition: Edition = load_edition("2021")
    assert layouts(edition) is layouts(edition)


@pytest.mark.parametrize(
    ("value", "kind", "printed"),
    [
        (BLANK, CellKind.COUNT, ""),
        (NA, CellKind.COUNT, "/"),
        (0, CellKind.COUNT, "0"),
        (12345, CellKind.COUNT, "12345"),
        (Decimal("0.0920"), CellKind.AMOUNT, "0.0920"),
        (Decimal("1E+4"), CellKind.AMOUNT, "10000"),
        (Decimal("1E-7"), CellKind.AMOUNT, "0.0000001"),
        (5, CellKind.CHANGE, "+5"),
        (-2, CellKind.CHANGE, "-2"),
        (0, CellKind.CHANGE, "0"),
        (Text("251000元"), CellKind.MONEY, "251000元"),
    ],
)
def test_values_are_printed_as_published(value: Cell, kind: CellKind, printed: str) -> None:
    assert value_text(value, kind) == printed
