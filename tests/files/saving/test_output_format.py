"""File formats permitted under a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from nianbao.core.report import Header, blank_report
from nianbao.files.report.serialize import report_bytes
from nianbao.files.saving.publish import holds_report
from nianbao.templates import load_edition

REPORT = report_bytes(blank_report(load_edition("2021"), Header(agency="示例镇人民政府", kind="government", year=2023)))


@pytest.mark.parametrize(
    ("name", "data", "is_report"),
    [
        ("a.toml", REPORT, True),
        ("a.txt", REPORT, True),
        ("a.toml", b"\xef\xbb\xbf[report]\n", True),
        ("a.toml", b"report.year = 2024\n", True),
        ("a.toml", b"[report]\nyear = \n", True),
        ("a.txt", b"[report]\nyear = \n", False),
        ("a.toml", b"[tool]\nname = 'report'\n", False),
        ("a.toml", b"report = 1\n", False),
        ("a.txt", "报告 [report]\n".encode("gb18030"), False),
        ("a.toml", b"", False),
    ],
)
def test_a_report_is_known_by_its_table(name: str, data: bytes, *, is_report: bool) -> None:
    assert holds_report(Path(name), data) is is_report
