"""Write-ahead journal of an open report: every command is handed to the system before the next key is read.

A record is one line, written by one call with O_APPEND; that is enough to survive the death of the program (kill -9, a dropped
connection). Against power loss, a background thread syncs the file at most once a second. A truncated last line is no damage: its
command had not been acknowledged.

A journal that cannot be written keeps its lines in memory, retries with every record, and may be moved to another folder.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from datetime import UTC
from typing import TYPE_CHECKING

from ..saving.directories import Places, path_key, real_path
from ..saving.disk import DISK, Disk
from ..saving.errors import FileError, FileErrorKind, file_errors_at
from ..saving.process import Life, Owner
from ..saving.temporary import clear_temporary, temporary_name
from .background_sync import Syncer
from .moved_journals import find_signposts, remove_signposts
from .record_format import Act, JournalContents, JournalHeader, Record, header_line, read_journal, record_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

ENDING = ".nianbao-journal"
_DRAFT = "journal"
"""Target name for the temporary files of unfinished journals."""
ARCHIVED = 20
"""Number of discarded journals that are kept."""


class Journal:
    """The journal written by this process. Writing never raises: `trouble` says whether all lines are on disk."""

    def __init__(
        self, header: JournalHeader, path: Path, disk: Disk = DISK, records: Iterable[Record] = (), *, own_folder: bool = False
    ) -> None:
        self.header = header
        self.path = path
        """Path of the journal, whether or not it has been created."""
        self.trouble: FileError | None = None
        """Why the last lines are not on disk; None if they are."""
        self._disk = disk
        self._own_folder = own_folder
        """Whether a missing folder may be created. The folder of a report or of a removed USB stick must not be recreated empty."""
        self._records = list(records)
        self._written = 0
        """Number of lines in the file."""
        self._bytes = 0
        """Number of intact bytes in the file."""
        self._broken = False
        """Whether the file may end in a partial line."""
        self._descriptor: int | None = None
        self._refused = False
        """Whether the device failed to store bytes that were written."""
        self._syncer = Syncer(disk)

    @property
    def waiting(self) -> int:
        """Number of records that are in memory only."""
        return len(self._records) + 1 - max(self._written, 1)

    @property
    def records(self) -> tuple[Record, ...]:
        """All records so far, on disk or not."""
        return tuple(self._records)

    def append(self, act: Act, data: object, at: float) -> None:
        """Append a record. When this returns without `trouble`, the operating system has it."""
        self._records.append(Record(act, data, at))
        self._catch_up()

    def sync(self) -> None:
        """Flush all lines to the device. A failure is recorded in `trouble`."""
        if self._descriptor is None:
            return
        try:
            self._disk.sync(self._descriptor)
        except OSError as error:
            self._refused = True
            self.trouble = FileError.of(error, self.path)

    def move_to(self, folder: Path, *, hidden: bool = False) -> None:
        """Continue in another folder, with all lines so far.

        Raises:
            FileError: The folder cannot be written; the journal continues in the old place.
        """
        name = self.path.name.lstrip(".")
        path = folder.absolute() / (f".{name}" if hidden else name)
        if path == self.path and self.trouble is None:
            return
        before = (self.path, self._descriptor, self._written, self._bytes, self._broken, self.trouble, self._own_folder)
        self._syncer.forget()
        self.path, self._own_folder = path, False
        self._descriptor, self._written, self._bytes, self._broken = None, 0, 0, False
        self._catch_up()
        if self.trouble is not None:
            trouble = self.trouble
            self._syncer.forget()
            self._close_descriptor()
            self.path, self._descriptor, self._written, self._bytes, self._broken, self.trouble, self._own_folder = before
            raise trouble
        old_path, old = before[:2]
        if old is not None:
            with contextlib.suppress(OSError):
                self._disk.close(old)
            with contextlib.suppress(OSError):
                self._disk.remove(old_path)

    def close(self) -> None:
        """Stop writing; keep the file."""
        self._syncer.stop()
        self._close_descriptor()

    def finish(self) -> None:
        """Stop writing and remove the file, which is no longer needed."""
        self.close()
        with contextlib.suppress(OSError):
            self._disk.remove(self.path)

    def start(self) -> None:
        """Create the file with all lines so far."""
        self._catch_up()

    def go_on(self) -> None:
        """Continue the existing file, which has all lines so far; create another if it cannot be written."""
        try:
            self._descriptor = self._disk.open_to_append(self.path)
        except OSError:
            self.begin_anew()
            return
        self._written, self._bytes, self._broken = len(self._records) + 1, os.fstat(self._descriptor).st_size, True

    def begin_anew(self) -> None:
        """Leave the file as it is; the next line creates another one."""
        self._syncer.forget()
        self._close_descriptor()
        self._written, self._bytes, self._broken, self._refused = 0, 0, False, False
        beginning, _dash, _random = self.path.name.removesuffix(ENDING).rpartition("-")
        self.path = self.path.with_name(f"{beginning}-{secrets.token_hex(3)}{ENDING}")

    def _catch_up(self) -> None:
        """Write all lines that the file lacks."""
        try:
            descriptor = self._ready()
            self._write_waiting(descriptor)
        except OSError as error:
            self.trouble = FileError.of(error, self.path)
            return
        self.trouble = None
        self._syncer.written(descriptor)

    def _ready(self) -> int:
        """Return the descriptor of a file that keeps what is written to it. Raises OSError."""
        self._refused |= self._syncer.error() is not None
        swept_away = self._descriptor is not None and os.fstat(self._descriptor).st_nlink == 0
        if self._refused or swept_away:
            # After a failed sync the system drops the lost bytes, yet accepts more.
            # A removed file accepts everything and keeps nothing.
            old = self.path
            self.begin_anew()
            descriptor = self._make_file()
            with contextlib.suppress(OSError):
                self._disk.remove(old)
            return descriptor
        return self._make_file() if self._descriptor is None else self._descriptor

    def _make_file(self) -> int:
        """Create the file with all lines so far, atomically. Raises OSError."""
        if self._own_folder:
            self._disk.make_folder(self.path.parent)
        draft_of = self.path.with_name(_DRAFT)
        clear_temporary(draft_of, self._disk)
        draft = temporary_name(draft_of)
        data = header_line(self.header) + self._lines_from(1)
        descriptor = self._disk.create(draft)
        try:
            try:
                self._disk.write_all(descriptor, data)
            finally:
                self._disk.close(descriptor)
            descriptor = self._disk.open_to_append(draft)
            self._disk.replace(draft, self.path)
        except BaseException:
            with contextlib.suppress(OSError):
                self._disk.remove(draft)
            raise
        self._descriptor, self._written, self._bytes = descriptor, len(self._records) + 1, len(data)
        return descriptor

    def _lines_from(self, number: int) -> bytes:
        return b"".join(record_line(at, record) for at, record in enumerate(self._records[number - 1 :], number))

    def _write_waiting(self, descriptor: int) -> None:
        data = self._lines_from(self._written)
        if not data:
            return
        if self._broken:
            data = b"\n" + data
        try:
            self._disk.write_all(descriptor, data)
        except OSError:
            self._broken = True
            with contextlib.suppress(OSError):
                self._disk.truncate(descriptor, self._bytes)
            raise
        self._written, self._bytes, self._broken = len(self._records) + 1, self._bytes + len(data), False

    def _close_descriptor(self) -> None:
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                self._disk.close(self._descriptor)
            self._descriptor = None


def start_journal(header: JournalHeader, places: Places, disk: Disk = DISK, records: Iterable[Record] = ()) -> Journal:
    """Start a journal with these records in the user's state folder, or hidden beside the report if that cannot be written.

    If neither can, the journal has `trouble` and keeps its lines in memory.
    """
    stamp = header.opened.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    name = f"{path_key(header.path)}-{stamp}-{header.owner.pid}-{secrets.token_hex(3)}{ENDING}"
    journal = Journal(header, places.journals / name, disk, records, own_folder=True)
    journal.start()
    if journal.trouble is not None:
        with contextlib.suppress(FileError):
            journal.move_to(header.path.parent, hidden=True)
    return journal


def resume_journal(reading: JournalContents, owner: Owner, at: float, disk: Disk = DISK) -> Journal:
    """Continue the journal of another process after its readable records.

    If that process is dead, its file is continued. If lines could not be trusted, or the process may still write (on another
    machine), a new file is created and the old one is kept.
    """
    journal = Journal(reading.header, reading.path, disk, reading.records)
    if reading.unread or reading.life is not Life.DEAD:
        journal.begin_anew()
    else:
        journal.go_on()
    journal.append(Act.RESUMED, owner.plain(), at)
    return journal


def journals_of(report: Path, places: Places) -> tuple[list[JournalContents], list[FileError]]:
    """Find the journals of one report: in the state folder, beside it, and where signposts lead.

    Returns:
        The journals, oldest first, and the errors for those that cannot be read.
    """
    return _found(places, [real_path(report).parent], path_key(report))


def all_journals(places: Places, folders: Iterable[Path] = ()) -> tuple[list[JournalContents], list[FileError]]:
    """Find all journals: in the state folder, in these folders, and where signposts lead.

    Returns:
        The journals, oldest first, and the errors for those that cannot be read.
    """
    return _found(places, list(folders))


def clear_signposts(report: Path, places: Places, disk: Disk = DISK, *, to_lost_folders: bool = False) -> int:
    """Remove a report's signposts to folders that hold no journal of it. Return how many. Never raises.

    Signposts to unreachable folders, such as an unplugged USB stick, are kept unless `to_lost_folders`.
    """
    key = path_key(report)
    signposts = find_signposts(places, [real_path(report).parent], key).items()
    return remove_signposts(
        [post for post, folder in signposts if (folder.is_dir() or to_lost_folders) and not _journal_files([folder], key)], disk
    )


def discard_journal(path: Path, places: Places, disk: Disk = DISK) -> Path | None:
    """Move a journal to the archive of discarded ones.

    Returns:
        Its new path, or None if it could only be removed.

    Raises:
        FileError: It can be neither moved nor removed.
    """
    kept = places.archive / path.name.lstrip(".")
    try:
        disk.make_folder(places.archive)
        _move(path, kept, disk)
    except OSError:
        with file_errors_at(path):
            disk.remove(path)
        return None
    with contextlib.suppress(OSError):
        archived = sorted(places.archive.glob(f"*{ENDING}"), key=lambda old: (old.stat().st_mtime_ns, old.name))
        for old in archived[:-ARCHIVED]:
            disk.remove(old)
    return kept


def _move(source: Path, target: Path, disk: Disk) -> None:
    try:
        disk.replace(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        descriptor = disk.create(target)
        try:
            disk.write_all(descriptor, source.read_bytes())
            disk.sync(descriptor)
        finally:
            disk.close(descriptor)
        disk.remove(source)


def _found(places: Places, folders: Sequence[Path], key: str = "") -> tuple[list[JournalContents], list[FileError]]:
    """Return the journals of one report, or of all, and the errors for those that cannot be read or reached."""
    elsewhere = list(dict.fromkeys(find_signposts(places, folders, key).values()))
    troubles = [FileError(FileErrorKind.FOLDER_MISSING, folder) for folder in elsewhere if not folder.is_dir()]
    readings = []
    for path in _journal_files([places.journals, *folders, *elsewhere], key):
        try:
            readings.append(read_journal(path))
        except FileError as trouble:
            troubles.append(trouble)
    return sorted(readings, key=lambda reading: (reading.header.opened, reading.path)), troubles


def _journal_files(folders: Iterable[Path], key: str) -> dict[Path, None]:
    found: dict[Path, None] = {}
    for folder in folders:
        for beginning in (".", ""):
            with contextlib.suppress(OSError):
                found.update(dict.fromkeys(folder.glob(f"{beginning}{key}*{ENDING}")))
    return found
