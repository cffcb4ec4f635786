"""Findings about a file: each is reported once, at its position, with section, cells and the values in the file."""

from __future__ import annotations

import pytest
from examined import findings_of
from example_counts import examples
from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.checks.finding import Finding
from nianbao.core.ids import parse_address
from nianbao.core.report import Text
from nianbao.files.report.report_file import UnreadableError, read_report
from repository import EXAMPLES
from rule_check import CATALOGUE

CLEAN = (EXAMPLES / "department-2024.toml").read_text(encoding="utf-8")
LICENCES = "licences            = [38]"
GRANTED = "granted                      = [0, 0, 0, 0, 0, 0, 0]"
COLUMNS = ("natural_person", "enterprise", "research", "public_interest", "legal_service", "other", "total")
LAST = {
    name: CLEAN[: CLEAN.index(f"[{name}]")].rstrip().count("\n") + 1 for name in ("overview", "disclosure", "review", "problems", "other")
}
"""Number of the last line before each section's header."""


def without_section(name: str, following: str) -> str:
    return CLEAN[: CLEAN.index(f"[{name}]")] + (CLEAN[CLEAN.index(f"[{following}]") :] if following else "")


def of(section: str, row: str, *columns: str) -> list[str]:
    return [f"{section}.{row}.{column}" for column in columns]


SLIPS = {
    "a misspelt row": (CLEAN.replace("\ngranted ", "\ngrantd "), "F08", "requests", of("requests", "granted", *COLUMNS)),
    "a missing row": (CLEAN.replace("\ngranted ", "\n# granted "), "C14", "requests", of("requests", "granted", *COLUMNS)),
    "a number for a row": (
        CLEAN.replace("regulations         = [0, 0, 0]", "regulations = 5"),
        "F05",
        "disclosure",
        of("disclosure", "regulations", "issued", "repealed", "in_force"),
    ),
    "a row too short": (CLEAN.replace(GRANTED, "granted = [0, 0, 0]"), "F06", "requests", of("requests", "granted", *COLUMNS)),
    "a row too long": (CLEAN.replace(LICENCES, "licences = [38, 0]"), "F07", "disclosure", of("disclosure", "licences", "decisions")),
    "a missing text": (without_section("problems", "other"), "F11", "problems", []),
    "a missing last section": (without_section("other", ""), "F11", "other", []),
    "a missing table": (without_section("review", "problems"), "F11", "review", None),
    "a misspelt section": (CLEAN.replace("[review]", "[reveiw]"), "F13", "review", None),
    "a misspelt text section": (CLEAN.replace("[problems]", "[problem]"), "F13", "problems", []),
    "a list of tables for a section": (CLEAN.replace("[review] ", "[[review]] "), "F05", "review", None),
    "a text for a section": (CLEAN.replace("[other] ", "[mine] ").replace("format = 1", 'format = 1\nother = "无"'), "F05", "other", []),
    "a number for a text": (CLEAN.replace("[other] ", "[other]\ntext = 5\n[mine] "), "F05", "other", []),
    "a number for the agency": (CLEAN.replace('agency = "示例市东山区民政局"', "agency = 7"), "F05", None, []),
    "a year that is none": (CLEAN.replace("year = 2024", "year = 0"), "C75", None, []),
    "an edition that is a number": (CLEAN.replace('edition = "2021"', "edition = 2021"), "F05", None, []),
}


@pytest.mark.parametrize("name", SLIPS)
def test_one_slip_is_one_finding_of_its_section_and_its_cells(name: str) -> None:
    text, code, section, cells = SLIPS[name]
    assert text != CLEAN
    found = findings_of(read_report(text.encode()))
    assert [(finding.code, finding.section) for finding in found] == [(code, section)]
    assert found[0].line
    named = [str(address) for address in found[0].cells]
    assert named == (
        cells if cells is not None else [str(a) for a in read_report(CLEAN.encode()).report.edition.addresses if a.section == section]
    )


def test_a_blank_that_no_slip_explains_is_still_said() -> None:
    text = CLEAN.replace("\ngranted ", "\ngrantd ").replace(LICENCES, 'licences = [""]')
    assert [finding.code for finding in findings_of(read_report(text.encode()))] == ["C15", "F08"]


def test_two_misspelt_rows_are_two_findings() -> None:
    text = CLEAN.replace("\ngranted ", "\ngrantd ").replace("\ncarried_over ", "\ncaried_over ")
    found = findings_of(read_report(text.encode()))
    assert [finding.param("near") for finding in found] == ["carried_over", "granted"]


