"""Other reports that belong to the one being edited: last year's, found beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..files.report.report_file import UnreadableError, load_report

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.report import Report

#: Files of one folder that are looked into.
MOST_FILES = 60


def find_previous(path: Path, report: Report) -> Report | None:
    """Last year's report of the same agency in the same folder; None where there is none."""
    wanted = report.header.year - 1
    if wanted <= 0:
        return None
    try:
        files = [file for file in path.parent.glob("*.toml") if file.name != path.name and not file.name.startswith(".")]
    except OSError:
        return None
    files.sort(key=lambda file: (str(wanted) not in file.name, file.name))
    for file in files[:MOST_FILES]:
        try:
            found = load_report(file).report
        except UnreadableError:
            continue
        if found.header.year == wanted and found.header.agency == report.header.agency:
            return found
    return None
