"""Input of `nianbao similar`: report files, and published reports read by the importer."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...core.checks.boundary import attempt, file_failed
from ...core.checks.finding import Finding, Span
from ...core.report import all_texts
from ...core.similarity.overlap import OF_OTHER_AGENCY
from ...core.similarity.passages import passages
from ...service.reports import ReportFile, UnreadableError, load_report, read_bytes, read_report, read_stdin
from ...templates import load_catalogue
from ..diagnostics import STDIN
from ..failures import is_failure, trace
from ..input_paths import expand_paths, validate_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ...core.report import Header, Report
    from ...core.similarity.passages import Passage

OTHER_ENDINGS: Final = (".txt", ".html", ".htm", ".docx", ".md")
"""Suffixes of published reports to look for in directories, besides report files."""
PARALLEL_FROM: Final = 60
"""Minimum number of files for which starting processes pays off."""


@dataclass(frozen=True, slots=True)
class ComparedReport:
    """A report to compare, without its text."""

    path: str
    edition: str
    header: Header
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that cannot be read as a report, and the reason."""

    path: str
    reason: str
    failed: bool = False
    """Whether an internal failure is the reason."""


@dataclass(frozen=True, slots=True)
class PassagePlace:
    """Text and position of a passage in its file."""

    text: str
    line: int | None
    """None for a published report: the importer joins and moves its lines."""


def expand_sources(paths: Iterable[str]) -> list[str]:
    """Replace directories by the reports in them, and remove duplicates.

    Raises:
        UsageError: a path is empty, or standard input is given twice.
    """
    paths = list(paths)
    validate_paths(paths)
    found: list[str] = []
    for path in paths:
        if path == STDIN or not Path(path).is_dir():
            found.append(path)
            continue
        others = [str(file) for file in Path(path).rglob("*") if file.suffix.lower() in OTHER_ENDINGS and file.is_file()]
        hidden = [file for file in others if any(part.startswith(".") for part in Path(file).relative_to(path).parts)]
        found += sorted({*expand_paths([path])[0], *others} - {*hidden})
    return list(dict.fromkeys(found))


class Sources:
    """Reports of one run. Caches standard input, which can be read only once, and the reports shown last."""

    def __init__(self) -> None:
        self._stdin: bytes | None = None
        self._kept = lru_cache(maxsize=64)(self._load)

    def read(self, paths: Sequence[str], jobs: int = 0) -> Iterator[ComparedReport | Unreadable]:
        """Read files and yield the results in the given order.

        Args:
            paths: Paths of the files.
            jobs: Number of processes; 0 for the number of processors.
        """
        processors = jobs or os.cpu_count() or 1
        if processors < 2 or len(paths) < PARALLEL_FROM or STDIN in paths:  # noqa: PLR2004 - more than one
            yield from (_source(path, self._load) for path in paths)
            return
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - many files only

        with ProcessPoolExecutor(processors) as pool:
            yield from pool.map(_file_source, paths, chunksize=max(1, min(200, len(paths) // (processors * 8))))

    def place_of(self, path: str, passage: Passage) -> PassagePlace:
        """Return the text and line of a passage. Reads the file again, since only few of thousands are shown."""
        report, source = self._kept(path)
        names = ["preface", *(section.id for section in report.edition.sections)]
        text = dict(zip(names, all_texts(report), strict=True))[passage.section]
        finding = Finding(OF_OTHER_AGENCY, span=Span(passage.section, passage.start, passage.end))
        line = source.located(finding).line if source is not None else 0
        return PassagePlace(text[passage.start : passage.end], line or None)

    def _load(self, path: str) -> tuple[Report, ReportFile | None]:
        if path != STDIN:
            return _load_file(path)
        if self._stdin is None:
            self._stdin = read_stdin()
        return _parsed(path, self._stdin)


def _source(path: str, load: Callable[[str], tuple[Report, ReportFile | None]]) -> ComparedReport | Unreadable:
    """Read the report in a file. An exception gives an `Unreadable`."""

    def failed(error: Exception) -> Unreadable:
        trace(error)
        return Unreadable(path, load_catalogue().message(file_failed(error, "reading")), failed=True)

    return attempt(lambda: _loaded(path, load), failed)


def _loaded(path: str, load: Callable[[str], tuple[Report, ReportFile | None]]) -> ComparedReport | Unreadable:
    try:
        report = load(path)[0]
    except UnreadableError as error:
        if is_failure(error):
            trace(error)
        return Unreadable(path, load_catalogue().message(error.finding), failed=is_failure(error))
    return ComparedReport(path, report.edition.id, report.header, tuple(passages(report)))


def _file_source(path: str) -> ComparedReport | Unreadable:
    return _source(path, _load_file)


def _load_file(path: str) -> tuple[Report, ReportFile | None]:
    """Return the report in a file, and the file itself if it is a report file.

    Raises:
        UnreadableError: the file cannot be read as a report.
    """
    if path.lower().endswith(".toml"):
        source = load_report(Path(path))
        return source.report, source
    return _parsed(path, read_bytes(Path(path)))


def _parsed(path: str, data: bytes) -> tuple[Report, ReportFile | None]:
    if b"[report]" in data and b"\nformat" in b"\n" + data:
        source = read_report(data)
        return source.report, source
    return _imported(Path(path).name, data), None


def _imported(name: str, data: bytes) -> Report:
    from ...service.published import import_document  # noqa: PLC0415 - published reports only

    return import_document(name, data, any_text=True).report
