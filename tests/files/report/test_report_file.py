"""Report files: parsing, problems with their positions, and writing that touches only what changed."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from example_counts import examples
from hypothesis import example, given
from hypothesis import strategies as st
from nianbao.core.commands import Command, ConfirmCarried, SetCell, SetHeader, SetText, reduce
from nianbao.core.ids import SectionId, parse_address
from nianbao.core.report import BLANK, NA, Header, Report, Text, blank_report
from nianbao.files.report.new_document import new_document
from nianbao.files.report.report_file import MAX_BYTES, ReportFile, UnreadableError, load_report, read_report
from nianbao.files.report.serialize import report_bytes, updated_text
from nianbao.files.report.toml_positions import find_positions
from repository import EXAMPLES
from rule_check import CATALOGUE, EDITION
from strategies import commands, reports

EXAMPLE_FILES = sorted(EXAMPLES.glob("*.toml"))


def file_of(text: str) -> ReportFile:
    return read_report(text.encode("utf-8"))


def changed_lines(before: str, after: str) -> int:
    old, new = before.split("\n"), after.split("\n")
    assert len(old) == len(new)
    return sum(one != other for one, other in zip(old, new, strict=True))


def department() -> str:
    return next(path for path in EXAMPLE_FILES if path.name == "department-2024.toml").read_text(encoding="utf-8")


@given(reports())
def test_what_is_written_reads_back_as_the_same_report(report: Report) -> None:
    source = read_report(report_bytes(report))
    assert (source.report.header, source.report.texts, source.report.cells) == (report.header, report.texts, report.cells)
    assert source.problems == ()


@given(st.text(alphabet='"\\\n年'))
@example('"""')
def test_quotes_and_backslashes_in_a_text_are_written_so_that_they_read_back(text: str) -> None:
    report = blank_report(EDITION, Header("某局", "department", 2024)).with_text(SectionId("problems"), text)
    assert read_report(report_bytes(report)).report.text(SectionId("problems")) == report.text(SectionId("problems"))


@pytest.mark.parametrize("path", EXAMPLE_FILES, ids=lambda path: path.name)
def test_an_untouched_file_is_written_back_to_the_byte(path: Path) -> None:
    data = path.read_bytes()
    source = read_report(data)
    assert report_bytes(source.report, source) == data


@examples(40)
@given(st.data())
def test_any_edit_is_saved_into_the_text_and_comments_stay(data: st.DataObject) -> None:
    report = data.draw(reports())
    text = "# 顶部的注释\n" + new_document(report) + "\n[备注]\nkey = 1 # 保留\n".replace("备注", "notes")
    text = text.replace("[report]\n", "[report]\nown_key = 'x'   # 我的\n", 1)
    source = file_of(text)
    after = source.report
    for _ in range(data.draw(st.integers(1, 4))):
        after = reduce(after, data.draw(commands(after)))
    again = read_report(report_bytes(after, source))
    assert (again.report.header, again.report.texts, again.report.cells) == (after.header, after.texts, after.cells)
    for kept in ("# 顶部的注释\n", "own_key = 'x'   # 我的\n", "[notes]\nkey = 1 # 保留\n"):
        assert kept in again.text


def test_a_changed_row_changes_one_line() -> None:
    source = file_of(department())
    after = reduce(source.report, SetCell(parse_address("disclosure.licences.decisions"), 39))
    assert changed_lines(source.text, updated_text(source, after)) == 1


def test_a_changed_cell_changes_its_row_and_its_totals_rows() -> None:
    source = file_of(department())
    after = reduce(source.report, SetCell(parse_address("requests.granted.natural_person"), 1))
    assert changed_lines(source.text, updated_text(source, after)) == 2


def test_a_changed_paragraph_changes_one_line() -> None:
    source = file_of(department())
    text = source.report.text(SectionId("overview"))
    after = reduce(source.report, SetText(SectionId("overview"), text.replace("一次业务培训", "两次业务培训")))
    assert changed_lines(source.text, updated_text(source, after)) == 1


@pytest.mark.parametrize("ends", ["\r\n", "mixed"])
def test_line_ends_stay_as_they_are(ends: str) -> None:
    text = department()
    lines = text.split("\n")
    crlf = "".join(line + ("\r\n" if ends == "\r\n" or at % 3 else "\n") for at, line in enumerate(lines[:-1])) + lines[-1]
    source = file_of(crlf)
    assert source.report == file_of(text).report
    after = reduce(source.report, SetCell(parse_address("disclosure.licences.decisions"), 39))
    written = updated_text(source, after)
    assert sum(one != other for one, other in zip(crlf.split("\n"), written.split("\n"), strict=True)) == 1


