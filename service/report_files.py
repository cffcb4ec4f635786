"""Finding report files in directories."""

from __future__ import annotations

import os
from pathlib import Path

from ..files.policy.find_policy import NAME
from ..files.report.report_file import UnreadableError, read_bytes


def report_files(folder: str) -> tuple[list[str], list[str]]:
    """Find the TOML files below a directory, except hidden ones and policies.

    Returns:
        Possible reports, and files that are clearly not reports; each sorted by path. A directory that cannot be opened is listed as a
        report, so that checking it reports the reason.
    """
    reports: list[str] = []
    others: list[str] = []
    for file in _toml_files(folder):
        (reports if may_be_report(Path(file)) else others).append(file)
    return reports, others


def files_beside(path: Path) -> list[Path]:
    """Return the files in a report's directory that have a report's name, including the report itself. Pipes and devices are excluded.

    Empty if the directory cannot be read.
    """
    folder = path.parent
    try:
        with os.scandir(folder) as entries:
            return [folder / entry.name for entry in entries if has_report_name(entry.name) and entry.is_file()]
    except (OSError, ValueError):
        return []


def has_report_name(name: str) -> bool:
    """Return whether a file name can be a report's: it ends in .toml and is neither hidden nor the policy's."""
    return name.lower().endswith(".toml") and not name.startswith(".") and name != NAME


def may_be_report(path: Path) -> bool:
    """Return whether a TOML file may be a report. True for an unreadable file, so that checking it reports the reason."""
    try:
        data = read_bytes(path)
    except UnreadableError:
        return True
    if b"[report]" in data:
        return True
    from .other_toml import is_foreign  # noqa: PLC0415 - start-up

    return not is_foreign(data)


def _toml_files(folder: str) -> list[str]:
    refused: list[OSError] = []
    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, name) for name in names if has_report_name(name)]
    return [str(path) for path in sorted([*found, *(Path(error.filename) for error in refused)])]
