"""Last year's report of the same agency: named by the user, or found in the report's directory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..files.report.report_file import UnreadableError, load_report
from .report_files import files_beside, report_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..core.checks.finding import Finding
    from ..core.report import Report
    from .report_index import FoundReport, ReportIndex


class PreviousUnreadableError(Exception):
    """Last year's report, as named by the user, cannot be read."""

    def __init__(self, path: str, finding: Finding) -> None:
        super().__init__(path)
        self.path = path
        self.finding = finding


def find_previous(path: Path, report: Report) -> Report | None:
    """Return last year's report of the same agency in the report's directory, or None."""
    found = PreviousReports().find(path, report)
    return None if found is None else found.report


class PreviousReports:
    """Lookup of last year's reports for the files of one run. Each directory is listed once and each file inspected once.

    Args:
        given: Path of last year's report or of a directory of such reports; empty for none.
        beside: Whether to search each report's own directory if nothing is given.
    """

    def __init__(self, given: str = "", *, beside: bool = True) -> None:
        self._given = given
        self._look_beside = beside
        self._one: FoundReport | None = None
        self._folders: dict[str, ReportIndex] = {}

    def find(self, path: Path | None, report: Report) -> FoundReport | None:
        """Return last year's report for a report read from `path` (None for standard input), or None.

        Raises:
            PreviousUnreadableError: the file named by the user cannot be read.
        """
        if self._given and not Path(self._given).is_dir():
            return self._given_file()
        if self._given:
            index: ReportIndex | None = self._index(self._given, lambda: [Path(file) for file in report_files(self._given)[0]])
        else:
            index = self._beside_report(path) if self._look_beside and path is not None else None
        header = report.header
        return None if index is None else index.find(header.agency, header.year - 1, apart_from=path)

    def _beside_report(self, path: Path) -> ReportIndex | None:
        folder = str(path.parent)
        files = files_beside(path) if folder not in self._folders else []
        if folder not in self._folders and all(file.name == path.name for file in files):
            return None
        return self._index(folder, lambda: files)

    def _given_file(self) -> FoundReport:
        if self._one is None:
            from .report_index import FoundReport  # noqa: PLC0415 - start-up

            path = Path(self._given)
            try:
                self._one = FoundReport(path, load_report(path).report)
            except UnreadableError as error:
                raise PreviousUnreadableError(self._given, error.finding) from error
        return self._one

    def _index(self, folder: str, files: Callable[[], list[Path]]) -> ReportIndex:
        if folder not in self._folders:
            from .report_index import ReportIndex  # noqa: PLC0415 - start-up of a check of one file alone in its folder

            self._folders[folder] = ReportIndex(files())
        return self._folders[folder]
