"""Replay of an unfinished journal, and its comparison with the file as it is now."""

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
"""Record types that change the report."""


class FileState(Enum):
    """State of the report's file relative to the journal."""

    AS_OPENED = "as_opened"
    """It holds the journal's initial contents: nothing of the journal has been saved."""
    AS_SAVED = "as_saved"
    """It holds the contents of a save of the journal."""
    NEVER_SAVED = "never_saved"
    """The report was new and has no file yet."""
    MISSING = "missing"
    """The file has been removed."""
    CHANGED = "changed"
    """It holds contents unknown to the journal: another program has changed it."""


@dataclass(frozen=True, slots=True)
class SavePoint:
    """A save that was made, or was about to be made."""

    digest: str
    report: Report
    changes: int
    """Number of changes in the journal up to this point."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """A replayed journal."""

    reading: JournalContents
    source: ReportFile
    """The journal's initial contents."""
    history: History
    """The report at the last record, with undo and redo."""
    draft: Record | None
    """Input pending at the end; it is the last step of `history`. None if there was none or it changes nothing."""
    changes: int
    """Number of commands, undos, redos and drafts replayed."""
    saves: tuple[SavePoint, ...]
    replayed: int
    """Number of records of the journal that were replayed."""
    lost: int
    """Number of changes that could not be replayed, because the journal is damaged or was written by a newer program."""

    @property
    def report(self) -> Report:
        """The report at the last record."""
        return self.history.present

    @property
    def never_saved(self) -> bool:
        """Whether the report was new and no save of it is recorded."""
        return not self.reading.header.exists and not any(record.act is Act.SAVED for record in self.reading.records)

    def state_of(self, found: Fingerprint | Expect) -> FileState:
        """Return the state of a file that was found, relative to the journal."""
        if not isinstance(found, Fingerprint):
            return FileState.NEVER_SAVED if self.never_saved else FileState.MISSING
        if self._save_of(found) is not None:
            return FileState.AS_SAVED
        if self.reading.header.exists and found.digest == self.reading.header.digest:
            return FileState.AS_OPENED
        return FileState.CHANGED

    def saved_report(self, found: Fingerprint | Expect) -> Report | None:
        """Return the report that the file holds, or None if the journal does not know it."""
        state = self.state_of(found)
        if state is FileState.AS_OPENED:
            return self.source.report
        save = self._save_of(found)
        return save.report if save is not None else None

    def unsaved(self, found: Fingerprint | Expect) -> int:
        """Return how many changes the file lacks; 0 also if they cancel out."""
        on_disk = self.saved_report(found)
        if on_disk is not None and same_contents(on_disk, self.report):
            return 0
        save = self._save_of(found)
        return self.changes - (save.changes if save is not None else 0)

    def is_wanted(self, found: Fingerprint | Expect, on_disk: Report | None) -> bool:
        """Return whether the journal has anything that the file lacks, however the file came by its contents.

        Args:
            found: The file found.
            on_disk: The report in it, or None if there is no file or it is not a report.
        """
        if on_disk is None:
            return True
        return (self.never_saved or self.unsaved(found) > 0) and not same_contents(on_disk, self.report)

    def expected(self, found: Fingerprint | Expect) -> Fingerprint | Expect:
        """Return what a save of the recovered report must expect; differs from `found` if the file was changed by others."""
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
    """Replay a journal.

    Raises:
        FileError: The initial contents are not a report that this program can read.
    """
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
            # Not replayed, or a process that resumes this journal would read and lose it again.
            replayed, lost = typed, lost + 1
        else:
            draft = reading.records[typed] if after is not history else None
            history, changes = after, changes + (draft is not None)
    return Recovery(reading, source, history, draft, changes, tuple(saves), replayed, lost)


def same_contents(one: Report, other: Report) -> bool:
    """Return whether two reports would be written identically."""
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
