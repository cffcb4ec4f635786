"""`nianbao import`: convert published reports to report files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...core.checks.boundary import attempt, file_failed
from ...files.report.parse import KINDS
from ...files.report.serialize import report_bytes
from ...service.published import read_published
from ...service.reports import UnreadableError
from ...service.words.published_words import refusal_sentence
from ...templates import LAST_YEAR, EditionError
from ..check_files import MOST_JOBS
from ..diagnostics import (
    EXIT_CLEAN,
    EXIT_FINDINGS,
    EXIT_INTERNAL,
    EXIT_LOCKED,
    EXIT_USAGE,
    STDIN,
    CannotError,
    LockedError,
    Parser,
    StatusLine,
    UsageError,
    integer_between,
    say,
    shown_path,
    worst_exit_code,
)
from ..failures import is_failure, trace
from ..formats.import_report import as_json, full_report, one_line
from ..output import write
from ..words import import_words
from ..write_result import publish_report, replaced, require_report_name, write_report

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from ...core.importing.notes import Imported

ABOUT = import_words.ABOUT
PARALLEL_FROM: Final = 8
"""Minimum number of sources for which starting processes pays off."""
_BAR: Final = 20
_CHUNKS: Final = 8
"""Minimum number of chunks per process, to balance the load at the end."""
_LARGEST_CHUNK: Final = 8


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Options of the import; pickled for worker processes."""

    year: int = 0
    agency: str = ""
    kind: str = ""
    simplify: bool = False


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """Options for importing many sources; pickled for worker processes."""

    options: ImportOptions
    force: bool
    as_data: bool
    """Whether to return import reports as JSON."""


@dataclass(frozen=True, slots=True)
class WorkerResult:
    """Result of one of many sources, reduced to what is printed; pickled by worker processes."""

    whole: bool | None
    """None if nothing was usable or the file could not be written."""
    code: int
    """Exit code for this source."""
    lines: tuple[str, ...]
    document: str
    """Import report as JSON, if requested."""


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """Result of importing one source."""

    path: str
    result: Imported | None
    problem: str = ""
    """Reason for a missing result, as a message."""
    data: bytes = b""
    """Contents of the report file."""
    failed: bool = False
    """Whether an internal failure is the reason."""

    @property
    def code(self) -> int:
        """Exit code for this source."""
        if self.failed:
            return EXIT_INTERNAL
        if self.result is None:
            return EXIT_USAGE
        return EXIT_CLEAN if self.result.whole else EXIT_FINDINGS


def add_arguments(parser: Parser) -> None:
    """Add the arguments of `nianbao import`."""
    parser.given.add_argument("sources", nargs="+", metavar="SOURCE", help=import_words.SOURCES)
    add = parser.choices.add_argument
    add("-o", "--output", default="", metavar="OUT", help=import_words.OUT)
    add("--format", choices=("text", "json"), default="text", help=import_words.FORMAT)
    add("--year", type=integer_between(1, LAST_YEAR), default=0, metavar="N", help=import_words.YEAR)
    add("--agency", default="", help=import_words.AGENCY)
    add("--kind", choices=KINDS, default="", help=import_words.KIND)
    add("--simplify", action="store_true", help=import_words.SIMPLIFY)
    add("--force", action="store_true", help=import_words.FORCE)
    add("--quiet", action="store_true", help=import_words.QUIET)
    add("--jobs", type=integer_between(0, MOST_JOBS), default=0, metavar="N", help=import_words.JOBS)


def run(args: argparse.Namespace) -> int:
    """Import the sources; exit code 0 if complete, 1 if something was lost, 2 if nothing was usable."""
    options = ImportOptions(args.year, args.agency, args.kind, args.simplify)
    output = "" if args.output == STDIN else args.output
    if args.format == "json" and not output:
        raise UsageError(import_words.JSON_NEEDS_OUT)
    folder = _is_folder(output, args.sources)
    if len(args.sources) > 1 and not folder:
        raise UsageError(import_words.MANY_NEED_FOLDER)
    if folder:
        return _import_many(args, options, Path(output))
    require_report_name(output or STDIN)
    return _import_one(args, options, output)


def import_file(path: str, options: ImportOptions | None = None) -> ImportOutcome:
    """Import one source. Unreadable contents and internal failures give an outcome without a result.

    Raises:
        EditionError: a data file of an edition or of the rules is invalid.
    """

    def failed(error: Exception) -> ImportOutcome:
        trace(error)
        return _refused(path, UnreadableError(file_failed(error, "reading")))

    return attempt(lambda: _read_file(path, options), failed, (EditionError,))


def _read_file(path: str, options: ImportOptions | None) -> ImportOutcome:
    chosen = options or ImportOptions()
    try:
        result = read_published(None if path == STDIN else Path(path), year=chosen.year, simplify=chosen.simplify)
    except UnreadableError as error:
        trace(error)
        return _refused(path, error)
    header = result.report.header
    header = header._replace(agency=chosen.agency or header.agency, kind=chosen.kind or header.kind)
    result = replace(result, report=result.report.with_header(header))
    return ImportOutcome(path, result, data=report_bytes(result.report))


