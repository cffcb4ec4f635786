"""`nianbao recover`: list, restore or discard unsaved changes in the journals of editors that ended without saving."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...core.publishing.printable import clean_line
from ...files.journal.journal import clear_signposts, discard_journal
from ...files.journal.recovery import same_contents
from ...files.report.serialize import report_bytes
from ...files.saving.atomic_save import ChangedOnDiskError, Expect, Fingerprint
from ...files.saving.backups import backups_of
from ...files.saving.directories import Places, real_path, user_places
from ...files.saving.errors import FileError, FileErrorKind
from ...files.saving.process import Life
from ...files.session.lock import LockedByOther
from ...files.session.open_session import open_report
from ...files.session.surroundings import Surroundings
from ...service.reports import UnreadableError, read_report
from ...service.unfinished import unfinished_everywhere, unfinished_of
from ...service.words.file_error_words import cause_and_remedy
from ...service.words.lock_owner_words import owner_words
from ..diagnostics import EXIT_CLEAN, EXIT_FINDINGS, EXIT_LOCKED, CannotError, Parser, UsageError, say
from ..output import json_text, write
from ..words import common_words, recover_words
from ..write_result import noted, require_report_name, write_report

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from datetime import datetime

    from ...service.unfinished import Unfinished

ABOUT = recover_words.ABOUT


def add_arguments(parser: Parser) -> None:
    """Add the arguments of `nianbao recover`."""
    parser.given.add_argument("file", nargs="?", type=Path, metavar="FILE", help=recover_words.FILE)
    add = parser.choices.add_argument
    add("-o", "--output", metavar="OUT", help=recover_words.OUT)
    add("--list", action="store_true", help=recover_words.LIST)
    add("--discard", action="store_true", help=recover_words.DISCARD)
    add("--force", action="store_true", help=recover_words.FORCE)
    add("--format", choices=("text", "json"), default="text", help=recover_words.FORMAT)


def run(args: argparse.Namespace) -> int:
    """List, restore or discard, and return the exit code."""
    places = user_places()
    _refuse_contradictions(args)
    if args.file is None or args.list or args.file.is_dir():
        return _list(args.file, places, machine=args.format == "json")
    unfinished = _unfinished_of(args.file, places)
    if args.discard:
        return _discard(args.file, unfinished, places)
    if not unfinished:
        raise CannotError(recover_words.NOTHING_FOR.format(path=args.file))
    if args.output is not None:
        return _restore_copy(unfinished, places, args.output, overwrite=args.force)
    return _restore(unfinished, places, overwrite=args.force)


def _refuse_contradictions(args: argparse.Namespace) -> None:
    options = {"--list": args.list, "--discard": args.discard, "-o": args.output is not None}
    given = [name for name, value in options.items() if value]
    if len(given) > 1:
        raise UsageError(recover_words.TOGETHER.format(first=given[0], second=given[1]))
    if given and given[0] != "--list" and (args.file is None or args.file.is_dir()):
        raise UsageError(recover_words.NEEDS_FILE.format(option=given[0]))


# --- finding ---


def _unfinished_of(path: Path, places: Places) -> list[Unfinished]:
    """Return the unfinished journals of a report, newest first, or the single journal with this path.

    Raises:
        UsageError: the journal cannot be read.
    """
    try:
        found, troubles = unfinished_of(path, places)
    except FileError as trouble:
        raise UsageError(_journal_trouble(trouble)) from trouble
    _tell_of(troubles)
    return found


def _all_unfinished(folder: Path | None, places: Places) -> list[Unfinished]:
    found, troubles = unfinished_everywhere([Path.cwd(), *([folder] if folder is not None else [])], places)
    _tell_of(troubles)
    return found


def _tell_of(troubles: Iterable[FileError]) -> None:
    for trouble in troubles:
        say(_journal_trouble(trouble))


def _journal_trouble(trouble: FileError) -> str:
    if trouble.kind is FileErrorKind.FOLDER_MISSING:
        return recover_words.FOLDER_GONE.format(path=trouble.path)
    return recover_words.BAD_JOURNAL.format(path=trouble.path, reason=cause_and_remedy(trouble))


# --- listing ---


def _list(path: Path | None, places: Places, *, machine: bool) -> int:
    unfinished = _all_unfinished(path, places) if path is None or path.is_dir() else _unfinished_of(path, places)
    if machine:
        write(json_text({"journals": [_document(entry) for entry in unfinished]}))
    elif unfinished:
        write("".join(line for entry in unfinished for line in _entry(entry)))
        say(recover_words.LISTED.format(count=len(unfinished)))
    else:
        say(recover_words.NOTHING)
    return EXIT_CLEAN


def _entry(unfinished: Unfinished) -> list[str]:
    reading = unfinished.recovery.reading
    life = reading.life
    entry = recover_words.ENTRY_CHANGES if unfinished.unsaved else recover_words.ENTRY_NEW
    lines = [
        recover_words.ENTRY_SINCE.format(
            opened=_moment(reading.header.opened),
            changed=_moment(reading.last_change),
            user=reading.owner.user,
            host=reading.owner.host,
        ),
        entry.format(count=unfinished.unsaved, state=recover_words.STATES[unfinished.state]),
    ]
    if life is not Life.DEAD:
        lines.append(recover_words.ENTRY_ALIVE if life is Life.ALIVE else recover_words.ENTRY_ELSEWHERE)
    if unfinished.recovery.lost:
        lines.append(recover_words.ENTRY_LOST.format(count=unfinished.recovery.lost))
    lines.append(recover_words.ENTRY_JOURNAL.format(path=reading.path))
    return [f"{clean_line(str(unfinished.path))}\n", *(f"  {clean_line(line)}\n" for line in lines)]


def _document(unfinished: Unfinished) -> dict[str, object]:
    reading = unfinished.recovery.reading
    return {
        "path": str(unfinished.path),
        "journal": str(reading.path),
        "opened": reading.header.opened.isoformat(),
        "changed": reading.last_change.isoformat(),
        "unsaved": unfinished.unsaved,
        "lost": unfinished.recovery.lost,
        "file": unfinished.state,
        "user": reading.owner.user,
        "host": reading.owner.host,
        "editor": reading.life.value,
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


# --- restoring ---


def _restore(unfinished: list[Unfinished], places: Places, *, overwrite: bool) -> int:
    """Save the report of the newest journal to its file, and close the journal."""
    chosen = unfinished[0]
    try:
        opening = open_report(chosen.path, Surroundings(places))
    except LockedByOther as locked:
        say(recover_words.LOCKED.format(path=chosen.path, owner=owner_words(locked.owner)))
        return EXIT_LOCKED
    except UnreadableError:
        raise UsageError(recover_words.UNREADABLE.format(path=chosen.path)) from None
    except FileError as trouble:
        raise UsageError(f"{chosen.path}：{cause_and_remedy(trouble)}") from trouble
    session = opening.recover(chosen.recovery)
    try:
        saved = session.save(overwrite=overwrite)
    except ChangedOnDiskError as changed:
        message = recover_words.GONE if changed.found is Expect.ABSENT else recover_words.CHANGED
        raise UsageError(message.format(path=chosen.path)) from None
    except FileError as trouble:
        raise UsageError(f"{chosen.path}：{cause_and_remedy(trouble)}") from trouble
    finally:
        session.close()
    say(recover_words.RESTORED.format(count=chosen.unsaved, path=chosen.path))
    if isinstance(chosen.found, Fingerprint):
        for backup in backups_of(places, chosen.path)[:1]:
            say(common_words.BACKUP_KEPT.format(path=backup.path))
    for sentence in noted(str(chosen.path), saved):
        say(sentence)
    return _report_rest(unfinished, places)


def _restore_copy(unfinished: list[Unfinished], places: Places, output: str, *, overwrite: bool) -> int:
    chosen = unfinished[0]
    report = chosen.recovery.report
    if real_path(Path(output)) == chosen.path:
        raise UsageError(recover_words.SAME_FILE)
    require_report_name(output)
    data = report_bytes(report, chosen.recovery.source)
    write_report(output, data, force=overwrite, verify=lambda found: same_contents(read_report(found).report, report))
    say(recover_words.RESTORED_COPY.format(count=chosen.unsaved, path=output, source=chosen.path))
    return _report_rest(unfinished, places)


def _report_rest(unfinished: list[Unfinished], places: Places) -> int:
    chosen = unfinished[0]
    if len(unfinished) > 1:
        say(recover_words.MORE.format(count=len(unfinished) - 1))
    if chosen.recovery.lost:
        journal = chosen.recovery.reading.path
        say(recover_words.LOST.format(count=chosen.recovery.lost, path=journal if journal.exists() else places.archive / journal.name))
        return EXIT_FINDINGS
    return EXIT_CLEAN


def _discard(report: Path, unfinished: list[Unfinished], places: Places) -> int:
    code = EXIT_CLEAN
    if clear_signposts(report, places, to_lost_folders=True):
        say(recover_words.FOLDERS_FORGOTTEN.format(path=report))
    elif not unfinished:
        raise CannotError(recover_words.NOTHING_FOR.format(path=report))
    for entry in unfinished:
        reading = entry.recovery.reading
        if reading.life is Life.ALIVE:
            say(recover_words.STILL_OPEN.format(path=entry.path))
            code = EXIT_LOCKED
            continue
        try:
            kept = discard_journal(reading.path, places)
        except FileError as trouble:
            raise UsageError(_journal_trouble(trouble)) from trouble
        say(recover_words.DISCARDED.format(path=entry.path, kept=kept) if kept else recover_words.REMOVED.format(path=entry.path))
    return code
