"""Conversion of paths from and to user input."""

from __future__ import annotations

from pathlib import Path


def typed_path(text: str) -> Path:
    """Parse a path typed by the user."""
    return Path(text.strip()).expanduser()


def shown_path(path: Path) -> str:
    """Format a path relative to the working directory if it is inside, else in full."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
