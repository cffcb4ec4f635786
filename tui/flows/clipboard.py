"""Copying and pasting blocks of cells: clipboard, file, paste with a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.cell_notation import format_cell
from ...core.commands import PasteBlock
from ...core.layout import layouts
from ...files.saving.output_format import CELLS_SUFFIXES, SuffixError, require_suffix
from .. import words
from ..screens.dialogs import Answer
from ..table.paste_plan import plan_paste
from .ask_path import ask_path
from .publish_text import write_export

if TYPE_CHECKING:
    from pathlib import Path

    from ...core.ids import Address
    from ..editor import Editor

#: Maximum number of cells listed in the preview of a paste.
LISTED = 200


def copy_block(editor: Editor, text: str) -> None:
    """Copy cells to the clipboard of the user's machine (OSC 52) and to the editor's own."""
    editor.clipboard_block = text
    editor.copy_to_clipboard(text)
    editor.say(words.copied(_cells(text)))


def copy_to_file(editor: Editor, text: str, suggestion: str = "", complaint: str = "") -> None:
    """Ask for a file and write the cells to it."""
    session = editor.session
    if session is None:
        return

    def given(path: Path) -> None:
        try:
            require_suffix(path, CELLS_SUFFIXES)
        except SuffixError:
            copy_to_file(editor, text, str(path), words.bad_suffix(CELLS_SUFFIXES))
        else:
            write_export(editor, path, text, lambda: words.copied_to(_cells(text), str(path)))

    suggestion = suggestion or str(session.path.with_suffix(".tsv"))
    ask_path(editor, words.COPY_FILE_TITLE, words.COPY_FILE_LABEL, given, suggestion=suggestion, text=complaint)


def _cells(text: str) -> int:
    return sum(line.count("\t") + 1 for line in text.splitlines())


def paste(editor: Editor, address: Address, text: str | None) -> None:
    """Preview the changes of a paste and apply them on confirmation."""
    session = editor.session
    if session is None:
        return
    pasted = editor.clipboard_block if text is None else text
    if not pasted.strip():
        editor.say(words.NOTHING_COPIED if text is None else words.PASTED_NOTHING)
        return
    report = session.report
    plan = plan_paste(pasted, layouts(report.edition)[address.section], address, report)
    if not plan.cells:
        editor.say(words.PASTE_NOTHING)
        return
    info = report.edition.info
    lines = [words.difference(info(cell).name, format_cell(report.cell(cell)), format_cell(value)) for cell, value in plan.cells[:LISTED]]

    def apply() -> None:
        if editor.dispatch(PasteBlock(plan.cells)):
            editor.say(words.pasted(len(plan.cells)))

    text_shown = words.paste_text(lines, len(plan.cells) - len(lines), plan.same, plan.left_out, len(plan.unread))
    editor.ask(words.PASTE_TITLE, text_shown, [Answer("yes", words.PASTE_APPLY, apply), Answer("no", words.CANCEL)])
