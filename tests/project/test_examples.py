"""The example reports: clean ones without findings, a wrong one with its findings, and their exported text, reviewed by eye.

Update the texts with `pytest tests/project/test_examples.py --snapshot-update`, and review them again.
"""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from nianbao.core.cell_notation import parse_cell
from nianbao.core.ids import Address, parse_address
from nianbao.core.publishing.official_text import export_text
from nianbao.core.publishing.style import TextStyle
from nianbao.core.report import Cell
from nianbao.files.report.report_file import load_report
from nianbao.service.check_file import CheckOptions, check_file
from repository import EXAMPLES, SHARED, needs_shared
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

CLEAN = ("district-2019", "department-2024", "city-2023", "city-2024")


class TextFile(SingleFileSnapshotExtension):
    """Snapshot extension: one .txt file per snapshot."""

    file_extension = "txt"
    _write_mode = WriteMode.TEXT


@pytest.mark.parametrize("name", CLEAN)
def test_the_clean_examples_have_no_finding(name: str) -> None:
    assert check_file(EXAMPLES / f"{name}.toml", CheckOptions(look_beside=False)).findings == ()


def test_last_years_example_fits_this_years() -> None:
    checked = check_file(EXAMPLES / "city-2024.toml", CheckOptions())
    assert checked.previous == str(EXAMPLES / "city-2023.toml")
    assert [finding.code for finding in checked.findings] == ["C42", "C42"]


def test_the_wrong_example_is_wrong_in_every_way_that_it_shows() -> None:
    codes = {finding.code for finding in check_file(EXAMPLES / "wrong-2024.toml", CheckOptions()).findings}
    assert codes >= {"C02", "C03", "C04", "C06", "C08", "C09", "C15", "C19", "C34", "C51", "C53", "C54", "C55", "C57", "C58", "C71"}


@pytest.mark.parametrize("width", [80, 100, 120])
@pytest.mark.parametrize("name", [*CLEAN, "wrong-2024"])
def test_each_example_is_published_as_recorded(name: str, width: int, snapshot: SnapshotAssertion) -> None:
    report = load_report(EXAMPLES / f"{name}.toml").report
    assert export_text(report, TextStyle(width=width)).text == snapshot(extension_class=TextFile)


@needs_shared
@pytest.mark.parametrize(
    ("name", "label"), [("district-2019", "S3"), ("department-2024", "S4"), ("city-2023", "001-2023"), ("city-2024", "001-2024")]
)
def test_the_figures_are_the_published_ones(name: str, label: str) -> None:
    path = SHARED / "corpus" / "labels" / f"{label}.json"
    report = load_report(EXAMPLES / f"{name}.toml").report
    labelled = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert {name: report.cell(parse_address(name)) for name in labelled} == {
        name: published(parse_address(name), value, report.edition) for name, value in labelled.items()
    }


def published(address: Address, value: object, edition: object) -> Cell:
    """Convert a label to a cell: the labels have amounts as JSON numbers and keep printed units."""
    from nianbao.core.edition import Edition  # noqa: PLC0415 - one helper

    assert isinstance(edition, Edition)
    if isinstance(value, str):
        return parse_cell(value, edition.info(address).kind).value
    assert isinstance(value, int | float)
    return value if isinstance(value, int) else Decimal(str(value))
