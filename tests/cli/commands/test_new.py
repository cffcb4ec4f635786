"""`nianbao new`: blank reports, and reports carried over from last year's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import CLEAN, Run
from nianbao.core.report import BLANK
from nianbao.files.report.report_file import load_report
from repository import EXAMPLES


def test_a_draft_may_have_blanks(nianbao: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "new.toml")
    assert nianbao("new", path, "--agency", "示例市民政局", "--year", "2024").code == 0
    assert nianbao("check", path).code == 1
    assert nianbao("check", path, "--draft").code == 0
    exported = nianbao("export", path, "--draft")
    assert exported.code == 0
    assert "草稿" in exported.out


def test_new_never_overwrites_unasked(nianbao: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    path.write_text("mine", encoding="utf-8")
    assert nianbao("new", str(path), "--year", "2024").code == 2
    assert path.read_text(encoding="utf-8") == "mine"
    assert nianbao("new", str(path), "--year", "2024", "--force").code == 0
    assert load_report(path).report.header.year == 2024


def test_next_years_report_carries_what_stays_and_marks_it(nianbao: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "2025.toml")
    outcome = nianbao("new", path, "--from", str(EXAMPLES / "city-2024.toml"))
    report = load_report(Path(path)).report
    assert outcome.code == 0
    assert (report.header.agency, report.header.kind, report.header.year) == ("示例市人民政府", "government", 2025)
    carried = report.edition.row_cells["requests", "carried_over"]  # type: ignore[index] # the section's own name
    assert [report.cells[at] for at in carried] == [118, 5, 0, 0, 1, 1, 125]
    findings = json.loads(nianbao("check", path, "--format", "json", "--select", "C47").out)["files"][0]["findings"]
    assert len(findings) == len(report.header.carried) > 5
    assert all(finding["line"] for finding in findings)


def test_a_report_from_an_older_one_than_last_years_has_its_carried_over_row_blank_and_is_told_so(nianbao: Run, tmp_path: Path) -> None:
    path = tmp_path / "2030.toml"
    outcome = nianbao("new", str(path), "--from", str(EXAMPLES / "city-2024.toml"), "--year", "2030")
    report = load_report(path).report
    assert outcome.code == 0
    assert "city-2024.toml 是 2024 年度的报告，不是上一年度（2029 年度）的：上年结转没有填" in outcome.err
    assert set(report.cells) == {BLANK}
    assert report.header.carried


@pytest.mark.parametrize("year", ["2019", "2023", "2024"])
def test_no_report_is_made_from_one_of_the_same_or_a_later_year(nianbao: Run, tmp_path: Path, year: str) -> None:
    path = tmp_path / "new.toml"
    outcome = nianbao("new", str(path), "--from", str(EXAMPLES / "city-2024.toml"), "--year", year)
    assert outcome.code == 2
    assert f"是 2024 年度的报告，不能由它生成 {year} 年度的" in outcome.err
    assert not path.exists()


def test_a_report_without_a_year_does_not_tell_what_the_next_one_is(nianbao: Run, tmp_path: Path) -> None:
    last = tmp_path / "last.toml"
    last.write_text(Path(CLEAN).read_text(encoding="utf-8").replace("year = 2024", ""), encoding="utf-8")
    assert "请用 --year 给出" in nianbao("new", "--from", str(last)).err
    given = nianbao("new", "--from", str(last), "--year", "2025")
    assert given.code == 0
    assert "没有写年度，无法确定是不是上一年度（2024 年度）的报告" in given.err
