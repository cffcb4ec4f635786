"""Where findings stand in the report, and which of those about one place is meant: the one whose words the cursor is nearest to."""

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
    """Findings about prose around an offset of it: the nearest first, by its number or else its words, and of those the shortest."""
    found = tuple(findings)
    if len(found) < 2:  # noqa: PLR2004 - one needs no order
        return found
    return tuple(sorted(found, key=lambda finding: _distance(_words(report, finding), offset)))


def found_at(
    examination: Examination, address: Address | None, section: SectionId, offset: int, pointed: Finding | None
) -> tuple[Finding, ...]:
    """All findings about a cell, or about an offset of a section's prose: the one pointed at, then the gravest or the nearest."""
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
    """Where a cell stands, or an offset of a section's prose, comparable with `order_of`."""
    if address is not None:
        return (report.edition.section_index.get(address.section, -1), 0, report.edition.index[address])
    return (report.edition.section_index.get(section, -1), 1, offset)


def order_of(report: Report, finding: Finding) -> tuple[int, int, int]:
    """Where a finding stands: the section, cells before prose, and the place there."""
    if finding.span is None and finding.cells:
        address = finding.cells[0]
        return (report.edition.section_index.get(address.section, -1), 0, report.edition.index.get(address, 0))
    section = report.edition.section_index.get(finding.section or SectionId(""), -1)
    return (section, 1, finding.span.start if finding.span else -1)
