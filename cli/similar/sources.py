"""What `nianbao similar` compares: report files, and published reports as the importer reads them."""

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
from ...files.report.report_file import ReportFile, UnreadableError, load_report, read_bytes, read_report, read_stdin
from ...templates import load_catalogue
from ..diagnostics import STDIN
from ..failures import is_failure, trace
from ..input_paths import expand, require_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ...core.report import Header, Report
    from ...core.similarity.passages import Passage

OTHER_ENDINGS: Final = (".txt", ".html", ".htm", ".docx", ".md")
"""Endings of published reports that a folder is searched for, besides report files."""
PARALLEL_FROM: Final = 60
"""Fewer files than this are read sooner than more processes start."""


@dataclass(frozen=True, slots=True)
class ComparedReport:
    """A report that can be compared, without its text."""

    path: str
    edition: str
    header: Header
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that no report could be read from, and why."""

    path: str
    reason: str
    failed: bool = False
    """Whether the program failed over it."""


@dataclass(frozen=True, slots=True)
class PassagePlace:
    """A passage as it stands in its file."""

    text: str
    line: int | None
    """None for a published report: the importer has joined and moved its lines."""


def expanded(paths: Iterable[str]) -> list[str]:
    """Files as they are, folders replaced by the reports in them, each file once. Raises UsageError for a name that is empty."""
    paths = list(paths)
    require_names(paths)
    found: list[str] = []
    for path in paths:
        if path == STDIN or not Path(path).is_dir():
            found.append(path)
            continue
        others = [str(file) for file in Path(path).rglob("*") if file.suffix.lower() in OTHER_ENDINGS and file.is_file()]
        hidden = [file for file in others if any(part.startswith(".") for part in Path(file).relative_to(path).parts)]
        found += sorted({*expand([path])[0], *others} - {*hidden})
    return list(dict.fromkeys(found))


class Sources:
    """The reports of one run. Keeps standard input, which can be read only once, and the reports shown last."""

    def __init__(self) -> None:
        self._stdin: bytes | None = None
        self._kept = lru_cache(maxsize=64)(self._load)

    def read(self, paths: Sequence[str], jobs: int = 0) -> Iterator[ComparedReport | Unreadable]:
        """Read files, in their order; on several processors where that is worth it."""
        processors = jobs or os.cpu_count() or 1
        if processors < 2 or len(paths) < PARALLEL_FROM or STDIN in paths:  # noqa: PLR2004 - more than one
            yield from (_source(path, self._load) for path in paths)
            return
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - many files only

        with ProcessPoolExecutor(processors) as pool:
            yield from pool.map(_file_source, paths, chunksize=max(1, min(200, len(paths) // (processors * 8))))

    def place_of(self, path: str, passage: Passage) -> PassagePlace:
        """The passage's own words and its line. The file is read again: of thousands, only few are shown."""
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
    """The report in one file. A failure is a file that cannot be read."""

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
    """The report of a path, and its file where it is a report file. Raises UnreadableError."""
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
