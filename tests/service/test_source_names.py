"""Recognition of published reports by file name, and the name of the report file made from one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.core.ids import parse_address
from nianbao.service.source_names import is_source, report_path

if TYPE_CHECKING:
    from pathlib import Path


GRANTED = "requests.granted.natural_person"


def test_a_report_file_is_no_source_and_its_name_is_free(tmp_path: Path) -> None:
    assert not is_source(tmp_path / "report.toml")
    (tmp_path / "page.toml").touch()
    assert report_path(tmp_path / "page.html") == tmp_path / "page-2.toml"
    assert parse_address(GRANTED).section == "requests"
