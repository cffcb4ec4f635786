"""From a path, or none, to a report on the screen: locks, unfinished journals, new reports, last year's report."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ..files.lock import LockedByOther, Stranger
from ..files.opening import Opening, open_report
from ..files.opening import new_report as begin_new
from ..files.owner import Life
from ..files.report_file import UnreadableError, load_report
from ..files.safe_save import foreseen_trouble
from ..files.trouble import FileTrouble, Kind
from . import new_report, policy_words, trouble_words, ui_text
from .catalogue_words import message_of
from .differences import differences
from .neighbours import find_previous
from .owner_words import owner_words
from .paths import typed_path
from .screens.dialogs import Answer, Field, Form, Notice
from .source_names import is_source, report_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ..core.report import Report
    from ..files.owner import Owner
    from ..files.recovery import Recovery
    from ..files.session import Session
    from .editor import Editor
    from .importing import Source

EXIT_UNREADABLE = 2
EXIT_LOCKED = 3
_HINT_FILE = "first-hint"


def first_hint(state: Path) -> str:
    """The hint for whoever uses the editor for the first time; empty after that."""
    shown = state / _HINT_FILE
    if shown.exists():
        return ""
    try:
        state.mkdir(parents=True, exist_ok=True)
        shown.touch()
    except OSError:
        return ui_text.HINT_FIRST
    return ui_text.HINT_FIRST


def first_words(editor: Editor) -> str:
    """What is said when a report comes onto the screen, the gravest first; the complaints are said once."""
    session = editor.session
    if session is not None and (trouble := session.journal.trouble) is not None:
        return ui_text.journal_stopped(trouble_words.in_one_line(trouble))
    complaints, editor.complaints = editor.complaints, []
    if session is not None and (trouble := foreseen_trouble(session.path)) is not None:
        complaints.insert(0, ui_text.save_will_fail(trouble_words.in_one_line(trouble)))
    if editor.examination is not None and (words := policy_words.at_start(editor.examination, editor.key_of("findings"))):
        complaints.append(words)
    if editor.examination is not None and (problems := editor.examination.of_file):
        complaints.insert(0, ui_text.file_problems(len(problems), editor.key_of("findings")))
    return "；".join(complaints) or first_hint(editor.options.surroundings.places.state)


def start(editor: Editor) -> None:
    """What happens when the editor has started."""
    path = editor.options.path
    if path is not None:
        open_path(editor, path)
        return
    answers = [
        Answer("new", ui_text.START_NEW),
        Answer("open", ui_text.START_OPEN),
        Answer("quit", ui_text.START_QUIT),
    ]

    def answered(answer: str | None) -> None:
        if answer == "new":
            ask_new(editor)
        elif answer == "open":
            ask_open(editor)
        else:
            editor.leave()

    editor.push_screen(editor.ask(ui_text.START_TITLE, ui_text.START_TEXT, answers), answered)


def given_up(editor: Editor, code: int) -> None:
    """A report could not be opened: go on with the one that is open, or start over, or leave."""
    if editor.session is not None:
        return
    if editor.options.path is not None:
        editor.leave(code)
    else:
        start(editor)


# ---------------------------------------------------------------- an existing report


def open_path(editor: Editor, path: Path, take_over: Owner | Stranger | None = None) -> None:
    """Open a report; everything that stands in the way is asked or told."""
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
        text = ui_text.unreadable_text(path.name, message_of(error.finding), error.finding.line)
        _tell_and_give_up(editor, text)
    except FileTrouble as trouble:
        if trouble.kind is Kind.FILE_MISSING:
            ask_new(editor, path)
        else:
            _give_up_over(editor, trouble)
    else:
        if found.offers:
            _offer_recovery(editor, found)
        else:
            _begin(editor, found, found.begin)


def _give_up_over(editor: Editor, trouble: FileTrouble) -> None:
    _tell_and_give_up(editor, trouble_words.in_full(trouble))


def _tell_and_give_up(editor: Editor, text: str) -> None:
    notice = Notice(ui_text.ERROR_TITLE, text, ambiguous=editor.options.profile.ambiguous)
    editor.push_screen(notice, lambda _: given_up(editor, EXIT_UNREADABLE))


def _ask_lock(editor: Editor, path: Path, owner: Owner | Stranger, again: Callable[[Editor, Path, Owner | Stranger], None]) -> None:
    answers = [Answer("leave", ui_text.LOCK_LEAVE), Answer("take", ui_text.LOCK_TAKE)]

    def answered(answer: str | None) -> None:
        if answer == "take":
            again(editor, path, owner)
        else:
            given_up(editor, EXIT_LOCKED)

    text = ui_text.lock_text(path.name, owner_words(owner))
    editor.push_screen(editor.ask(ui_text.LOCK_TITLE, text, answers), answered)


def _offer_recovery(editor: Editor, found: Opening, source: Source | None = None) -> None:
    """Show what an unfinished journal would bring back, and ask; with a source it may also be imported anew."""
    offer = found.offers[0]
    text = ui_text.recover_text(
        offer.unsaved(found.found),
        _last_time(offer),
        _brought_back(found, offer),
        lost=offer.lost,
        more=len(found.offers) - 1,
        alive=offer.reading.life is Life.ALIVE,
    )
    answers = [Answer("take", ui_text.RECOVER_TAKE)]
    if found.file is not None:
        answers += [Answer("later", ui_text.RECOVER_LATER), Answer("discard", ui_text.RECOVER_DISCARD)]
    elif source is not None:
        answers.append(Answer("anew", ui_text.IMPORT_ANEW))
    answers.append(Answer("leave", ui_text.LOCK_LEAVE))

    def answered(answer: str | None) -> None:
        if answer == "take":
            _begin(editor, found, lambda: found.recover(offer), source)
        elif answer == "anew" and source is not None:
            _discard(editor, found, offer)
            found.close()
            _begin_import(editor, found.path, source)
        elif answer in ("later", "discard"):
            if answer == "discard":
                _discard(editor, found, offer)
            _begin(editor, found, found.begin)
        else:
            found.close()
            given_up(editor, 0)

    editor.push_screen(editor.ask(ui_text.RECOVER_TITLE, text, answers), answered)


def _discard(editor: Editor, found: Opening, offer: Recovery) -> None:
    try:
        found.discard(offer)
    except FileTrouble as trouble:
        editor.tell(ui_text.ERROR_TITLE, trouble_words.in_full(trouble))


def _last_time(offer: Recovery) -> str:
    records = offer.reading.records
    at = records[-1].at if records else offer.reading.header.opened.timestamp()
    return datetime.fromtimestamp(at).astimezone().strftime("%m-%d %H:%M")


def _brought_back(found: Opening, offer: Recovery) -> list[str]:
    before = found.file.report if found.file is not None else offer.source.report
    return differences(before, offer.report)


def _begin(editor: Editor, found: Opening, begin: Callable[[], Session], source: Source | None = None) -> None:
    try:
        session = begin()
    except FileTrouble as trouble:
        found.close()
        _tell_and_give_up(editor, trouble_words.in_full(trouble))
        return
    if found.troubles:
        editor.complaints.append(ui_text.journals_unread(len(found.troubles)))
    show(editor, session, source)


def show(editor: Editor, session: Session, source: Source | None = None) -> None:
    """Put a session on the screen, with last year's report where one is known."""
    previous = None
    named = editor.options.previous
    if named is not None:
        previous = load_previous(editor, named)
    if previous is None:
        previous = find_previous(session.path, session.report)
    editor.begin(session, previous, source)