def test_a_byte_order_mark_is_understood_and_kept() -> None:
    data = b"\xef\xbb\xbf" + department().encode("utf-8")
    source = read_report(data)
    after = reduce(source.report, SetHeader("agency", "示例市西山区民政局"))
    assert report_bytes(after, source).startswith(b"\xef\xbb\xbf")
    assert report_bytes(source.report, source) == data


def test_multi_line_rows_and_odd_spacing_survive_an_edit() -> None:
    text = re.sub(r"licences +=.*", "licences=[  38\t,   # 注\n]  # 行政许可", department(), count=1)
    source = file_of(text)
    after = reduce(source.report, SetCell(parse_address("disclosure.licences.decisions"), 40))
    assert "licences=[  40\t,   # 注\n]  # 行政许可" in updated_text(source, after)


def test_what_the_file_lacks_is_written_where_the_form_has_it() -> None:
    lines = department().split("\n")
    text = "\n".join(line for line in lines if not line.startswith(("penalties", "published")))
    source = file_of(text)
    after = reduce(source.report, SetCell(parse_address("disclosure.penalties.decisions"), 3))
    written = updated_text(source, after).split("\n")
    row = next(at for at, line in enumerate(written) if line.startswith("penalties = [3]   # 行政处罚"))
    assert written[row - 1].startswith("licences") or written[row - 1].startswith("#")
    assert any(line.startswith("coercion") for line in written[row:])


def test_a_missing_section_is_added() -> None:
    text = department().split("[other]")[0]
    source = file_of(text)
    after = reduce(source.report, SetText(SectionId("other"), "没有其他事项。\n第二段"))
    again = read_report(report_bytes(after, source))
    assert again.report == after
    assert again.text.startswith(text)


def test_a_confirmed_paragraph_takes_one_line_out() -> None:
    report = blank_report(EDITION, Header("甲", "department", 2024, carried=("aaaa0000", "bbbb1111", "cccc2222")))
    source = read_report(report_bytes(report))
    after = reduce(source.report, ConfirmCarried(("bbbb1111",)))
    assert updated_text(source, after) == source.text.replace('  "bbbb1111",\n', "")


@pytest.mark.parametrize(
    "command", [SetHeader("title", "新标题"), SetHeader("published", None), SetHeader("year", 2023), SetText(SectionId("preface"), "")]
)
def test_the_header_is_saved(command: Command) -> None:
    source = file_of(department())
    after = reduce(source.report, command)
    again = read_report(report_bytes(after, source)).report
    assert again == after
    assert again != source.report


def test_values_of_every_sort_are_told_apart() -> None:
    text = new_document(blank_report(EDITION, Header("甲", "department", 2024)))
    text = text.replace('regulations         = ["", "", ""]', 'regulations = [3, 3.0, "/"]')
    text = text.replace('normative_documents = ["", "", ""]', 'normative_documents = ["-", "三件", true]')
    cells = file_of(text).report.cells[:6]
    assert cells == (3, Decimal("3.0"), NA, NA, Text("三件"), Text("true"))
    assert isinstance(cells[1], Decimal)


