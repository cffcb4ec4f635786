"""Report files in folders: TOML files that are not clearly something else."""

from __future__ import annotations

import os
from pathlib import Path

from ..files.policy.find_policy import NAME
from ..files.report.report_file import UnreadableError, read_bytes


def report_files(folder: str) -> tuple[list[str], list[str]]:
    """The TOML files in a folder and all folders in it, except hidden ones and policies: (reports, those clearly none), sorted by path.

    A folder that cannot be opened is listed as a report, so that checking it says why.
    """
    reports: list[str] = []
    others: list[str] = []
    for file in _toml_files(folder):
        (reports if may_be_report(Path(file)) else others).append(file)
    return reports, others


def files_beside(path: Path) -> list[Path]:
    """The files of a report's folder with a report's name, itself among them; no pipes or devices.

    None where the folder cannot be read.
    """
    folder = path.parent
    try:
        with os.scandir(folder) as entries:
            return [folder / entry.name for entry in entries if has_report_name(entry.name) and entry.is_file()]
    except (OSError, ValueError):
        return []


def has_report_name(name: str) -> bool:
    """Whether a file in a folder has a report's name: it ends in .toml, and is neither hidden nor a policy."""
    return name.lower().endswith(".toml") and not name.startswith(".") and name != NAME


def may_be_report(path: Path) -> bool:
    """Whether a TOML file is not clearly something else. A file that cannot be read may be one, so that checking it says why."""
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
