"""Locations of the data files, and reading them."""

from __future__ import annotations

import os
from pathlib import Path

from .toml_node import EditionError, TomlNode
from .toml_text import TOMLDecodeError, loads

HERE = Path(__file__).parent
OTHER_DATA = frozenset({"rules"})
"""Stems of data files that are not editions."""

PREVIOUS = "previous."
"""Prefix of the address of a cell of last year's report in an identity."""


def read_node(path: Path) -> TomlNode:
    """Read and parse a data file.

    Raises:
        EditionError: The file cannot be read, is not UTF-8, or is not TOML.
    """
    try:
        return TomlNode(loads(path.read_bytes().decode("utf-8")), str(path))
    except UnicodeDecodeError as error:
        raise EditionError("encoding", str(path)) from error
    except (TOMLDecodeError, RecursionError) as error:
        raise EditionError("syntax", str(path), reason=str(error)) from error
    except OSError as error:
        raise EditionError("system", str(path)) from error


def own_folder() -> Path | None:
    """Return the user's folder of editions (NIANBAO_TEMPLATES), or None."""
    own = os.environ.get("NIANBAO_TEMPLATES", "")
    return Path(own) if own else None


def folders() -> tuple[Path, ...]:
    """Return the folders searched for editions, the user's first."""
    own = own_folder()
    return (HERE,) if own is None else (own, HERE)
