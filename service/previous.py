"""Last year's report of the same agency: the one that the user gave, or one found beside the report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..files.report.report_file import UnreadableError, load_report
from .report_files import neighbours, report_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..core.checks.finding import Finding
    from ..core.report import Report
    from .report_index import FoundReport, ReportIndex


class PreviousUnreadableError(Exception):
    """Last year's report, named by the user, cannot be used."""

    def __init__(self, path: str, finding: Finding) -> None:
        super().__init__(path)
        self.path = path
        self.finding = finding


def find_previous(path: Path, report: Report) -> Report | None:
    """Last year's report of the same agency in the same folder; None where there is none."""
    found = PreviousReports().find(path, report)
    return None if found is None else found.report


class PreviousReports:
    """Last year's reports for the files of one run: each folder is listed once, each file looked into once.

    Args:
        given: path of last year's report, or of a folder of them; empty for none.
        beside: whether to look in the folder of each report where nothing is given.
    """

    def __init__(self, given: str = "", *, beside: bool = True) -> None:
        self._given = given
        self._beside = beside
        self._one: FoundReport | None = None
        self._folders: dict[str, ReportIndex | None] = {}
        """By path; None for a folder without files to look into."""

    def find(self, path: Path | None, report: Report) -> FoundReport | None:
        """Last year's report for a report read from a path, None for standard input. Raises PreviousUnreadableError."""
        if self._given and not Path(self._given).is_dir():
            return self._given_file()
        if self._given:
            index = self._index(self._given, lambda: [Path(file) for file in report_files(self._given)[0]])
        elif self._beside and path is not None:
            index = self._index(str(path.parent), lambda: neighbours(path))
        else:
            return None
        header = report.header
        return None if index is None else index.find(header.agency, header.year - 1, apart_from=path)

    def _given_file(self) -> FoundReport:
        if self._one is None:
            from .report_index import FoundReport  # noqa: PLC0415 - start-up

            path = Path(self._given)
            try:
                self._one = FoundReport(path, load_report(path).report)
            except UnreadableError as error:
                raise PreviousUnreadableError(self._given, error.finding) from error
        return self._one

    def _index(self, folder: str, files: Callable[[], list[Path]]) -> ReportIndex | None:
        if folder not in self._folders:
            listed = files()
            if listed:
                from .report_index import ReportIndex  # noqa: PLC0415 - start-up of a check of one file alone in its folder

                self._folders[folder] = ReportIndex(listed)
            else:
                self._folders[folder] = None
        return self._folders[folder]
