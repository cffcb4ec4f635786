"""The only function that writes to a path named by the user, for all commands and the editor.

It refuses a file that another editor has open or that has changed since the caller read it, keeps a backup of what it replaces,
never replaces a report by an export, and replaces the file atomically (`atomic_save`). The modules listed in
`tests/project/test_hygiene.py` are the only others that write: they keep the program's own files.
"""

from __future__ import annotations

import contextlib
import re
import stat
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from ...templates.toml_text import TOMLDecodeError, loads
from ..report.second_reader import SecondReading, second_reading
from ..session.lock import acquire
from .atomic_save import Expect, Fingerprint, Saved, SaveNote, atomic_save, predict_save_error, read_file
from .backups import Backup, keep_backup
from .directories import real_path
from .errors import FileError, FileErrorKind
from .output_format import REPORT_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ..session.lock import Lock
    from ..session.surroundings import Surroundings

_STREAMS: Final = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/")
"""Paths of the process's own streams: with redirection, the system shows the target of one as a regular file."""
_NOTES: Final = {SecondReading.REFUSED: SaveNote.SECOND_READER_REFUSED, SecondReading.DIFFERS: SaveNote.SECOND_READER_DIFFERS}
_REPORT_TABLE: Final = re.compile(rb"^\s*\[\s*report\s*\]", re.MULTILINE)


class Contents(Enum):
    """Kind of the contents written."""

    REPORT = "report"
    EXPORT = "export"
    """Anything made from a report for other readers. Never replaces a report."""


@dataclass(frozen=True, slots=True)
class Published:
    """Result of a write."""

    saved: Saved
    backup: Backup | None
    """Backup of what was replaced; None if there was nothing, or if it could not be kept (see `saved.notes`)."""


def publish(
    path: Path,
    data: bytes,
    *,
    contents: Contents,
    expect: Fingerprint | Expect,
    around: Surroundings,
    held: Lock | None = None,
    verify: Callable[[bytes], bool] | None = None,
) -> Published:
    """Replace the contents of the file at `path` by `data`, completely or not at all.

    A report is read by the second reader too, before it replaces anything; what that finds is a note of the result and stops nothing.

    Args:
        expect: `Expect.ABSENT` replaces nothing; a fingerprint replaces the file that the caller read; `Expect.ANYTHING` replaces
            any contents, when the user has confirmed it.
        held: The lock on `path`, if the caller holds it. Otherwise the file is locked while it is written.
        verify: Called with the bytes as read back; returns whether they have the intended meaning.

    Raises:
        LockedByOther: Another editor has the file open.
        ChangedOnDiskError: The file is not as expected.
        FileError: Any other failure; `FileErrorKind.HOLDS_REPORT` for an export in place of a report. In all cases the file is
            unchanged.
    """
    require_file_name(path)
    target = real_path(path)
    if contents is Contents.EXPORT:
        expect = _without_report(target, expect)
    backup: Backup | None = None
    verdict = SecondReading.AGREES

    def reads_back(found: bytes) -> bool:
        nonlocal verdict
        if verify is not None and not verify(found):
            return False
        if contents is Contents.REPORT:
            verdict = second_reading(found)
        return True

    def keep(replaced: bytes) -> bool:
        nonlocal backup
        try:
            backup = keep_backup(around.places, target, replaced, around.clock(), disk=around.disk)
        except OSError:
            return False
        return True

    with contextlib.nullcontext(held) if held is not None else _locked(target, around):
        saved = atomic_save(target, data, expect=expect, verify=reads_back, keep=keep, disk=around.disk)
    if verdict in _NOTES:
        saved = replace(saved, notes=saved.notes | {_NOTES[verdict]})
    return Published(saved, backup)


def require_file_name(path: Path) -> None:
    """Raise FileError if the path is a folder, a device, a pipe or one of the process's streams."""
    if str(path.absolute()).startswith(_STREAMS):
        raise FileError(FileErrorKind.NOT_A_FILE, path)
    try:
        mode = path.stat().st_mode
    except OSError:
        return
    if stat.S_ISDIR(mode):
        raise FileError(FileErrorKind.IS_FOLDER, path)
    if not stat.S_ISREG(mode):
        raise FileError(FileErrorKind.NOT_A_FILE, path)


def holds_report(path: Path, data: bytes) -> bool:
    """Return whether a file is a report: TOML with a table `report`, or a broken `.toml` file with the heading `[report]`."""
    try:
        return isinstance(loads(data.decode("utf-8-sig")).get("report"), dict)
    except (TOMLDecodeError, ValueError, RecursionError):
        return path.suffix.lower() == REPORT_SUFFIX and _REPORT_TABLE.search(data) is not None


def _without_report(target: Path, expect: Fingerprint | Expect) -> Fingerprint | Expect:
    """Return what an export may replace: the file as it is now.

    Raises:
        FileError: The file is a report.
    """
    try:
        data, found = read_file(target)
    except FileError as trouble:
        if trouble.kind in (FileErrorKind.FILE_MISSING, FileErrorKind.FOLDER_MISSING):
            return Expect.ABSENT if expect is Expect.ANYTHING else expect
        raise
    if holds_report(target, data):
        raise FileError(FileErrorKind.HOLDS_REPORT, target)
    return found if expect is Expect.ANYTHING else expect


def _locked(target: Path, around: Surroundings) -> Lock:
    """Lock a file after checking that it can be written, so as not to leave a lock beside one that cannot."""
    trouble = predict_save_error(target)
    if trouble is not None:
        raise trouble
    return acquire(target, around.places, around.process(around.clock()), disk=around.disk)
