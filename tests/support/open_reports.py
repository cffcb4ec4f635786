"""Fixture for sessions: a directory with a report, a state directory, a ticking clock, and editors that die."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from nianbao.core.commands import ReplaceText, SetCell
from nianbao.core.ids import SectionId, parse_address
from nianbao.core.report import Header, Report, blank_report
from nianbao.files.journal.journal import all_journals
from nianbao.files.report.serialize import report_bytes
from nianbao.files.saving.directories import Places
from nianbao.files.saving.disk import DISK, Disk
from nianbao.files.saving.process import Owner, this_process
from nianbao.files.session.open_session import Opening, new_report, open_report
from nianbao.files.session.session import Session
from nianbao.files.session.surroundings import Surroundings
from nianbao.templates import load_edition

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.core.report import Cell
    from nianbao.files.journal.record_format import JournalContents

OVERVIEW = SectionId("overview")


def set_cell(address: str, value: Cell) -> SetCell:
    return SetCell(parse_address(address), value)


def type_text(report: Report, words: str) -> ReplaceText:
    """Return the command for typing at the end of section 一."""
    end = len(report.text(OVERVIEW))
    return ReplaceText(OVERVIEW, end, end, words)


def started_report() -> Report:
    """Return a report with little filled in."""
    report = blank_report(load_edition("2021"), Header(agency="示例市民政局", kind="department", year=2024))
    return report.with_text(OVERVIEW, "本年度工作平稳。")


def died(since: datetime) -> Owner:
    """Return an owner like this process that every other process considers dead."""
    here = this_process(since)
    return Owner(here.user, here.host, os.getpid(), started="1", boot=here.boot, since=here.since)


@dataclass
class Desk:
    """One report, `民政局 2024.toml`, and its environment."""

    folder: Path
    time: datetime = field(default=datetime(2025, 1, 10, 9, 30, tzinfo=UTC))

    def __post_init__(self) -> None:
        self.path = self.folder / "reports" / "民政局 2024.toml"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.places = Places(self.folder / "state")

    def clock(self) -> datetime:
        self.time += timedelta(seconds=3)
        return self.time

    def surroundings(self, disk: Disk = DISK, *, dying: bool = True) -> Surroundings:
        """Return surroundings for an editor; with `dying`, later editors consider it dead."""
        return Surroundings(self.places, self.clock, disk, died if dying else this_process)

    def lay(self, report: Report | None = None) -> bytes:
        """Write a report's file and return its bytes."""
        data = b"# kept\n" + report_bytes(report or started_report())
        self.path.write_bytes(data)
        return data

    def open(self, disk: Disk = DISK) -> Opening:
        return open_report(self.path, self.surroundings(disk))

    def begin(self, disk: Disk = DISK) -> Session:
        return self.open(disk).begin()

    def begin_new(self, disk: Disk = DISK) -> Session:
        return new_report(self.path, started_report(), self.surroundings(disk))

    def journals(self) -> list[JournalContents]:
        return all_journals(self.places, [self.path.parent])[0]

    def beside(self) -> list[str]:
        """Return the names of the other files in the report's directory."""
        return sorted(path.name for path in self.path.parent.iterdir() if path != self.path)
