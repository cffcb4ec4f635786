"""Operations on prose and header besides typing: header form, find and replace, outline, external editor, carried-over paragraphs."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from ...core.carry_over import paragraph_mark
from ...core.commands import ChangeHeader, ConfirmCarried, ReplaceText, ReplaceTexts, SetText, text_of
from ...core.publishing.printable import clean_line, clean_prose
from ...templates import UnknownEditionError, edition_for_year
from .. import words
from ..prose_search import TextRange, next_place, occurrences, outline
from ..screens.dialogs import Answer, Field
from ..screens.drafted_form import DraftedForm
from ..screens.find_screen import FindScreen

if TYPE_CHECKING:
    from ...core.report import Header
    from ..editor import Editor

# ---------------------------------------------------------------- the header


def edit_header(editor: Editor, filled: dict[str, str] | None = None, complaint: str = "") -> None:
    """Edit agency, kind, year, title, date and preface in one form.

    Args:
        editor: The editor.
        filled: Values from a rejected attempt.
        complaint: Why the attempt was rejected.
    """
    session = editor.session
    if session is None:
        return
    header = session.report.header
    values = filled or {
        "agency": header.agency,
        "kind": header.kind,
        "year": str(header.year or ""),
        "title": header.title,
        "published": header.published.isoformat() if header.published else "",
        "preface": header.preface,
    }
    kinds = tuple(Answer(key, name) for key, name in words.KINDS.items())
    if editor.main is not None:
        editor.main.pane.commit()

    def typed(given: dict[str, str]) -> None:
        session.keep_draft(_header_change(session.report.header, given)[0])

    form = DraftedForm(
        words.HEADER_TITLE,
        complaint,
        [
            Field("agency", words.LABEL_AGENCY, values["agency"]),
            Field("kind", words.LABEL_KIND, values["kind"], choices=kinds),
            Field("year", words.LABEL_YEAR, values["year"]),
            Field("title", words.LABEL_HEADLINE, values["title"]),
            Field("published", words.LABEL_PUBLISHED, values["published"]),
            Field("preface", words.LABEL_PREFACE, values["preface"], is_long=True),
        ],
        typed,
        ambiguous=editor.options.profile.ambiguous,
    )

    def answered(given: dict[str, str] | None) -> None:
        if given is None:
            session.keep_draft(None)
            return
        change, problem = _header_change(session.report.header, given)
        if problem:
            edit_header(editor, given, problem)
            return
        if change is None or editor.dispatch(change):
            session.keep_draft(None)

    editor.push_screen(form, answered)


def _header_change(header: Header, given: dict[str, str]) -> tuple[ChangeHeader | None, str]:
    """Return the command for the valid, changed values of the form, and the problem with the first invalid one."""
    problem = ""
    values: dict[str, str | int | date | None] = {field: clean_line(given[field]) for field in ("agency", "kind", "title")}
    try:
        values["year"] = year = int(given["year"].strip() or 0)
        if year:
            edition_for_year(year)
    except (ValueError, UnknownEditionError):
        values["year"], problem = header.year, words.BAD_YEAR
    try:
        values["published"] = date.fromisoformat(given["published"].strip()) if given["published"].strip() else None
    except ValueError:
        problem = problem or words.BAD_DATE
    values["preface"] = given["preface"]
    changed = tuple((field, value) for field, value in values.items() if value != getattr(header, field))
    return ChangeHeader(changed) if changed else None, problem


# ---------------------------------------------------------------- find and replace


def find(editor: Editor) -> None:
    """Open the find bar."""
    main = editor.main
    if main is not None:
        editor.push_screen(FindScreen(_ReportFinder(editor)))


class _ReportFinder:
    """`TextFinder` over the open report."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor
        self._shown: TextRange | None = None

    async def next(self, wanted: str) -> str:
        """Go to the next occurrence; return the message to show."""
        session, main = self._editor.session, self._editor.main
        if session is None or main is None or not wanted:
            return ""
        places = list(occurrences(session.report, wanted))
        if not places:
            self._shown = None
            return words.not_found(wanted)
        shown, area = self._shown, main.pane.writing
        section, offset = (shown.section, shown.end) if shown is not None else (area.section, area.caret)
        self._shown = next_place(places, session.report, section, offset)
        if self._shown is None:
            return ""
        await main.go_to_text(self._shown.section, self._shown.start, self._shown.end)
        return words.found_at(places.index(self._shown) + 1, len(places))

    async def replace(self, wanted: str, by: str) -> str:
        """Replace the current occurrence and go to the next one."""
        session, shown = self._editor.session, self._shown
        if session is None or shown is None:
            return await self.next(wanted)
        if text_of(session.report, shown.section)[shown.start : shown.end] == wanted:
            if not self._editor.dispatch(ReplaceText(shown.section, shown.start, shown.end, by)):
                return words.REFUSED
            self._shown = TextRange(shown.section, shown.start, shown.start + len(by))
        return await self.next(wanted)

    def replace_all(self, wanted: str, by: str) -> str:
        """Replace every occurrence as one undo step."""
        session = self._editor.session
        if session is None or not wanted:
            return ""
        places = list(occurrences(session.report, wanted))
        if not places:
            return words.not_found(wanted)
        sections = dict.fromkeys(place.section for place in places)
        changed = [(section, text_of(session.report, section).replace(wanted, by)) for section in sections]
        if not self._editor.dispatch(ReplaceTexts(tuple(changed))):
            return words.REFUSED
        self._shown = None
        return words.replaced(len(places), len(sections))


