"""The exported text: official layout, reversible, and free of terminal control characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from example_counts import examples
from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.chinese.width import text_width
from nianbao.core.ids import SectionId
from nianbao.core.layout import Role, layouts
from nianbao.core.publishing.official_text import SIGNATURE_INDENT, ExportedText, MissingCounts, export_text, open_places
from nianbao.core.publishing.printable import clean_line, clean_prose
from nianbao.core.publishing.style import Borders, TextStyle
from nianbao.core.publishing.table_text import draw_table
from nianbao.core.report import BLANK, Header, Report, Text, blank_report, paragraphs
from nianbao.templates import load_edition
from repository import ROOT
from strategies_tables import editions, reports, sample_report, styles
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

if TYPE_CHECKING:
    from nianbao.core.edition import Edition
    from nianbao.core.layout import TableLayout
    from syrupy.assertion import SnapshotAssertion
    from syrupy.location import PyTestLocation

GOLDEN = ROOT / "tests" / "golden" / "export"
HOSTILE = (
    "\x1b[31m红\x1b[0m",
    "\x1b]0;标题\x07",
    "\x9b2J",
    "\u202e反",
    "\ud800",
    "\x00",
    "\r",
    "\r\n",
    "\t",
    "\u2028",
    "\ufeff",
    "\u200b",
    "\x7f",
    "\x1b",
)
DEFAULT = TextStyle()


def parts_of(exported: ExportedText) -> list[list[str]]:
    return [part.split("\n") for part in exported.text.rstrip("\n").split("\n\n")]


def is_table(part: list[str]) -> bool:
    return part[0][0] in "┌+"


def is_rule(line: str) -> bool:
    return "──" in line or "├─" in line or re.search(r"[|+]-+\+", line) is not None


def values_read(layout: TableLayout, lines: list[str], borders: Borders) -> dict[str, str]:
    """Parse the value cells of a drawn table by the row borders alone."""
    bands: list[list[list[str]]] = []
    for line in lines[:-1]:
        if is_rule(line):
            bands.append([])
        else:
            bands[-1].append(line[1:-1].split("│" if borders is Borders.UNICODE else "|"))
    assert len(bands) == layout.rows
    found = {}
    for band, owners in zip(bands, layout.owners, strict=True):
        for place, owner in enumerate(dict.fromkeys(owners)):
            cell = layout.cells[owner]
            if cell.role is Role.VALUE:
                found[str(cell.address)] = "".join(segments[place].strip() for segments in band)
    return found


def paragraphs_read(lines: list[str]) -> list[str]:
    """Parse the paragraphs of a section: only the first line of each is indented, by two full-width spaces."""
    return [joined for joined in "".join(lines).split("\u3000\u3000") if joined]


@given(reports(), styles)
def test_every_line_of_a_table_has_the_width_of_the_table(report: Report, style: TextStyle) -> None:
    exported = export_text(report, style)
    for part in filter(is_table, parts_of(exported)):
        (width,) = {text_width(line, style.ambiguous) for line in part}
        assert width <= style.width or not exported.fits


@given(reports(), styles)
def test_no_line_is_wider_than_asked_for_where_it_says_so(report: Report, style: TextStyle) -> None:
    exported = export_text(report, style)
    if exported.fits:
        assert all(text_width(line, style.ambiguous) <= style.width for line in exported.text.split("\n"))


@given(reports(st.sampled_from(("2019", "2021")).map(load_edition)), styles)
@examples(40)
def test_an_official_report_with_numbers_of_four_digits_fits_any_width(report: Report, style: TextStyle) -> None:
    review = [place for place, address in enumerate(report.edition.addresses) if address.section == "review"]
    assert export_text(report.with_cells(dict.fromkeys(review, 9999)), style).fits


@given(reports(), styles)
def test_every_value_can_be_read_back_from_its_row_and_column(report: Report, style: TextStyle) -> None:
    exported = export_text(report, style)
    drawn = list(filter(is_table, parts_of(exported)))
    laid_out = layouts(report.edition).values()
    assert len(drawn) == len(laid_out)
    for layout, lines in zip(laid_out, drawn, strict=True):
        printed = {str(cell.address): cell.text(report) for cell in layout.cells if cell.role is Role.VALUE}
        assert values_read(layout, lines, exported.borders) == printed


@given(reports(), styles)
def test_every_paragraph_can_be_read_back(report: Report, style: TextStyle) -> None:
    parts = [part for part in parts_of(export_text(report, style)) if not is_table(part)]
    headings = {section.title: text for section, text in zip(report.edition.sections, report.texts, strict=True)}
    found = {part[0]: paragraphs_read(part[1:]) for part in parts if part[0] in headings}
    assert found == {title: paragraphs(text) for title, text in headings.items()}


@given(reports(), styles)
@examples(30)
def test_headings_and_titles_are_all_there_is_at_the_left_margin(report: Report, style: TextStyle) -> None:
    for part in parts_of(export_text(report, style))[1:]:
        if not is_table(part) and not part[0].startswith(("\u3000\u3000", " ")):
            assert part[0] in {section.title for section in report.edition.sections}


@given(reports(), styles, st.booleans())
@examples(30)
def test_an_export_is_the_same_every_time(report: Report, style: TextStyle, draft: bool) -> None:
    copy = replace(report, texts=tuple(report.texts), cells=tuple(report.cells))
    assert export_text(report, style, draft=draft) == export_text(copy, style, draft=draft)


hostile_text = st.lists(st.one_of(st.sampled_from(HOSTILE), st.just("公开"), st.text(max_size=5)), max_size=12).map("".join)


@st.composite
def hostile_reports(draw: st.DrawFn) -> Report:
    edition: Edition = draw(editions)
    header = Header(draw(hostile_text), "department", 2024, draw(hostile_text), date(2025, 1, 1), draw(hostile_text))
    cells = tuple(Text(draw(hostile_text)) if place % 19 == 0 else BLANK for place in range(len(edition.cells)))
    return Report(edition, header, tuple(draw(hostile_text) for _ in edition.sections), cells)


@given(hostile_reports(), styles)
def test_nothing_in_a_report_reaches_the_output_as_a_control(report: Report, style: TextStyle) -> None:
    exported = export_text(report, style)
    assert {unicodedata.category(char) for char in exported.text} & {"Cc", "Cf", "Cs", "Zl", "Zp"} <= {"Cc"}
    assert {char for char in exported.text if unicodedata.category(char) == "Cc"} <= {"\n"}
    exported.text.encode()
    for part in filter(is_table, parts_of(exported)):
        assert len({text_width(line, style.ambiguous) for line in part}) == 1


def test_every_control_format_and_surrogate_character_is_taken_out() -> None:
    for code in range(0x110000):
        if unicodedata.category(char := chr(code)) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            assert clean_prose(char) in {"", "\n", " "}, hex(code)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("\x1b[1;31m公开\x1b[0m信息", "公开信息"),
        ("\x1b]8;;http://a.cn\x1b\\链接\x1b]8;;\x1b\\", "链接"),
        ("公\x1b开", "公开"),
        ("一\r\n二\r三\v四", "一\n二\n三\n四"),
        ("公\t开", "公 开"),
        ("\u202e公开\u202c", "公开"),
        ("\ud83d", ""),
        ("“公开”——（一）", "“公开”——（一）"),
    ],
)
def test_what_is_cleaned_keeps_its_words(dirty: str, clean: str) -> None:
    assert clean_prose(dirty) == clean


def test_a_line_has_no_line_end() -> None:
    assert clean_line(" 示例市\n民政局\r\n") == "示例市 民政局"


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_prose(clean_prose(text)) == clean_prose(text)


def test_a_value_that_looks_like_a_line_of_the_table_does_not_become_one() -> None:
    report = sample_report("2021")
    address = report.edition.addresses[0]
    exported = export_text(report.with_cell(address, Text("3|4│5")), TextStyle(80, Borders.UNICODE, 1))
    table = next(filter(is_table, parts_of(exported)))
    read = values_read(layouts(report.edition)[SectionId("disclosure")], table, Borders.UNICODE)
    assert read[str(address)] == "3｜4｜5"


def test_wide_lines_give_way_to_ascii_where_numbers_need_the_room() -> None:
    report = sample_report("2021")
    busy = report.with_cells({report.edition.index[a]: 1234 for a in report.edition.addresses if a.section == "review"})
    assert export_text(report, DEFAULT).borders is Borders.UNICODE
    exported = export_text(busy, DEFAULT)
    assert (exported.borders, exported.fits) == (Borders.ASCII, True)
    assert not set(exported.text) & set("┌─│┼")


def test_a_number_is_never_broken_even_if_the_table_gets_too_wide() -> None:
    report = sample_report("2021")
    huge = 10**30
    busy = report.with_cells({report.edition.index[a]: huge for a in report.edition.addresses if a.section == "review"})
    exported = export_text(busy, DEFAULT)
    assert not exported.fits
    assert exported.text.count(str(huge)) == 15


def test_a_table_of_one_digit_numbers_is_as_wide_as_the_text() -> None:
    edition = load_edition("2021")
    report = Report(edition, Header("示例市民政局", "department", 2024), ("",) * 6, (0,) * len(edition.cells))
    layout = layouts(edition)[SectionId("requests")]
    for width in (80, 96, 120, 160):
        for ambiguous in (1, 2):
            style = TextStyle(width, Borders.UNICODE, 1 if ambiguous == 1 else 2)
            assert draw_table(layout, [cell.text(report) for cell in layout.cells], style).width == width


def test_the_title_is_the_official_one_in_the_middle() -> None:
    report = blank_report(load_edition("2021"), Header("示例市民政局", "department", 2024))
    (title,) = parts_of(export_text(report))[0]
    assert title.strip() == "示例市民政局2024年政府信息公开工作年度报告"
    assert len(title) - len(title.lstrip()) == (80 - text_width(title.strip())) // 2


def test_a_missing_agency_and_year_leave_a_gap_in_the_title() -> None:
    report = blank_report(load_edition("2021"), Header())
    assert parts_of(export_text(report))[0][0].strip() == "＿＿＿＿＿＿＿＿年政府信息公开工作年度报告"


def test_agency_and_date_stand_at_the_end_right() -> None:
    header = Header("示例市民政局", "department", 2024, published=date(2025, 1, 9))
    *_, (agency, day) = parts_of(export_text(blank_report(load_edition("2008"), header)))
    assert (agency.strip(), day.strip()) == ("示例市民政局", "2025年1月9日")
    assert text_width(day) == 72


def test_without_a_date_the_agency_stands_in_the_title_alone_or_else_at_the_end() -> None:
    edition = load_edition("2008")
    assert export_text(blank_report(edition, Header("示例市民政局", "department", 2017))).text.count("示例市民政局") == 1
    titled = blank_report(edition, Header("示例市民政局", "department", 2017, title="年度报告"))
    assert parts_of(export_text(titled))[-1][0].strip() == "示例市民政局"


def test_the_agency_stands_over_the_middle_of_the_date() -> None:
    header = Header("甲", "department", 2024, published=date(2025, 1, 9))
    *_, (agency, day) = parts_of(export_text(blank_report(load_edition("2008"), header)))
    middle_of_agency = text_width(agency) - text_width(agency.strip()) / 2
    middle_of_date = text_width(day) - text_width(day.strip()) / 2
    assert abs(middle_of_agency - middle_of_date) < 1


def test_an_agency_without_a_date_ends_half_the_indent_before_the_edge() -> None:
    titled = blank_report(load_edition("2008"), Header("示例市民政局", "department", 2017, title="年度报告"))
    assert text_width(parts_of(export_text(titled, TextStyle(80)))[-1][0]) == 80 - SIGNATURE_INDENT // 2


def test_prose_beside_a_table_stands_between_heading_and_table() -> None:
    report = sample_report("2021")
    parts = parts_of(export_text(report))
    place = parts.index(["二、主动公开政府信息情况", "\u3000\u3000主动公开的具体数据见下表——"])
    assert is_table(parts[place + 1])


def test_the_narrative_edition_is_prose_alone() -> None:
    assert not any(map(is_table, parts_of(export_text(sample_report("2008")))))


def test_a_draft_says_at_both_ends_what_is_open() -> None:
    report = blank_report(load_edition("2021"), Header("示例市民政局", "department", 2024))
    assert open_places(report) == MissingCounts(cells=len(report.cells), sections=3)
    first, *_, last = parts_of(export_text(report, draft=True))
    assert first == last == [f"【草稿】尚有{len(report.cells)}个数据未填写、3个部分没有文字。"]


def test_a_draft_without_gaps_is_still_marked() -> None:
    report = sample_report("2021")
    full = replace(report, texts=tuple(text or "无。" for text in report.texts))
    lines = export_text(full, draft=True).text.split("\n")
    assert lines[0] == lines[-2] == "【草稿】数据和文字均已填写，尚未定稿。"


def test_a_finished_report_carries_no_mark() -> None:
    assert "草稿" not in export_text(sample_report("2021")).text


class GoldenText(SingleFileSnapshotExtension):
    """Snapshot extension: one .txt file per case in tests/golden/export."""

    file_extension = "txt"
    _write_mode = WriteMode.TEXT

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(GOLDEN / Path(test_location.filepath).stem)


@pytest.mark.parametrize(
    ("edition", "style", "draft"),
    [
        pytest.param("2021", TextStyle(80), False, id="2021-80"),
        pytest.param("2021", TextStyle(100), False, id="2021-100"),
        pytest.param("2021", TextStyle(120), False, id="2021-120"),
        pytest.param("2021", TextStyle(80, ambiguous=1), True, id="2021-80-narrow-draft"),
        pytest.param("2021", TextStyle(80, Borders.ASCII), False, id="2021-80-ascii"),
        pytest.param("2019", TextStyle(80, ambiguous=1), False, id="2019-80-narrow"),
        pytest.param("2008", TextStyle(80), False, id="2008-80"),
    ],
)
def test_the_sample_report_is_exported_as_recorded(edition: str, style: TextStyle, draft: bool, snapshot: SnapshotAssertion) -> None:
    exported = export_text(sample_report(edition), style, draft=draft)
    assert exported.text == snapshot(extension_class=GoldenText)
