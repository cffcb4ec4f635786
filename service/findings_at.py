"""Order of findings in the report, and the findings nearest to the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.ids import SectionId
from .number_fix import replacement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.checks.finding import Finding, Span
    from ..core.ids import Address
    from ..core.report import Report
    from .examination import Examination


def nearest_first(report: Report, findings: Iterable[Finding], offset: int) -> tuple[Finding, ...]:
    """Sort findings about prose by distance from an offset, then by length.

    The distance is measured from the number to be corrected, if the finding has one, else from the finding's span.
    """
    found = tuple(findings)
    if len(found) < 2:  # noqa: PLR2004 - one needs no order
        return found
    return tuple(sorted(found, key=lambda finding: _distance(_words(report, finding), offset)))


def findings_at(
    examination: Examination, address: Address | None, section: SectionId, offset: int, pointed: Finding | None
) -> tuple[Finding, ...]:
    """Return the findings about a cell, or around an offset of a section's prose.

    Args:
        examination: The report with its findings.
        address: The cell; None for prose.
        section: Section of the prose.
        offset: Offset in the prose.
        pointed: The selected finding, returned first if it is among them.

    Returns:
        The findings of a cell by severity, of prose by distance.
    """
    if address is not None:
        found = examination.at_cell(address)
    else:
        found = nearest_first(examination.report, examination.at_offset(section, offset), offset)
    first = [finding for finding in found if finding == pointed]
    return (*first, *(finding for finding in found if finding != pointed))


def _words(report: Report, finding: Finding) -> Span | None:
    planned = replacement(report, finding)
    return planned.span if planned is not None else finding.span


def _distance(span: Span | None, offset: int) -> tuple[int, int]:
    if span is None:
        return (0, 0)
    return (max(span.start - offset, offset - span.end, 0), span.end - span.start)


def order_of_place(report: Report, address: Address | None, section: SectionId, offset: int) -> tuple[int, int, int]:
    """Return the sort key of a cell or of an offset in a section's prose, comparable with `order_of`."""
    if address is not None:
        return (report.edition.section_index.get(address.section, -1), 0, report.edition.index[address])
    return (report.edition.section_index.get(section, -1), 1, offset)


def order_of(report: Report, finding: Finding) -> tuple[int, int, int]:
    """Return the sort key of a finding: section, cells before prose, position."""
    if finding.span is None and finding.cells:
        address = finding.cells[0]
        return (report.edition.section_index.get(address.section, -1), 0, report.edition.index.get(address, 0))
    section = report.edition.section_index.get(finding.section or SectionId(""), -1)
    return (section, 1, finding.span.start if finding.span else -1)
