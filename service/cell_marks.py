"""Marks on table cells: broken, doubtful, computed. Pure."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from ..core.checks.finding import Finding, Severity
from ..core.report import BLANK
from ..core.totals import sum_of, total_equations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..core.ids import Address, SectionId
    from ..core.report import Report


class CellMark(IntEnum):
    """Reason why a cell is marked. The greatest one is shown."""

    NONE = 0
    COMPUTED = 1
    """Total that equals the sum of its addends."""
    INVOLVED = 2
    """Part of a broken identity in which another cell is more likely wrong."""
    DOUBTFUL = 3
    """Named by a warning, or contradicted by the prose of another section."""
    BROKEN = 4
    """Named by an error."""


FEW = 4
"""In an identity with more cells, only the totals and the most likely culprit are marked: a whole column of marks points at nothing, and
the addends are one key away.
"""

_BY_SEVERITY = {Severity.ERROR: CellMark.BROKEN, Severity.WARNING: CellMark.DOUBTFUL}


def marks(report: Report, section: SectionId, findings: Iterable[Finding]) -> Mapping[Address, CellMark]:
    """Return the marks of a section's cells; cells without a mark are omitted.

    Blank cells get no mark of their own, so that a new report is not covered in marks.
    """
    edition = report.edition
    totals = {total for total, _ in total_equations(edition)}
    found: dict[Address, CellMark] = {}
    for total, equations in total_equations(edition):
        address = edition.addresses[total]
        value = report.cells[total]
        if address.section == section and value is not BLANK and value == sum_of(report.cells, equations[0].addends):
            found[address] = CellMark.COMPUTED
    for finding in findings:
        grave = _BY_SEVERITY.get(finding.severity, CellMark.NONE)
        if finding.span is not None and finding.section != section:
            # The error may just as well be in the other section's sentence.
            grave = min(grave, CellMark.DOUBTFUL)
        culprit_known = finding.expected is not None and len(finding.cells) > 1
        for place, address in enumerate(finding.cells):
            if place and len(finding.cells) > FEW and edition.index[address] not in totals:
                continue
            mark = min(grave, CellMark.INVOLVED) if culprit_known and place else grave
            if address.section == section and mark > found.get(address, CellMark.NONE):
                found[address] = mark
    return found
