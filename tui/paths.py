"""Paths as a person types and reads them."""

from __future__ import annotations

from pathlib import Path


def typed_path(text: str) -> Path:
    """A path as a person types it."""
    return Path(text.strip()).expanduser()


def shown_path(path: Path) -> str:
    """A path as a person would type it: without the folder that the editor was started in."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
