"""`nianbao check`: check reports and print the findings."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from ...core.checks.finding import Severity
from ...core.verdict import Verdict, verdict_on
from ...service.check_file import CheckedFile, CheckOptions
from ...service.previous import PreviousUnreadableError
from ...templates import load_catalogue
from ..check_files import MOST_JOBS, check_files
from ..diagnostics import (
    EXIT_CLEAN,
    EXIT_FINDINGS,
    EXIT_INTERNAL,
    EXIT_LOCKED,
    EXIT_USAGE,
    CannotError,
    LockedError,
    Parser,
    UsageError,
    integer_between,
    say,
    shown_path,
    worst_exit_code,
)
from ..input_paths import expand_paths
from ..output import colours_wanted, write
from ..policy_options import add_policy_arguments, require_policy
from ..words import check_words, common_words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

ABOUT = common_words.CHECK_ABOUT
DOCUMENTS = {"json": "..formats.check_json", "sarif": "..formats.check_sarif", "github": "..formats.check_github"}
"""Formats that are one document about all files, and the modules that write them."""
FORMATS = ("text", *DOCUMENTS)
NAMING_PREVIOUS = ("json", "sarif")
"""Formats whose document names last year's report."""


class DocumentModule(Protocol):
    """Interface of the module of a format in DOCUMENTS."""

    def document(self, checked: Sequence[CheckedFile]) -> str:
        """Return the results of all files."""


def add_arguments(parser: Parser) -> None:
    """Add the arguments of `nianbao check`."""
    parser.given.add_argument("files", nargs="+", metavar="FILE", help=common_words.FILES)
    add = parser.choices.add_argument
    add("--format", choices=FORMATS, default="text", metavar="NAME", help=common_words.FORMAT)
    add("--fail-on", choices=[*Severity, "never"], default=Severity.ERROR.value, help=common_words.FAIL_ON)
    add("--select", type=codes, default=(), metavar="CODES", help=common_words.SELECT)
    add("--ignore", type=codes, default=(), metavar="CODES", help=common_words.IGNORE)
    add("--draft", action="store_true", help=common_words.DRAFT)
    compared = parser.choices.add_mutually_exclusive_group()
    compared.add_argument("--previous", default="", metavar="FILE", help=common_words.PREVIOUS)
    compared.add_argument("--no-previous", action="store_true", help=common_words.NO_PREVIOUS)
    add("--skip-others", action="store_true", help=check_words.SKIP_OTHERS)
    add("--jobs", type=integer_between(0, MOST_JOBS), default=0, metavar="N", help=common_words.JOBS)
    add_policy_arguments(parser)
    group = parser.choices.add_mutually_exclusive_group()
    group.add_argument("--waive", default="", metavar="KEY", help=check_words.WAIVE)
    group.add_argument("--unwaive", default="", metavar="KEY", help=check_words.UNWAIVE)
    add("--reason", default="", metavar="TEXT", help=check_words.REASON)


def codes(written: str) -> tuple[str, ...]:
    """Parse a comma-separated list of rule codes or prefixes.

    Raises:
        UsageError: the list is empty, or an item matches no rule.
    """
    names = tuple(name.strip().upper() for name in written.split(",") if name.strip())
    if not names:
        raise UsageError(common_words.NO_CODES)
    unknown = [name for name in names if not any(code.startswith(name) for code in load_catalogue())]
    if unknown:
        raise UsageError(common_words.UNKNOWN_CODES.format(codes="、".join(unknown)))
    return names


