"""`nianbao import`: published reports become report files."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..files.importing.decoding import MAX_BYTES, TooLargeError
from ..files.importing.docx import UnreadableDocxError
from ..files.importing.source import read_source
from ..files.reading import KINDS
from ..files.report_writer import report_bytes
from ..files.safe_save import Expect, safe_save
from ..files.trouble import FileTrouble
from ..templates import edition_ids, load_edition
from . import import_text as words
from . import ui_text
from .checking import STDIN
from .diagnostics import EXIT_CLEAN, EXIT_FINDINGS, EXIT_USAGE, Parser, UsageError, say
from .import_report import as_json, full_report, one_line
from .output import write
from .writing import trouble_text, write_result

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from ..core.importing.notes import Imported

ABOUT = words.ABOUT
PARALLEL_FROM: Final = 8
"""So many sources are worth a second process."""
_BAR: Final = 20


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for; goes to the other processes."""

    year: int = 0
    agency: str = ""
    kind: str = ""
    simplify: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source."""

    path: str
    result: Imported | None
    problem: str = ""
    """Why there is no result, for the user."""
    data: bytes = b""
    """The report file."""


def add_arguments(parser: Parser) -> None:
    """The arguments of `nianbao import`."""
    parser.given.add_argument("sources", nargs="+", metavar="SOURCE", help=words.SOURCES)
    add = parser.choices.add_argument
    add("-o", "--output", default="", metavar="OUT", help=words.OUT)
    add("--format", choices=("text", "json"), default="text", help=words.FORMAT)
    add("--year", type=int, default=0, metavar="N", help=words.YEAR)
    add("--agency", default="", help=words.AGENCY)
    add("--kind", choices=KINDS, default="", help=words.KIND)
    add("--simplify", action="store_true", help=words.SIMPLIFY)
    add("--force", action="store_true", help=words.FORCE)
    add("--quiet", action="store_true", help=words.QUIET)
    add("--jobs", type=int, default=0, metavar="N", help=words.JOBS)


def run(args: argparse.Namespace) -> int:
    """Import everything; 0 whole, 1 something lost, 2 nothing usable."""
    options = Options(args.year, args.agency, args.kind, args.simplify)
    output = "" if args.output == STDIN else args.output
    if args.format == "json" and not output:
        raise UsageError(words.JSON_NEEDS_OUT)
    folder = _is_folder(output, args.sources)
    if len(args.sources) > 1 and not folder:
        raise UsageError(words.MANY_NEED_FOLDER)
    if folder:
        return _import_many(args, options, Path(output))
    return _import_one(args, options, output)


def import_file(path: str, options: Options | None = None) -> Outcome:
    """Read one source; never raises for what a file may hold."""
    chosen = options or Options()
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1) if path == STDIN else _read(Path(path))
        return _imported(path, data, chosen)
    except OSError as error:
        reason = words.MISSING if isinstance(error, FileNotFoundError) else (error.strerror or type(error).__name__)
    except TooLargeError:
        reason = words.TOO_LARGE
    except UnreadableDocxError:
        reason = words.BAD_DOCX
    return Outcome(path, None, words.CANNOT_READ.format(path=_shown(path), reason=reason))


def _imported(path: str, data: bytes, options: Options) -> Outcome:
    if _is_binary(data):
        return Outcome(path, None, words.CANNOT_READ.format(path=_shown(path), reason=words.OLD_DOC))
    editions = tuple(map(load_edition, edition_ids()))
    result = read_source(Path(path).name, data, editions, year=options.year, simplify=options.simplify)
    if not result.usable:
        return Outcome(path, None, words.NOTHING_USABLE.format(path=_shown(path)))
    header = result.report.header
    header = replace(header, agency=options.agency or header.agency, kind=options.kind or header.kind)
    result = replace(result, report=result.report.with_header(header))
    return Outcome(path, result, data=report_bytes(result.report))


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _is_binary(data: bytes) -> bool:
    """Old Word files and other compound or binary files: nothing there to read as text."""
    return data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf"))


def _shown(path: str) -> str:
    return words.STDIN_NAME if path == STDIN else path


def _is_folder(output: str, sources: Sequence[str]) -> bool:
    return bool(output) and (output.endswith(("/", "\\")) or Path(output).is_dir() or len(sources) > 1)


def _import_one(args: argparse.Namespace, options: Options, output: str) -> int:
    outcome = import_file(args.sources[0], options)
    if outcome.result is None:
        if args.format == "json":
            write(as_json(outcome.path, None, ""))
        say(outcome.problem)
        return EXIT_USAGE
    if output:
        write_result(output, outcome.data, overwrite=args.force)
    else:
        write(outcome.data.decode("utf-8"))
    if args.format == "json":
        write(as_json(_shown(outcome.path), outcome.result, output))
    report = one_line if args.quiet else full_report
    for line in report(_shown(outcome.path), outcome.result):
        say(line)
    return EXIT_CLEAN if outcome.result.whole else EXIT_FINDINGS


def _import_many(args: argparse.Namespace, options: Options, folder: Path) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(words.NO_FOLDER.format(path=folder)) from error
    targets = dict(zip(args.sources, _targets(args.sources, folder), strict=True))
    whole, lost, unusable = 0, 0, 0
    documents = []
    bar = _Progress(len(args.sources))
    for outcome in _all(args.sources, options, args.jobs):
        bar.clear()
        target = str(targets[outcome.path])
        problem = outcome.problem
        if outcome.result is not None:
            try:
                _write_quietly(target, outcome.data, overwrite=args.force)
            except UsageError as error:
                problem = str(error)
        if outcome.result is None or problem:
            unusable += 1
            say(problem)
        else:
            whole, lost = whole + outcome.result.whole, lost + (not outcome.result.whole)
            for line in one_line(outcome.path, outcome.result):
                say(line)
        documents.append(as_json(outcome.path, None if problem else outcome.result, target))
        bar.advance()
    bar.clear()
    if args.format == "json":
        write('{"files": [' + ",\n".join(text.strip() for text in documents) + "]}\n")
    say(words.SUMMARY.format(files=len(args.sources), whole=whole, lost=lost, unusable=unusable))
    if unusable:
        return EXIT_USAGE
    return EXIT_FINDINGS if lost else EXIT_CLEAN


def _write_quietly(path: str, data: bytes, *, overwrite: bool) -> None:
    """Write one of many files, whose line says everything. Raises UsageError."""
    if not overwrite and Path(path).exists():
        raise UsageError(ui_text.FILE_EXISTS.format(path=path))
    try:
        safe_save(Path(path), data, expect=Expect.ANYTHING if overwrite else Expect.ABSENT)
    except FileTrouble as trouble:
        raise UsageError(ui_text.CANNOT_WRITE.format(path=path, reason=trouble_text(trouble))) from trouble


def _targets(sources: Sequence[str], folder: Path) -> Iterator[Path]:
    """A file for each source: its name with another ending, its whole name where that would be another's too."""
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


