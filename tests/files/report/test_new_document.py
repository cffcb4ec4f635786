"""Layout of new report files, built with tomlkit, for every value that a report can hold."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.ids import parse_address
from nianbao.core.report import Header, Report, Text, blank_report
from nianbao.files.report.new_document import new_document
from nianbao.files.report.report_file import load_report, read_report
from nianbao.files.report.serialize import report_bytes
from nianbao.templates import load_edition
from repository import EXAMPLES
from strategies import reports

CELL = parse_address("requests.new_received.natural_person")
ANY_TEXT = st.text(st.one_of(st.sampled_from("\"'\\#\n\r\t\x00\x1f\x7f\x85\u2028数"), st.characters(codec="utf-8")), max_size=20)


def blank() -> Report:
    return blank_report(load_edition("2021"), Header(agency="示例镇人民政府", kind="government", year=2024))


@pytest.mark.parametrize("name", ["city-2023", "city-2024", "department-2024", "district-2019"])
def test_an_example_is_written_anew_as_it_stands(name: str) -> None:
    path = EXAMPLES / f"{name}.toml"
    assert new_document(load_report(path).report) == path.read_text(encoding="utf-8")


def test_the_layout_of_a_new_report_is_fixed() -> None:
    lines = new_document(blank()).split("\n")
    assert lines[:7] == [
        "format = 1",
        "",
        "[report]",
        'edition = "2021"              # 国办公开办函〔2021〕30号',
        'agency = "示例镇人民政府"',
        'kind = "government"           # government（各级人民政府） | department（政府部门）',
        "year = 2024",
    ]
    granted = next(line for line in lines if line.startswith("granted"))
    assert granted == 'granted                      = ["", "", "", "", "", "", ""]   # （一）予以公开'


@given(reports(), st.data())
def test_any_words_and_digits_read_back(report: Report, data: st.DataObject) -> None:
    texts = tuple(data.draw(ANY_TEXT) for _ in report.texts)
    header = report.header._replace(agency=data.draw(ANY_TEXT), preface=data.draw(ANY_TEXT))
    whole = replace(report, texts=texts, header=header)
    read = read_report(new_document(whole).encode()).report
    assert (read.texts, read.header, read.cells) == (whole.texts, whole.header, whole.cells)


@pytest.mark.parametrize("text", ['他说“好”。"', '"""', '\\"', "\n首行空", "甲\r乙", "甲\u2028乙\x85丙", "\\u0000\x00", "尾\n"])
def test_quotes_backslashes_and_control_characters_survive(text: str) -> None:
    section = blank().edition.sections[0].id
    assert read_report(report_bytes(blank().with_text(section, text))).report.text(section) == text


@pytest.mark.parametrize(
    ("value", "literal"), [(Decimal("12.50"), "12.50"), (Decimal(3), "3.0"), (Decimal("-0.0"), "0.0"), (Text("1,234"), '"1,234"')]
)
def test_a_number_keeps_its_digits(value: Decimal | Text, literal: str) -> None:
    written = new_document(blank().with_cell(CELL, value))
    assert f"= [{literal}, " in written
