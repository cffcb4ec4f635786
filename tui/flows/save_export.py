"""Saving, exporting and quitting, with the questions about every obstacle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...files.report.report_file import UnreadableError, load_report
from ...files.saving.atomic_save import ChangedOnDiskError, Expect, Saved, SaveNote
from ...files.saving.errors import FileError
from ...files.saving.output_format import EXPORT_SUFFIXES, REPORT_SUFFIX, SuffixError
from ...files.session.lock import LockedByOther
from ...files.session.session import LockLost, Session
from ...service.export import errors_in, exported, format_for
from ...service.source_names import is_source
from ...service.words.lock_owner_words import owner_words
from ...service.words.save_words import second_reader_words
from .. import words
from ..paths import shown_path, typed_path
from ..screens.dialogs import Answer, Field, Form
from ..screens.preview_screen import PreviewScreen
from ..words import file_error_words
from ..words.difference_words import differences
from .publish_text import ask_overwrite, note_words, write_export

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ..editor import Editor


# ---------------------------------------------------------------- the report


def save(editor: Editor, then: Callable[[], None] | None = None) -> None:
    """Save the report and call `then` on success."""
    _commit(editor)
    if editor.unnamed and editor.session is not None:
        save_as(editor, then, editor.session.path, words.SAVE_IMPORTED)
    else:
        _try(editor, lambda session: session.save(), then)


def _commit(editor: Editor) -> None:
    if editor.main is not None:
        editor.main.pane.commit()


def _try(editor: Editor, attempt: Callable[[Session], Saved], then: Callable[[], None] | None) -> None:
    session = editor.session
    if session is None:
        return
    try:
        saved = attempt(session)
    except ChangedOnDiskError as changed:
        _ask_conflict(editor, changed, then)
    except LockLost as lost:
        _ask_lock_lost(editor, lost, then)
    except LockedByOther as locked:
        editor.tell(words.ERROR_TITLE, words.save_locked(owner_words(locked.owner)))
    except FileError as trouble:
        _ask_elsewhere(editor, trouble, then)
    else:
        editor.update_header()
        editor.say("；".join([words.saved_to(saved.path.name), *note_words(saved.notes)]))
        _go_on(editor, saved, then)


def _go_on(editor: Editor, saved: Saved, then: Callable[[], None] | None) -> None:
    """Do what was to follow a save, after a notice where the status line is not enough for what the second reader found."""
    sentences = second_reader_words(saved.path.name, saved.notes)
    if sentences and (then is not None or SaveNote.SECOND_READER_DIFFERS in saved.notes):
        editor.tell(words.SAVED_DOUBTFUL_TITLE, "\n".join(sentences), then)
    elif then is not None:
        then()


def _ask_elsewhere(editor: Editor, trouble: FileError, then: Callable[[], None] | None) -> None:
    """Ask how to continue after a failed save: elsewhere, again, or not now."""
    session = editor.session
    text = file_error_words.of_save(trouble, session) if session is not None else file_error_words.in_full(trouble)
    answers = [Answer("elsewhere", words.SAVE_AS_TITLE), Answer("again", words.TRY_AGAIN), Answer("stay", words.STAY)]

    def answered(answer: str | None) -> None:
        if answer == "elsewhere":
            save_as(editor, then)
        elif answer == "again":
            save(editor, then)

    editor.push_screen(editor.ask(words.ERROR_TITLE, text, answers), answered)


def _ask_conflict(editor: Editor, changed: ChangedOnDiskError, then: Callable[[], None] | None) -> None:
    """Ask how to continue if the file has been changed by someone else, showing the differences."""
    session = editor.session
    if session is None:
        return
    try:
        details = differences(load_report(changed.path).report, session.report)
    except UnreadableError:
        details = [words.CONFLICT_UNREADABLE if changed.found is not Expect.ABSENT else words.CONFLICT_GONE]
    answers = [
        Answer("both", words.CONFLICT_SAVE_AS),
        Answer("over", words.CONFLICT_OVERWRITE),
        Answer("stay", words.STAY),
    ]

    def answered(answer: str | None) -> None:
        if answer == "both":
            save_as(editor, then, unused_sibling(session.path))
        elif answer == "over":
            _try(editor, lambda current: current.save(overwrite=True), then)

    text = words.conflict_text(changed.path.name, details)
    editor.push_screen(editor.ask(words.CONFLICT_TITLE, text, answers), answered)


def _ask_lock_lost(editor: Editor, lost: LockLost, then: Callable[[], None] | None) -> None:
    answers = [
        Answer("both", words.CONFLICT_SAVE_AS),
        Answer("over", words.LOCK_LOST_SAVE),
        Answer("stay", words.STAY),
    ]

    def answered(answer: str | None) -> None:
        if answer == "both" and editor.session is not None:
            save_as(editor, then, unused_sibling(editor.session.path))
        elif answer == "over":
            _try(editor, lambda current: current.save(despite_lock=True), then)

    text = words.lock_lost_text(owner_words(lost.holder))
    editor.push_screen(editor.ask(words.LOCK_LOST_TITLE, text, answers), answered)


def unused_sibling(path: Path) -> Path:
    """Return an unused name beside a report, for keeping both versions."""
    for number in range(2, 1000):
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
        if not candidate.exists():
            return candidate
    return path.with_name(f"{path.stem}-copy{path.suffix}")


def save_as(editor: Editor, then: Callable[[], None] | None = None, suggestion: Path | None = None, text: str = "") -> None:
    """Ask for a path and save there."""
    session = editor.session
    if session is None:
        return
    _commit(editor)
    field = Field("path", words.SAVE_AS_LABEL, shown_path(suggestion or session.path))
    form = Form(words.SAVE_AS_TITLE, text, [field], ambiguous=editor.options.profile.ambiguous)

    def answered(values: dict[str, str] | None) -> None:
        if values is None or not values["path"].strip():
            return
        path = typed_path(values["path"])
        path = path if path.suffix or not path.name else path.with_suffix(REPORT_SUFFIX)
        own = path.resolve() == session.path
        if is_source(path):
            save_as(editor, then, path, words.SOURCE_IS_KEPT)
        elif path.suffix.lower() != REPORT_SUFFIX and not own:
            save_as(editor, then, path, words.BAD_REPORT_SUFFIX)
        elif path.exists() and not own:
            ask_overwrite(editor, path, lambda: _try(editor, lambda current: current.save_as(path, overwrite=True), then))
        else:
            _try(editor, lambda current: current.save_as(path), then)

    editor.push_screen(form, answered)


def move_journal(editor: Editor) -> None:
    """Ask for a directory and move the journal there."""
    session = editor.session
    if session is None:
        return
    field = Field("folder", words.JOURNAL_LABEL, str(session.journal.path.parent))
    form = Form(words.JOURNAL_TITLE, "", [field], ambiguous=editor.options.profile.ambiguous)

    def answered(values: dict[str, str] | None) -> None:
        if values is None or not values["folder"].strip():
            return
        folder = typed_path(values["folder"])
        try:
            session.move_journal(folder)
        except FileError as trouble:
            editor.tell(words.ERROR_TITLE, file_error_words.in_full(trouble))
        else:
            editor.update_header()
            editor.say(words.journal_moved(str(folder)))

    editor.push_screen(form, answered)


# ---------------------------------------------------------------- quit


def quit_editor(editor: Editor) -> None:
    """Quit; ask about unsaved changes."""
    session = editor.session
    if session is None:
        editor.leave()
        return
    _commit(editor)
    if not session.unsaved:
        _leave(editor, session, discard=False)
        return
    if editor.main is not None and editor.screen is not editor.main:
        return
    answers = [
        Answer("save", words.QUIT_SAVE),
        Answer("keep", words.QUIT_KEEP),
        Answer("discard", words.QUIT_DISCARD),
        Answer("stay", words.STAY),
    ]

    def answered(answer: str | None) -> None:
        if answer == "save":
            save(editor, lambda: _leave(editor, session, discard=False))
        elif answer in ("keep", "discard"):
            _leave(editor, session, discard=answer == "discard")

    editor.push_screen(editor.ask(words.QUIT_TITLE, words.QUIT_TEXT, answers), answered)


def _leave(editor: Editor, session: Session, *, discard: bool) -> None:
    session.close(discard=discard)
    editor.session = None
    editor.leave()


# ---------------------------------------------------------------- export


def published_text(editor: Editor) -> str:
    """Return exactly the text that `nianbao export` writes."""
    return "" if editor.session is None else exported(editor.session.report).text


def preview(editor: Editor) -> None:
    """Preview the text to be published, and export exactly this text on request."""
    session, profile = editor.session, editor.options.profile
    if session is None:
        return
    _commit(editor)
    screen = PreviewScreen(
        session.report,
        unfinished=_errors(editor) > 0,
        ambiguous=profile.ambiguous,
        keymap=editor.options.keymap,
    )
    editor.push_screen(screen, lambda text: export(editor, text) if text is not None else None)


def export(editor: Editor, text: str | None = None, suggestion: Path | None = None, complaint: str = "") -> None:
    """Ask for a path and write the text, by default the published one."""
    session = editor.session
    if session is None:
        return
    _commit(editor)
    chosen = published_text(editor) if text is None else text
    field = Field("path", words.EXPORT_LABEL, shown_path(suggestion or session.path.with_suffix(".txt")))
    form = Form(words.EXPORT_TITLE, complaint, [field], ambiguous=editor.options.profile.ambiguous)

    def answered(values: dict[str, str] | None) -> None:
        if values is None or not values["path"].strip():
            return
        path = typed_path(values["path"])
        if editor.source is not None and path.resolve() == editor.source.path:
            editor.tell(words.ERROR_TITLE, words.SOURCE_NOT_OVERWRITTEN)
            return
        try:
            format_for(path)
        except SuffixError:
            export(editor, chosen, path, words.bad_suffix(EXPORT_SUFFIXES))
        else:
            write_export(editor, path, chosen, lambda: words.exported_to(str(path), _errors(editor)))

    editor.push_screen(form, answered)


def _errors(editor: Editor) -> int:
    examination = editor.examined()
    return len(errors_in(examination.findings)) if examination is not None else 0
