"""What a journal says, as records, and how they are written as lines and read back.

A journal is one file of JSON lines. The first, the header, names the report and holds the contents that it had when it was opened, so that
a journal can be replayed whatever has become of the report's file. Each further line is one numbered record: a command, an undo, a redo, a
save about to be made, a save made, what is being typed, the hand-over to a later process, or the end. Undone commands stay: the history is
replayed as it was lived.
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
"""The format that this program writes; a journal of a newer one is left alone."""
JsonData = dict[str, object]


class Act(Enum):
    """What a record of a journal says; the value is its key in the line."""

    DO = "do"
    """A command; the data is the command's own."""
    DRAFT = "draft"
    """What is being typed and no command yet: the command that leaving the field would give, None where it was given up.
    It counts until a change or another draft follows."""
    UNDO = "undo"
    REDO = "redo"
    SAVING = "saving"
    """A save is about to give the file these contents: their digest. Whether it did, only the file can tell."""
    SAVED = "saved"
    """The save succeeded: the digest."""
    RESUMED = "resumed"
    """A later process goes on with this journal: its owner."""
    CLOSED = "closed"
    """The report was closed with unsaved changes: nobody writes here any more, although the process may live on."""


@dataclass(frozen=True, slots=True)
class JournalHeader:
    """The first line of a journal."""

    path: Path
    """The report, absolute, behind all links."""
    base: bytes
    """The contents that the first command applies to."""
    exists: bool
    """Whether the report's file held these contents, rather than being new and not yet saved."""
    owner: Owner
    opened: datetime

    @property
    def digest(self) -> str:
        """The digest of the contents that the first command applies to."""
        return digest_of(self.base)


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a journal after the first."""

    act: Act
    data: object
    """The command, the digest, the owner, True where the act says it all, None for a draft that was given up."""
    at: float
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class JournalContents:
    """What a journal file holds, as far as it can be trusted."""

    path: Path
    header: JournalHeader
    records: tuple[Record, ...]
    torn: bool
    """Whether the last line was cut off in the middle."""
    unread: int
    """Lines that cannot be trusted because a record before them is missing; 0 in a sound journal."""

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
        """Whether anybody may still write to it."""
        if self.records and self.records[-1].act is Act.CLOSED:
            return Life.DEAD
        return life_of(self.owner)

    @property
    def last_change(self) -> datetime:
        """When the last record was written, in the user's zone."""
        if not self.records:
            return self.header.opened
        return datetime.fromtimestamp(self.records[-1].at, UTC).astimezone()


def read_journal(path: Path) -> JournalContents:
    """Read a journal as far as it can be trusted; raises FileError where it cannot be read or is none.

    Records are numbered. A line that is no record, or repeats one, is passed over: it was left by a write that failed and was done again.
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
    # A path need not be valid UTF-8, nor need what a terminal sends.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def _parsed(line: bytes) -> JsonData | None:
    try:
        data = json.loads(line.decode("utf-8", "surrogatepass"))
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def header_line(header: JournalHeader) -> bytes:
    """The header as the first line of a journal."""
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
    """A record as the line of this number, from 1."""
    return _line({"n": number, "at": record.at, record.act.value: record.data})


def _record_from(data: JsonData) -> Record | None:
    at = data.get("at")
    acts = [act for act in Act if act.value in data]
    if len(acts) != 1 or not isinstance(at, int | float):
        return None
    return Record(acts[0], data[acts[0].value], float(at))
