"""Opening a report: locks, recovery of unfinished journals, import, last year's report."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ...files.saving.atomic_save import predict_save_error
from ...files.saving.errors import FileError, FileErrorKind
from ...files.saving.process import Life
from ...files.session.lock import LockedByOther, UnknownOwner
from ...files.session.open_session import Opening, open_report
from ...files.session.open_session import new_report as begin_new
from ...service.previous import find_previous
from ...service.reports import UnreadableError, load_report
from ...service.source_names import is_source, report_path
from ...service.words.file_error_words import cause
from ...service.words.lock_owner_words import owner_words
from .. import words
from ..screens.dialogs import Answer
from ..words import local_rule_words, save_error_words
from ..words.difference_words import differences
from ..words.finding_words import message_of
from . import new_report
from .ask_path import ask_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ...core.report import Report
    from ...files.journal.recovery import Recovery
    from ...files.saving.process import Owner
    from ...files.session.session import Session
    from ..editor import Editor
    from ..import_source import ImportSource

EXIT_UNREADABLE = 2
EXIT_LOCKED = 3
_HINT_FILE = "first-hint"


def first_run_hint(state: Path) -> str:
    """Return the hint for first-time users; empty once it has been shown."""
    shown = state / _HINT_FILE
    if shown.exists():
        return ""
    try:
        state.mkdir(parents=True, exist_ok=True)
        shown.touch()
    except OSError:
        return words.HINT_FIRST
    return words.HINT_FIRST


def opening_message(editor: Editor) -> str:
    """Return the message for a report that has just been opened, most severe first; clears the complaints."""
    session = editor.session
    if session is not None and (trouble := session.journal.trouble) is not None:
        return words.journal_stopped(cause(trouble))
    complaints, editor.complaints = editor.complaints, []
    if session is not None and (trouble := predict_save_error(session.path)) is not None:
        complaints.insert(0, words.save_will_fail(cause(trouble)))
    if editor.examination is not None and (wording := local_rule_words.at_start(editor.examination, editor.key_of("findings"))):
        complaints.append(wording)
    if editor.examination is not None and (problems := editor.examination.of_file):
        complaints.insert(0, words.file_problems(len(problems), editor.key_of("findings")))
    return "；".join(complaints) or first_run_hint(editor.options.surroundings.places.state)


def start(editor: Editor) -> None:
    """Open the report named at start-up, or ask how to begin."""
    path = editor.options.path
    if path is not None:
        open_path(editor, path)
        return
    answers = [
        Answer("new", words.START_NEW, lambda: ask_new(editor)),
        Answer("open", words.START_OPEN, lambda: ask_open(editor)),
        Answer("quit", words.START_QUIT),
    ]
    editor.ask(words.START_TITLE, words.START_TEXT, answers, editor.leave)


def after_failed_open(editor: Editor, code: int) -> None:
    """Continue after a report could not be opened: keep the open one, start over, or exit with `code`."""
    if editor.session is not None:
        return
    if editor.options.path is not None:
        editor.leave(code)
    else:
        start(editor)


# ---------------------------------------------------------------- an existing report


def open_path(editor: Editor, path: Path, take_over: Owner | UnknownOwner | None = None) -> None:
    """Open a report, asking or telling the user about every obstacle."""
    if is_source(path):
        _open_source(editor, path)
        return
    if editor.session is not None and editor.session.path == path.resolve():
        return
    try:
        found = open_report(path, editor.options.surroundings, take_over=take_over)
    except LockedByOther as locked:
        _ask_lock(editor, path, locked.owner, open_path)
    except UnreadableError as error:
        text = words.unreadable_text(path.name, message_of(error.finding), error.finding.line)
        _show_open_failure(editor, text)
    except FileError as trouble:
        if trouble.kind is FileErrorKind.FILE_MISSING:
            ask_new(editor, path)
        else:
            _show_file_error(editor, trouble)
    else:
        if found.offers:
            _offer_recovery(editor, found)
        else:
            _begin(editor, found, found.begin)


def _show_file_error(editor: Editor, trouble: FileError) -> None:
    _show_open_failure(editor, save_error_words.in_full(trouble))


def _show_open_failure(editor: Editor, text: str) -> None:
    editor.tell(words.ERROR_TITLE, text, lambda: after_failed_open(editor, EXIT_UNREADABLE))


def _ask_lock(editor: Editor, path: Path, owner: Owner | UnknownOwner, again: Callable[[Editor, Path, Owner | UnknownOwner], None]) -> None:
    answers = [Answer("leave", words.LOCK_LEAVE), Answer("take", words.LOCK_TAKE, lambda: again(editor, path, owner))]
    text = words.lock_text(path.name, owner_words(owner))
    editor.ask(words.LOCK_TITLE, text, answers, lambda: after_failed_open(editor, EXIT_LOCKED))


def _offer_recovery(editor: Editor, found: Opening, source: ImportSource | None = None) -> None:
    """Ask whether to recover an unfinished journal, showing its changes; an import may also be repeated."""
    offer = found.offers[0]
    text = words.recover_text(
        offer.unsaved(found.found),
        offer.reading.last_change.strftime("%m-%d %H:%M"),
        _recovered_changes(found, offer),
        lost=offer.lost,
        more=len(found.offers) - 1,
        alive=offer.reading.life is Life.ALIVE,
    )

    def begin_without() -> None:
        _discard(editor, found, offer)
        _begin(editor, found, found.begin)

    def import_anew(source: ImportSource) -> None:
        _discard(editor, found, offer)
        found.close()
        _begin_import(editor, found.path, source)

    def leave() -> None:
        found.close()
        after_failed_open(editor, 0)

    answers = [Answer("take", words.RECOVER_TAKE, lambda: _begin(editor, found, lambda: found.recover(offer), source))]
    if found.file is not None:
        answers.append(Answer("later", words.RECOVER_LATER, lambda: _begin(editor, found, found.begin)))
        answers.append(Answer("discard", words.RECOVER_DISCARD, begin_without))
    elif source is not None:
        answers.append(Answer("anew", words.IMPORT_ANEW, partial(import_anew, source)))
    answers.append(Answer("leave", words.LOCK_LEAVE))
    editor.ask(words.RECOVER_TITLE, text, answers, leave)


def _discard(editor: Editor, found: Opening, offer: Recovery) -> None:
    try:
        found.discard(offer)
    except FileError as trouble:
        editor.tell(words.ERROR_TITLE, save_error_words.in_full(trouble))


def _recovered_changes(found: Opening, offer: Recovery) -> list[str]:
    before = found.file.report if found.file is not None else offer.source.report
    return differences(before, offer.report)


def _begin(editor: Editor, found: Opening, begin: Callable[[], Session], source: ImportSource | None = None) -> None:
    try:
        session = begin()
    except FileError as trouble:
        found.close()
        _show_open_failure(editor, save_error_words.in_full(trouble))
        return
    if found.troubles:
        editor.complaints.append(words.journals_unread(len(found.troubles)))
    show(editor, session, source)


def show(editor: Editor, session: Session, source: ImportSource | None = None) -> None:
    """Show a session with last year's report, if one is known."""
    named = editor.options.previous
    previous = None if named is None else load_previous(editor, named)
    editor.begin(session, previous or find_previous(session.path, session.report), source)


