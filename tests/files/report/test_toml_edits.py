"""Saving a file of any layout changes only the edited values and preserves everything that was not read."""

from __future__ import annotations

import tomllib

import pytest
import tomlkit
from example_counts import examples
from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.commands import Command, SetCell, SetHeader, SetText, Unwaive, Waive, reduce
from nianbao.core.ids import SectionId, parse_address
from nianbao.files.report.report_file import read_report
from nianbao.files.report.serialize import report_bytes
from nianbao.files.report.toml_edits import without, without_empty_table
from nianbao.files.report.toml_positions import find_positions
from repository import EXAMPLES
from strategies import commands

CLEAN = (EXAMPLES / "department-2024.toml").read_text(encoding="utf-8")
REVIEW = CLEAN[CLEAN.index("[review]") : CLEAN.index("[problems]")]
REST = CLEAN.replace(REVIEW, "").replace("format = 1\n", "")
ROW = "granted                      = [0, 0, 0, 0, 0, 0, 0]"
GRANTED = SetCell(parse_address("requests.granted.natural_person"), 3)
UPHELD = SetCell(parse_address("review.reconsideration.upheld"), 1)
DIRECT = SetCell(parse_address("review.litigation_direct.upheld"), 1)
AFTER_REVIEW = SetCell(parse_address("review.litigation_after_review.upheld"), 1)
OTHER = SetText(SectionId("other"), "没有其他事项。\n第二段。")
ZEROS = "[0, 0, 0, 0, 0]"

LAYOUTS = {
    "as the program writes it": CLEAN,
    "a table of one's own below a section": CLEAN.replace("[review] ", "[requests.notes]\nn = 1\n\n[review] "),
    "such a table far from its section": CLEAN.replace("[other] ", "[requests.later]\nk = 2\n\n[report.contact]\nphone = '1'\n\n[other] "),
    "such tables on both sides": CLEAN.replace("[review] ", "[requests.notes]\nn = 1\n\n[review] ").replace(
        "[other] ", "[requests.later]\nk = 2\n[other] "
    ),
    "dotted keys": f'format = 1\nreview.text = ""\nreview.reconsideration={ZEROS}#a\nreview.litigation_after_review = {ZEROS}\n'
    f'review.mine.own = "x" # b\n{REST}',
    "an inline table": f'format = 1\nreview = {{ text = "", reconsideration = {ZEROS}, mine = "x" }} # 我的\n{REST}',
    "an empty inline table": f"format = 1\nreview = {{}}\n{REST}",
    "quoted and spaced names": CLEAN.replace("[requests] ", '[ "requests" ] ').replace("\ngranted   ", '\n"gr\\u0061nted"   '),
    "a row over several lines": CLEAN.replace(ROW, "granted = [ # 注 [1]\n  0, # 自然人\n\n  0,0 ,\t0, # x\n 0,0,0,\n]"),
    "a row too short": CLEAN.replace(ROW, "granted = [0, 0, 1000000000000000000000] # 短"),
    "an empty row": CLEAN.replace(ROW, "granted = [ ] # 空"),
    "a row too long": CLEAN.replace(ROW, "granted = [0, 0, 0, 0, 0, 0, 0, 9] # 长"),
    "figures written otherwise": CLEAN.replace(ROW, "granted = [0, 0x10, 1_0, +3, 1e2, -0.0, 99999999999999999999]"),
    "no last line end": CLEAN.rstrip("\n"),
    "a section missing": CLEAN.replace(REVIEW, ""),
    "a section without a line": CLEAN.replace(REVIEW, "[review]\n"),
    "only a table below the section": CLEAN.replace(REVIEW, "[review.mine]\nx = 1\n\n"),
    "a row that is a table": CLEAN.replace(ROW, "").replace("[review] ", "[requests.granted]\nown = 1\n\n[review] "),
    "a row that is a number": CLEAN.replace(ROW, "granted = 412 # 件"),
    "a section that is a list of tables": CLEAN.replace("[requests] ", "[[requests]] ").replace("[other] ", "[[other]] "),
    "a section that is a text": CLEAN.replace("[other] ", "[mine] ").replace(
        "format = 1", 'format = 1\nother = """\n没有\n\n# 其他"""  # x'
    ),
    "a text that is a list": CLEAN.replace('text = """\n2024', 'text = ["甲",\n  "乙"] # c\nold = """\n2024'),
    "such a text in an inline table": f"format = 1\nreview = {{ reconsideration = 3, text = 5 }}\n{REST}",
    "texts that begin beside their quotes": CLEAN.replace('text = """\n', 'text = """'),
    "a header of dotted keys": 'report.edition = "2021"\nreport.agency = "甲局"\nreport.kind = "department"\nreport.year = 2024\n'
    f"report.published = 2025-01-20\nreport.mine = 1\n{CLEAN[CLEAN.index('[overview]') :]}",
    "a list of tables with tables below": CLEAN.replace("[requests] ", "[[requests]] ").replace(
        "[review] ", "[requests.mine]\nx = 1\n[[requests]]\ny = 2\n[review] "
    ),
    "a header in one line": "report = { edition = '2021', agency = '甲局', kind = 'department', year = 2024, published = 2025-01-20 }\n"
    + CLEAN[CLEAN.index("[overview]") :],
}


