"""`nianbao check FILE --waive KEY --reason TEXT` and `--unwaive KEY`: the only changes that check makes to a report file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ..core.commands import Unwaive, Waive, reduce
from ..files.saving.errors import FileError
from ..service.check_file import examine_source
from ..service.reports import UnreadableError, read_report
from ..service.words.file_error_words import cause_and_remedy
from ..templates import load_catalogue
from .diagnostics import STDIN, CannotError, LockedError, UsageError, say
from .failures import trace
from .words import check_words, common_words
from .write_result import noted, replaced

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from ..core.checks.finding import Finding
    from ..core.commands import Command
    from ..service.check_file import CheckOptions
    from ..service.reports import ReportFile


def change_waivers(args: argparse.Namespace, options: CheckOptions) -> None:
    """Carry out `--waive` or `--unwaive`.

    Raises:
        UsageError: the options are incomplete or contradictory.
        CannotError: no single finding or waiver matches the key, or the file cannot be read or written.
        LockedError: the report is open in an editor.
    """
    if args.reason and not args.waive:
        raise UsageError(check_words.REASON_ALONE)
    if args.waive and not args.reason.strip():
        raise UsageError(check_words.WAIVE_NEEDS_REASON)
    if len(args.files) != 1 or args.files[0] == STDIN:
        raise UsageError(check_words.WAIVE_ONE_FILE)
    path = args.files[0]
    done = _rewrite(Path(path), args, options)
    say(done.format(path=path))


def _rewrite(path: Path, args: argparse.Namespace, options: CheckOptions) -> str:
    """Change the file while holding its lock, and return the message to print."""
    # Locks, saving and the TOML writer are not needed for a plain check.
    from ..files.report.serialize import report_bytes, verify  # noqa: PLC0415 - see above
    from ..files.saving.atomic_save import read_file  # noqa: PLC0415 - see above
    from ..files.saving.directories import user_places  # noqa: PLC0415 - see above
    from ..files.saving.publish import Contents, publish  # noqa: PLC0415 - see above
    from ..files.session.lock import LockedByOther, acquire  # noqa: PLC0415 - see above
    from ..files.session.surroundings import Surroundings  # noqa: PLC0415 - see above

    around = Surroundings(user_places())
    try:
        with acquire(path, around.places, around.process(around.clock())) as lock:
            data, known = read_file(path)
            source = read_report(data)
            command, done = _command(source, args, options)
            report = reduce(source.report, command)

            def reads_back(written: bytes) -> bool:
                verify(written, report)
                return True

            written = publish(
                path,
                report_bytes(report, source),
                contents=Contents.REPORT,
                expect=known,
                around=around,
                held=lock,
                verify=reads_back,
            )
    except UnreadableError as error:
        raise CannotError(load_catalogue().message(error.finding)) from error
    except LockedByOther as locked:
        raise LockedError(check_words.WAIVE_LOCKED.format(path=path)) from locked
    except FileError as trouble:
        raise CannotError(common_words.CANNOT_WRITE.format(path=path, reason=cause_and_remedy(trouble))) from trouble
    if noted(str(path), written.saved):
        for sentence in replaced(str(path), written):
            say(sentence)
    return done


def _command(source: ReportFile, args: argparse.Namespace, options: CheckOptions) -> tuple[Command, str]:
    """Return the command to execute, and the message to print after it."""
    if args.unwaive:
        keys = [waiver.key for waiver in source.report.header.waivers if _named(waiver.key, args.unwaive)]
        if len(keys) != 1:
            _choices(check_words.WAIVE_SOME if keys else check_words.UNWAIVE_NONE, args.unwaive, dict.fromkeys(keys, ""))
        return Unwaive(keys[0]), check_words.UNWAIVE_DONE.replace("{key}", keys[0])
    found = examine_source(source, Path(args.files[0]), options, on_failure=trace)[0]
    findings = [finding for finding in found.findings if finding.waiver and not finding.waived]
    fitting = _by_key(finding for finding in findings if _named(finding.waiver, args.waive))
    if not fitting:
        _choices(check_words.WAIVE_NONE, args.waive, _by_key(findings))
    if len(fitting) > 1:
        _choices(check_words.WAIVE_SOME, args.waive, fitting)
    key = next(iter(fitting))
    return Waive(key, args.reason), check_words.WAIVE_DONE.replace("{key}", key)


def _named(key: str, wanted: str) -> bool:
    """Return whether the user's input is this key, its code, or its code and position."""
    plain = " ".join(wanted.split())
    return key == plain or key.startswith((f"{plain} ", f"{plain}@"))


def _by_key(findings: Iterable[Finding]) -> dict[str, str]:
    catalogue = load_catalogue()
    return {finding.waiver: catalogue.message(finding) for finding in findings}


def _choices(sentence: str, wanted: str, choices: dict[str, str]) -> NoReturn:
    """Print the candidates for an ambiguous or unknown key.

    Raises:
        CannotError: always.
    """
    if choices:
        say(check_words.WAIVE_CHOICES)
    for key, message in choices.items():
        say(check_words.WAIVE_CHOICE.format(key=key, message=message).rstrip())
    raise CannotError(sentence.format(key=wanted))
