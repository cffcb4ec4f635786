"""A new report: what has to be known for one, asked in a form, and last year's report carried into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.carry_over import carried_into
from ...core.report import Header, Report, blank_report
from ...files.report.report_file import UnreadableError, load_report
from ...files.saving.errors import FileError
from ...files.saving.output_format import REPORT_SUFFIX
from ...files.session.lock import LockedByOther
from ...files.session.open_session import new_report
from ...service.previous import find_previous
from ...templates import UnknownEditionError, edition_for_year
from .. import words
from ..paths import typed_path
from ..screens.dialogs import Answer, Field, Form
from ..words import file_error_words
from ..words.finding_words import message_of
from ..words.owner_words import owner_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ..editor import Editor


def ask(
    editor: Editor,
    path: Path | None,
    *,
    refused: Callable[[], None],
    filled: dict[str, str] | None = None,
    complaint: str = "",
) -> None:
    """Ask for what a new report needs, again until it is right; `refused` is done where the user wants none."""
    values = filled or {}
    kinds = tuple(Answer(key, name) for key, name in words.KINDS.items())
    last_year = editor.options.surroundings.clock().year - 1
    form = Form(
        words.NEW_TITLE,
        complaint or words.NEW_TEXT,
        [
            Field("agency", words.LABEL_AGENCY, values.get("agency", "")),
            Field("kind", words.LABEL_KIND, values.get("kind", "department"), choices=kinds[::-1]),
            Field("year", words.LABEL_YEAR, values.get("year", str(last_year))),
            Field("previous", words.LABEL_PREVIOUS, values.get("previous", "")),
            Field("path", words.LABEL_PATH, values.get("path", str(path or ""))),
        ],
        ambiguous=editor.options.profile.ambiguous,
    )

    def answered(given: dict[str, str] | None) -> None:
        if given is None:
            refused()
            return
        problem = _start_new(editor, given)
        if problem:
            ask(editor, path, refused=refused, filled=given, complaint=problem)

    form.begins_at = {words.BAD_YEAR: "year", words.BAD_PATH: "path", words.BAD_REPORT_SUFFIX: "path"}.get(complaint, "")
    editor.push_screen(form, answered)


def _start_new(editor: Editor, given: dict[str, str]) -> str:
    """Begin a new report from the form's values; what is wrong with them, or nothing."""
    if not given["path"].strip():
        return words.BAD_PATH
    try:
        year = int(given["year"].strip())
        edition = edition_for_year(year)
    except (ValueError, UnknownEditionError):
        return words.BAD_YEAR
    header = Header(agency=given["agency"].strip(), kind=given["kind"], year=year)
    report = blank_report(edition, header)
    previous = None
    if given["previous"].strip():
        try:
            previous = load_report(typed_path(given["previous"])).report
        except UnreadableError as error:
            return message_of(error.finding)
        report = _from_last(report, carried_into(previous, edition, year))
    path = typed_path(given["path"])
    path = path if path.suffix or not path.name else path.with_suffix(REPORT_SUFFIX)
    if path.suffix.lower() != REPORT_SUFFIX:
        return words.BAD_REPORT_SUFFIX
    try:
        session = new_report(path, report, editor.options.surroundings)
    except LockedByOther as locked:
        return words.lock_text(path.name, owner_words(locked.owner))
    except FileError as trouble:
        return file_error_words.in_full(trouble)
    editor.begin(session, previous or find_previous(path, report))
    return ""


def _from_last(new: Report, carried: Report) -> Report:
    """What is carried over, under the agency and kind that were typed, where any were."""
    header = carried.header
    if not new.header.agency:
        return carried
    return carried.with_header(
        Header(
            agency=new.header.agency,
            kind=new.header.kind,
            year=new.header.year,
            preface=header.preface,
            carried=header.carried,
        )
    )