@pytest.mark.parametrize(
    "command", [GRANTED, UPHELD, DIRECT, OTHER, SetHeader("agency", "示例市西山区民政局"), SetHeader("published", None)]
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_file_that_reads_can_be_saved_after_an_edit(layout: str, command: Command) -> None:
    source = read_report(LAYOUTS[layout].encode())
    after = reduce(source.report, command)
    again = read_report(report_bytes(after, source))
    assert again.report == after


@given(st.data())
def test_any_edits_of_any_layout_leave_every_word_of_ones_own(data: st.DataObject) -> None:
    source = read_report(LAYOUTS[data.draw(st.sampled_from(sorted(LAYOUTS)))].encode())
    after = source.report
    for _ in range(data.draw(st.integers(1, 4))):
        after = reduce(after, data.draw(commands(after)))
    written = report_bytes(after, source).decode()
    assert read_report(written.encode()).report == after
    for own in ("mine", "n = 1", "k = 2", "phone", "own = 1", "# 注 [1]", "# 短", "# 长", "412", '"甲"', "没有\n"):
        assert own not in source.text or own.split("\n")[0] in written


@pytest.mark.parametrize(
    "given",
    [
        "",
        '\n[waivers] # 我的\n"C08 x@00000001" = "甲" # 旁注\n',
        '\n[waivers]\n"C08 x@00000001" = 3\n',
        "waivers = {}\n",
        'waivers = { "C08 x@00000001" = "甲" }\n',
        'waivers."C08 x@00000001" = "甲"\n',
        'waivers = "甲"\n',
        '\n[[waivers]]\n"C08 x@00000001" = "甲"\n',
        "\n[waivers.mine]\nx = 1\n",
    ],
)
def test_a_waiver_is_saved_and_taken_back_in_any_layout(given: str) -> None:
    text = given + CLEAN if given.startswith("waivers") else CLEAN + given
    source = read_report(text.encode())
    after = reduce(source.report, Waive("C34 overview@00000002", "乙"))
    saved = read_report(report_bytes(after, source))
    assert saved.report == after
    again = reduce(saved.report, Unwaive("C34 overview@00000002"))
    assert read_report(report_bytes(again, saved)).report == source.report
    assert ("甲" in given) <= ("甲" in saved.text)


@examples(25)
@given(st.data())
def test_a_program_that_keeps_the_style_of_toml_reads_a_saved_file_alike_and_writes_it_back_to_the_byte(data: st.DataObject) -> None:
    source = read_report(CLEAN.encode())
    written = report_bytes(reduce(source.report, data.draw(commands(source.report))), source).decode()
    document = tomlkit.parse(written)
    assert document.unwrap() == tomllib.loads(written)
    assert tomlkit.dumps(document) == written


def own_keys(text: str) -> dict[str, object]:
    """Return the contents of a file apart from the values that the tests edit."""
    document = tomllib.loads(text)
    for section, key in (("requests", "granted"), ("requests", "total"), ("report", "agency")):
        document.get(section, {}).pop(key, None)
    return document


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if "list of tables" not in name])
def test_an_edited_cell_leaves_every_other_value_of_the_file(layout: str) -> None:
    source = read_report(LAYOUTS[layout].encode())
    after = reduce(reduce(source.report, GRANTED), SetHeader("agency", "示例市西山区民政局"))
    assert own_keys(report_bytes(after, source).decode()) == own_keys(source.text)


