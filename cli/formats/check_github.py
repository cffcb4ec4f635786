"""Findings as GitHub workflow commands, shown as annotations on the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.checks.finding import Severity
from ...core.publishing.printable import clean_line
from ...service.words.policy_words import POLICY_TITLE, judging_sentences
from ...templates import load_catalogue
from ..words import check_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...service.check_file import CheckedFile

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def document(checked: Sequence[CheckedFile]) -> str:
    """Return a line per finding; per file, they follow a notice with the policy in force and the number of waived findings."""
    catalogue = load_catalogue()
    lines = []
    for file in checked:
        judged = "\n".join(map(clean_line, judging_sentences(file.policy, file.waived)))
        if judged:
            place = f"file={_property(clean_line(file.path))},title={_property(POLICY_TITLE)}"
            lines.append(f"::notice {place}::{_data(judged)}\n")
        for finding in file.findings:
            place = f",line={finding.line},col={finding.column}" if finding.line else ""
            title = _property(f"{finding.code} {catalogue[finding.code].title}")
            waived = check_words.WAIVED.format(reason=finding.waived) if finding.waived else ""
            message = _data(clean_line(catalogue.message(finding) + waived))
            lines.append(
                f"::{LEVELS[finding.severity]} file={_property(clean_line(finding.file or file.path))}{place},title={title}::{message}\n"
            )
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
