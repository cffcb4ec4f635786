"""Navigation to findings: list, next and previous, explanation, repairs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ...core.checks.finding import Finding, Severity
from ...core.chinese.width import text_width
from ...core.commands import ApplyRepair
from ...service.findings_at import order_of
from .. import words
from ..screens.dialogs import Answer
from ..screens.findings_screen import FindingsScreen
from ..styles import DIALOG_WIDTH
from ..words.finding_words import change_words, explanations_of, message_of, placed_message_of
from . import edit_prose, resolve_finding

ANSWER_MARGIN = 6
"""Columns of a dialog not available to answers: borders, padding, selection mark."""

if TYPE_CHECKING:
    from ...core.checks.finding import CellChange
    from ..editor import Editor


def show_list(editor: Editor) -> None:
    """Show the list of all findings."""
    examination = editor.examined()
    if examination is None:
        return

    async def answered(answer: tuple[str, Finding] | None) -> None:
        if answer is not None:
            await _from_list(editor, *answer)

    screen = FindingsScreen(examination, ambiguous=editor.options.profile.ambiguous, keymap=editor.options.keymap)
    editor.push_screen(screen, answered)


async def _from_list(editor: Editor, what: str, finding: Finding) -> None:
    if editor.main is None:
        return
    if what == "goto" and finding.section is None and finding.key[:1] == ("report",):
        edit_prose.edit_header(editor, complaint=message_of(finding))
        return
    await _go_to(editor, finding)
    if what == "repair":
        _accept(editor, finding)
    elif what == "judge":
        resolve_finding.waive_or_take_back(editor, finding)


async def _go_to(editor: Editor, finding: Finding) -> None:
    """Go to the location of a finding, and show its message if the location alone does not."""
    if editor.main is not None:
        await editor.main.go_to(finding)
        if finding is not editor.main.finding_here():
            editor.say(placed_message_of(finding))


async def next_finding(editor: Editor) -> None:
    """Go to the next finding, wrapping around."""
    await _step(editor, forward=True)


async def previous_finding(editor: Editor) -> None:
    """Go to the previous finding, wrapping around."""
    await _step(editor, forward=False)


async def _step(editor: Editor, *, forward: bool) -> None:
    examination, main = editor.examined(), editor.main
    if examination is None or main is None:
        return
    found = [finding for finding in examination.findings if finding.severity is not Severity.INFO]
    found = found or list(examination.findings)
    if not found:
        editor.say(words.no_findings(examination.verdict))
        return
    where = {id(finding): order_of(examination.report, finding) for finding in found}
    ordered = sorted(found, key=lambda finding: where[id(finding)])
    here, pointed = main.place_in_order(), main.pointed
    if pointed in ordered:
        # Several findings may share one location.
        await _go_to(editor, ordered[(ordered.index(pointed) + (1 if forward else -1)) % len(ordered)])
        return
    later = [finding for finding in ordered if where[id(finding)] > here]
    earlier = [finding for finding in ordered if where[id(finding)] < here]
    await _go_to(editor, (later or ordered)[0] if forward else (earlier or ordered)[-1])


def _finding_at_cursor(editor: Editor) -> Finding | None:
    """Return the most severe finding at the cursor; show a message if there is none."""
    finding = editor.main.finding_here() if editor.main is not None and editor.examined() else None
    if finding is None:
        editor.say(words.NO_FINDING_HERE)
    return finding


def explain(editor: Editor) -> None:
    """Explain the findings at the cursor."""
    session, main = editor.session, editor.main
    if session is not None and main is not None and _finding_at_cursor(editor) is not None:
        editor.tell(words.EXPLAIN_TITLE, explanations_of(session.report, main.findings_here()))


def repair(editor: Editor) -> None:
    """Apply a repair of the finding at the cursor."""
    if (finding := _finding_at_cursor(editor)) is not None:
        _accept(editor, finding)


def _accept(editor: Editor, finding: Finding) -> None:
    """Apply the repair of a finding; ask if there are several candidates."""
    session = editor.session
    if session is None or not finding.repairs:
        editor.say(words.NO_REPAIR)
        return
    if len(finding.repairs) == 1:
        _apply(editor, finding.repairs[0])
        return
    changes = [(number, change_words(session.report, cells)) for number, cells in enumerate(finding.repairs, 1)]
    wording = [words.repair_question(number, change) for number, change in changes]
    text = [words.REPAIR_TEXT]
    if max(map(text_width, wording)) > min(editor.size.width, DIALOG_WIDTH) - ANSWER_MARGIN:
        text += wording
        wording = [words.repair_answer(number, change) for number, change in changes]
    choices = enumerate(zip(wording, finding.repairs, strict=True))
    answers = [Answer(str(position), line, partial(_apply, editor, cells)) for position, (line, cells) in choices]
    editor.ask(words.REPAIR_TITLE, "\n".join(text), [*answers, Answer("", words.CANCEL)])


def _apply(editor: Editor, changes: tuple[CellChange, ...]) -> None:
    session = editor.session
    if session is None:
        return
    wording = change_words(session.report, changes)
    if editor.dispatch(ApplyRepair(tuple((change.cell, change.after) for change in changes))):
        editor.say(words.repaired(wording))