def test_a_row_too_short_or_too_long_keeps_the_figures_that_were_not_edited() -> None:
    for before, after in (
        ("granted = [0, 1000000000000000000000, 0]", "granted = [3, 1000000000000000000000, 0]"),
        ("granted = [0, 0, 0, 0, 0, 0, 0, 9]", "granted = [3, 0, 0, 0, 0, 0, 3, 9]"),
    ):
        source = read_report(CLEAN.replace(ROW, before).encode())
        assert after in report_bytes(reduce(source.report, GRANTED), source).decode()


def test_the_last_cell_of_a_row_too_short_brings_those_before_it() -> None:
    source = read_report(CLEAN.replace(ROW, "granted = [0, 1,] # 短").encode())
    after = reduce(source.report, SetCell(parse_address("requests.granted.other"), 5))
    assert 'granted = [0, 1, "", "", "", 5, "",] # 短' in report_bytes(after, source).decode()


def test_a_section_that_is_no_table_is_kept_as_a_comment() -> None:
    source = read_report(LAYOUTS["a section that is a list of tables"].encode())
    written = report_bytes(reduce(reduce(source.report, GRANTED), OTHER), source).decode()
    for line in source.text.split("\n"):
        assert line in written
    assert '\n# [[requests]]                    # 三、收到和处理政府信息公开申请情况\n# text = ""\n' in written
    assert read_report(written.encode()).report.cell(GRANTED.address) == 3


def test_a_value_that_was_not_read_is_kept_as_a_comment_above_the_new_one() -> None:
    source = read_report(LAYOUTS["a text that is a list"].encode())
    written = report_bytes(reduce(source.report, SetText(SectionId("overview"), "丙")), source).decode()
    assert '\n# text = ["甲",\n#   "乙"]\ntext = """\n丙""" # c\n' in written


def test_a_missing_row_goes_behind_the_row_before_it() -> None:
    source = read_report(LAYOUTS["dotted keys"].encode())
    lines = report_bytes(reduce(source.report, DIRECT), source).decode().split("\n")
    assert lines[3].startswith("review.litigation_direct = [1, ")
    source = read_report(LAYOUTS["a section without a line"].encode())
    assert "[review]\nlitigation_direct = [1, " in report_bytes(reduce(source.report, DIRECT), source).decode()


def test_rows_missing_at_one_place_are_inserted_in_the_order_of_the_form() -> None:
    source = read_report(LAYOUTS["a section without a line"].encode())
    after = source.report
    for command in (AFTER_REVIEW, DIRECT, UPHELD):
        after = reduce(after, command)
    lines = report_bytes(after, source).decode().split("\n")
    first = lines.index("[review]") + 1
    assert [line.split(" = ")[0] for line in lines[first : first + 3]] == [
        "reconsideration",
        "litigation_direct",
        "litigation_after_review",
    ]


def test_an_empty_inline_table_takes_several_rows_at_once() -> None:
    source = read_report(LAYOUTS["an empty inline table"].encode())
    after = reduce(reduce(source.report, UPHELD), DIRECT)
    assert read_report(report_bytes(after, source)).report == after


