"""Recognizing TOML files of other programs in a directory of reports, without mistaking a damaged report for one."""

from __future__ import annotations

from typing import Final

from ..templates import edition_ids, load_edition
from ..templates.toml_text import TOMLDecodeError, loads

_TABLE: Final = "report"
_KEYS: Final = frozenset({"format", "agency"})
"""Top-level keys that indicate a report whose `[report]` header is missing."""


def is_foreign(data: bytes) -> bool:
    """Return whether the data is clearly not a report: a non-empty valid TOML document without any table or key of a report.

    Data that is not UTF-8, not TOML or empty may be a damaged report.
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
