"""Creating a report: the form for its properties, and its first save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...files.saving.errors import FileError
from ...files.saving.output_format import REPORT_SUFFIX
from ...files.session.lock import LockedByOther
from ...files.session.open_session import new_report
from ...service.create_report import NewReport, NewReportError, due_year, make_report
from ...service.previous import find_previous
from ...service.reports import UnreadableError, load_report
from ...service.words.lock_owner_words import owner_words
from ...service.words.new_report_words import not_carried_sentences, refusal_sentence
from ...templates import LAST_YEAR
from .. import words
from ..paths import typed_path
from ..screens.dialogs import Answer, Field, Form
from ..words import save_error_words
from ..words.finding_words import message_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from ...core.report import Report
    from ..editor import Editor


class _ComplaintError(Exception):
    """A value of the form is invalid: the message, and the key of the field or "" for no particular one."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


def ask(
    editor: Editor,
    path: Path | None,
    *,
    refused: Callable[[], None],
    filled: Mapping[str, str] | None = None,
    complaint: _ComplaintError | None = None,
) -> None:
    """Show the form for a new report until its values are valid, then create the report.

    Args:
        editor: The editor.
        path: Suggested path.
        refused: Called if the user cancels.
        filled: Values from a rejected attempt.
        complaint: Why the attempt was rejected.
    """
    values = filled or {}
    kinds = (Answer("", words.KIND_AS_LAST), *(Answer(key, name) for key, name in words.KINDS.items()))
    form = Form(
        words.NEW_TITLE,
        complaint.sentence if complaint is not None else words.NEW_TEXT,
        [
            Field("agency", words.LABEL_AGENCY, values.get("agency", "")),
            Field("kind", words.LABEL_KIND, values.get("kind", ""), choices=kinds),
            Field("year", words.LABEL_YEAR, values.get("year", str(due_year(_today(editor))))),
            Field("previous", words.LABEL_PREVIOUS, values.get("previous", "")),
            Field("path", words.LABEL_PATH, values.get("path", str(path or ""))),
        ],
        ambiguous=editor.options.profile.ambiguous,
    )

    def answered(given: dict[str, str] | None) -> None:
        if given is None:
            refused()
            return
        try:
            _start_new(editor, given)
        except _ComplaintError as error:
            ask(editor, path, refused=refused, filled=given, complaint=error)

    form.begins_at = complaint.field if complaint is not None else ""
    editor.push_screen(form, answered)


def _today(editor: Editor) -> date:
    return editor.options.surroundings.clock().astimezone().date()


def _start_new(editor: Editor, given: Mapping[str, str]) -> None:
    """Create a report from the form's values and show it.

    Raises:
        _ComplaintError: a value is invalid or the report cannot be created.
    """
    path = _path(given["path"])
    made = _made(given, _today(editor))
    try:
        session = new_report(path, made.report, editor.options.surroundings)
    except LockedByOther as locked:
        raise _ComplaintError(words.lock_text(path.name, owner_words(locked.owner)), "path") from None
    except FileError as trouble:
        raise _ComplaintError(save_error_words.in_full(trouble), "path") from None
    editor.complaints += [sentence.rstrip("。") for sentence in not_carried_sentences(made, typed_path(given["previous"]).name)]
    editor.begin(session, made.previous or find_previous(path, made.report))


def _path(typed: str) -> Path:
    if not typed.strip():
        raise _ComplaintError(words.BAD_PATH, "path")
    path = typed_path(typed)
    path = path if path.suffix or not path.name else path.with_suffix(REPORT_SUFFIX)
    if path.suffix.lower() != REPORT_SUFFIX:
        raise _ComplaintError(words.BAD_REPORT_SUFFIX, "path")
    return path


def _made(given: Mapping[str, str], today: date) -> NewReport:
    year = int(given["year"]) if given["year"].strip().isdecimal() else 0
    if not 1 <= year <= LAST_YEAR:
        raise _ComplaintError(words.BAD_YEAR, "year")
    last = _last(given["previous"])
    try:
        return make_report(today=today, year=year, agency=given["agency"].strip(), kind=given["kind"], last=last)
    except NewReportError as error:
        raise _ComplaintError(refusal_sentence(error, typed_path(given["previous"]).name), "year") from None


def _last(typed: str) -> Report | None:
    if not typed.strip():
        return None
    path = typed_path(typed)
    try:
        return load_report(path).report
    except UnreadableError as error:
        raise _ComplaintError(words.unreadable_text(path.name, message_of(error.finding), error.finding.line), "previous") from None
