"""The sentences of the catalogue of rules, as the screens need them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.cell_text import write_cell
from ..templates import load_catalogue
from . import ui_text

if TYPE_CHECKING:
    from ..core.checks.finding import Change, Finding
    from ..core.report import Report


def message_of(finding: Finding) -> str:
    """The sentence for a finding."""
    message = load_catalogue().message(finding)
    return ui_text.waived(message, finding.waived) if finding.waived else message


def explanation_of(finding: Finding) -> str:
    """Everything that is said about a finding."""
    rule = load_catalogue()[finding.code]
    return ui_text.explanation(rule, rule.render(finding))


def change_words(report: Report, changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    """The cells of a repair with their values before and after."""
    return [(report.edition.info(change.cell).name, write_cell(change.before), write_cell(change.after)) for change in changes]
