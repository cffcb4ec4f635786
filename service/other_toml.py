"""TOML files in a folder of reports that are none: other programs' settings, told apart without losing a damaged report."""

from __future__ import annotations

from typing import Final

from ..templates import edition_ids, load_edition
from ..templates.toml_text import TOMLDecodeError, loads

_TABLE: Final = "report"
_KEYS: Final = frozenset({"format", "agency"})
"""Keys of a report that, outside any table, are those of a report whose `[report]` is missing."""


def is_foreign(data: bytes) -> bool:
    """Whether this is clearly something else: sound TOML that has something, and nothing that a report has in any spelling.

    Bytes that are no UTF-8 or no TOML may be a damaged report, and so may a file that holds nothing.
    """
    try:
        document = loads(data.decode("utf-8-sig"))
    except (TOMLDecodeError, ValueError, RecursionError):
        return False
    return bool(document) and not any(_of_report(key.strip().casefold(), value) for key, value in document.items())


def _of_report(name: str, value: object) -> bool:
    if name == _TABLE:
        return True
    if isinstance(value, dict):
        return any(name == section.id for edition in edition_ids() for section in load_edition(edition).sections)
    return name in _KEYS