# ---------------------------------------------------------------- outline


def show_outline(editor: Editor) -> None:
    """List the numbered headings of the section and go to the chosen one."""
    session, main = editor.session, editor.main
    if session is None or main is None:
        return
    section = main.pane.writing.section
    headings = outline(text_of(session.report, section))
    if not headings:
        editor.say(words.NO_HEADINGS)
        return

    def answer_to(start: int, wording: str) -> Answer:
        return Answer(str(start), wording, lambda: editor.call_next(main.go_to_text, section, start, start))

    editor.ask(words.OUTLINE_TITLE, "", [answer_to(heading.start, "  " * heading.level + heading.text) for heading in headings])


# ---------------------------------------------------------------- external editor


def edit_outside(editor: Editor) -> None:
    """Edit the section's prose in $VISUAL or $EDITOR."""
    session, main = editor.session, editor.main
    if session is None or main is None:
        return
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not command:
        editor.say(words.NO_EDITOR)
        return
    section = main.pane.writing.section
    before = text_of(session.report, section)
    try:
        after = _edited(editor, command, before)
    except SuspendNotSupported:
        editor.say(words.CANNOT_SUSPEND)
        return
    except OSError as error:
        editor.tell(words.ERROR_TITLE, words.editor_failed(command[0], error.strerror or str(error)))
        return
    editor.repaint_everything()
    if after == before:
        editor.say(words.EDITOR_UNCHANGED)
    else:
        editor.dispatch(SetText(section, after))


def _edited(editor: Editor, command: list[str], text: str) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".md", encoding="utf-8", delete=False) as draft:
        draft.write(text)
    path = Path(draft.name)
    try:
        with editor.suspend():
            subprocess.run([*command, str(path)], check=False)  # noqa: S603 - the user's own choice of editor
        return clean_prose(path.read_bytes().decode("utf-8", "replace")).removesuffix("\n")
    finally:
        path.unlink(missing_ok=True)


# ---------------------------------------------------------------- carried-over paragraphs


def confirm_carried(editor: Editor) -> None:
    """Confirm that the carried-over paragraph at the caret also holds for this year."""
    session, main = editor.session, editor.main
    if session is None or main is None:
        return
    area = main.pane.writing
    text = text_of(session.report, area.section)
    row = area.cursor_location[0]
    lines = text.split("\n")
    mark = paragraph_mark(lines[row]) if row < len(lines) else ""
    if mark not in session.report.header.carried:
        editor.say(words.NOTHING_CARRIED)
        return
    if editor.dispatch(ConfirmCarried((mark,))):
        editor.say(words.CONFIRMED)
