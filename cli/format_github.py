"""Findings as workflow commands that GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.checks.finding import Severity
from ..core.text.clean import clean_line
from ..templates import load_catalogue
from . import check_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .checking import CheckedFile

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github_commands(checked: Sequence[CheckedFile]) -> str:
    """A line for each finding."""
    catalogue = load_catalogue()
    lines = []
    for file in checked:
        for finding in file.findings:
            place = f",line={finding.line},col={finding.column}" if finding.line else ""
            title = _property(f"{finding.code} {catalogue[finding.code].title}")
            waived = check_text.WAIVED.format(reason=finding.waived) if finding.waived else ""
            message = _data(clean_line(catalogue.message(finding) + waived))
            lines.append(f"::{LEVELS[finding.severity]} file={_property(clean_line(file.path))}{place},title={title}::{message}\n")
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
