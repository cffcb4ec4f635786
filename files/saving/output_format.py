"""File name suffixes: export format by suffix, and the suffixes allowed for each kind of output."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


class ExportFormat(StrEnum):
    """Formats in which a report can be exported."""

    TEXT = "text"


EXPORT_SUFFIXES: Final = {".txt": ExportFormat.TEXT, ".text": ExportFormat.TEXT}
"""Suffix in lower case → export format. A new writer adds its suffixes here."""
REPORT_SUFFIX: Final = ".toml"
CELLS_SUFFIXES: Final = (".tsv", ".txt")
"""Suffixes for cells copied to a file, separated by tabs."""


class SuffixError(Exception):
    """The suffix of a file name does not denote a format, or not the format to be written."""

    def __init__(self, suffix: str, known: Collection[str]) -> None:
        super().__init__(suffix, known)
        self.suffix = suffix
        """Empty if the name has none."""
        self.known = tuple(known)


def export_format_of(path: Path) -> ExportFormat:
    """Return the export format for a file name. Raises SuffixError."""
    require_suffix(path, EXPORT_SUFFIXES)
    return EXPORT_SUFFIXES[path.suffix.lower()]


def require_suffix(path: Path, known: Collection[str]) -> None:
    """Raise SuffixError unless the name has one of the suffixes, ignoring case."""
    if path.suffix.lower() not in known:
        raise SuffixError(path.suffix, known)