# ---------------------------------------------------------------- a published report


def _open_source(editor: Editor, path: Path, take_over: Owner | Stranger | None = None) -> None:
    """Import a published report: a new report, not saved yet, with a name of its own. The source is only read."""
    from . import importing  # noqa: PLC0415 - the import is no part of the start-up on a report file

    try:
        source = importing.Source(path.resolve(), importing.read_published(path))
    except importing.SourceError as error:
        _tell_and_give_up(editor, ui_text.import_failed(path.name, error.reason, error.detail))
        return
    target = report_path(path)
    try:
        found = open_report(target, editor.options.surroundings, take_over=take_over)
    except LockedByOther as locked:
        _ask_lock(editor, target, locked.owner, lambda _, __, owner: _open_source(editor, path, owner))
    except UnreadableError as error:
        _tell_and_give_up(editor, ui_text.unreadable_text(target.name, message_of(error.finding), error.finding.line))
    except FileTrouble as trouble:
        if trouble.kind is Kind.FILE_MISSING:
            _begin_import(editor, target, source)
        else:
            _give_up_over(editor, trouble)
    else:
        _offer_recovery(editor, found, source)


def _begin_import(editor: Editor, target: Path, source: Source) -> None:
    try:
        session = begin_new(target, source.imported.report, editor.options.surroundings)
    except LockedByOther as locked:
        _ask_lock(editor, target, locked.owner, lambda _, __, owner: _open_source(editor, source.path, owner))
    except FileTrouble as trouble:
        _give_up_over(editor, trouble)
    else:
        show(editor, session, source)
        editor.call_after_refresh(editor.tell, ui_text.IMPORT_TITLE, import_words(editor, source))


