"""The official editions say what the form says."""

from __future__ import annotations

import pytest
from nianbao.core.edition import CellKind, Edition
from nianbao.core.report import parse_address
from nianbao.core.totals import total_equations
from nianbao.templates import EditionError, UnknownEditionError, edition_for_year, edition_ids, load_edition
from nianbao.templates.loader import Node, build_edition, read_edition

REQUEST_ROWS_2021 = [
    "new_received",
    "carried_over",
    "granted",
    "partly_granted",
    "refused_state_secret",
    "refused_by_law",
    "refused_security",
    "refused_third_party",
    "refused_internal_affairs",
    "refused_process_information",
    "refused_enforcement_file",
    "refused_administrative_query",
    "unavailable_not_held",
    "unavailable_needs_creation",
    "unavailable_unclear",
    "rejected_complaint",
    "rejected_repeated",
    "rejected_publication",
    "rejected_excessive",
    "rejected_confirmation",
    "other_overdue_clarification",
    "other_overdue_fee",
    "other_reasons",
    "total",
    "carried_forward",
]
REQUEST_COLUMNS = ["natural_person", "enterprise", "research", "public_interest", "legal_service", "other", "total"]


def rows_of(edition: Edition, section: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for address in edition.addresses:
        if address.section == section:
            found.setdefault(address.row, []).append(address.column)
    return found


@pytest.mark.parametrize(
    ("year", "edition"), [(2008, "2008"), (2018, "2008"), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2024, "2021"), (2031, "2021")]
)
def test_the_year_decides_the_edition(year: int, edition: str) -> None:
    assert edition_for_year(year).id == edition


def test_no_edition_is_older_than_the_regulation() -> None:
    with pytest.raises(UnknownEditionError):
        edition_for_year(2007)


def test_the_editions_in_force_are_known() -> None:
    assert edition_ids() == ("2008", "2019", "2021")


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_six_sections_in_order(edition: str) -> None:
    sections = load_edition(edition).sections
    assert [section.id for section in sections] == ["overview", "disclosure", "requests", "review", "problems", "other"]
    assert [section.title for section in sections] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


def test_table_2_of_2021() -> None:
    rows = rows_of(load_edition("2021"), "disclosure")
    documents = ["issued", "repealed", "in_force"]
    assert rows == {
        "regulations": documents,
        "normative_documents": documents,
        "licences": ["decisions"],
        "penalties": ["decisions"],
        "coercion": ["decisions"],
        "fees": ["amount"],
    }


def test_table_2_of_2019() -> None:
    items = ["previous_items", "change", "decisions"]
    documents = ["made", "published", "total_public"]
    assert rows_of(load_edition("2019"), "disclosure") == {
        "regulations": documents,
        "normative_documents": documents,
        "licences": items,
        "other_services": items,
        "penalties": items,
        "coercion": items,
        "fees": ["previous_items", "change"],
        "procurement": ["projects", "amount"],
    }


@pytest.mark.parametrize(("edition", "other"), [("2021", None), ("2019", "other_handling")])
def test_table_3_has_seven_columns_in_every_row(edition: str, other: str | None) -> None:
    rows = rows_of(load_edition(edition), "requests")
    expected = list(REQUEST_ROWS_2021)
    if other:
        expected[20:23] = [other]
    assert list(rows) == expected
    assert all(columns == REQUEST_COLUMNS for columns in rows.values())


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_table_4_has_three_groups_of_five(edition: str) -> None:
    rows = rows_of(load_edition(edition), "review")
    assert list(rows) == ["reconsideration", "litigation_direct", "litigation_after_review"]
    assert set(map(tuple, rows.values())) == {("upheld", "corrected", "other", "pending", "total")}


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_every_printed_identity_is_there(edition: str) -> None:
    equations = load_edition(edition).equations
    count = {code: sum(equation.code == code for equation in equations) for code in ("C01", "C02", "C03", "C04")}
    rows = len(rows_of(load_edition(edition), "requests"))
    assert count == {"C01": 7, "C02": 7, "C03": rows, "C04": 3}


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_every_result_row_counts_once_in_its_columns_total(edition: str) -> None:
    loaded = load_edition(edition)
    column = next(equation for equation in loaded.equations if equation.code == "C02" and equation.place == "自然人")
    rows = list(rows_of(loaded, "requests"))
    assert [loaded.addresses[at].row for at in column.addends] == rows[2:-2]


def test_kinds_of_cells() -> None:
    of_2019, of_2021 = load_edition("2019"), load_edition("2021")
    assert of_2021.info(parse_address("disclosure.fees.amount")).kind is CellKind.AMOUNT
    assert of_2019.info(parse_address("disclosure.procurement.amount")).kind is CellKind.MONEY
    assert of_2019.info(parse_address("disclosure.fees.change")).kind is CellKind.CHANGE
    assert {kind for kind, address in zip(of_2021.kinds, of_2021.addresses, strict=True) if address.section != "disclosure"} == {
        CellKind.COUNT
    }


def test_the_full_label_of_a_cell_is_every_label_over_and_beside_it() -> None:
    info = load_edition("2021").info(parse_address("requests.refused_security.research"))
    assert info.full_label == "三、本年度办理结果 （三）不予公开 3.危及“三安全一稳定” 申请人情况 法人或其他组织 科研机构"
    assert info.name == "表三“（三）不予公开3.危及“三安全一稳定””科研机构"


def test_names_of_cells_are_all_different() -> None:
    for name in ("2019", "2021"):
        names = [info.name for info in load_edition(name).cells]
        assert len(set(names)) == len(names)


def test_totals_come_after_the_totals_they_are_made_of() -> None:
    edition = load_edition("2021")
    order = [total for total, _ in total_equations(edition)]
    corner = edition.index[parse_address("requests.total.total")]
    assert order.index(corner) > max(order.index(at) for at in order if edition.addresses[at].row == "granted")


SECTION = {"id": "a", "numeral": "一", "heading": "甲"}
MINIMAL: dict[str, object] = {"id": "x", "first_year": 2030, "title": "{agency}", "section": [SECTION]}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"first_year": "2030"}, "x.toml.first_year: expected int"),
        ({"section": []}, "x.toml.section: missing"),
        ({"section": [SECTION, SECTION]}, "a stands there twice"),
        (
            {"section": [{"id": "a", "numeral": "一", "heading": "甲", "block": [{"rows": [], "columns": []}]}]},
            "a block needs rows and columns",
        ),
        ({"equation": [{"code": "C", "section": "a", "for_each": "row", "left": ["x"], "right": ["y"]}]}, "a has no table"),
        ({"deadlines": {"government": "tomorrow"}}, "expected MM-DD"),
    ],
)
def test_a_wrong_edition_file_is_told_by_its_own_names(change: dict[str, object], complaint: str) -> None:
    with pytest.raises(EditionError, match=complaint.replace("[", r"\[")):
        build_edition(Node({**MINIMAL, **change}, "x.toml"))


def test_an_edition_file_with_broken_toml_names_the_file(tmp_path: object) -> None:
    from pathlib import Path  # noqa: PLC0415 - one test

    path = Path(str(tmp_path)) / "2099.toml"
    path.write_text("id = ", encoding="utf-8")
    with pytest.raises(EditionError, match=r"2099\.toml"):
        read_edition(path)
