"""`diff`: differences by official label as text, by address as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from nianbao.cli.main import main
from nianbao.core.cell_notation import format_cell
from nianbao.core.ids import SectionId
from nianbao.core.report import Header, blank_report
from nianbao.files.report.report_file import load_report
from nianbao.files.report.serialize import report_bytes
from repository import EXAMPLES
from rule_check import EDITION
from strategies import address

CITY, LAST = str(EXAMPLES / "city-2024.toml"), str(EXAMPLES / "city-2023.toml")
GRANTED = address("requests.granted.natural_person")
TOTAL = Header("某市人民政府", "government", 2024)


def test_diff_tells_cells_by_their_labels_and_exits_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", LAST, CITY]) == 1
    shown = capsys.readouterr()
    assert "  年度：2023 → 2024\n" in shown.out
    old, new = (load_report(Path(path)).report.cell(GRANTED) for path in (LAST, CITY))
    assert f"表三“（一）予以公开”自然人：{format_cell(old)} → {format_cell(new)}（" in shown.out
    assert "不同之处" in shown.err


def test_diff_of_a_report_with_itself_says_so_and_exits_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", CITY, CITY]) == 0
    assert capsys.readouterr() == ("", "两份报告没有不同。\n")


def test_diff_for_scripts_names_cells_by_address(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", LAST, CITY, "--format", "json", "--only", "tables"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["fields"], found["paragraphs"]) == ([], [])
    assert {"cell", "name", "before", "after"} == set(found["cells"][0])
    assert str(GRANTED) in [one["cell"] for one in found["cells"]]


def test_a_report_cannot_send_anything_to_the_terminal_through_diff(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("a", "甲"), ("b", "\x1b[2J乙\u202e")):
        report = blank_report(EDITION, TOTAL).with_text(SectionId("overview"), text)
        (tmp_path / name).write_bytes(report_bytes(report))
    assert main(["diff", str(tmp_path / "a"), str(tmp_path / "b")]) == 1
    assert "+ 乙" in (shown := capsys.readouterr().out)
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_diff_shows_each_paragraph_with_the_one_in_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = []
    for name, text in (("a", "甲一。\n乙一。"), ("b", "甲二。\n乙二。")):
        report = blank_report(EDITION, Header("某局", "department" if name == "a" else "government", 2024)).with_text(
            SectionId("overview"), text
        )
        (tmp_path / name).write_bytes(report_bytes(report))
        paths.append(str(tmp_path / name))
    assert main(["diff", *paths]) == 1
    shown = capsys.readouterr().out
    assert "  - 甲一。\n  + 甲二。\n  - 乙一。\n  + 乙二。\n" in shown
    assert "机关类别：政府部门 → 各级人民政府" in shown
