"""Writing a command's result to a file, and messages for errors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..files.saving.errors import FileError, FileErrorKind
from .diagnostics import STDIN, CannotError, LockedError, UsageError, say
from .words import common_words

# Modules for locks, backups and saving are imported where needed, so that `check` does not load them.
if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from ..files.saving.atomic_save import Expect, Saved
    from ..files.saving.output_format import ExportFormat
    from ..files.saving.publish import Published
    from ..files.session.surroundings import Surroundings


def export_format(path: str, wanted: str | None) -> ExportFormat:
    """Return the requested export format, else the one for the suffix of the output file.

    Raises:
        UsageError: the suffix is unknown or missing, and no format was requested.
    """
    from ..files.saving.output_format import EXPORT_SUFFIXES, ExportFormat, SuffixError  # noqa: PLC0415 - start-up
    from ..service.export_report import format_for  # noqa: PLC0415 - start-up

    if path != STDIN:
        _require_file_name(path)
    try:
        return format_for(None if path == STDIN else Path(path), None if wanted is None else ExportFormat(wanted))
    except SuffixError as error:
        sentence = common_words.EXPORT_SUFFIX_UNKNOWN if error.suffix else common_words.EXPORT_SUFFIX_MISSING
        raise UsageError(sentence.format(path=path, suffix=error.suffix, known=_listed(EXPORT_SUFFIXES))) from error


def require_report_name(path: str) -> None:
    """Validate that the output path of a report ends in .toml; standard output needs no name.

    Raises:
        UsageError: it does not.
    """
    from ..files.saving.output_format import REPORT_SUFFIX, SuffixError, require_suffix  # noqa: PLC0415 - start-up

    if path == STDIN:
        return
    _require_file_name(path)
    try:
        require_suffix(Path(path), (REPORT_SUFFIX,))
    except SuffixError as error:
        sentence = common_words.REPORT_SUFFIX_UNKNOWN if error.suffix else common_words.REPORT_SUFFIX_MISSING
        raise UsageError(sentence.format(path=path, suffix=error.suffix)) from error


def write_report(path: str, data: bytes, *, force: bool, verify: Callable[[bytes], bool] | None = None) -> None:
    """Write a report file atomically and print a message.

    Raises:
        CannotError: it cannot be written.
        LockedError: it is open in an editor.
    """
    for sentence in written_messages(path, publish_report(path, data, force=force, verify=verify)):
        say(sentence)


def write_export(path: str, text: str, *, force: bool) -> None:
    """Write an exported text atomically and print a message.

    Raises:
        CannotError: it cannot be written.
        LockedError: the path is a report that is open in an editor.
    """
    from ..service.export_report import publish_text  # noqa: PLC0415 - start-up

    def write(expect: Expect, around: Surroundings) -> Published:
        return publish_text(Path(path), text, expect=expect, around=around)

    for sentence in written_messages(path, _published(path, write, force=force)):
        say(sentence)


def publish_report(path: str, data: bytes, *, force: bool, verify: Callable[[bytes], bool] | None = None) -> Published:
    """Write a report file; replace an existing one only with `force`.

    Raises:
        CannotError: it cannot be written.
        LockedError: it is open in an editor.
    """
    from ..files.saving.publish import Contents, publish  # noqa: PLC0415 - start-up

    def write(expect: Expect, around: Surroundings) -> Published:
        return publish(Path(path), data, contents=Contents.REPORT, expect=expect, around=around, verify=verify)

    return _published(path, write, force=force)


def _published(path: str, write: Callable[[Expect, Surroundings], Published], *, force: bool) -> Published:
    from ..files.saving.atomic_save import ChangedOnDiskError, Expect  # noqa: PLC0415 - start-up
    from ..files.saving.directories import user_places  # noqa: PLC0415 - start-up
    from ..files.session.lock import LockedByOther  # noqa: PLC0415 - start-up
    from ..files.session.surroundings import Surroundings  # noqa: PLC0415 - start-up
    from ..service.words.lock_owner_words import owner_words  # noqa: PLC0415 - start-up

    try:
        return write(Expect.ANYTHING if force else Expect.ABSENT, Surroundings(user_places()))
    except LockedByOther as locked:
        raise LockedError(common_words.OUTPUT_LOCKED.format(path=path, owner=owner_words(locked.owner))) from locked
    except ChangedOnDiskError as changed:
        if changed.expected is Expect.ABSENT and not force:
            raise CannotError(common_words.FILE_EXISTS.format(path=path)) from changed
        raise _cannot_write(path, changed) from changed
    except FileError as trouble:
        raise _cannot_write(path, trouble) from trouble


def written_messages(path: str, published: Published) -> list[str]:
    """Return the messages about a file that was written."""
    return [common_words.WRITTEN.format(path=path), *replaced(path, published)]


def replaced(path: str, published: Published) -> list[str]:
    """Return the messages about the backup of a file's previous contents, if any, and about the save."""
    kept = [common_words.BACKUP_KEPT.format(path=published.backup.path)] if published.backup is not None else []
    return [*kept, *noted(path, published.saved)]


def noted(path: str, saved: Saved) -> list[str]:
    """Return the messages about a successful save; empty if there is nothing to report."""
    from ..files.saving.atomic_save import SaveNote  # noqa: PLC0415 - start-up
    from ..service.words.save_words import second_reader_words  # noqa: PLC0415 - start-up

    lost = [common_words.BACKUP_NOT_KEPT.format(path=path)] if SaveNote.BACKUP_NOT_KEPT in saved.notes else []
    return [*lost, *second_reader_words(path, saved.notes)]


def _require_file_name(path: str) -> None:
    from ..files.saving.publish import require_file_name  # noqa: PLC0415 - start-up

    try:
        require_file_name(Path(path))
    except FileError as trouble:
        raise _cannot_write(path, trouble) from trouble


def _cannot_write(path: str, trouble: FileError) -> CannotError:
    from ..service.words.file_error_words import cause_and_remedy  # noqa: PLC0415 - start-up

    reason = common_words.NOT_A_FILE_OUTPUT if trouble.kind is FileErrorKind.NOT_A_FILE else cause_and_remedy(trouble)
    return CannotError(common_words.CANNOT_WRITE.format(path=path, reason=reason))


def _listed(suffixes: Collection[str]) -> str:
    return "、".join(suffixes)