def test_a_section_in_an_inline_table_gains_its_first_row_inside_the_braces() -> None:
    source = read_report(LAYOUTS["an empty inline table"].encode())
    assert "\nreview = {reconsideration = [1, " in report_bytes(reduce(source.report, UPHELD), source).decode()


def test_an_empty_table_is_removed_up_to_the_next_header() -> None:
    behind = '[mine]\nx = 1\n\n[other] # 六\ntext = ""\n'
    assert without_empty_table(f"[waivers] # 我的\n\n{behind}", "waivers").lstrip("\n") == behind


def test_an_inline_table_stays_on_its_line() -> None:
    source = read_report(LAYOUTS["an inline table"].encode())
    after = reduce(reduce(source.report, DIRECT), SetText(SectionId("review"), "甲\n乙"))
    written = report_bytes(after, source).decode().split("\n")
    assert written[1].startswith('review = { text = "甲\\n乙", reconsideration = [0, 0, 0, 0, 0], mine = "x", litigation_direct = [1, ')
    assert written[1].endswith(" } # 我的")


def test_a_text_that_begins_beside_its_quotes_goes_on_doing_so() -> None:
    source = read_report(LAYOUTS["texts that begin beside their quotes"].encode())
    assert 'text = """没有其他事项。\n第二段。"""' in report_bytes(reduce(source.report, OTHER), source).decode()


@pytest.mark.parametrize("value", [10**15, 10**16, 10**63, -(10**20)])
def test_a_number_of_any_length_that_can_be_typed_can_be_saved(value: int) -> None:
    source = read_report(CLEAN.encode())
    after = reduce(source.report, SetCell(GRANTED.address, value))
    written = report_bytes(after, source)
    assert read_report(written).report.cell(GRANTED.address) == value
    assert str(value).encode() in written


@pytest.mark.parametrize(
    ("text", "path", "left"),
    [
        ("a = 1\nb = 2 # x\nc = 3\n", ("b",), "a = 1\nc = 3\n"),
        ("t = { a = 1, b = 2, c = 3 }", ("t", "b"), "t = { a = 1, c = 3 }"),
        ("t = { a = 1, b = 2 }", ("t", "b"), "t = { a = 1 }"),
        ("t = { a = 1 }", ("t", "a"), "t = { }"),
        ('x = [\n  "a",\n  "b"\n]\n', ("x", 1), 'x = [\n  "a",\n]\n'),
        ('x = ["a", "b"]\n', ("x", 0), 'x = ["b"]\n'),
        ('x = ["a", "b"]\n', ("x", 1), 'x = ["a"]\n'),
        ("a = 1", ("b",), "a = 1"),
    ],
)
def test_what_is_taken_out_takes_its_comma_or_its_line_with_it(text: str, path: tuple[str | int, ...], left: str) -> None:
    assert without(text, path) == left
    tomllib.loads(left)


OPENINGS = st.sampled_from(['"""', '"""\n', '"""\r\n', '"', "'''", "'''\n", "'"])
PIECES = st.sampled_from(
    ["甲", "乙", "𠀀", "\\n", "\\t", "\\u4e00", "\\U00004E00", '\\"', "\\\\", "\n", "\r\n", "\\\n   ", "\\  \r\n\n ", "XX"]
)


@examples(300)
@given(OPENINGS, st.lists(PIECES, max_size=8), st.lists(PIECES, max_size=3))
def test_the_place_of_a_character_of_a_text_is_where_the_file_has_it(opening: str, before: list[str], behind: list[str]) -> None:
    quotes = opening.rstrip("\r\n")
    text = "# top\nkey = " + opening + "".join(before) + "示" + "".join(behind) + quotes + "\nafter = 1\n"
    try:
        value = tomllib.loads(text)["key"].replace("\r\n", "\n")
    except tomllib.TOMLDecodeError:
        return
    place = find_positions(text).in_text(("key",), value.index("示"))
    assert place is not None
    assert text.split("\n")[place[0] - 1][place[1] - 1] == "示"
