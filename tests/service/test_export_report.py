"""Export as shared by the preview and `nianbao export`: text, format, and errors that prevent publication."""

from __future__ import annotations

from pathlib import Path

import pytest
from nianbao.core.checks.finding import Finding, Severity
from nianbao.core.publishing.official_text import export_text
from nianbao.core.publishing.style import Borders, TextStyle
from nianbao.files.saving.output_format import EXPORT_SUFFIXES, ExportFormat, SuffixError
from nianbao.service.export_report import errors_in, exported, format_for
from tui_support import editing, finished_report


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("borders", Borders)
async def test_the_preview_holds_exactly_the_text_of_the_export(tmp_path: Path, borders: Borders, draft: bool) -> None:
    report = finished_report()
    async with editing(tmp_path, report) as stage:
        await stage.press("f12", *(["b"] if borders is Borders.ASCII else []), *(["d"] if draft else []), "e", "enter")
    style = TextStyle(borders=borders)
    assert exported(report, style, draft=draft) == export_text(report, style, draft=draft)
    assert (tmp_path / "report.txt").read_text("utf-8") == exported(report, style, draft=draft).text


@pytest.mark.parametrize("suffix", [*EXPORT_SUFFIXES, ".TXT"])
def test_the_suffix_tells_the_format(suffix: str) -> None:
    assert format_for(Path(f"out{suffix}")) is EXPORT_SUFFIXES[suffix.lower()]


def test_standard_output_and_a_format_that_was_asked_for_need_no_suffix() -> None:
    assert format_for(None) is ExportFormat.TEXT
    assert format_for(Path("out.xyz"), ExportFormat.TEXT) is ExportFormat.TEXT
    with pytest.raises(SuffixError):
        format_for(Path("out.xyz"))


def test_an_error_that_was_waived_does_not_forbid_to_publish() -> None:
    error = Finding("C01", Severity.ERROR)
    assert errors_in([error, error._replace(waived="属实"), Finding("C42", Severity.WARNING)]) == [error]
