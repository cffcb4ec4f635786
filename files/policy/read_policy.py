"""Reader for the policy file `nianbao.toml`.

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

from ...core.checks.finding import Finding, Severity, params
from ...core.ids import SectionId
from ...core.lazy_regex import lazy_pattern
from ...core.policy import Origin, Policy
from ...templates import edition_ids, folders, load_catalogue, load_edition
from ..report.parse import KINDS, decode, parse
from ..report.report_file import UnreadableError, read_bytes
from ..report.toml_positions import Positions, find_positions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OFF: Final = "off"
TABLES: Final = ("rules", "length", "deadlines")
_DAY: Final = lazy_pattern(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


class PolicyError(Exception):
    """A policy file that cannot be used. No part of it is applied."""

    def __init__(self, path: str, problems: tuple[Finding, ...]) -> None:
        super().__init__(path, problems)
        self.path = path
        self.problems = problems
        """All errors in it, in file order."""


def load_policy(path: Path, origin: Origin) -> Policy:
    """Read a policy file.

    Raises:
        PolicyError: The file has errors; all of them are listed.
    """
    try:
        data = read_bytes(path)
    except UnreadableError as error:
        raise _unusable(path, error.finding) from error
    return _policy(path, data, folders())._replace(origin=origin)


@lru_cache(maxsize=16)
def _policy(path: Path, data: bytes, editions: tuple[Path, ...]) -> Policy:  # noqa: ARG001 - `editions`, where sections are looked up, is part of the key
    """Parse a policy file. Cached for many reports; parsed again when the file or the editions change."""
    text, _, complaint = decode(data)
    if complaint is not None and complaint.param("variant") == "empty":
        return Policy(path=str(path))
    document, syntax = parse(text) if complaint is None else ({}, complaint)
    if syntax is not None:
        raise _unusable(path, syntax)
    reading = _PolicyReading(str(path), document, find_positions(text))
    policy = reading.policy()._replace(path=str(path))
    if reading.problems:
        raise PolicyError(str(path), tuple(sorted(reading.problems, key=lambda problem: (problem.line, problem.column))))
    return policy


def _unusable(path: Path, finding: Finding) -> PolicyError:
    """Return the error for a file that is not TOML."""
    words = params(place=_place(str(path), finding.line, finding.column), problem=load_catalogue().message(finding))
    return PolicyError(str(path), (Finding("F14", params=words, file=str(path), line=finding.line or 1, column=finding.column or 1),))


def _place(path: str, line: int, column: int) -> str:
    return f"{path}:{line or 1}:{column or 1}"


@dataclass(slots=True)
class _PolicyReading:
    path: str
    document: dict[str, object]
    positions: Positions
    problems: list[Finding] = field(default_factory=list)

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
        found = params(variant=problem, place=_place(self.path, line, column), **words)
        self.problems.append(Finding("F14", params=found, file=self.path, line=line, column=column))


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return f'"{value}"' if isinstance(value, str) else str(value)
