"""The journal of an open report: every command on its way to the disk before the next key is read.

A record is one line written by one call with O_APPEND, which is all it takes to survive the death of the program (kill -9, a dropped line).
Against a loss of power a thread of the journal's own waits, at most once a second, until the device has what was written. A last line cut
off in the middle is no damage: its command had not been answered yet.

A journal that cannot be written keeps its lines in memory, tries again with every record, and may be moved to another folder.
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
from .moved_journals import signposted, take_down
from .record_format import Act, JournalContents, JournalHeader, Record, header_line, read_journal, record_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

ENDING = ".nianbao-journal"
_DRAFT = "journal"
"""What half-made journals are called in the names of temporary files."""
ARCHIVED = 20
"""How many discarded journals are kept."""


class Journal:
    """The journal that this process writes. Writing never raises: `trouble` says whether all lines are on disk."""

    def __init__(
        self, header: JournalHeader, path: Path, disk: Disk = DISK, records: Iterable[Record] = (), *, own_folder: bool = False
    ) -> None:
        self.header = header
        self.path = path
        """Where the journal is, or is to be."""
        self.trouble: FileError | None = None
        """Why the last lines are not on disk; None where they are."""
        self._disk = disk
        self._own_folder = own_folder
        """Whether a missing folder may be made: a report's folder or a stick that is gone must not be put up again as an empty folder."""
        self._records = list(records)
        self._written = 0
        """How many lines the file has."""
        self._bytes = 0
        """How many bytes of the file are sound."""
        self._broken = False
        """Whether the file may end in the middle of a line."""
        self._descriptor: int | None = None
        self._refused = False
        """Whether the device refused what the file had been given."""
        self._syncer = Syncer(disk)

    @property
    def waiting(self) -> int:
        """How many records are in memory only."""
        return len(self._records) + 1 - max(self._written, 1)

    @property
    def records(self) -> tuple[Record, ...]:
        """Every record so far, on disk or not."""
        return tuple(self._records)

    def append(self, act: Act, data: object, at: float) -> None:
        """Write one record; when this returns and there is no `trouble`, the operating system has it."""
        self._records.append(Record(act, data, at))
        self._catch_up()

    def sync(self) -> None:
        """Wait until the device has every line; a failure shows in `trouble`."""
        if self._descriptor is None:
            return
        try:
            self._disk.sync(self._descriptor)
        except OSError as error:
            self._refused = True
            self.trouble = FileError.of(error, self.path)

    def move_to(self, folder: Path, *, hidden: bool = False) -> None:
        """Go on in another folder, with all lines so far. Raises FileError, and then goes on where it was."""
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
        """Stop writing; the file stays."""
        self._syncer.stop()
        self._close_descriptor()

    def finish(self) -> None:
        """Stop writing and remove the file: nothing in it is needed any more."""
        self.close()
        with contextlib.suppress(OSError):
            self._disk.remove(self.path)

    def start(self) -> None:
        """Make the file, with all lines so far."""
        self._catch_up()

    def go_on(self) -> None:
        """Take up the existing file, which has all lines so far, or make another where it cannot be written."""
        try:
            self._descriptor = self._disk.open_to_append(self.path)
        except OSError:
            self.begin_anew()
            return
        self._written, self._bytes, self._broken = len(self._records) + 1, os.fstat(self._descriptor).st_size, True

    def begin_anew(self) -> None:
        """Leave the file as it is, and make another with the next line."""
        self._syncer.forget()
        self._close_descriptor()
        self._written, self._bytes, self._broken, self._refused = 0, 0, False, False
        beginning, _dash, _random = self.path.name.removesuffix(ENDING).rpartition("-")
        self.path = self.path.with_name(f"{beginning}-{secrets.token_hex(3)}{ENDING}")

    def _catch_up(self) -> None:
        """Write every line that the file does not have yet."""
        try:
            descriptor = self._ready()
            self._write_waiting(descriptor)
        except OSError as error:
            self.trouble = FileError.of(error, self.path)
            return
        self.trouble = None
        self._syncer.written(descriptor)

    def _ready(self) -> int:
        """The descriptor of a file that keeps what it is given; raises OSError."""
        self._refused |= self._syncer.error() is not None
        swept_away = self._descriptor is not None and os.fstat(self._descriptor).st_nlink == 0
        if self._refused or swept_away:
            # What the device refused once is dropped by the system, although it takes further bytes.
            # A removed file takes everything and keeps nothing.
            old = self.path
            self.begin_anew()
            descriptor = self._make_file()
            with contextlib.suppress(OSError):
                self._disk.remove(old)
            return descriptor
        return self._make_file() if self._descriptor is None else self._descriptor

    def _make_file(self) -> int:
        """Make the file so that it appears with all lines so far or not at all; raises OSError."""
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
    """A new journal, with these records, in the user's state folder, or hidden beside the report where that cannot be written.

    Where neither can, the journal has `trouble` and keeps its lines in memory.
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
    """Go on with a journal of another process, on top of what could be read of it.

    The journal of a process that is gone goes on in its own file. One with lines that could not be trusted, or of a process that may still
    be writing on another machine, goes on in a new file, and the old one stays as it is.
    """
    journal = Journal(reading.header, reading.path, disk, reading.records)
    if reading.unread or reading.life is not Life.DEAD:
        journal.begin_anew()
    else:
        journal.go_on()
    journal.append(Act.RESUMED, owner.plain(), at)
    return journal


def journals_of(report: Path, places: Places) -> tuple[list[JournalContents], list[FileError]]:
    """The journals of one report in the state folder, beside it and where signposts lead, oldest first, and what cannot be read."""
    return _found(places, [real_path(report).parent], path_key(report))


def all_journals(places: Places, folders: Iterable[Path] = ()) -> tuple[list[JournalContents], list[FileError]]:
    """All journals in the state folder, in these folders and where signposts lead, oldest first, and what cannot be read."""
    return _found(places, list(folders))


def clear_signposts(report: Path, places: Places, disk: Disk = DISK, *, to_lost_folders: bool = False) -> int:
    """Remove a report's signposts to folders without a journal of it; how many. Never raises.

    Those to folders that are out of reach, such as a stick that is not plugged in, stay unless `to_lost_folders`.
    """
    key = path_key(report)
    signposts = signposted(places, [real_path(report).parent], key).items()
    return take_down(
        [post for post, folder in signposts if (folder.is_dir() or to_lost_folders) and not _journal_files([folder], key)], disk
    )


def discard_journal(path: Path, places: Places, disk: Disk = DISK) -> Path | None:
    """Put a journal away among the last few discarded ones. Where it lies now, None where it could only be removed.

    Raises FileError where it can be neither moved nor removed.
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
    """The journals of one report, or all, and what is wrong with those that cannot be read or reached."""
    elsewhere = list(dict.fromkeys(signposted(places, folders, key).values()))
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
