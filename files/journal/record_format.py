"""Journal format: records, and how they are written as lines and read back.

A journal is a file of JSON lines. The first line, the header, names the report and holds its contents when it was opened, so that
a journal can be replayed whatever has happened to the report's file. Every further line is a numbered record: a command, an undo,
a redo, a save about to be made, a completed save, a draft, a hand-over to a later process, or the end. Undone commands are kept,
because replay repeats the history as it happened.
"""

from __future__ import annotations

import contextlib
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from ..saving.atomic_save import digest_of
from ..saving.errors import FileError, FileErrorKind, file_errors_at
from ..saving.process import Life, Owner, life_of, owner_from_plain

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1
"""Format version written by this program. Journals of a newer one are left alone."""
JsonData = dict[str, object]


class Act(Enum):
    """Type of a journal record; the value is its key in the line."""

    DO = "do"
    """A command, with its data."""
    DRAFT = "draft"
    """Input that is not yet a command: the command that leaving the field would issue, or None if it was abandoned.
    Valid until the next change or draft.
    """
    UNDO = "undo"
    REDO = "redo"
    SAVING = "saving"
    """A save of contents with this digest is about to be made. Only the file can tell whether it was."""
    SAVED = "saved"
    """The save succeeded, with this digest."""
    RESUMED = "resumed"
    """A later process, the given owner, continues this journal."""
    CLOSED = "closed"
    """The report was closed with unsaved changes. Nobody writes here any more, although the process may be alive."""


@dataclass(frozen=True, slots=True)
class JournalHeader:
    """First line of a journal."""

    path: Path
    """Absolute path of the report, with links resolved."""
    base: bytes
    """Contents to which the first command applies."""
    exists: bool
    """Whether the report's file held these contents; False for a new report that has not been saved."""
    owner: Owner
    opened: datetime

    @property
    def digest(self) -> str:
        """Digest of the contents to which the first command applies."""
        return digest_of(self.base)


@dataclass(frozen=True, slots=True)
class Record:
    """A line of a journal after the first."""

    act: Act
    data: object
    """The command, digest or owner; True if the act needs no data; None for an abandoned draft."""
    at: float
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class JournalContents:
    """Contents of a journal file, as far as they can be trusted."""

    path: Path
    header: JournalHeader
    records: tuple[Record, ...]
    torn: bool
    """Whether the last line is truncated."""
    unread: int
    """Number of lines that cannot be trusted because a record before them is missing; 0 in an intact journal."""

    @property
    def owner(self) -> Owner:
        """The process that wrote to it last."""
        for record in reversed(self.records):
            if record.act is Act.RESUMED and isinstance(record.data, dict):
                with contextlib.suppress(ValueError):
                    return owner_from_plain(record.data)
        return self.header.owner

    @property
    def life(self) -> Life:
        """Whether the owner may still write to it."""
        if self.records and self.records[-1].act is Act.CLOSED:
            return Life.DEAD
        return life_of(self.owner)

    @property
    def last_change(self) -> datetime:
        """Time of the last record, in the user's time zone."""
        if not self.records:
            return self.header.opened
        return datetime.fromtimestamp(self.records[-1].at, UTC).astimezone()


def read_journal(path: Path) -> JournalContents:
    """Read a journal as far as it can be trusted.

    Records are numbered. A line that is not a record, or repeats one, is skipped: it is left over from a failed write that was
    retried.

    Raises:
        FileError: The file cannot be read or is not a journal.
    """
    with file_errors_at(path):
        lines = path.read_bytes().split(b"\n")
    header: JournalHeader | None = None
    records: list[Record] = []
    unread = 0
    torn = False
    for line in lines:
        data = _parsed(line)
        torn = bool(line) and data is None
        if data is None:
            continue
        if "journal" in data:
            header = header or _header_from(data, path)
            continue
        number = data.get("n")
        record = _record_from(data)
        if number == len(records) + 1 and record is not None:
            records.append(record)
        elif not isinstance(number, int) or number > len(records):
            unread += 1
    if header is None:
        raise FileError(FileErrorKind.JOURNAL_UNREADABLE, path)
    return JournalContents(path, header, tuple(records), torn, unread)


def _line(data: Mapping[str, object]) -> bytes:
    # Neither a path nor terminal input needs to be valid UTF-8.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def _parsed(line: bytes) -> JsonData | None:
    try:
        data = json.loads(line.decode("utf-8", "surrogatepass"))
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def header_line(header: JournalHeader) -> bytes:
    """Serialize the header as the first line of a journal."""
    data: JsonData = {
        "journal": FORMAT,
        "path": str(header.path),
        "opened": header.opened.isoformat(timespec="seconds"),
        "owner": header.owner.plain(),
        "exists": header.exists,
        "digest": header.digest,
    }
    try:
        data["base"] = header.base.decode()
    except UnicodeDecodeError:
        data["base64"] = b64encode(header.base).decode()
    return _line(data)


def _header_from(data: JsonData, path: Path) -> JournalHeader:
    version = data["journal"]
    if isinstance(version, int) and version > FORMAT:
        raise FileError(FileErrorKind.JOURNAL_NEWER, path)
    match data:
        case {"journal": 1, "path": str(report), "opened": str(opened), "owner": dict(owner), "exists": bool(exists), "digest": digest}:
            base = _base_in(data)
        case _:
            raise FileError(FileErrorKind.JOURNAL_UNREADABLE, path)
    try:
        header = JournalHeader(Path(report), base, exists, owner_from_plain(owner), datetime.fromisoformat(opened))
    except ValueError:
        raise FileError(FileErrorKind.JOURNAL_UNREADABLE, path) from None
    if header.digest != digest or header.opened.tzinfo is None:
        raise FileError(FileErrorKind.JOURNAL_UNREADABLE, path)
    return header


def _base_in(data: JsonData) -> bytes:
    match data:
        case {"base": str(text)}:
            return text.encode("utf-8", "surrogatepass")
        case {"base64": str(text)}:
            with contextlib.suppress(ValueError):
                return b64decode(text, validate=True)
    return b""


def record_line(number: int, record: Record) -> bytes:
    """Serialize a record as line `number`, counted from 1."""
    return _line({"n": number, "at": record.at, record.act.value: record.data})


def _record_from(data: JsonData) -> Record | None:
    at = data.get("at")
    acts = [act for act in Act if act.value in data]
    if len(acts) != 1 or not isinstance(at, int | float):
        return None
    return Record(acts[0], data[acts[0].value], float(at))
