"""Finding unsaved changes: the journals of editors that ended without saving, compared with the files of their reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..files.journal.journal import ENDING, all_journals
from ..files.journal.record_format import read_journal
from ..files.journal.recovery import replay
from ..files.report.report_file import UnreadableError, read_report
from ..files.saving.atomic_save import Expect, read_file
from ..files.saving.errors import FileError, FileErrorKind
from ..files.session.open_session import unfinished_journals

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ..core.report import Report
    from ..files.journal.recovery import Recovery
    from ..files.saving.atomic_save import Fingerprint
    from ..files.saving.directories import Places


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A journal, compared with the current state of its report's file."""

    recovery: Recovery
    found: Fingerprint | Expect
    readable: bool
    """Whether the file is a report or does not exist."""
    on_disk: Report | None

    @property
    def path(self) -> Path:
        """Path of the report."""
        return self.recovery.reading.header.path

    @property
    def wanted(self) -> bool:
        """Whether the journal contains anything that the file does not."""
        return self.recovery.is_wanted(self.found, self.on_disk)

    @property
    def state(self) -> str:
        """State of the file relative to the journal, as a key of STATES."""
        return self.recovery.state_of(self.found).value if self.readable else "unreadable"

    @property
    def unsaved(self) -> int:
        """Number of changes that are not in the file."""
        return self.recovery.unsaved(self.found)


def unfinished_of(path: Path, places: Places) -> tuple[list[Unfinished], list[FileError]]:
    """Return the unfinished journals of a report, newest first, or the single journal with this path, and the errors of unreadable ones.

    Raises:
        FileError: the single journal cannot be read.
    """
    if path.name.endswith(ENDING):
        return [_examined(replay(read_journal(path)))], []
    recoveries, troubles = unfinished_journals(path, places, of_the_living=True)
    return [unfinished for unfinished in map(_examined, recoveries) if unfinished.wanted], list(troubles)


def unfinished_everywhere(folders: Iterable[Path], places: Places) -> tuple[list[Unfinished], list[FileError]]:
    """Return the unfinished journals in the state directory and in these directories, and the errors of those that cannot be read."""
    readings, troubles = all_journals(places, dict.fromkeys(folders))
    found = []
    for reading in readings:
        try:
            found.append(_examined(replay(reading)))
        except FileError as trouble:
            troubles.append(trouble)
    return [unfinished for unfinished in found if unfinished.wanted], troubles


def _examined(recovery: Recovery) -> Unfinished:
    try:
        data, found = read_file(recovery.reading.header.path)
    except FileError as trouble:
        missing = trouble.kind in (FileErrorKind.FILE_MISSING, FileErrorKind.FOLDER_MISSING)
        return Unfinished(recovery, Expect.ABSENT, readable=missing, on_disk=None)
    try:
        return Unfinished(recovery, found, readable=True, on_disk=read_report(data).report)
    except UnreadableError:
        return Unfinished(recovery, found, readable=False, on_disk=None)