def _all(sources: Sequence[str], options: Options, jobs: int) -> Iterator[Outcome]:
    """Every source in its order, on several processors where that is worth it."""
    import os  # noqa: PLC0415 - start-up

    processors = jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if processors < 2 or (len(sources) < PARALLEL_FROM and jobs < 2) or STDIN in sources:  # noqa: PLR2004 - more than one
        for source in sources:
            yield import_file(source, options)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - start-up
    from functools import partial  # noqa: PLC0415 - start-up

    with ProcessPoolExecutor(processors) as pool:
        yield from pool.map(partial(_import_without_lines, options=options), sources, chunksize=4)


def _import_without_lines(path: str, options: Options) -> Outcome:
    """What another process sends back: the source's lines stay there."""
    outcome = import_file(path, options)
    return outcome if outcome.result is None else replace(outcome, result=replace(outcome.result, lines=()))


class _Progress:
    """A bar on the last line of a terminal; nothing where stderr is none."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.shown = sys.stderr.isatty() and total > 1

    def advance(self) -> None:
        """One source more is done."""
        self.done += 1
        if self.shown:
            filled = self.done * _BAR // self.total
            bar = "[" + "#" * filled + "." * (_BAR - filled) + "]"
            sys.stderr.write("\r" + words.PROGRESS.format(bar=bar, done=self.done, total=self.total))
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the bar off the line, so that something else can be said there."""
        if self.shown and self.done:
            sys.stderr.write("\r" + " " * 60 + "\r")
            sys.stderr.flush()


def say_line(line: str) -> None:
    """A line of the report on an import; what is indented stays so."""
    say(line)
