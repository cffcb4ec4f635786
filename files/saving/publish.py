"""The one function that writes to a path the user named, for every command and the editor.

It refuses a file that another editor has open or that has changed since the caller read it, keeps a backup of what it replaces, never
replaces a report by an export, and replaces the file atomically (`atomic_save`). Only the modules listed in
`tests/project/test_hygiene.py` write otherwise: they keep the program's own files.
"""

from __future__ import annotations

import contextlib
import re
import stat
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from ...templates.toml_text import TOMLDecodeError, loads
from ..session.lock import acquire
from .atomic_save import Expect, Fingerprint, Saved, atomic_save, foreseen_trouble, read_file
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
"""Names of a process's own streams: where the shell has redirected one, the system shows the file behind it as a regular file."""
_REPORT_TABLE: Final = re.compile(rb"^\s*\[\s*report\s*\]", re.MULTILINE)


class Contents(Enum):
    """What is written."""

    REPORT = "report"
    EXPORT = "export"
    """Anything made from a report for other readers. It never replaces a report."""


@dataclass(frozen=True, slots=True)
class Published:
    """A write that succeeded."""

    saved: Saved
    backup: Backup | None
    """What was replaced; None where there was nothing, or `saved.notes` says that it could not be kept."""


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
    """Make `data` the contents of the file at `path`, whole or not at all.

    Args:
        expect: `Expect.ABSENT` replaces nothing; a fingerprint replaces the file that the caller read; `Expect.ANYTHING` replaces whatever
            is there, on the user's word.
        held: The lock on `path`, where the caller has it. Without one, the file is locked while it is written.
        verify: Says of the bytes, as read back, whether they mean what they should.

    Raises:
        LockedByOther: Another editor has the file open.
        ChangedOnDiskError: The file is not as expected.
        FileError: Anything else, `FileErrorKind.HOLDS_REPORT` for an export in the place of a report. Whatever is raised, the file
            is as it was.
    """
    require_file_name(path)
    target = real_path(path)
    if contents is Contents.EXPORT:
        expect = _without_report(target, expect)
    backup: Backup | None = None

    def keep(replaced: bytes) -> bool:
        nonlocal backup
        try:
            backup = keep_backup(around.places, target, replaced, around.clock(), disk=around.disk)
        except OSError:
            return False
        return True

    with contextlib.nullcontext(held) if held is not None else _locked(target, around):
        saved = atomic_save(target, data, expect=expect, verify=verify, keep=keep, disk=around.disk)
    return Published(saved, backup)


def require_file_name(path: Path) -> None:
    """Raise FileError where the path names a folder, a device, a pipe or one of the process's streams."""
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
    """Whether a file is a report: TOML with a table `report`, or TOML by its name that has its heading and cannot be parsed."""
    try:
        return isinstance(loads(data.decode("utf-8-sig")).get("report"), dict)
    except (TOMLDecodeError, ValueError, RecursionError):
        return path.suffix.lower() == REPORT_SUFFIX and _REPORT_TABLE.search(data) is not None


def _without_report(target: Path, expect: Fingerprint | Expect) -> Fingerprint | Expect:
    """What an export may replace: the file as it is now. Raises FileError where that is a report."""
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
    """Lock a file that can be written, as far as that is foreseen: a lock beside one that cannot would only be in the way."""
    trouble = foreseen_trouble(target)
    if trouble is not None:
        raise trouble
    return acquire(target, around.places, around.process(around.clock()), disk=around.disk)
