"""Reading the policy file `nianbao.toml`.

[rules]
C42 = "off"
C52 = "warning"

[length]
overview = 800

[deadlines]
department = "01-20"
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ..core.checks.finding import Finding, Severity
from ..core.pattern import lazy_pattern
from ..core.policy import NO_POLICY, Policy
from ..core.report import SectionId
from ..templates import edition_ids, folders, load_catalogue, load_edition
from .positions import Positions, find_positions
from .reading import KINDS, decode, parse
from .report_file import UnreadableError, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OFF: Final = "off"
TABLES: Final = ("rules", "length", "deadlines")
_DAY: Final = lazy_pattern(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """Something wrong in a policy file: its name among the front end's sentences with their words, or a finding about the whole file."""

    line: int
    column: int
    name: str = ""
    words: tuple[tuple[str, str], ...] = ()
    finding: Finding | None = None


class PolicyError(Exception):
    """A policy file that cannot be used as it is: nothing is to be checked by half a policy."""

    def __init__(self, path: str, problems: tuple[PolicyProblem, ...]) -> None:
        super().__init__(path, problems)
        self.path = path
        self.problems = problems


def load_policy(path: Path) -> Policy:
    """The policy in a file. Raises PolicyError with everything that is wrong in it."""
    try:
        data = read_bytes(path)
    except UnreadableError as error:
        raise _broken(path, error.finding) from error
    return _policy(path, data, folders())


@lru_cache(maxsize=16)
def _policy(path: Path, data: bytes, editions: tuple[Path, ...]) -> Policy:  # noqa: ARG001 - `editions`, where sections are looked up, is part of the key
    """What a policy file says. Parsed once for many reports, and again when the file or the editions are others."""
    text, _, complaint = decode(data)
    if complaint is not None and complaint.param("variant") == "empty":
        return NO_POLICY
    document, syntax = parse(text) if complaint is None else ({}, complaint)
    if syntax is not None:
        raise _broken(path, syntax)
    reading = _Reading(document, find_positions(text))
    policy = reading.policy()
    if reading.problems:
        raise PolicyError(str(path), tuple(sorted(reading.problems, key=lambda problem: (problem.line, problem.column))))
    return policy


def _broken(path: Path, finding: Finding) -> PolicyError:
    return PolicyError(str(path), (PolicyProblem(finding.line, finding.column, finding=finding),))


@dataclass(slots=True)
class _Reading:
    document: dict[str, object]
    positions: Positions
    problems: list[PolicyProblem] = field(default_factory=list)

    def policy(self) -> Policy:
        for name in self.document:
            if name not in TABLES:
                self.complain("table", (name,), name=name, known="、".join(f"[{table}]" for table in TABLES))
        return Policy(tuple(self.severities()), tuple(self.lengths()), tuple(self.deadlines()))

    def severities(self) -> Iterator[tuple[str, Severity | None]]:
        codes = load_catalogue()
        for code, value in self.table("rules"):
            if code.startswith("F"):
                self.complain("file", ("rules", code), name=code)
            elif not any(known.startswith(code) for known in codes):
                self.complain("code", ("rules", code), name=code)
            elif not isinstance(value, str) or value not in (*Severity, OFF):
                self.complain("severity", ("rules", code), name=code, found=_shown(value))
            else:
                yield code, None if value == OFF else Severity(value)

    def lengths(self) -> Iterator[tuple[SectionId, int]]:
        known = dict.fromkeys(section.id for name in edition_ids() for section in load_edition(name).sections)
        for section, value in self.table("length"):
            if section not in known:
                self.complain("section", ("length", section), name=section, known="、".join(known))
            elif not isinstance(value, int) or isinstance(value, bool) or value < 0:
                self.complain("length", ("length", section), name=section, found=_shown(value))
            else:
                yield SectionId(section), value

    def deadlines(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for kind, value in self.table("deadlines"):
            day = _DAY.fullmatch(value) if isinstance(value, str) else None
            if kind not in KINDS:
                self.complain("kind", ("deadlines", kind), name=kind)
            elif day is None:
                self.complain("day", ("deadlines", kind), name=kind, found=_shown(value))
            else:
                yield kind, (int(day[1]), int(day[2]))

    def table(self, name: str) -> Iterator[tuple[str, object]]:
        value = self.document.get(name, {})
        if isinstance(value, dict):
            yield from value.items()
        else:
            self.complain("not_a_table", (name,), name=name)

    def complain(self, problem: str, key: tuple[str, ...], **words: str) -> None:
        line, column = self.positions.of(key) or (1, 1)
        self.problems.append(PolicyProblem(line, column, problem, tuple(words.items())))


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return f'"{value}"' if isinstance(value, str) else str(value)
