"""The folders of the data files, and reading one."""

from __future__ import annotations

import os
from pathlib import Path

from .toml_node import EditionError, Node
from .toml_text import TOMLDecodeError, loads

HERE = Path(__file__).parent
OTHER_DATA = frozenset({"rules"})
"""Data files beside the editions that are none."""

PREVIOUS = "previous."
"""Before the address of a cell of last year's report, in an identity."""


def read_node(path: Path) -> Node:
    """A data file as it stands. Raises EditionError where it is no TOML."""
    try:
        return Node(loads(path.read_bytes().decode("utf-8")), str(path))
    except UnicodeDecodeError as error:
        raise EditionError("encoding", str(path)) from error
    except (TOMLDecodeError, RecursionError) as error:
        raise EditionError("syntax", str(path), reason=str(error)) from error
    except OSError as error:
        raise EditionError("system", str(path)) from error


def own_folder() -> Path | None:
    """The user's own folder of editions; None where there is none."""
    own = os.environ.get("NIANBAO_TEMPLATES", "")
    return Path(own) if own else None


def folders() -> tuple[Path, ...]:
    """Where editions are looked for: the user's own folder first."""
    own = own_folder()
    return (HERE,) if own is None else (own, HERE)
