"""Selection of last year's report of the same agency in a directory."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from nianbao.core.report import Header, blank_report
from nianbao.files.report.report_file import read_report
from nianbao.files.report.serialize import report_bytes
from nianbao.service.previous import PreviousReports
from nianbao.service.report_index import parse_first_lines
from nianbao.templates import load_edition

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.core.report import Report

AGENCY = "示例市民政局"


def a_report(year: int, agency: str = AGENCY) -> Report:
    return blank_report(load_edition("2021"), Header(agency, "department", year))


def write(path: Path, report: Report) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(report_bytes(report))
    return path


def found(path: Path, report: Report) -> Path | None:
    last = PreviousReports().find(path, report)
    return None if last is None else last.path


def test_it_is_of_the_same_agency_and_the_year_before(tmp_path: Path) -> None:
    this = write(tmp_path / "this.toml", a_report(2024))
    write(tmp_path / "a.toml", a_report(2022))
    write(tmp_path / "b.toml", a_report(2023, "示例市教育局"))
    assert found(this, a_report(2024)) is None
    last = write(tmp_path / "c.toml", a_report(2023, "示例市　民政局"))
    assert found(this, a_report(2024)) == last


def test_a_name_with_the_year_comes_first_then_the_order_of_names(tmp_path: Path) -> None:
    this = write(tmp_path / "this.toml", a_report(2024))
    names = ["c-2023.toml", "b-2023.toml", "a.toml"]
    for name in names:
        write(tmp_path / name, a_report(2023))
    reports = PreviousReports()
    for name in sorted(names, key=lambda name: ("2023" not in name, name)):
        last = PreviousReports().find(this, a_report(2024))
        assert last is not None
        assert last.path.name == name
        again = reports.find(this, a_report(2024))
        assert again is not None
        assert again.path.name == "b-2023.toml"
        (tmp_path / name).unlink()


def test_looking_for_another_year_first_does_not_change_which_is_found(tmp_path: Path) -> None:
    this = write(tmp_path / "this.toml", a_report(2024))
    write(tmp_path / "z-2023.toml", a_report(2023))
    write(tmp_path / "a-2021.toml", a_report(2023))
    reports = PreviousReports()
    assert reports.find(this, a_report(2022)) is None
    last = reports.find(this, a_report(2024))
    assert last is not None
    assert last.path.name == "z-2023.toml"


def test_a_report_is_never_its_own_predecessor(tmp_path: Path) -> None:
    this = write(tmp_path / "this.toml", a_report(2023))
    (tmp_path / "link.toml").symlink_to(this)
    assert found(this, a_report(2024)) is None


def test_one_run_finds_each_report_of_a_folder_whichever_comes_first(tmp_path: Path) -> None:
    paths = {year: write(tmp_path / f"{year}.toml", a_report(year)) for year in (2022, 2023, 2024)}
    for order in ((2022, 2023, 2024), (2024, 2023, 2022)):
        reports = PreviousReports()
        for year in order:
            last = reports.find(paths[year], a_report(year))
            assert (None if last is None else last.path) == paths.get(year - 1)


def test_a_report_without_an_agency_has_none(tmp_path: Path) -> None:
    write(tmp_path / "last.toml", a_report(2023, ""))
    assert found(tmp_path / "this.toml", a_report(2024, "")) is None


@pytest.mark.parametrize(
    "data", [b"", b"[report\n", b"\xff\xfe", b'format = 1\n[report]\nagency = "' + AGENCY.encode() + b'"\nyear = 2023\nx = \n']
)
def test_a_neighbour_that_cannot_be_read_is_passed_over(tmp_path: Path, data: bytes) -> None:
    this = write(tmp_path / "this.toml", a_report(2024))
    (tmp_path / "2023.toml").write_bytes(data)
    last = write(tmp_path / "last.toml", a_report(2023))
    assert found(this, a_report(2024)) == last


def test_hidden_files_policies_pipes_and_other_folders_are_not_looked_into(tmp_path: Path) -> None:
    this = write(tmp_path / "this.toml", a_report(2024))
    for name in (".hidden.toml", "nianbao.toml", "2023.txt"):
        write(tmp_path / name, a_report(2023))
    write(tmp_path / "archive" / "2023.toml", a_report(2023))
    os.mkfifo(tmp_path / "pipe.toml")
    assert found(this, a_report(2024)) is None


def test_standard_input_and_a_folder_that_is_not_there_have_none(tmp_path: Path) -> None:
    assert PreviousReports().find(None, a_report(2024)) is None
    assert found(tmp_path / "none" / "this.toml", a_report(2024)) is None


def test_a_folder_that_is_given_is_searched_with_all_in_it(tmp_path: Path) -> None:
    this = write(tmp_path / "this.toml", a_report(2024))
    write(tmp_path / "2023.toml", a_report(2023))
    last = write(tmp_path / "archive" / "last.toml", a_report(2023))
    given = PreviousReports(str(tmp_path / "archive")).find(this, a_report(2024))
    assert given is not None
    assert given.path == last


FIRST_LINES = [
    ('format = 1\n\n[report] # 表头\nedition = "2021"\nagency = "某局" # 全称\nyear = 2024\n', ("某局", 2024)),
    ('\ufeffformat = 1\r\n[report]\r\nyear = 2024\r\npublished = 2025-01-02\r\nagency = "某 局"\r\n', ("某局", 2024)),
    ('[report]\npreface = """\nyear = 2020\nagency = "他局"\n"""\nagency = "某局"\nyear = 2024\n', None),
    ('[report]\nagency = "\\u67d0局"\nyear = 2024\n', None),
    ('[report]\nagency = "某局"\nyear = 2_024\n', None),
    ('[report]\nagency = "某局"\n[overview]\nyear = 2024\n', None),
    ('[report]\nagency = "某局"\nyear = 20', None),
    ('agency = "某局"\nyear = 2024\n', None),
]


@pytest.mark.parametrize(("text", "expected"), FIRST_LINES)
def test_the_first_lines_are_believed_only_where_they_leave_no_doubt(text: str, expected: tuple[str, int] | None) -> None:
    assert parse_first_lines(text.encode()) == expected


def test_the_first_lines_of_a_written_report_say_what_the_whole_file_says() -> None:
    data = report_bytes(a_report(2024))
    header = read_report(data).report.header
    assert parse_first_lines(data[:4096]) == (header.agency, header.year)
