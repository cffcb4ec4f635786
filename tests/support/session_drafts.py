"""Drafts of a cell that is being typed when an editor dies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.core.ids import parse_address
from nianbao.files.journal.record_format import read_journal
from nianbao.files.journal.recovery import replay
from pty_terminal import PtyTerminal, editor_command, editor_environ

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.files.session.session import Session

CELL = "requests.new_received.natural_person"


def journal_value(session: Session) -> object:
    return replay(read_journal(session.journal.path)).report.cell(parse_address(CELL))


def reopen_and_save(report: Path, state: Path) -> None:
    with PtyTerminal(editor_command(report), editor_environ(state)) as terminal:
        terminal.wait_for("恢复")
        terminal.type("\r")
        terminal.wait_for("未保存")
        terminal.type("\x13")
        terminal.wait_for("已保存到")
