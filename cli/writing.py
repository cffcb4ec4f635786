"""Writing a command's result to a file, with a sentence for whatever stands in the way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..files.trouble import FileTrouble, Kind
from . import ui_text
from .diagnostics import STDIN, CannotError, LockedError, UsageError, say

# Locks, backups and saving are needed where something is written, and deferred: `check` is not to load them.
if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from ..files.output_format import ExportFormat
    from ..files.publish import Contents, Published


def export_format(path: str, wanted: str | None) -> ExportFormat:
    """The format to export in: the one asked for, else by the name of the output file. Raises UsageError."""
    from ..files.output_format import EXPORT_SUFFIXES, ExportFormat, SuffixError, export_format_of  # noqa: PLC0415 - start-up

    if path != STDIN:
        _require_file_name(path)
    if wanted is not None:
        return ExportFormat(wanted)
    try:
        return ExportFormat.TEXT if path == STDIN else export_format_of(Path(path))
    except SuffixError as error:
        sentence = ui_text.EXPORT_SUFFIX_UNKNOWN if error.suffix else ui_text.EXPORT_SUFFIX_MISSING
        raise UsageError(sentence.format(path=path, suffix=error.suffix, known=_listed(EXPORT_SUFFIXES))) from error


def require_report_name(path: str) -> None:
    """Refuse to write a report under a name that does not end in .toml; standard output has none. Raises UsageError."""
    from ..files.output_format import REPORT_SUFFIX, SuffixError, require_suffix  # noqa: PLC0415 - start-up

    if path == STDIN:
        return
    _require_file_name(path)
    try:
        require_suffix(Path(path), (REPORT_SUFFIX,))
    except SuffixError as error:
        sentence = ui_text.REPORT_SUFFIX_UNKNOWN if error.suffix else ui_text.REPORT_SUFFIX_MISSING
        raise UsageError(sentence.format(path=path, suffix=error.suffix)) from error


def write_report(path: str, data: bytes, *, force: bool, verify: Callable[[bytes], bool] | None = None) -> None:
    """Write a report file, whole or not at all, and say so. Raises CannotError, LockedError."""
    from ..files.publish import Contents  # noqa: PLC0415 - start-up

    for sentence in written(path, write_file(path, data, Contents.REPORT, force=force, verify=verify)):
        say(sentence)


def write_export(path: str, data: bytes, *, force: bool) -> None:
    """Write what was made of a report, whole or not at all, and say so. Raises CannotError, LockedError."""
    from ..files.publish import Contents  # noqa: PLC0415 - start-up

    for sentence in written(path, write_file(path, data, Contents.EXPORT, force=force)):
        say(sentence)


def write_file(path: str, data: bytes, contents: Contents, *, force: bool, verify: Callable[[bytes], bool] | None = None) -> Published:
    """Write a file; what is there is replaced only by `force`. Raises CannotError, LockedError."""
    from ..files.lock import LockedByOther  # noqa: PLC0415 - start-up
    from ..files.places import user_places  # noqa: PLC0415 - start-up
    from ..files.publish import publish  # noqa: PLC0415 - start-up
    from ..files.safe_save import ChangedOnDisk, Expect  # noqa: PLC0415 - start-up
    from ..files.surroundings import Surroundings  # noqa: PLC0415 - start-up
    from .owner_words import owner_told  # noqa: PLC0415 - start-up

    expect = Expect.ANYTHING if force else Expect.ABSENT
    try:
        return publish(Path(path), data, contents=contents, expect=expect, around=Surroundings(user_places()), verify=verify)
    except LockedByOther as locked:
        raise LockedError(ui_text.OUTPUT_LOCKED.format(path=path, owner=owner_told(locked.owner))) from locked
    except ChangedOnDisk as changed:
        if changed.expected is Expect.ABSENT and not force:
            raise CannotError(ui_text.FILE_EXISTS.format(path=path)) from changed
        raise _cannot_write(path, changed) from changed
    except FileTrouble as trouble:
        raise _cannot_write(path, trouble) from trouble


def written(path: str, published: Published) -> list[str]:
    """What is to be said of a file that was written."""
    return [ui_text.WRITTEN.format(path=path), *replaced(path, published)]


def replaced(path: str, published: Published) -> list[str]:
    """Where the earlier contents of the file are, if there were any."""
    from ..files.safe_save import Note  # noqa: PLC0415 - start-up

    if published.backup is not None:
        return [ui_text.BACKUP_KEPT.format(path=published.backup.path)]
    return [ui_text.BACKUP_NOT_KEPT.format(path=path)] if Note.BACKUP_NOT_KEPT in published.saved.notes else []


def trouble_text(trouble: FileTrouble) -> str:
    """Why a file could not be written, in a few words."""
    if trouble.kind is Kind.OTHER and trouble.cause is not None and trouble.cause.strerror:
        return f"{ui_text.TROUBLE_OTHER}（{trouble.cause.strerror}）"
    return ui_text.TROUBLES.get(trouble.kind.value, ui_text.TROUBLE_OTHER)


def _require_file_name(path: str) -> None:
    from ..files.publish import require_file_name  # noqa: PLC0415 - start-up

    try:
        require_file_name(Path(path))
    except FileTrouble as trouble:
        raise _cannot_write(path, trouble) from trouble


def _cannot_write(path: str, trouble: FileTrouble) -> CannotError:
    reason = ui_text.NOT_A_FILE_OUTPUT if trouble.kind is Kind.NOT_A_FILE else trouble_text(trouble)
    return CannotError(ui_text.CANNOT_WRITE.format(path=path, reason=reason))


def _listed(suffixes: Collection[str]) -> str:
    return "、".join(suffixes)
