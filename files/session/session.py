"""An open report: the only way to change it, with protection against loss of changes.

A session combines file, lock, history and journal. A change is applied, added to the history, written to the journal, and only then
passed to the listeners: a screen never shows a change that is neither on disk nor reported as missing there.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...core.commands import Command, CommandError, to_data
from ..journal.journal import Journal, clear_signposts, discard_journal, start_journal
from ..journal.moved_journals import create_signpost
from ..journal.record_format import Act
from ..journal.recovery import CHANGES, same_contents
from ..report.report_file import ReportFile, UnreadableError, read_report
from ..report.serialize import WriteMismatchError, report_bytes
from ..saving.atomic_save import Expect, Fingerprint, Saved, digest_of
from ..saving.directories import real_path
from ..saving.errors import FileError, FileErrorKind
from ..saving.publish import Contents, publish
from .lock import Lock, LockedByOther, UnknownOwner, acquire

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ...core.history import History
    from ...core.report import Report
    from ..saving.process import Owner
    from .surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class ReportChanged:
    """The report has changed."""

    before: Report
    after: Report
    command: Command | None
    """None for undo and redo."""


@dataclass(frozen=True, slots=True)
class JournalStopped:
    """Changes are in memory only from now on; the session retries with every change."""

    trouble: FileError


@dataclass(frozen=True, slots=True)
class JournalGoesOn:
    """All changes are on disk again."""


@dataclass(frozen=True, slots=True)
class ReportSaved:
    """The file holds the current report."""

    saved: Saved


Event = ReportChanged | JournalStopped | JournalGoesOn | ReportSaved


class LockLost(Exception):  # noqa: N818 - a state of affairs that the user decides on
    """Another process has taken over the report's lock. Nothing has been saved."""

    def __init__(self, holder: Owner | UnknownOwner) -> None:
        super().__init__(holder)
        self.holder = holder


