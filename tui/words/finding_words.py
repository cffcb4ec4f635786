"""The sentences of the catalogue of rules, as the screens need them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.cell_notation import write_cell
from ...templates import load_catalogue
from .. import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.checks.finding import CellChange, Finding
    from ...core.ids import Address
    from ...core.report import Report


def message_of(finding: Finding) -> str:
    """The sentence for a finding."""
    message = load_catalogue().message(finding)
    return words.waived(message, finding.waived) if finding.waived else message


def placed_message_of(finding: Finding) -> str:
    """The sentence for a finding, with the line where it is about the file."""
    message = message_of(finding)
    return words.in_file(message, finding.line) if finding.line and not finding.file else message


def said_here(report: Report, found: Sequence[Finding], address: Address) -> str:
    """What is said at a cell in one line: what a repair would change first, since that is done on one key; then the first finding."""
    repairs = [change_words(report, cells) for cells in found[0].repairs]
    if [[change.cell for change in cells] for cells in found[0].repairs] == [[address]]:
        # The cursor names the cell already.
        repairs = [[("", before, after) for _, before, after in repairs[0]]]
    said = words.with_suggestion(placed_message_of(found[0]), repairs)
    return words.finding_here(said, len(found))


def explanations_of(report: Report, found: Sequence[Finding]) -> str:
    """Everything that is said about the findings of one place."""
    return words.explanations([explanation_of(report, finding) for finding in found])


def explanation_of(report: Report, finding: Finding) -> str:
    """Everything that is said about a finding, with the repairs that are suggested for it."""
    rule = load_catalogue()[finding.code]
    said = words.explanation(rule, rule.render(finding))
    if finding.repairs:
        said = words.explanation_with_repairs(said, [change_words(report, cells) for cells in finding.repairs])
    return words.explanation_in_file(said, finding.line) if finding.line and not finding.file else said


def change_words(report: Report, changes: tuple[CellChange, ...]) -> list[tuple[str, str, str]]:
    """The cells of a repair with their values before and after."""
    return [(report.edition.info(change.cell).name, write_cell(change.before), write_cell(change.after)) for change in changes]
