"""Which files are published reports to be imported, and the name of the report that is made of one. Told by names alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

READ: Final = frozenset({".html", ".htm", ".xhtml", ".txt", ".docx", ".csv", ".tsv"})
REFUSED: Final = frozenset({".doc", ".wps", ".pdf", ".rtf", ".xls", ".xlsx"})
"""Files that are known not to be read; they are told of as such rather than as broken report files."""


def is_source(path: Path) -> bool:
    """Whether a file is to be imported rather than opened."""
    return path.suffix.lower() in READ | REFUSED


def report_path(path: Path) -> Path:
    """A free name of a report file beside a source."""
    wanted = path.with_suffix(".toml")
    number = 1
    while wanted.exists():
        number += 1
        wanted = path.with_name(f"{path.stem}-{number}.toml")
    return wanted
