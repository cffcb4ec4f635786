"""The files that a command names: folders replaced by the report files in them, `-` for standard input."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..service.report_files import may_be_report, report_files
from .diagnostics import STDIN, UsageError
from .words import common_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def expand(paths: Iterable[str], *, skip_others: bool = False) -> tuple[list[str], list[str], list[str]]:
    """Paths with folders replaced by their report files: (files, folders without any, TOML files that are no reports).

    Files that are named themselves are taken as reports, unless others are to be skipped there too. Raises UsageError for a name
    that is empty and for standard input given twice.
    """
    paths = list(paths)
    require_names(paths)
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


def require_names(paths: Sequence[str]) -> None:
    """Raises UsageError for a name that is empty (a script's variable was) and for standard input given twice."""
    if not all(path.strip() for path in paths):
        raise UsageError(common_words.NO_NAME)
    if paths.count(STDIN) > 1:
        raise UsageError(common_words.STDIN_TWICE)


def file_path(name: str) -> Path | None:
    """The path of a file that a command names; None for standard input."""
    return None if name == STDIN else Path(name)