def import_words(editor: Editor, source: Source) -> str:
    """What was understood of a source."""
    from ..core.importing.notes import Code  # noqa: PLC0415 - see _open_source
    from .importing import COUNTED  # noqa: PLC0415 - see _open_source

    report, imported = source.imported.report, source.imported
    edition = report.edition
    counts = [(section.title, len(source.unread(report, section.id))) for section in edition.sections]
    unread = [(title, count) for title, count in counts if count]
    said = [note for note in imported.notes if note.code not in COUNTED]
    dropped = sum(note.code is Code.DROPPED for note in imported.notes)
    notes = [ui_text.import_note(note.code.value, note.line, note.text) for note in said]
    key = editor.key_of("source_text")
    return ui_text.import_summary(
        ui_text.import_read(source.name, edition.id, imported.read, len(report.cells)), unread, notes, dropped, key
    )


# ---------------------------------------------------------------- asked for from inside


def ask_open(editor: Editor) -> None:
    """Ask for the file of another report."""
    form = Form(ui_text.OPEN_TITLE, "", [Field("path", ui_text.OPEN_LABEL)], ambiguous=editor.options.profile.ambiguous)

    def answered(values: dict[str, str] | None) -> None:
        if values is None or not values["path"].strip():
            given_up(editor, 0)
        else:
            open_path(editor, typed_path(values["path"]))

    editor.push_screen(form, answered)


def load_previous(editor: Editor, path: Path) -> Report | None:
    """Last year's report; a complaint and None where the file is none."""
    try:
        return load_report(path).report
    except UnreadableError as error:
        text = ui_text.unreadable_text(path.name, message_of(error.finding), error.finding.line)
        editor.call_after_refresh(editor.tell, ui_text.ERROR_TITLE, text)
        return None


def ask_previous(editor: Editor) -> None:
    """Ask for the file of last year's report."""
    field = Field("path", ui_text.PREVIOUS_LABEL)
    form = Form(ui_text.PREVIOUS_TITLE, "", [field], ambiguous=editor.options.profile.ambiguous)

    def answered(values: dict[str, str] | None) -> None:
        if values is not None and values["path"].strip():
            previous = load_previous(editor, typed_path(values["path"]))
            if previous is not None:
                editor.take_previous(previous)

    editor.push_screen(form, answered)


def ask_new(editor: Editor, path: Path | None = None) -> None:
    """Ask for what a new report needs, and begin it."""
    new_report.ask(editor, path, refused=lambda: given_up(editor, 0))
