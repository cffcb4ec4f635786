"""File names of published reports to import, and of the report files made from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

READ: Final = frozenset({".html", ".htm", ".xhtml", ".txt", ".docx", ".csv", ".tsv"})
REFUSED: Final = frozenset({".doc", ".wps", ".pdf", ".rtf", ".xls", ".xlsx"})
"""Suffixes of formats that cannot be imported. Recognized so that the message says so, rather than reporting a broken report file."""


def is_source(path: Path) -> bool:
    """Return whether a file is to be imported rather than opened, by its suffix."""
    return path.suffix.lower() in READ | REFUSED


def report_path(path: Path) -> Path:
    """Return an unused name for a report file beside a source."""
    wanted = path.with_suffix(".toml")
    number = 1
    while wanted.exists():
        number += 1
        wanted = path.with_name(f"{path.stem}-{number}.toml")
    return wanted
