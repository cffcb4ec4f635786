"""Reading report files: the one way for both front ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..files.report.report_file import ReportFile, UnreadableError, load_report, read_bytes, read_report, read_stdin

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ReportFile", "UnreadableError", "load_report", "open_report", "read_bytes", "read_report", "read_stdin"]


def open_report(path: Path | None) -> ReportFile:
    """Read the report at a path, or from standard input for None.

    Raises:
        UnreadableError: the bytes hold no report; its finding says why and where.
    """
    return read_report(read_stdin()) if path is None else load_report(path)
