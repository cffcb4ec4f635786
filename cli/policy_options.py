"""Policy options of commands, and errors in policy files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..service.policies import NO_FILE, policy_for
from ..templates import load_catalogue
from .diagnostics import CannotError, say
from .words import check_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.checks.finding import Finding
    from .diagnostics import Parser


def add_policy_arguments(parser: Parser) -> None:
    """Add `--policy FILE` and `--no-policy`, which set `args.policy`."""
    group = parser.choices.add_mutually_exclusive_group()
    group.add_argument("--policy", default="", metavar="FILE", help=check_words.POLICY)
    group.add_argument("--no-policy", dest="policy", action="store_const", const=NO_FILE, help=check_words.NO_POLICY)


def require_policy(given: str) -> None:
    """Validate the policy file that was given, if any, and print its problems.

    Raises:
        CannotError: the file cannot be used.
    """
    problems = policy_for(Path(), given).problems if given else ()
    if problems:
        _say_all(problems)
        raise CannotError(check_words.POLICY_WRONG)


def say_broken_policies(paths: Iterable[str], given: str) -> bool:
    """Print the problems of the policies found for some reports, each once, and return whether there are any."""
    problems = dict.fromkeys(problem for path in paths for problem in policy_for(Path(path), given).problems)
    _say_all(problems)
    return bool(problems)


def _say_all(problems: Iterable[Finding]) -> None:
    for problem in problems:
        say(load_catalogue().message(problem))
