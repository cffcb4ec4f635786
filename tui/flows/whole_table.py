"""Operations on a whole table: fill blank cells with 0, accept computed totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.commands import AcceptTotals, FillBlank
from ...core.report import BLANK, same_cell
from ...core.totals import sum_of, total_equations
from .. import words

if TYPE_CHECKING:
    from ...core.ids import SectionId
    from ...files.session.session import Session
    from ..editor import Editor


def fill_zero(editor: Editor) -> None:
    """Fill the table's blank cells with 0."""
    opened = _table_shown(editor)
    if opened is None:
        return
    session, section = opened
    before = session.report
    if not editor.dispatch(FillBlank(section)):
        return
    count = sum(one is BLANK and other is not BLANK for one, other in zip(before.cells, session.report.cells, strict=True))
    editor.say(words.filled(count) if count else words.NOTHING_TO_FILL)


def accept_totals(editor: Editor) -> None:
    """Replace the table's totals by the sums of their addends."""
    opened = _table_shown(editor)
    if opened is None:
        return
    session, section = opened
    report = session.report
    wrong = [
        report.edition.addresses[total]
        for total, equations in total_equations(report.edition)
        if report.edition.addresses[total].section == section and report.cells[total] != sum_of(report.cells, equations[0].addends)
    ]
    if wrong and not editor.dispatch(AcceptTotals(tuple(wrong))):
        return
    after = session.report
    count = sum(not same_cell(report.cell(total), after.cell(total)) for total in wrong)
    editor.say(words.totals_accepted(count) if count else words.TOTALS_RIGHT)


def _table_shown(editor: Editor) -> tuple[Session, SectionId] | None:
    """Commit the draft and return the session and the section of the table shown; show a message and return None if there is none."""
    session, main = editor.session, editor.main
    if session is None or main is None:
        return None
    main.pane.commit()
    if main.table is None:
        editor.say(words.NO_TABLE_HERE)
        return None
    return session, main.section.id
