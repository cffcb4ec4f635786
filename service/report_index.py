"""Index of report files by agency and year. Usually only the first lines of each file are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ..core.lazy_regex import lazy_pattern
from ..core.report import squeeze
from ..files.report.report_file import UnreadableError, load_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ..core.report import Header, Report

HEAD_BYTES: Final = 4096
"""Number of bytes read from a file to find its agency and year."""

_TABLE: Final = lazy_pattern(r"\[report\][ \t]*(#.*)?")
_LINE: Final = lazy_pattern(r'(?P<key>\w+)[ \t]*=[ \t]*("(?P<string>[^"\\]*)"|(?P<plain>[\w.:+-]+))[ \t]*(#.*)?')
"""Assignment of a value that ends on the same line and contains no escapes."""


class AgencyYear(NamedTuple):
    """Key of the index. `agency` has no white space."""

    agency: str
    year: int


class FoundReport(NamedTuple):
    """A report and its path."""

    path: Path
    report: Report


class ReportIndex:
    """Lookup of reports by agency and year among given files. Each file is inspected once, on demand."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._files = sorted(files)
        """Files not inspected yet."""
        self._years: set[int] = set()
        """Years for which the files with the year in their name have been inspected."""
        self._known: dict[AgencyYear, list[Path]] = {}
        self._last: FoundReport | None = None

    def find(self, agency: str, year: int, *, apart_from: Path | None = None) -> FoundReport | None:
        """Return the report of an agency for a year; None if it is not found or the agency is empty.

        Agencies are compared without white space. Of several files, one with the year in its name comes first, then the first by name.
        Unreadable files are skipped.

        Args:
            agency: Name of the agency.
            year: Year of the report.
            apart_from: File to skip.
        """
        wanted = AgencyYear(squeeze(agency), year)
        if not wanted.agency or year <= 0:
            return None
        if year not in self._years:
            self._years.add(year)
            self._look_into(lambda file: str(year) in file.name)
        found = self._first(wanted, apart_from)
        if found is None and self._files:
            self._look_into(lambda _: True)
            found = self._first(wanted, apart_from)
        return found

    def _look_into(self, wanted: Callable[[Path], bool]) -> None:
        """Inspect the files selected by `wanted` and add them to the index."""
        rest: list[Path] = []
        changed: set[AgencyYear] = set()
        for file in self._files:
            if not wanted(file):
                rest.append(file)
            elif (found := _agency_and_year(file)) is not None:
                self._known.setdefault(found, []).append(file)
                changed.add(found)
        self._files = rest
        for known in changed:
            self._known[known].sort(key=lambda file: (str(known.year) not in file.name, file.name, file))

    def _first(self, wanted: AgencyYear, apart_from: Path | None) -> FoundReport | None:
        files = self._known.get(wanted, [])
        for file in tuple(files):
            if apart_from is not None and _is_same(file, apart_from):
                continue
            if self._last is None or self._last.path != file:
                report = _loaded(file)
                if report is None or _of_header(report.header) != wanted:
                    files.remove(file)
                    continue
                self._last = FoundReport(file, report)
            return self._last
        return None


def _agency_and_year(path: Path) -> AgencyYear | None:
    """Return the key of a report file, from its first lines if they suffice, else from the whole file; None if it is not a report."""
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except (OSError, ValueError):
        return None
    found = parse_first_lines(head)
    if found is None:
        report = _loaded(path)
        found = None if report is None else _of_header(report.header)
    return found


def parse_first_lines(head: bytes) -> AgencyYear | None:
    """Parse agency and year from the first bytes of a report file; None if they are not certain.

    Stops at a multi-line value, because its text may contain lines that look like keys.
    """
    lines = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").split("\n")
    values: dict[str, str] = {}
    in_report = False
    for line in map(str.strip, lines[:-1]):
        if not line or line.startswith("#"):
            continue
        if not in_report and _TABLE.fullmatch(line):
            in_report = True
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            return None
        if in_report:
            values[found["key"]] = found["string"] if found["plain"] is None else found["plain"]
        if "agency" in values and "year" in values:
            year = values["year"]
            return AgencyYear(squeeze(values["agency"]), int(year)) if year.isascii() and year.isdigit() else None
    return None


def _of_header(header: Header) -> AgencyYear:
    return AgencyYear(squeeze(header.agency), header.year)


def _loaded(path: Path) -> Report | None:
    try:
        return load_report(path).report
    except UnreadableError:
        return None


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False
