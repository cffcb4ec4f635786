"""Resolution of findings in the prose: inspect the cell, take the table's number, or waive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.commands import ReplaceText, Unwaive, Waive
from ...service.number_fix import replacement
from .. import words
from ..editor import Trail
from ..screens.dialogs import Answer, Field
from ..screens.drafted_form import DraftedForm
from ..words.finding_words import message_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.checks.finding import Finding
    from ...core.ids import Address
    from ..editor import Editor


async def go_across(editor: Editor) -> None:
    """Go from a sentence to the cell that it contradicts, or from the cell to the sentence."""
    main = editor.main
    if main is None or editor.examined() is None:
        return
    found = [finding for finding in main.findings_here() if finding.span is not None and finding.cells]
    if not found:
        editor.say(words.NO_COUNTERPART)
        return
    trail, here = editor.trail, main.address_here()
    finding = found[0] if here is None else _next_sentence(found, trail, here)
    span = finding.span
    if span is None:
        return
    if here is not None:
        editor.trail = Trail(span, here)
        await main.go_to_text(span.section, span.start, span.end)
    else:
        known = trail is not None and trail.span == span and trail.cell in finding.cells
        editor.trail = Trail(span, trail.cell if known and trail is not None else finding.cells[0])
        await main.go_to_cell(editor.trail.cell)


def _next_sentence(found: Sequence[Finding], trail: Trail | None, here: Address) -> Finding:
    """Return the finding after the one from which the user came to this cell, wrapping around; the first if they did not."""
    if trail is None or trail.cell != here:
        return found[0]
    spans = [finding.span for finding in found]
    return found[(spans.index(trail.span) + 1) % len(found)] if trail.span in spans else found[0]


def put_table_number(editor: Editor) -> None:
    """Replace the number in the sentence at the cursor by the table's, as one undo step."""
    session, main = editor.session, editor.main
    if session is None or main is None or editor.examined() is None:
        return
    found = [finding for finding in main.findings_here() if finding.span is not None]
    planned = [plan for finding in found if (plan := replacement(session.report, finding)) is not None]
    if not planned:
        editor.say(words.NO_NUMBER_TO_PUT if found else words.NO_FINDING_HERE)
        return
    plan = planned[0]
    if editor.dispatch(ReplaceText(plan.span.section, plan.span.start, plan.span.end, plan.right)):
        editor.say(words.number_put(plan.written, plan.right))


def judge(editor: Editor) -> None:
    """Waive the finding at the cursor, with a reason; or withdraw its waiver."""
    if editor.main is not None:
        editor.main.pane.commit()
    found = editor.main.findings_here() if editor.main is not None and editor.examined() is not None else ()
    if not found:
        editor.say(words.NO_FINDING_HERE)
        return
    waivable = [finding for finding in found if finding.waiver]
    if not waivable:
        editor.say(words.NOT_WAIVABLE)
        return
    waive_or_take_back(editor, next((finding for finding in waivable if not finding.waived), waivable[0]))


def waive_or_take_back(editor: Editor, finding: Finding) -> None:
    """Ask for the reason to waive a finding; for a waived one, ask whether to withdraw the waiver."""
    if not finding.waiver:
        editor.say(words.NOT_WAIVABLE)
    elif finding.waived:
        _ask_unwaive(editor, finding)
    else:
        _ask_reason(editor, finding)


def _ask_reason(editor: Editor, finding: Finding, complaint: str = "") -> None:
    text = "\n".join(part for part in (complaint, message_of(finding), words.WAIVE_TEXT) if part)

    def typed(values: dict[str, str]) -> None:
        reason = values["reason"]
        editor.keep_draft(Waive(finding.waiver, reason) if reason.strip() else None)

    def answered(values: dict[str, str] | None) -> None:
        if values is None:
            editor.keep_draft(None)
            return
        if not values["reason"].strip():
            _ask_reason(editor, finding, words.WAIVE_NEEDS_REASON)
            return
        if editor.dispatch(Waive(finding.waiver, values["reason"])):
            editor.keep_draft(None)
            editor.say(words.WAIVE_DONE)

    fields = [Field("reason", words.WAIVE_REASON)]
    editor.push_screen(DraftedForm(words.WAIVE_TITLE, text, fields, typed, ambiguous=editor.options.profile.ambiguous), answered)


def _ask_unwaive(editor: Editor, finding: Finding) -> None:
    def take_back() -> None:
        if editor.dispatch(Unwaive(finding.waiver)):
            editor.say(words.UNWAIVE_DONE)

    answers = [Answer("yes", words.UNWAIVE_YES, take_back), Answer("no", words.CANCEL)]
    editor.ask(words.WAIVE_TITLE, message_of(finding), answers)