# ---------------------------------------------------------------- a published report


def _open_source(editor: Editor, path: Path, take_over: Owner | UnknownOwner | None = None) -> None:
    """Import a published report as a new, unsaved report under its own name. The source is never written."""
    # The import is not needed to open a report file.
    from ...service.published import read_published  # noqa: PLC0415 - see above
    from ...service.words.published_words import refusal_sentence  # noqa: PLC0415 - see above
    from ..import_source import ImportSource  # noqa: PLC0415 - see above

    try:
        source = ImportSource(path.resolve(), read_published(path))
    except UnreadableError as error:
        _show_open_failure(editor, refusal_sentence(path.name, error))
        return
    target = report_path(path)
    try:
        found = open_report(target, editor.options.surroundings, take_over=take_over)
    except LockedByOther as locked:
        _ask_lock(editor, target, locked.owner, lambda _, __, owner: _open_source(editor, path, owner))
    except UnreadableError as error:
        _show_open_failure(editor, words.unreadable_text(target.name, message_of(error.finding), error.finding.line))
    except FileError as trouble:
        if trouble.kind is FileErrorKind.FILE_MISSING:
            _begin_import(editor, target, source)
        else:
            _show_file_error(editor, trouble)
    else:
        _offer_recovery(editor, found, source)


def _begin_import(editor: Editor, target: Path, source: ImportSource) -> None:
    try:
        session = begin_new(target, source.imported.report, editor.options.surroundings)
    except LockedByOther as locked:
        _ask_lock(editor, target, locked.owner, lambda _, __, owner: _open_source(editor, source.path, owner))
    except FileError as trouble:
        _show_file_error(editor, trouble)
    else:
        show(editor, session, source)
        editor.call_after_refresh(editor.tell, words.IMPORT_TITLE, import_words(editor, source))


def import_words(editor: Editor, source: ImportSource) -> str:
    """Return the summary of an import."""
    from ...core.importing.notes import Code  # noqa: PLC0415 - see _open_source
    from ...service.words.published_words import note_sentence  # noqa: PLC0415 - see _open_source
    from ..import_source import COUNTED  # noqa: PLC0415 - see _open_source

    report, imported = source.imported.report, source.imported
    edition = report.edition
    counts = [(section.title, len(source.unread(report, section.id))) for section in edition.sections]
    unread = [(title, count) for title, count in counts if count]
    said = [note for note in imported.notes if note.code not in COUNTED]
    dropped = sum(note.code is Code.DROPPED for note in imported.notes)
    notes = [words.import_note(note.line, note_sentence(note, edition)) for note in said]
    key = editor.key_of("source_text")
    return words.import_summary(words.import_read(source.name, edition.id, imported.read, len(report.cells)), unread, notes, dropped, key)


# ---------------------------------------------------------------- actions


def ask_open(editor: Editor) -> None:
    """Ask for a report file and open it."""
    ask_path(editor, words.OPEN_TITLE, words.OPEN_LABEL, partial(open_path, editor), refused=lambda: after_failed_open(editor, 0))


def load_previous(editor: Editor, path: Path) -> Report | None:
    """Load last year's report; show a message and return None if it is unreadable."""
    try:
        return load_report(path).report
    except UnreadableError as error:
        text = words.unreadable_text(path.name, message_of(error.finding), error.finding.line)
        editor.call_after_refresh(editor.tell, words.ERROR_TITLE, text)
        return None


def ask_previous(editor: Editor) -> None:
    """Ask for last year's report file."""

    def given(path: Path) -> None:
        if (previous := load_previous(editor, path)) is not None:
            editor.take_previous(previous)

    ask_path(editor, words.PREVIOUS_TITLE, words.PREVIOUS_LABEL, given)


def ask_new(editor: Editor, path: Path | None = None) -> None:
    """Ask for the properties of a new report and create it."""
    new_report.ask(editor, path, refused=lambda: after_failed_open(editor, 0))
