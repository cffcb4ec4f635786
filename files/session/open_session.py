"""From a path to an open report: the lock, the file, and what earlier editors left unfinished."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...core.history import History
from ..journal.journal import clear_signposts, discard_journal, journals_of, resume_journal, start_journal
from ..journal.record_format import Act, JournalHeader
from ..journal.recovery import Recovery, replay
from ..report.report_file import ReportFile, read_report
from ..report.serialize import report_bytes
from ..saving.atomic_save import Expect, Fingerprint, look_at, read_file
from ..saving.directories import Places, real_path
from ..saving.errors import FileError, FileErrorKind
from ..saving.process import Life, Owner
from ..saving.temporary import clear_temporary
from .lock import Lock, Stranger, acquire
from .session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from ...core.report import Report
    from .surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Opening:
    """A report found and locked, before the user has said what is to become of unfinished journals."""

    path: Path
    """The report, behind all links."""
    file: ReportFile | None
    """None where there is no file, only journals of a report never saved or since removed."""
    contents: bytes
    """What the file holds; empty where there is none."""
    found: Fingerprint | Expect
    lock: Lock
    owner: Owner
    offers: tuple[Recovery, ...]
    """Journals with what the file does not have, the newest first: changes, or a report that was never saved."""
    resumable: Recovery | None
    """The journal of a process that ended without closing, though everything in it was saved."""
    troubles: tuple[FileError, ...]
    """Journals of this report that cannot be read."""
    surroundings: Surroundings

    def begin(self) -> Session:
        """Start from the file; the offers stay for another time. Raises FileError where there is no file."""
        if self.file is None:
            raise FileError(FileErrorKind.FILE_MISSING, self.path)
        if self.resumable is not None:
            return self.recover(self.resumable)
        around = self.surroundings
        header = JournalHeader(self.path, self.contents, exists=True, owner=self.owner, opened=around.clock())
        journal = start_journal(header, around.places, around.disk)
        return Session(
            path=self.path,
            history=History(self.file.report),
            source=self.file,
            base=self.file,
            saved=self.file.report,
            expect=self.found,
            journal=journal,
            lock=self.lock,
            surroundings=around,
        )

    def recover(self, offer: Recovery) -> Session:
        """Start from the last change of an unfinished journal, and go on with that journal.

        A journal that could not be replayed to its end is put away, and another one goes on from where the replay ended.
        """
        around = self.surroundings
        saved = offer.saved_report(self.found)
        reading = replace(offer.reading, records=offer.reading.records[: offer.replayed], unread=offer.lost)
        journal = resume_journal(reading, self.owner, around.clock().timestamp(), around.disk)
        if offer.draft is not None:
            journal.append(Act.DO, offer.draft.data, offer.draft.at)
        if offer.lost and journal.trouble is None and offer.reading.life is Life.DEAD:
            with contextlib.suppress(FileError):
                discard_journal(reading.path, around.places, around.disk)
        return Session(
            path=self.path,
            history=offer.history,
            source=self.file if saved is not None and self.file is not None else offer.source,
            base=offer.source,
            saved=saved,
            expect=offer.expected(self.found),
            journal=journal,
            lock=self.lock,
            surroundings=around,
        )

    def discard(self, offer: Recovery) -> None:
        """Put an unfinished journal away; the last few that were discarded are kept. Raises FileError."""
        discard_journal(offer.reading.path, self.surroundings.places, self.surroundings.disk)

    def close(self) -> None:
        """Leave the report alone after all."""
        self.lock.release()


def open_report(path: Path, surroundings: Surroundings, *, take_over: Owner | Stranger | None = None) -> Opening:
    """Lock a report and read it, and find what earlier editors left unfinished.

    `take_over` names the owner that the user has decided to take the lock and the unfinished work from.
    Raises LockedByOther, UnreadableError where the file is no report, FileError where it cannot be read; nothing stays locked then.
    """
    real = real_path(path)
    owner = surroundings.process(surroundings.clock())
    lock = acquire(real, surroundings.places, owner, take_over=take_over, disk=surroundings.disk)
    with contextlib.ExitStack() as unless_opened:
        unless_opened.callback(lock.release)
        clear_temporary(real, surroundings.disk)
        clear_signposts(real, surroundings.places, surroundings.disk)
        file, contents, found = _read(real)
        unfinished, troubles = unfinished_journals(real, surroundings.places, of_the_living=take_over is not None)
        if file is None and not unfinished:
            raise FileError(FileErrorKind.FILE_MISSING, real)
        unless_opened.pop_all()
    offers = tuple(recovery for recovery in unfinished if recovery.is_wanted(found, file.report if file is not None else None))
    done = [recovery for recovery in unfinished if recovery not in offers]
    resumable = next((known for known in done if known.changes and known.saved_report(found) is not None and not offers), None)
    for recovery in done:
        if recovery is not resumable and recovery.reading.life is Life.DEAD:
            _forget(recovery, surroundings)
    return Opening(real, file, contents, found, lock, owner, offers, resumable, tuple(troubles), surroundings)


def new_report(path: Path, report: Report, surroundings: Surroundings) -> Session:
    """Start a report that has no file yet.

    Raises LockedByOther, and FileError where something is at the path already. A report never saved before its editor died is found by
    `open_report`, which is therefore to be asked first.
    """
    real = real_path(path)
    owner = surroundings.process(surroundings.clock())
    lock = acquire(real, surroundings.places, owner, disk=surroundings.disk)
    with contextlib.ExitStack() as unless_started:
        unless_started.callback(lock.release)
        if look_at(real) is not Expect.ABSENT:
            raise FileError(FileErrorKind.FILE_EXISTS, real)
        contents = report_bytes(report)
        unless_started.pop_all()
    header = JournalHeader(real, contents, exists=False, owner=owner, opened=surroundings.clock())
    journal = start_journal(header, surroundings.places, surroundings.disk)
    base = read_report(contents)
    return Session(
        path=real,
        history=History(report),
        source=base,
        base=base,
        saved=None,
        expect=Expect.ABSENT,
        journal=journal,
        lock=lock,
        surroundings=surroundings,
    )


def unfinished_journals(path: Path, places: Places, *, of_the_living: bool = False) -> tuple[list[Recovery], list[FileError]]:
    """The journals of a report, replayed, the newest first; and those that cannot be read.

    `of_the_living` takes in those of processes that live: an editor on a connection that hangs keeps running, and its lock and its work may
    be taken over.
    """
    readings, troubles = journals_of(path, places)
    recoveries = []
    for reading in reversed(readings):
        if reading.life is Life.ALIVE and not of_the_living:
            continue
        try:
            recoveries.append(replay(reading))
        except FileError as trouble:
            troubles.append(trouble)
    return recoveries, troubles


def _read(path: Path) -> tuple[ReportFile | None, bytes, Fingerprint | Expect]:
    try:
        data, found = read_file(path)
    except FileError as trouble:
        if trouble.kind is FileErrorKind.FILE_MISSING:
            return None, b"", Expect.ABSENT
        raise
    return read_report(data), data, found


def _forget(recovery: Recovery, surroundings: Surroundings) -> None:
    """Let go of a journal with nothing that the file has not; one that could not be replayed to its end is kept with the discarded ones."""
    path = recovery.reading.path
    with contextlib.suppress(OSError, FileError):
        if recovery.lost:
            discard_journal(path, surroundings.places, surroundings.disk)
        else:
            surroundings.disk.remove(path)
