"""Saving, exporting and quitting, with the questions about every obstacle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...files.saving.atomic_save import ChangedOnDiskError, Expect, Saved, SaveNote
from ...files.saving.errors import FileError
from ...files.saving.output_format import EXPORT_SUFFIXES, REPORT_SUFFIX, SuffixError
from ...files.session.lock import LockedByOther
from ...files.session.session import LockLost, Session
from ...service.export_report import errors_in, exported, format_for
from ...service.reports import UnreadableError, load_report
from ...service.source_names import is_source
from ...service.words.lock_owner_words import owner_words
from ...service.words.save_words import second_reader_words
from .. import words
from ..paths import shown_path
from ..screens.dialogs import Answer
from ..screens.preview_screen import PreviewScreen
from ..words import save_error_words
from ..words.difference_words import differences
from .ask_path import ask_path
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
        _ask_conflict(editor, session, changed, then)
    except LockLost as lost:
        _ask_lock_lost(editor, session, lost, then)
    except LockedByOther as locked:
        editor.tell(words.ERROR_TITLE, words.save_locked(owner_words(locked.owner)))
    except FileError as trouble:
        _ask_elsewhere(editor, session, trouble, then)
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


def _ask_elsewhere(editor: Editor, session: Session, trouble: FileError, then: Callable[[], None] | None) -> None:
    """Ask how to continue after a failed save: elsewhere, again, or not now."""
    text = save_error_words.of_save(trouble, session)
    answers = [
        Answer("elsewhere", words.SAVE_AS_TITLE, lambda: save_as(editor, then)),
        Answer("again", words.TRY_AGAIN, lambda: save(editor, then)),
        Answer("stay", words.STAY),
    ]
    editor.ask(words.ERROR_TITLE, text, answers)


def _ask_conflict(editor: Editor, session: Session, changed: ChangedOnDiskError, then: Callable[[], None] | None) -> None:
    """Ask how to continue if the file has been changed by someone else, showing the differences."""
    try:
        details = differences(load_report(changed.path).report, session.report)
    except UnreadableError:
        details = [words.CONFLICT_UNREADABLE if changed.found is not Expect.ABSENT else words.CONFLICT_GONE]
    text = words.conflict_text(changed.path.name, details)
    over = Answer("over", words.CONFLICT_OVERWRITE, lambda: _try(editor, lambda current: current.save(overwrite=True), then))
    editor.ask(words.CONFLICT_TITLE, text, [_save_beside(editor, session, then), over, Answer("stay", words.STAY)])


def _ask_lock_lost(editor: Editor, session: Session, lost: LockLost, then: Callable[[], None] | None) -> None:
    text = words.lock_lost_text(owner_words(lost.holder))
    over = Answer("over", words.LOCK_LOST_SAVE, lambda: _try(editor, lambda current: current.save(despite_lock=True), then))
    editor.ask(words.LOCK_LOST_TITLE, text, [_save_beside(editor, session, then), over, Answer("stay", words.STAY)])


def _save_beside(editor: Editor, session: Session, then: Callable[[], None] | None) -> Answer:
    """Return the answer to keep both versions."""
    return Answer("both", words.CONFLICT_SAVE_AS, lambda: save_as(editor, then, unused_sibling(session.path)))


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

    def given(path: Path) -> None:
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

    suggested = shown_path(suggestion or session.path)
    ask_path(editor, words.SAVE_AS_TITLE, words.SAVE_AS_LABEL, given, suggestion=suggested, text=text)


def move_journal(editor: Editor) -> None:
    """Ask for a directory and move the journal there."""
    session = editor.session
    if session is None:
        return

    def given(folder: Path) -> None:
        try:
            session.move_journal(folder)
        except FileError as trouble:
            editor.tell(words.ERROR_TITLE, save_error_words.in_full(trouble))
        else:
            editor.update_header()
            editor.say(words.journal_moved(str(folder)))

    ask_path(editor, words.JOURNAL_TITLE, words.JOURNAL_LABEL, given, suggestion=str(session.journal.path.parent))


# ---------------------------------------------------------------- quit


def quit_editor(editor: Editor) -> None:
    """Quit; ask about unsaved changes."""
    session = editor.session
    if session is None:
        editor.leave()
        return
    _commit(editor)
    if not session.unsaved:
        _leave(editor, session)
        return
    if editor.main is not None and editor.screen is not editor.main:
        return
    answers = [
        Answer("save", words.QUIT_SAVE, lambda: save(editor, lambda: _leave(editor, session))),
        Answer("keep", words.QUIT_KEEP, lambda: _leave(editor, session)),
        Answer("discard", words.QUIT_DISCARD, lambda: _leave(editor, session, discard=True)),
        Answer("stay", words.STAY),
    ]
    editor.ask(words.QUIT_TITLE, words.QUIT_TEXT, answers)


def _leave(editor: Editor, session: Session, *, discard: bool = False) -> None:
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

    def given(path: Path) -> None:
        if editor.source is not None and path.resolve() == editor.source.path:
            editor.tell(words.ERROR_TITLE, words.SOURCE_NOT_OVERWRITTEN)
            return
        try:
            format_for(path)
        except SuffixError:
            export(editor, chosen, path, words.bad_suffix(EXPORT_SUFFIXES))
        else:
            write_export(editor, path, chosen, lambda: words.exported_to(str(path), _errors(editor)))

    suggested = shown_path(suggestion or session.path.with_suffix(".txt"))
    ask_path(editor, words.EXPORT_TITLE, words.EXPORT_LABEL, given, suggestion=suggested, text=complaint)


def _errors(editor: Editor) -> int:
    examination = editor.examined()
    return len(errors_in(examination.findings)) if examination is not None else 0
