"""Year and carried-over contents of a new report, by one rule for the command and the editor's form."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from nianbao.cli.commands import new
from nianbao.cli.main import main
from nianbao.files.report.report_file import load_report
from nianbao.files.report.serialize import report_bytes
from nianbao.files.saving.directories import Places
from nianbao.files.session.surroundings import Surroundings
from nianbao.service.create_report import NewReportError, NewReportRefusal, due_year, make_report
from nianbao.service.words.new_report_words import REFUSALS
from nianbao.tui.app import Application
from tui_support import Stage, finished_report, options_for

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 1, 15)
LAST = finished_report()
"""A report of 2024."""
DAYS = [(datetime(2026, 6, 30, 12, tzinfo=UTC), 2025), (datetime(2026, 7, 1, 12, tzinfo=UTC), 2026)]


def test_until_june_the_last_year_is_due_and_from_july_on_the_current_one() -> None:
    assert [due_year(date(2026, month, 1)) for month in range(1, 13)] == [2025] * 6 + [2026] * 6


@pytest.mark.parametrize(("today", "year"), DAYS)
def test_the_command_makes_the_report_that_is_due_and_names_its_year(
    today: datetime, year: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(new, "now", lambda: today)
    assert main(["new", str(tmp_path / "new.toml")]) == 0
    assert load_report(tmp_path / "new.toml").report.header.year == year
    assert f"新建 {year} 年度的报告" in capsys.readouterr().err


@pytest.mark.parametrize(("today", "year"), DAYS)
async def test_the_form_of_the_editor_shows_the_same_year_filled_in(today: datetime, year: int, tmp_path: Path) -> None:
    surroundings = Surroundings(Places(tmp_path / "state"), clock=lambda: today)
    options = replace(options_for(tmp_path, path=tmp_path / "new.toml"), surroundings=surroundings)
    editor = Application(options)
    async with editor.run_test(size=(80, 24)) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        await stage.settle()
        assert str(year) in stage.screen()
        await stage.press("ctrl+s")
        await stage.settle()
        assert stage.report.header.year == year
        assert stage.report.header.kind == "department"
        stage.session.close()


def test_a_year_that_was_given_counts_on_any_day() -> None:
    made = make_report(today=TODAY, year=2023)
    assert (made.year, made.dated) == (2023, False)
    assert make_report(today=TODAY).dated


def test_the_year_after_last_years_report_needs_no_date() -> None:
    made = make_report(today=TODAY, last=LAST)
    assert made.year == LAST.header.year + 1
    assert made.previous == LAST


def test_agency_and_kind_are_last_years_unless_given_and_title_and_date_are_not_carried_over() -> None:
    last = LAST.with_header(LAST.header._replace(kind="government", title="二〇二四年报告", published=date(2025, 1, 20)))
    header = make_report(today=TODAY, last=last).report.header
    assert (header.agency, header.kind, header.title, header.published) == (last.header.agency, "government", "", None)
    header = make_report(today=TODAY, last=last, agency="某局", kind="department").report.header
    assert (header.agency, header.kind) == ("某局", "department")


def test_an_older_report_is_not_last_years() -> None:
    made = make_report(today=TODAY, year=2030, last=LAST)
    assert made.last == LAST
    assert made.previous is None


@pytest.mark.parametrize(
    ("year", "last_year", "refusal"),
    [
        (1990, None, NewReportRefusal.NO_EDITION),
        (2024, 2024, NewReportRefusal.NOT_LATER),
        (2023, 2024, NewReportRefusal.NOT_LATER),
        (0, 0, NewReportRefusal.YEAR_UNKNOWN),
    ],
)
def test_a_report_that_cannot_be_made_is_refused_with_its_code(year: int, last_year: int | None, refusal: NewReportRefusal) -> None:
    last = None if last_year is None else LAST.with_header(LAST.header._replace(year=last_year))
    with pytest.raises(NewReportError) as error:
        make_report(today=TODAY, year=year, last=last)
    assert error.value.refusal is refusal


def test_each_refusal_has_one_sentence() -> None:
    assert sorted(REFUSALS) == sorted(NewReportRefusal)


async def test_the_form_says_what_an_older_report_could_not_give(tmp_path: Path) -> None:
    last = tmp_path / "旧.toml"
    last.write_bytes(report_bytes(LAST))
    editor = Application(options_for(tmp_path, path=tmp_path / "new.toml"))
    async with editor.run_test(size=(80, 24)) as pilot:
        stage = Stage(editor, pilot)
        await stage.settle()
        await stage.settle()
        await stage.press("tab", "tab", "ctrl+a", "ctrl+k")
        await stage.write("2026")
        await stage.press("tab")
        await stage.write(str(last))
        await stage.press("ctrl+s")
        await stage.settle()
        assert stage.report.header.agency == LAST.header.agency
        assert "上年结转没有填" in stage.message()
        stage.session.close()
