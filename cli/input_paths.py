"""Input paths on the command line: directories are expanded to the report files in them, `-` is standard input."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..service.report_files import may_be_report, report_files
from ..service.reports import ReportFile, UnreadableError, open_report
from ..templates import load_catalogue
from .diagnostics import STDIN, CannotError, UsageError, shown_path
from .words import common_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def expand_paths(paths: Iterable[str], *, skip_others: bool = False) -> tuple[list[str], list[str], list[str]]:
    """Replace directories by the report files in them.

    Args:
        paths: Paths as given.
        skip_others: Whether to skip files that are clearly not reports even if they are named directly.

    Returns:
        Files to read, directories without report files, and skipped TOML files.

    Raises:
        UsageError: a path is empty, or standard input is given twice.
    """
    paths = list(paths)
    validate_paths(paths)
    files: list[str] = []
    empty: list[str] = []
    skipped: list[str] = []
    for path in paths:
        if path == STDIN or not Path(path).is_dir():
            wanted = path == STDIN or not skip_others or may_be_report(Path(path))
            (files if wanted else skipped).append(path)
            continue
        reports, others = report_files(path)
        files += reports
        skipped += others
        if not reports:
            empty.append(path)
    return files, empty, skipped


def validate_paths(paths: Sequence[str]) -> None:
    """Validate the paths of a command.

    Raises:
        UsageError: a path is empty (such as an unset variable of a script), or standard input is given twice.
    """
    if not all(path.strip() for path in paths):
        raise UsageError(common_words.NO_NAME)
    if paths.count(STDIN) > 1:
        raise UsageError(common_words.STDIN_TWICE)


def file_path(name: str) -> Path | None:
    """Return the path of an input file; None for standard input."""
    return None if name == STDIN else Path(name)


def read_source(path: str) -> ReportFile:
    """Read a report named on the command line.

    Raises:
        CannotError: it cannot be used; the message gives the position and the reason.
        UsageError: the path is empty.
    """
    validate_paths([path])
    try:
        return open_report(file_path(path))
    except UnreadableError as error:
        place = f":{error.finding.line}:{error.finding.column}" if error.finding.line else ""
        raise CannotError(f"{shown_path(path)}{place}：{load_catalogue().message(error.finding)}") from error


def same_file(one: str, other: str) -> bool:
    """Return whether both paths are the same existing file."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return False