UNREADABLE = {
    "broken toml": (b"format = 1\n[report]\nyear = = 2024\n", "F03", 3),
    "full-width comma": ("format = 1\n[requests]\ngranted = [1，0]\n".encode(), "F03", 3),
    "full-width quote": ("format = 1\n[report]\nagency = “甲”\n".encode(), "F03", 3),
    "text never closed": ('format = 1\n[report]\nyear = 2024\n[overview]\ntext = """\n甲\n'.encode(), "F03", 5),
    "twice": (b"format = 1\nformat = 1\n", "F03", 2),
    "deep": (b"a = " + b"[" * 5000, "F03", 1),
    "long number": (b"a = " + b"9" * 5000 + b"\n", "F03", 1),
    "newer": (b"format = 2\n[report]\n", "F04", 1),
    "strange format": (b'format = "x"\n', "F05", 1),
    "gbk": ("format = 1\n[report]\nagency = '示例'\n".encode("gbk"), "F02", 3),
    "utf-16": ("format = 1\n".encode("utf-16"), "F02", 1),
    "binary": (bytes(range(256)) * 4, "F02", 2),
    "empty": (b"", "F01", 1),
    "white space": (b"\xef\xbb\xbf \n\n", "F01", 1),
    "another program's": (b"x = 1\n", "F12", 0),
    "unknown edition": (b'[report]\nedition = "2022"\nyear = 2022\n', "F09", 2),
    "no edition and no year": (b"[report]\nagency = 'x'\n", "F09", 1),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_refused_with_its_place(name: str) -> None:
    data, code, line = UNREADABLE[name]
    with pytest.raises(UnreadableError) as caught:
        read_report(data)
    finding = caught.value.finding
    assert (finding.code, finding.line) == (code, line)
    assert not line or finding.column >= 1
    assert CATALOGUE.message(finding)


PROBLEMS = {
    "a row too short": ("licences            = [38]", "licences            = []", "F06", "行政许可"),
    "a row too long": ("licences            = [38]", "licences            = [38, 0]", "F07", "行政许可"),
    "a row misspelt": ("penalties           = [0]", "penalty             = [0]", "F08", "penalties"),
    "a row of another form": ("penalties           = [0]", "procurement         = [0, 1]\npenalties           = [0]", "F08", "procurement"),
    "a row missing": ("coercion            = [0]", "# coercion", "C14", "行政强制"),
    "a row that is no row": ("licences            = [38]", "licences            = 38", "F05", "38"),
    "the year in quotes": ("year = 2024", 'year = "2024"', "F05", "2024"),
    "the date in quotes": ("published = 2025-01-20", 'published = "2025-01-20"', "F05", "2025-01-20"),
    "a text that is a number": ("[other] ", "[other]\nnote = 1\n[unused] ", None, ""),
    "an unknown kind": ('kind = "department"', 'kind = "局"', "F10", "局"),
    "a section misspelt": ("[review] ", "[reviews]", "F13", "review"),
    "marks that are no list": ("year = 2024", "year = 2024\ncarried = 3", "F05", "carried"),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_what_is_wrong_in_the_file_is_said_and_the_rest_is_read(name: str) -> None:
    before, after, code, word = PROBLEMS[name]
    text = department()
    assert before in text
    source = file_of(text.replace(before, after, 1))
    assert source.report.text(SectionId("overview"))
    if code is None:
        return
    found = [source.located(problem) for problem in source.problems if problem.code == code]
    assert found, source.problems
    assert word in CATALOGUE.message(found[0])
    assert found[0].line > 0


def test_a_short_row_is_filled_with_blanks_and_keeps_its_numbers() -> None:
    text = department().replace("granted                      = [0, 0, 0, 0, 0, 0, 0]", "granted = [1, 2]")
    cells = file_of(text).report
    assert [cells.cell(parse_address(f"requests.granted.{c}")) for c in ("natural_person", "enterprise", "research")] == [1, 2, BLANK]


def test_a_directory_a_missing_file_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.toml"
    with huge.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    variants = {tmp_path: "directory", tmp_path / "none.toml": "missing", huge: "too_large"}
    for path, variant in variants.items():
        with pytest.raises(UnreadableError) as caught:
            load_report(path)
        assert caught.value.finding.param("variant") == variant


TOML_TEXTS = st.recursive(
    st.one_of(
        st.integers(-99, 99).map(str), st.sampled_from(['"a#]"', "'[x]'", '"""\n[t]\nx = 1"""', "true", "1.5", "2024-01-01", "'''a'''"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda parts: "[" + " , ".join(parts) + "]"),
        st.lists(inner, max_size=3).map(lambda parts: "[\n" + ",  # 注\n".join(parts) + "\n]"),
        st.lists(inner, max_size=3).map(lambda parts: "{" + ", ".join(f"k{at} = {part}" for at, part in enumerate(parts)) + "}"),
    ),
    max_leaves=8,
)


@given(st.lists(TOML_TEXTS, min_size=1, max_size=5))
@example(['"""a\\"""b"""', "3"])
def test_the_place_of_every_value_is_where_it_stands(values: list[str]) -> None:
    text = "# top\n[table]\n" + "".join(f"key{at}   = {value}   # 注\n" for at, value in enumerate(values))
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    positions = find_positions(text)
    for at, value in enumerate(values):
        start, end = positions.values["table", f"key{at}"]
        assert text[start:end] == value
        line, column = positions.line_column(start)
        assert text.split("\n")[line - 1][column - 1 :].startswith(value.split("\n")[0])


@given(st.text(max_size=80))
def test_searching_for_places_never_fails(text: str) -> None:
    find_positions(text)
