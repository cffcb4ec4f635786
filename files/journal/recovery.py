"""What an unfinished journal makes of the report, and how that stands to the file as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from ...core.commands import CommandError, from_data
from ...core.history import History
from ...core.report import Report, same_cell
from ..report.report_file import ReportFile, UnreadableError, read_report
from ..saving.atomic_save import Expect, Fingerprint
from ..saving.errors import FileError, FileErrorKind
from .record_format import Act, JournalContents

if TYPE_CHECKING:
    from .record_format import Record

CHANGES = (Act.DO, Act.UNDO, Act.REDO)
"""The records that make the report another one."""


class FileState(Enum):
    """How the report's file stands to the journal."""

    AS_OPENED = "as_opened"
    """It holds what the journal starts from: nothing of the journal has been saved."""
    AS_SAVED = "as_saved"
    """It holds what a save of the journal put there."""
    NEVER_SAVED = "never_saved"
    """The report was new, and has no file yet."""
    MISSING = "missing"
    """There was a file, and it is gone."""
    CHANGED = "changed"
    """It holds something that the journal does not know: somebody else has changed it."""


@dataclass(frozen=True, slots=True)
class SavePoint:
    """A save that was made, or was about to be made."""

    digest: str
    report: Report
    changes: int
    """How many changes the journal has up to here."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """A journal replayed."""

    reading: JournalContents
    source: ReportFile
    """The contents that the journal starts from."""
    history: History
    """The report as it was when the last record was written, with all that can be undone and redone."""
    draft: Record | None
    """What was being typed at the end; `history` has it as its last step. None where nothing was, or it changes nothing."""
    changes: int
    """How many commands, undos, redos and drafts were replayed."""
    saves: tuple[SavePoint, ...]
    replayed: int
    """How many records of the journal these are."""
    lost: int
    """Changes that could not be replayed, because the journal is damaged or was written by a program that knows more."""

    @property
    def report(self) -> Report:
        """The report as it was when the last record was written."""
        return self.history.present

    @property
    def never_saved(self) -> bool:
        """Whether the report was new, and is not known to have got a file."""
        return not self.reading.header.exists and not any(record.act is Act.SAVED for record in self.reading.records)

    def state_of(self, found: Fingerprint | Expect) -> FileState:
        """How a file that was found stands to the journal."""
        if not isinstance(found, Fingerprint):
            return FileState.NEVER_SAVED if self.never_saved else FileState.MISSING
        if self._save_of(found) is not None:
            return FileState.AS_SAVED
        if self.reading.header.exists and found.digest == self.reading.header.digest:
            return FileState.AS_OPENED
        return FileState.CHANGED

    def saved_report(self, found: Fingerprint | Expect) -> Report | None:
        """The report that the file holds, None where the journal does not know it."""
        state = self.state_of(found)
        if state is FileState.AS_OPENED:
            return self.source.report
        save = self._save_of(found)
        return save.report if save is not None else None

    def unsaved(self, found: Fingerprint | Expect) -> int:
        """How many changes the file found does not have; 0 also where they cancel each other out."""
        on_disk = self.saved_report(found)
        if on_disk is not None and alike(on_disk, self.report):
            return 0
        save = self._save_of(found)
        return self.changes - (save.changes if save is not None else 0)

    def is_wanted(self, found: Fingerprint | Expect, on_disk: Report | None) -> bool:
        """Whether there is anything here that the file has not, however it may have come to have it.

        `on_disk` is the report in the file found, None where there is no file or it is no report.
        """
        if on_disk is None:
            return True
        return (self.never_saved or self.unsaved(found) > 0) and not alike(on_disk, self.report)

    def expected(self, found: Fingerprint | Expect) -> Fingerprint | Expect:
        """What a save of the recovered report has to find; not `found` where that is somebody else's doing."""
        if self.state_of(found) in (FileState.AS_OPENED, FileState.AS_SAVED):
            return found
        if self.never_saved:
            return Expect.ABSENT
        digests = [record.data for record in self.reading.records if record.act is Act.SAVED]
        last = digests[-1] if digests else self.reading.header.digest
        return Fingerprint(str(last), 0, 0, 0, 0, 0)

    def _save_of(self, found: Fingerprint | Expect) -> SavePoint | None:
        if not isinstance(found, Fingerprint):
            return None
        return next((save for save in reversed(self.saves) if save.digest == found.digest), None)


def replay(reading: JournalContents) -> Recovery:
    """Live through a journal again. Raises FileError where the contents that it starts from are no report to this program."""
    try:
        source = read_report(reading.header.base)
    except UnreadableError as error:
        raise FileError(FileErrorKind.JOURNAL_UNREADABLE, reading.path) from error
    history = History(source.report)
    changes = 0
    saves: list[SavePoint] = []
    lost = reading.unread
    replayed = len(reading.records)
    typed: int | None = None
    for number, record in enumerate(reading.records):
        if record.act in CHANGES:
            try:
                history = _applied(history, record)
            except CommandError:
                lost += sum(later.act in CHANGES for later in reading.records[number:])
                replayed = number
                break
            changes += 1
            typed = None
        elif record.act is Act.DRAFT:
            typed = number if record.data is not None else None
        elif record.act in (Act.SAVING, Act.SAVED):
            saves.append(SavePoint(str(record.data), history.present, changes))
    draft: Record | None = None
    if typed is not None:
        try:
            after = _applied(history, reading.records[typed])
        except CommandError:
            # It would be read again, and lost again, by whoever goes on with this journal.
            replayed, lost = typed, lost + 1
        else:
            draft = reading.records[typed] if after is not history else None
            history, changes = after, changes + (draft is not None)
    return Recovery(reading, source, history, draft, changes, tuple(saves), replayed, lost)


def alike(one: Report, other: Report) -> bool:
    """Whether two reports would be written alike."""
    if one is other:
        return True
    return (
        one.edition.id == other.edition.id
        and one.header == other.header
        and one.texts == other.texts
        and all(map(same_cell, one.cells, other.cells))
    )


def _applied(history: History, record: Record) -> History:
    if record.act is Act.UNDO:
        return history.undo()
    if record.act is Act.REDO:
        return history.redo()
    if not isinstance(record.data, dict):
        raise CommandError(str(record.data))
    return history.do(from_data(record.data), record.at)