class Session:
    """An open report. `listeners` are called with every event once it is on disk; they must not raise."""

    def __init__(
        self,
        *,
        path: Path,
        history: History,
        source: ReportFile,
        base: ReportFile,
        saved: Report | None,
        expect: Fingerprint | Expect,
        journal: Journal,
        lock: Lock,
        surroundings: Surroundings,
    ) -> None:
        self.path = path
        self.history = history
        self.source = source
        """The file when it was last read or saved."""
        self.listeners: list[Callable[[Event], None]] = []
        self.journal = journal
        self._base = base
        """Contents that every save edits: the journal's initial ones, so that undone changes leave no trace."""
        self._saved = saved
        self._expect = expect
        self._lock = lock
        self._around = surroundings
        self._told_of_trouble = False
        self._draft: Command | None = None

    @property
    def report(self) -> Report:
        """The current report."""
        return self.history.present

    @property
    def draft(self) -> Command | None:
        """Input that is not yet a change of the report."""
        return self._draft

    @property
    def unsaved(self) -> bool:
        """Whether the file differs from the current report."""
        return self._saved is None or not same_contents(self._saved, self.report)

    def dispatch(self, command: Command) -> Report:
        """Apply a command and return the new report.

        Raises:
            CommandError: The command cannot be applied; nothing has changed.
        """
        at = self._at()
        try:
            data, history = to_data(command), self.history.do(command, at)
        except CommandError:
            raise
        except Exception as error:
            raise CommandError(type(error).__name__) from error
        return self._changed(history, Act.DO, data, at, command)

    def keep_draft(self, command: Command | None) -> None:
        """Record pending input: the command that leaving the field would issue, or None if the input was abandoned.

        The report does not change. If the editor dies now, the command is recovered.
        """
        if command is self._draft or (command and self._draft and to_data(command) == to_data(self._draft)):
            return
        self._draft = command
        self.journal.append(Act.DRAFT, to_data(command) if command is not None else None, self._at())
        self._watch_journal()

    def undo(self) -> Report:
        """Undo the last step, of whatever kind, whether saved or not."""
        return self._changed(self.history.undo(), Act.UNDO, data=True, at=self._at(), command=None)

    def redo(self) -> Report:
        """Redo the step undone last."""
        return self._changed(self.history.redo(), Act.REDO, data=True, at=self._at(), command=None)

    def save(self, *, overwrite: bool = False, despite_lock: bool = False) -> Saved:
        """Write the report to its file.

        If this raises, the file is unchanged and the session can continue.

        Raises:
            ChangedOnDiskError: Another program has changed the file, and `overwrite` is not set (the user has seen the change).
            LockLost: Another process has the lock, and `despite_lock` is not set to take it back.
            FileError: Any other failure.
        """
        self._hold_lock(take_back=despite_lock)
        saved = self._write(self.path, self.journal, self._lock, Expect.ANYTHING if overwrite else self._expect)
        self._tell(ReportSaved(saved))
        return saved

    def save_as(self, path: Path, *, overwrite: bool = False) -> Saved:
        """Write the report to another file and continue with that one; the old file stays as last saved.

        If this raises, the session continues with the old file.

        Raises:
            LockedByOther: Another editor has the new file open.
            ChangedOnDiskError: The new path exists, and `overwrite` is not set.
            FileError: Any other failure.
        """
        around = self._around
        real = real_path(path)
        if real == self.path:
            return self.save(overwrite=overwrite)
        lock = acquire(real, around.places, replace(self._lock.owner, since=around.clock().isoformat(timespec="seconds")), disk=around.disk)
        header = replace(self.journal.header, path=real, exists=False, owner=lock.owner)
        # Records of saves and hand-overs concern the old file.
        changes = [record for record in self.journal.records if record.act in CHANGES or record.act is Act.DRAFT]
        journal = start_journal(header, around.places, around.disk, changes)
        try:
            saved = self._write(real, journal, lock, Expect.ANYTHING if overwrite else Expect.ABSENT)
        except BaseException:
            journal.finish()
            lock.release()
            raise
        self.journal.finish()
        self._lock.release()
        self.path, self.journal, self._lock = real, journal, lock
        self._tell(ReportSaved(saved))
        self._watch_journal()
        return saved

    def move_journal(self, folder: Path) -> None:
        """Keep the journal in another folder from now on, and leave a signpost to find it there.

        Raises:
            FileError: The folder cannot be written; nothing has changed.
        """
        self.journal.move_to(folder)
        around, where = self._around, self.journal.path.parent
        clear_signposts(self.path, around.places, around.disk)
        if where not in (around.places.journals, self.path.parent):
            create_signpost(where, self.path, around.places, around.disk)
        self._watch_journal()

    def close(self, *, discard: bool = False) -> None:
        """End the session. Unsaved changes and pending input stay in the journal and are offered at the next opening.

        With `discard`, the journal is archived instead.
        """
        if self.unsaved or self._draft is not None:
            self.journal.append(Act.CLOSED, data=True, at=self._at())
            self.journal.close()
            if discard:
                with contextlib.suppress(FileError):
                    discard_journal(self.journal.path, self._around.places, self._around.disk)
        else:
            self.journal.finish()
        clear_signposts(self.path, self._around.places, self._around.disk)
        self._lock.release()

    def hang_up(self) -> None:
        """End at once, on a dropped connection or a termination signal. All changes are in the journal already; releases the lock."""
        if not self.journal.records and not self.unsaved:
            with contextlib.suppress(OSError):
                self._around.disk.remove(self.journal.path)
        self._lock.release()

    def _changed(self, history: History, act: Act, data: object, at: float, command: Command | None) -> Report:
        before = self.report
        if history is self.history:
            return before
        self.history, self._draft = history, None
        self.journal.append(act, data, at)
        self._watch_journal()
        self._tell(ReportChanged(before, self.report, command))
        return self.report

    def _write(self, path: Path, journal: Journal, lock: Lock, expect: Fingerprint | Expect) -> Saved:
        report = self.report
        try:
            data = report_bytes(report, self._base)
        except (WriteMismatchError, UnreadableError) as error:
            raise FileError(FileErrorKind.NOT_VERIFIED, path) from error
        # The digest must be in the journal, on the device too, before the file can have the new contents.
        journal.append(Act.SAVING, digest_of(data), self._at())
        journal.sync()

        def reads_back(found: bytes) -> bool:
            return _holds(found, report)

        written = publish(path, data, contents=Contents.REPORT, expect=expect, around=self._around, held=lock, verify=reads_back)
        saved = written.saved
        journal.append(Act.SAVED, saved.fingerprint.digest, self._at())
        self._saved, self._expect, self.source = report, saved.fingerprint, read_report(data)
        return saved

    def _hold_lock(self, *, take_back: bool) -> None:
        """Make sure that this session holds the lock; create it again if the file was removed. Raises LockLost, FileError."""
        holder = self._lock.holder()
        if holder == self._lock.owner:
            return
        try:
            taken_from = holder if take_back else None
            self._lock = acquire(self.path, self._around.places, self._lock.owner, take_over=taken_from, disk=self._around.disk)
        except LockedByOther as locked:
            raise LockLost(locked.owner) from locked

    def _at(self) -> float:
        return self._around.clock().timestamp()

    def _watch_journal(self) -> None:
        trouble = self.journal.trouble
        if (trouble is not None) == self._told_of_trouble:
            return
        self._told_of_trouble = trouble is not None
        self._tell(JournalStopped(trouble) if trouble is not None else JournalGoesOn())

    def _tell(self, event: Event) -> None:
        for listener in tuple(self.listeners):
            listener(event)


def _holds(data: bytes, report: Report) -> bool:
    try:
        return same_contents(read_report(data).report, report)
    except UnreadableError:
        return False
