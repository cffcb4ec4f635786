"""`nianbao similar`: find paragraphs that several reports have in common."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...core.checks.finding import Severity
from ...core.similarity.overlap import overlaps, rule_for
from ...service.policies import policy_for
from ...templates import load_catalogue
from ..diagnostics import EXIT_CLEAN, EXIT_FINDINGS, EXIT_INTERNAL, EXIT_USAGE, Parser, UsageError, integer_between, say, worst_exit_code
from ..formats.similar_passages import Pair, copied, document, pair_text
from ..output import json_text, write
from ..policy_options import add_policy_arguments, require_policy, say_broken_policies
from ..similar.index import index_for
from ..similar.sources import ComparedReport, Sources, Unreadable, expand_sources
from ..words import similar_words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from ...core.similarity.overlap import Overlap

ABOUT = similar_words.ABOUT
LEAST_THRESHOLD = 0.5
LEAST_WIDTH, GREATEST_WIDTH = 60, 200


def add_arguments(parser: Parser) -> None:
    """Add the arguments of `nianbao similar`."""
    parser.given.add_argument("files", nargs="+", metavar="FILE", help=similar_words.FILES)
    add = parser.choices.add_argument
    add("--format", choices=("text", "json"), default="text", help=similar_words.FORMAT)
    add("--threshold", type=float, default=0.8, metavar="N", help=similar_words.THRESHOLD)
    add("--against", action="append", default=[], metavar="PATH", help=similar_words.AGAINST)
    add("--brief", action="store_true", help=similar_words.BRIEF)
    add("--width", type=integer_between(LEAST_WIDTH, GREATEST_WIDTH), default=80, metavar="N", help=similar_words.WIDTH)
    add("--fail-on", choices=("error", "warning", "never"), default="error", help=similar_words.FAIL_ON)
    add_policy_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Compare the reports and print the matches."""
    if not LEAST_THRESHOLD <= args.threshold <= 1:
        raise UsageError(similar_words.THRESHOLD_RANGE)
    given = expand_sources(args.files)
    others = [path for path in expand_sources(args.against) if path not in given]
    require_policy(args.policy)
    broken = say_broken_policies(given, args.policy)
    read = Sources()
    sources, first, unread = _read(read, given, others)
    if len(sources) < 2 and unread == EXIT_CLEAN:  # noqa: PLR2004 - a pair
        raise UsageError(similar_words.ONE_REPORT)
    pairs = list(_pairs(sources, args, first if args.against else None))
    if args.format == "json":
        write(json_text(document(sources, pairs, read, brief=args.brief)))
    else:
        for pair in pairs:
            write(pair_text(pair, read, args.width, brief=args.brief))
    errors = sum(pair.severity is Severity.ERROR for pair in pairs)
    if not pairs and len(sources) > 1:
        say(similar_words.NONE)
    say(similar_words.SUMMARY.format(files=len(sources), pairs=len(pairs), errors=errors))
    failing = broken or any(pair.severity.rank <= Severity(args.fail_on).rank for pair in pairs) if args.fail_on != "never" else False
    return worst_exit_code([unread, EXIT_FINDINGS if failing else EXIT_CLEAN])


def _read(read: Sources, given: Sequence[str], others: Sequence[str]) -> tuple[list[ComparedReport], int, int]:
    """Return the readable reports, how many of them come from `given`, and the exit code for the others."""
    sources: list[ComparedReport] = []
    first, codes = 0, [EXIT_CLEAN]
    for number, found in enumerate(read.read([*given, *others])):
        if isinstance(found, Unreadable):
            codes.append(EXIT_INTERNAL if found.failed else EXIT_USAGE)
            say(similar_words.UNREADABLE.format(path=found.path, reason=found.reason))
            continue
        if not found.passages:
            say(similar_words.UNREADABLE.format(path=found.path, reason=similar_words.NO_PROSE))
        sources.append(found)
        first += number < len(given)
    return sources, first, worst_exit_code(codes)


def _pairs(sources: Sequence[ComparedReport], args: argparse.Namespace, against: int | None) -> Iterator[Pair]:
    """Yield the pairs with matches, by severity, then in the given order."""
    index, slow = index_for(sum(len(source.passages) for source in sources))
    if slow:
        say(similar_words.SLOW)
    found = overlaps([source.passages for source in sources], index, args.threshold, against=against)
    judged = [pair for overlap in found if (pair := _judged(sources, overlap, args.policy)) is not None]
    yield from sorted(judged, key=lambda pair: (pair.severity.rank, pair.overlap.one, pair.overlap.other))


def _judged(sources: Sequence[ComparedReport], overlap: Overlap, chosen: str) -> Pair | None:
    """Return the pair with its rule and severity; None if the policy disables the rule."""
    one, other = sources[overlap.one], sources[overlap.other]
    code = rule_for(one.header, other.header, own_if_unknown=False)
    severity = Severity.ERROR if copied(one, other, overlap) else Severity.WARNING
    weighed = policy_for(Path(one.path), chosen).severity(load_catalogue()[code], severity)
    return None if weighed is None else Pair(one, other, overlap, code, weighed)