@pytest.mark.parametrize(
    ("section", "following"), [("overview", "disclosure"), ("review", "problems"), ("problems", "other"), ("other", "")]
)
def test_a_missing_section_is_placed_where_it_would_stand(section: str, following: str) -> None:
    found = findings_of(read_report(without_section(section, following).encode()))
    assert [(finding.line, finding.column) for finding in found] == [(LAST[section], 1)]


def refusal(text: str) -> Finding:
    with pytest.raises(UnreadableError) as caught:
        read_report(text.encode())
    return caught.value.finding


def test_too_deep_a_nesting_and_too_long_a_number_have_their_place() -> None:
    line = CLEAN[: CLEAN.index(LICENCES)].count("\n") + 1
    deep = refusal(CLEAN.replace(LICENCES, f"licences = [[1], {'[' * 5000}"))
    long = refusal(CLEAN.replace(LICENCES, f"licences = [{'9' * 5000}] # {'1' * 6000}"))
    assert [(found.param("variant"), found.line, found.column) for found in (deep, long)] == [("deep", line, 12), ("number", line, 13)]


@pytest.mark.parametrize(
    "text", ["[project]\nname = 'x'\n", "[format]\nindent = 2\n", "line-length = 88\n", "[[package]]\nname = 'x'\n", "# 注\n"]
)
def test_another_programs_file_is_told_as_such(text: str) -> None:
    assert refusal(text).code == "F12"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("format = 1\n", "F11"),
        ("[overview]\ntext = '无'\n", "F11"),
        ("format = 1\n[reprot]\nyear = 2024\n", "F13"),
        ("format = 1\nreport = 3\n", "F05"),
        ("format = 1\n[[report]]\nyear = 2024\n", "F05"),
        ("[report]\n", "F09"),
    ],
)
def test_a_report_without_a_usable_header_is_told_so_with_a_place(text: str, code: str) -> None:
    found = refusal(text)
    assert (found.code, found.line > 0) == (code, True)


@pytest.mark.parametrize("digits", [10**15, 10**16 + 1, 10**30, 10**99, 10**599])
def test_a_number_of_many_digits_is_a_number_with_too_many_digits(digits: int) -> None:
    found = findings_of(read_report(CLEAN.replace(LICENCES, f"licences = [{digits}]").encode()))
    assert [finding.code for finding in found] == ["C18"]
    assert found[0].actual == digits


def test_a_number_beyond_all_measure_keeps_the_figures_of_the_file() -> None:
    cell = parse_address("disclosure.licences.decisions")
    for written in ("7" * 4000, "0x" + "f" * 5000):
        report = read_report(CLEAN.replace(LICENCES, f"licences = [{written}]").encode()).report
        assert report.cell(cell) == Text(written)


@pytest.mark.parametrize("key", ["format = 1", "year = 2024", 'edition = "2021"', "published = 2025-01-20"])
def test_no_number_in_the_header_is_too_long_to_be_spoken_of(key: str) -> None:
    text = CLEAN.replace(key, f"{key.split(' = ', maxsplit=1)[0]} = 0x1{'0' * 5000}", 1)
    try:
        found = [finding for finding in read_report(text.encode()).problems if finding.code == "F05"]
    except UnreadableError as error:
        found = [error.finding]
    assert "0x1000" in CATALOGUE.message(found[0])


SIGNS = [
    '"',
    "'",
    '"""',
    "'''",
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    "\\",
    "\\u12",
    "\n",
    "\r\n",
    "\r",
    "\x1b",
    "#",
    "“",
    "”",
    "（",
    "\u3000",
    " ",
    "_",
]
WORDS = ["0", "007", "机", "a", "a = ", "[t]\n", 'text = """\n', "2024-1-5", "2024年1月", "true"]
PIECES = st.sampled_from([*SIGNS, *WORDS])


@examples(300)
@given(st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=30)), st.integers(0, len(CLEAN)), st.integers(0, 40))
def test_whatever_is_no_toml_has_a_sentence_and_a_place_inside_the_file(piece: str, at: int, less: int) -> None:
    text = CLEAN[:at] + piece + CLEAN[at + less :]
    try:
        read_report(text.encode("utf-8", errors="replace"))
    except UnreadableError as error:
        finding = error.finding
        assert CATALOGUE.message(finding)
        if finding.code == "F03":
            lines = text.replace("\r\n", "\n").split("\n")
            assert 1 <= finding.line <= len(lines)
            assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
