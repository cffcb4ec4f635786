"""Benchmarks of core, report files and export: `make bench`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nianbao.core.checks.context import CheckContext
from nianbao.core.checks.run_checks import check_report
from nianbao.core.checks.tables.identities import check_identities
from nianbao.core.commands import SetCell, SetText, reduce
from nianbao.core.history import History
from nianbao.core.ids import SectionId, parse_address
from nianbao.core.publishing.official_text import export_text
from nianbao.files.report.report_file import read_report
from nianbao.files.report.serialize import report_bytes
from nianbao.service.check_file import CheckOptions, check_file
from nianbao.templates import load_catalogue

if TYPE_CHECKING:
    from nianbao.core.report import Report

EXAMPLES = Path(__file__).parents[1] / "examples"
CATALOGUE = load_catalogue()


@pytest.fixture(scope="module")
def data() -> bytes:
    return (EXAMPLES / "city-2024.toml").read_bytes()


@pytest.fixture(scope="module")
def report(data: bytes) -> Report:
    return read_report(data).report


def test_all_identities_of_a_2021_report(benchmark, report: Report) -> None:  # noqa: ANN001
    assert benchmark(lambda: list(check_identities(CheckContext(report, CATALOGUE)))) == []


def test_all_checks_of_a_report(benchmark, report: Report) -> None:  # noqa: ANN001
    benchmark(lambda: check_report(report, CATALOGUE, edition_for=report.edition))


def test_loading_a_report(benchmark, data: bytes) -> None:  # noqa: ANN001
    benchmark(read_report, data)


def test_checking_a_file_once_everything_is_loaded(benchmark) -> None:  # noqa: ANN001
    benchmark(check_file, str(EXAMPLES / "city-2024.toml"), CheckOptions())


def test_saving_one_changed_cell(benchmark, data: bytes) -> None:  # noqa: ANN001
    source = read_report(data)
    changed = reduce(source.report, SetCell(parse_address("disclosure.licences.decisions"), 1))
    benchmark(report_bytes, changed, source)


def test_exporting_text(benchmark, report: Report) -> None:  # noqa: ANN001
    benchmark(export_text, report)


def test_a_thousand_commands_done_and_undone(benchmark, report: Report) -> None:  # noqa: ANN001
    cell = parse_address("requests.granted.natural_person")

    def run() -> Report:
        history = History(report)
        for number in range(1000):
            command = SetCell(cell, number) if number % 2 else SetText(SectionId("other"), f"第{number}稿")
            history = history.do(command)
        while history.past:
            history = history.undo()
        return history.present

    assert benchmark.pedantic(run, rounds=3) == report
