"""Policy files on the command line: which one holds for a report, and what is said of a broken one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..core.policy import NO_POLICY, Policy
from ..files.policy_place import policy_path
from ..templates import load_catalogue
from . import check_text
from .diagnostics import CannotError, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..files.policy_file import PolicyProblem
    from .diagnostics import Parser

NONE = "-"
"""The choice of `--no-policy`."""


def add_policy_arguments(parser: Parser) -> None:
    """`--policy FILE` and `--no-policy`; both end in `args.policy`."""
    group = parser.choices.add_mutually_exclusive_group()
    group.add_argument("--policy", default="", metavar="FILE", help=check_text.POLICY)
    group.add_argument("--no-policy", dest="policy", action="store_const", const=NONE, help=check_text.NO_POLICY)


def policy_for(path: str, chosen: str) -> Policy:
    """The policy for the report at a path (of standard input: for the current folder). Raises PolicyError."""
    file = _file(path, chosen)
    if file is None:
        return NO_POLICY
    from ..files.policy_file import load_policy  # noqa: PLC0415 - start-up where there is none

    return load_policy(file)


def _file(path: str, chosen: str) -> Path | None:
    if chosen == NONE:
        return None
    return Path(chosen) if chosen else policy_path(Path(path))


def require_policies(paths: Iterable[str], chosen: str) -> None:
    """Read every policy before anything is checked. Raises CannotError where one is wrong, having said all that is."""
    files = dict.fromkeys(file for path in paths if (file := _file(path, chosen)) is not None)
    if not files:
        return
    from ..files.policy_file import PolicyError, load_policy  # noqa: PLC0415 - start-up where there is none

    broken = False
    for file in files:
        try:
            load_policy(file)
        except PolicyError as error:
            broken = True
            for problem in error.problems:
                line, column = problem.line or 1, problem.column or 1
                say(check_text.POLICY_PROBLEM.format(path=file, line=line, column=column, problem=_sentence(problem)))
    if broken:
        raise CannotError(check_text.POLICY_WRONG)


def _sentence(problem: PolicyProblem) -> str:
    if problem.finding is not None:
        return load_catalogue().message(problem.finding)
    return check_text.POLICY_PROBLEMS[problem.name].format_map(dict(problem.words))
