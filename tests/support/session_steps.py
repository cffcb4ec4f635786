"""Steps of a session shared by several test files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.core.commands import SetHeader
from nianbao.files.report.report_file import load_report
from nianbao.files.session.session import Session
from open_reports import set_cell, type_text

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.core.report import Report

RECEIVED = "requests.new_received.natural_person"


def work(session: Session) -> Report:
    """Execute five changes of several kinds, including an undo, and return the resulting report."""
    session.dispatch(set_cell(RECEIVED, 14))
    session.dispatch(type_text(session.report, "新收申请十四件。"))
    session.dispatch(set_cell("requests.granted.natural_person", 9))
    session.undo()
    session.dispatch(SetHeader("agency", "示例市民政事务局"))
    return session.report


def all_undone(session: Session) -> Report:
    while session.history.past:
        session.undo()
    return session.report


def held(path: Path) -> Report:
    return load_report(path).report