def run(args: argparse.Namespace) -> int:
    """Check the files, print the findings and return the exit code."""
    options = CheckOptions(
        draft=args.draft,
        previous=args.previous,
        look_beside=not args.no_previous,
        select=args.select,
        ignore=args.ignore,
        policy=args.policy,
    )
    paths, empty, skipped = expand_paths(args.files, skip_others=args.skip_others)
    require_policy(args.policy)
    for path in skipped:
        say(common_words.SKIPPED.format(path=path))
    for path in empty:
        say(common_words.NO_FILES.format(path=path))
    try:
        if (args.waive or args.unwaive or args.reason) and not _change_waivers(args, options):
            return EXIT_LOCKED
        checked = _check(paths, options, args)
    except PreviousUnreadableError as error:
        message = load_catalogue().message(error.finding)
        raise CannotError(common_words.PREVIOUS_UNREADABLE.format(path=error.path, message=message)) from error
    _summary(checked)
    return worst_exit_code([EXIT_USAGE if empty else EXIT_CLEAN, *(_exit_code(file, args.fail_on) for file in checked)])


def _exit_code(file: CheckedFile, fail_on: str) -> int:
    if file.failed:
        return EXIT_INTERNAL
    if not file.readable:
        return EXIT_USAGE
    if fail_on == "never":
        return EXIT_CLEAN
    limit = Severity(fail_on).rank
    found = any(finding.severity.rank <= limit and not finding.waived for finding in file.findings)
    return EXIT_FINDINGS if found else EXIT_CLEAN


def _change_waivers(args: argparse.Namespace, options: CheckOptions) -> bool:
    """Carry out `--waive` or `--unwaive`; return False if the report is open in an editor."""
    from ..waive import change_waivers  # noqa: PLC0415 - start-up

    try:
        change_waivers(args, options)
    except LockedError as error:
        say(common_words.ERROR.format(message=error))
        return False
    return True


def _check(paths: Sequence[str], options: CheckOptions, args: argparse.Namespace) -> list[CheckedFile]:
    checked = []
    if args.format == "text":
        from ..formats.check_text import file_text  # noqa: PLC0415 - start-up

        colour = colours_wanted()
        for file in check_files(paths, options, args.jobs):
            checked.append(file)
            text = file_text(file, colour=colour)
            if text:
                write(text)
            _narrate(file, options)
        return checked
    checked = list(check_files(paths, options, args.jobs))
    write(_document(args.format, checked))
    for file in checked:
        _narrate_previous(file, options, named=args.format in NAMING_PREVIOUS)
    return checked


def _document(wanted: str, checked: Sequence[CheckedFile]) -> str:
    module = cast("DocumentModule", import_module(DOCUMENTS[wanted], __package__))
    return module.document(checked)


def _narrate(file: CheckedFile, options: CheckOptions) -> None:
    _narrate_previous(file, options)
    if not file.readable:
        return
    if file.policy is not None and not file.findings:
        from ...service.words.policy_words import policy_sentences  # noqa: PLC0415 - start-up where there is none

        for sentence in policy_sentences(file.policy):
            say(sentence)
    lowered = file.policy is not None and file.policy.lowers
    verdict = verdict_on(file.findings, lowered=lowered, draft=options.draft, selected=bool(options.select or options.ignore))
    # No verdict after findings, unless a policy has lowered them.
    if verdict in common_words.VERDICTS and (not file.findings or verdict is Verdict.BY_POLICY):
        say(common_words.VERDICTS[verdict].format(path=shown_path(file.path)))


def _narrate_previous(file: CheckedFile, options: CheckOptions, *, named: bool = False) -> None:
    """Report which file was found as last year's, unless the document names it, or that the given directory has none."""
    if options.previous and file.readable and file.previous is None:
        say(common_words.PREVIOUS_MISSING.format(path=shown_path(file.path), folder=options.previous))
    elif file.previous is not None and not options.previous and not named:
        say(common_words.PREVIOUS_FOUND.format(path=shown_path(file.path), previous=file.previous))


def _summary(checked: Sequence[CheckedFile]) -> None:
    counts = dict.fromkeys(Severity, 0)
    for file in checked:
        for finding in file.findings:
            counts[finding.severity] += 1
    errors, warnings, infos = (counts[severity] for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO))
    say(common_words.SUMMARY.format(files=len(checked), errors=errors, warnings=warnings, infos=infos))