def _refused(path: str, error: UnreadableError) -> ImportOutcome:
    return ImportOutcome(path, None, refusal_sentence(shown_path(path), error), failed=is_failure(error))


def _is_folder(output: str, sources: Sequence[str]) -> bool:
    return bool(output) and (output.endswith(("/", "\\")) or Path(output).is_dir() or len(sources) > 1)


def _import_one(args: argparse.Namespace, options: ImportOptions, output: str) -> int:
    outcome = import_file(args.sources[0], options)
    if outcome.result is None:
        if args.format == "json":
            write(as_json(outcome.path, None, ""))
        say(outcome.problem)
        return outcome.code
    if output:
        write_report(output, outcome.data, force=args.force)
    else:
        write(outcome.data.decode("utf-8"))
    if args.format == "json":
        write(as_json(shown_path(outcome.path), outcome.result, output))
    report = one_line if args.quiet else full_report
    for line in report(shown_path(outcome.path), outcome.result):
        say(line)
    return outcome.code


def _import_many(args: argparse.Namespace, options: ImportOptions, folder: Path) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(import_words.NO_FOLDER.format(path=folder)) from error
    tasks = list(zip(args.sources, _targets(args.sources, folder), strict=True))
    as_data = args.format == "json"
    whole, lost, unusable = 0, 0, 0
    documents, codes = [], []
    bar = StatusLine()
    for done, one in enumerate(_import_all(tasks, WorkerOptions(options, args.force, as_data), args.jobs), 1):
        bar.clear()
        for line in one.lines:
            say(line)
        unusable, whole, lost = unusable + (one.whole is None), whole + (one.whole is True), lost + (one.whole is False)
        documents.append(one.document)
        codes.append(one.code)
        bar.show(_progress(done, len(tasks)))
    bar.clear()
    if as_data:
        write('{"files": [' + ",\n".join(documents) + "]}\n")
    say(import_words.SUMMARY.format(files=len(tasks), whole=whole, lost=lost, unusable=unusable))
    return worst_exit_code(codes)


def _progress(done: int, total: int) -> str:
    filled = done * _BAR // total
    return import_words.PROGRESS.format(bar="[" + "#" * filled + "." * (_BAR - filled) + "]", done=done, total=total)


def _import_to(task: tuple[str, Path], work: WorkerOptions) -> WorkerResult:
    """Import one of many sources to its file. An internal failure affects only this source."""
    path, target = task

    def failed(error: Exception) -> WorkerResult:
        trace(error)
        problem = refusal_sentence(path, UnreadableError(file_failed(error, "reading")))
        return _failed(path, target, work, problem, EXIT_INTERNAL)

    return attempt(lambda: _imported_to(path, target, work), failed, (EditionError,))


def _imported_to(path: str, target: Path, work: WorkerOptions) -> WorkerResult:
    outcome = import_file(path, work.options)
    if outcome.result is None:
        return _failed(path, target, work, outcome.problem, outcome.code)
    try:
        published = publish_report(str(target), outcome.data, force=work.force)
    except CannotError as error:
        return _failed(path, target, work, str(error), EXIT_LOCKED if isinstance(error, LockedError) else EXIT_USAGE)
    document = as_json(path, outcome.result, str(target)).strip() if work.as_data else ""
    return WorkerResult(outcome.result.whole, outcome.code, (*one_line(path, outcome.result), *replaced(str(target), published)), document)


def _failed(path: str, target: Path, work: WorkerOptions, problem: str, code: int) -> WorkerResult:
    document = as_json(path, None, str(target)).strip() if work.as_data else ""
    return WorkerResult(None, code, (problem,), document)


def _targets(sources: Sequence[str], folder: Path) -> Iterator[Path]:
    """Yield an output file per source: its name with suffix .toml, including the old suffix if the stem is not unique."""
    stems = [Path(source).stem for source in sources]
    taken: set[str] = set()
    for source, stem in zip(sources, stems, strict=True):
        name = stem if stems.count(stem) == 1 else Path(source).name
        number = 1
        while name in taken:
            number += 1
            name = f"{Path(source).name}-{number}"
        taken.add(name)
        yield folder / f"{name}.toml"


def _import_all(tasks: Sequence[tuple[str, Path]], work: WorkerOptions, jobs: int) -> Iterator[WorkerResult]:
    """Import the sources and yield the results in the given order, in parallel if it pays off."""
    import os  # noqa: PLC0415 - start-up

    processors = jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    few = len(tasks) < PARALLEL_FROM and jobs < 2  # noqa: PLR2004 - more than one
    if processors < 2 or few or any(path == STDIN for path, _ in tasks):  # noqa: PLR2004 - more than one
        for task in tasks:
            yield _import_to(task, work)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - start-up
    from functools import partial  # noqa: PLC0415 - start-up

    chunk = max(1, min(_LARGEST_CHUNK, len(tasks) // (processors * _CHUNKS)))
    with ProcessPoolExecutor(min(processors, len(tasks))) as pool:
        yield from pool.map(partial(_import_to, work=work), tasks, chunksize=chunk)
