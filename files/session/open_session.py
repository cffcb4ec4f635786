"""Open a report: lock it, read it, and find the unfinished journals of earlier editors."""

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
from ..saving.atomic_save import Expect, Fingerprint, current_fingerprint, read_file
from ..saving.directories import Places, real_path
from ..saving.errors import FileError, FileErrorKind
from ..saving.process import Life, Owner
from ..saving.temporary import clear_temporary
from .lock import Lock, UnknownOwner, acquire
from .session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from ...core.report import Report
    from .surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Opening:
    """A report that is locked and read, before the user has decided about unfinished journals."""

    path: Path
    """Path of the report, with links resolved."""
    file: ReportFile | None
    """None if there is no file, only journals of a report never saved or removed since."""
    contents: bytes
    """Bytes of the file; empty if there is none."""
    found: Fingerprint | Expect
    lock: Lock
    owner: Owner
    offers: tuple[Recovery, ...]
    """Journals with something that the file lacks, newest first: changes, or a report that was never saved."""
    resumable: Recovery | None
    """Journal of a process that ended without closing, although everything in it had been saved."""
    troubles: tuple[FileError, ...]
    """Errors for journals of this report that cannot be read."""
    surroundings: Surroundings

    def begin(self) -> Session:
        """Start from the file, leaving the offers for another time.

        Raises:
            FileError: There is no file.
        """
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
        """Start from the last change of an unfinished journal, and continue that journal.

        A journal that could not be replayed completely is archived, and a new one continues from where the replay ended.
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
        """Archive an unfinished journal; the last few discarded ones are kept. Raises FileError."""
        discard_journal(offer.reading.path, self.surroundings.places, self.surroundings.disk)

    def close(self) -> None:
        """Release the report without opening it."""
        self.lock.release()


def open_report(path: Path, surroundings: Surroundings, *, take_over: Owner | UnknownOwner | None = None) -> Opening:
    """Lock and read a report, and find the unfinished journals of earlier editors.

    Args:
        take_over: Owner whose lock and unfinished work the user has decided to take over.

    Raises:
        LockedByOther: Another editor has the report open.
        UnreadableError: The file is not a report.
        FileError: The file cannot be read. In all cases no lock is left.
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

    Call `open_report` first: it finds a new report whose editor died before saving it.

    Raises:
        LockedByOther: Another editor has the report open.
        FileError: The path exists.
    """
    real = real_path(path)
    owner = surroundings.process(surroundings.clock())
    lock = acquire(real, surroundings.places, owner, disk=surroundings.disk)
    with contextlib.ExitStack() as unless_started:
        unless_started.callback(lock.release)
        if current_fingerprint(real) is not Expect.ABSENT:
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
    """Replay the unfinished journals of a report.

    Args:
        of_the_living: Include those of live processes. An editor on a hung connection keeps running, and its lock and work may be
            taken over.

    Returns:
        The replayed journals, newest first, and the errors for those that cannot be read.
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
    """Remove a journal without anything that the file lacks; archive it instead if it could not be replayed completely."""
    path = recovery.reading.path
    with contextlib.suppress(OSError, FileError):
        if recovery.lost:
            discard_journal(path, surroundings.places, surroundings.disk)
        else:
            surroundings.disk.remove(path)
