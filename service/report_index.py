"""Index of report files by agency and year, built by reading only the first lines of each file where they say enough."""

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
"""Of a file that are read to learn its agency and year."""

_TABLE: Final = lazy_pattern(r"\[report\][ \t]*(#.*)?")
_LINE: Final = lazy_pattern(r'(?P<key>\w+)[ \t]*=[ \t]*("(?P<string>[^"\\]*)"|(?P<plain>[\w.:+-]+))[ \t]*(#.*)?')
"""A key with a value that ends on its line and is written without escapes."""


class AgencyYear(NamedTuple):
    """What reports are looked up by; `agency` without white space."""

    agency: str
    year: int


class FoundReport(NamedTuple):
    """A report with its path."""

    path: Path
    report: Report


class ReportIndex:
    """Finds the report of an agency and year among some files. Each file is looked into once, and not before it is needed."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._files = sorted(files)
        """Not looked into yet."""
        self._years: set[int] = set()
        """Years for which the files with the year in their name have been looked into."""
        self._known: dict[AgencyYear, list[Path]] = {}
        self._last: FoundReport | None = None

    def find(self, agency: str, year: int, *, apart_from: Path | None = None) -> FoundReport | None:
        """The report of an agency, compared without white space, for a year; None where there is none, or no agency is named.

        Of several, those with the year in their name come first, then the order of names counts. Files that cannot be read
        are passed over, and so is the file `apart_from`.
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
        """Move the files that are wanted from those not looked into to those known."""
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
    """What a report file says of itself, by its first lines or else by all of it; None where it is no report."""
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except (OSError, ValueError):
        return None
    found = in_first_lines(head)
    if found is None:
        report = _loaded(path)
        found = None if report is None else _of_header(report.header)
    return found


def in_first_lines(head: bytes) -> AgencyYear | None:
    """Agency and year in the first bytes of a report file; None where they do not show them beyond doubt.

    Only single-line values are read on the way: in text of several lines anything may look like a key.
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
