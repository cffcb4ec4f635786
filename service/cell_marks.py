"""What is to be seen of each cell besides its value: broken, doubtful, computed. Pure."""

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
    """Why a cell is marked; a greater one hides a lesser one."""

    NONE = 0
    COMPUTED = 1
    """A total that is what its addends make."""
    INVOLVED = 2
    """It stands in a broken identity, but another cell is the likelier culprit."""
    DOUBTFUL = 3
    """A warning names the cell, or the prose of another section says otherwise."""
    BROKEN = 4
    """An error names the cell."""


FEW = 4
"""Of an identity with more cells than this only the totals and the likeliest culprit are marked: a whole column of marks
points at nothing, and the addends are one key away."""

_BY_SEVERITY = {Severity.ERROR: CellMark.BROKEN, Severity.WARNING: CellMark.DOUBTFUL}


def marks(report: Report, section: SectionId, findings: Iterable[Finding]) -> Mapping[Address, CellMark]:
    """The marks of one section's cells; cells without one are absent.

    A blank cell is marked by being blank: a new report is not a page of exclamation marks.
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
            # The sentence of another section may as well be what is wrong.
            grave = min(grave, CellMark.DOUBTFUL)
        culprit_known = finding.expected is not None and len(finding.cells) > 1
        for place, address in enumerate(finding.cells):
            if place and len(finding.cells) > FEW and edition.index[address] not in totals:
                continue
            mark = min(grave, CellMark.INVOLVED) if culprit_known and place else grave
            if address.section == section and mark > found.get(address, CellMark.NONE):
                found[address] = mark
    return found
