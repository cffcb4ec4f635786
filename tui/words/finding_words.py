"""Messages from the rule catalogue, formatted for screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.cell_notation import format_cell
from ...templates import load_catalogue
from .. import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.checks.finding import CellChange, Finding
    from ...core.ids import Address
    from ...core.report import Report


def message_of(finding: Finding) -> str:
    """Return the message of a finding."""
    message = load_catalogue().message(finding)
    return words.waived(message, finding.waived) if finding.waived else message


def placed_message_of(finding: Finding) -> str:
    """Return the message of a finding, with the line number if it is about the report file itself."""
    message = message_of(finding)
    return words.in_file(message, finding.line) if finding.line and not finding.file else message


def cell_status_line(report: Report, found: Sequence[Finding], address: Address) -> str:
    """Return the status line for a cell: the first suggested repair, because one key applies it, then the first finding."""
    repairs = [change_words(report, cells) for cells in found[0].repairs]
    if [[change.cell for change in cells] for cells in found[0].repairs] == [[address]]:
        # The status already names the cell at the cursor.
        repairs = [[("", before, after) for _, before, after in repairs[0]]]
    said = words.with_suggestion(placed_message_of(found[0]), repairs)
    return words.finding_here(said, len(found))


def explanations_of(report: Report, found: Sequence[Finding]) -> str:
    """Return the explanations of all findings at one location."""
    return words.explanations([explanation_of(report, finding) for finding in found])


def explanation_of(report: Report, finding: Finding) -> str:
    """Return the explanation of a finding with its suggested repairs."""
    rule = load_catalogue()[finding.code]
    said = words.explanation(rule, rule.render(finding))
    if finding.repairs:
        said = words.explanation_with_repairs(said, [change_words(report, cells) for cells in finding.repairs])
    return words.explanation_in_file(said, finding.line) if finding.line and not finding.file else said


def change_words(report: Report, changes: tuple[CellChange, ...]) -> list[tuple[str, str, str]]:
    """Return the cells of a repair as (name, old value, new value)."""
    return [(report.edition.info(change.cell).name, format_cell(change.before), format_cell(change.after)) for change in changes]
