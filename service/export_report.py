"""Export of a report, for `nianbao export` and the editor: text, choice of format, and writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from ..core.checks.finding import Severity
from ..core.publishing.style import TextStyle
from ..files.saving.output_format import ExportFormat, export_format_of
from ..files.saving.publish import Contents, publish

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ..core.checks.finding import Finding
    from ..core.publishing.official_text import ExportedText
    from ..core.report import Report
    from ..files.saving.atomic_save import Expect
    from ..files.saving.publish import Published
    from ..files.session.surroundings import Surroundings

USUAL_STYLE = TextStyle()
"""Default style. Independent of the user's terminal, because the text is for its readers."""


def exported(
    report: Report, style: TextStyle = USUAL_STYLE, *, draft: bool = False, wanted: ExportFormat = ExportFormat.TEXT
) -> ExportedText:
    """Return the text to publish. Both the preview and the export use it."""
    match wanted:
        case ExportFormat.TEXT:
            from ..core.publishing.official_text import export_text  # noqa: PLC0415 - no part of the editor's start-up

            return export_text(report, style, draft=draft)
        case _:
            assert_never(wanted)


def format_for(path: Path | None, wanted: ExportFormat | None = None) -> ExportFormat:
    """Return the requested format, else the one for the path's suffix; text for standard output (None).

    Raises:
        SuffixError: the suffix is unknown or missing.
    """
    if wanted is not None:
        return wanted
    return ExportFormat.TEXT if path is None else export_format_of(path)


def publish_text(path: Path, text: str, *, expect: Expect, around: Surroundings) -> Published:
    """Write an exported text to a path named by the user. Raises as `publish`."""
    return publish(path, text.encode("utf-8", "replace"), contents=Contents.EXPORT, expect=expect, around=around)


def errors_in(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that should prevent publication: errors that are not waived."""
    return [finding for finding in findings if finding.severity is Severity.ERROR and not finding.waived]
