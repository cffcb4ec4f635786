"""What a check found: ids and parameters, never a sentence. The sentences are in the catalogue of rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ..ids import Address, SectionId  # noqa: TC001 - dataclass fields are read at run time by tests
from ..report import Cell  # noqa: TC001 - dataclass fields are read at run time by tests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Severity(StrEnum):
    """What a finding means, not how sure the program is."""

    ERROR = "error"
    """Must not be published like this."""
    WARNING = "warning"
    """Probably wrong."""
    INFO = "info"
    """Worth a look."""

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return ("error", "warning", "info").index(self.value)


class Span(NamedTuple):
    """Characters `start` up to `end` of a section's prose; the preface is the section `preface`."""

    section: SectionId
    start: int
    end: int


class CellChange(NamedTuple):
    """One cell of a repair."""

    cell: Address
    before: Cell
    after: Cell


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    `params` fill the message of the rule `code`. `cells` are all cells it is about, the likeliest culprit first;
    `expected` and `actual` belong to `cells[0]`. `span` is a place in the prose; `key` is a place in the report file
    where it is about no cell.
    """

    code: str
    severity: Severity = Severity.ERROR
    section: SectionId | None = None
    cells: tuple[Address, ...] = ()
    params: tuple[tuple[str, str], ...] = ()
    expected: Cell | None = None
    actual: Cell | None = None
    span: Span | None = None
    key: tuple[str, ...] = ()
    repairs: tuple[tuple[CellChange, ...], ...] = ()
    line: int = 0
    """The line in the file, 1 for the first; 0 where it is not known (yet)."""
    column: int = 0
    file: str = ""
    """The path of the file that `line` and `column` are in; empty for the report's own."""
    waiver: str = ""
    """The key under which it can be waived (`core.waivers`); empty where it cannot be."""
    waived: str = ""
    """The reason for which it was waived; empty where it was not."""

    def param(self, name: str) -> str:
        """A parameter of the message; empty where there is none."""
        return next((value for key, value in self.params if key == name), "")


def params(**values: str | int) -> tuple[tuple[str, str], ...]:
    """Parameters for a message."""
    return tuple((name, str(value)) for name, value in values.items())


@dataclass(frozen=True, slots=True)
class Rule:
    """An entry of the catalogue: one code and everything that is said about it."""

    code: str
    title: str
    severity: Severity
    message: str
    """With `{name}` for each parameter; several variants are kept in `variants`."""
    clause: str
    """The clause of the law or the notice, or the words that say it is custom."""
    law: bool
    """Whether the clause is law (条例, 格式) rather than custom or arithmetic sense."""
    explain: str
    example: str
    mend: str
    variants: Mapping[str, str]
    draft: Severity
    """The severity while the report is a draft."""
    checks: tuple[str, ...]
    """What reports it, by dotted name: a check (`core.checks.tables.cells.check_cells`) or a module (`files.report.parse`)."""
    compares_years: bool = False
    """Whether its findings depend on last year's report: without that report, a waiver of this rule cannot be called stale."""
    absence: bool = False
    """Whether it reports something left out, which a problem of the file at the same place explains already."""
    anywhere: bool = False
    """Whether a topic of this rule may be written about in any section."""
    protected: bool = True
    """Whether no policy may lower it or switch it off."""
    limit: str = ""
    """The table of a policy file that sets its limit, `length` or `deadlines`; empty where it has none."""

    def render(self, finding: Finding) -> str:
        """The sentence for a finding of this rule; `wording` among its parameters is a pattern that the edition brings itself."""
        values = dict(finding.params)
        pattern = values.get("wording") or self.variants.get(values.get("variant", ""), self.message)
        return pattern.format_map(values)


class Catalogue(Mapping[str, Rule]):
    """All rules by code. They are read on first use, since a clean report needs none of them."""

    def __init__(self, load: Callable[[], Mapping[str, Rule]]) -> None:
        self._load = load

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The rules themselves."""
        return self._load()

    def __getitem__(self, code: str) -> Rule:
        """The rule of a code; raises KeyError."""
        return self.rules[code]

    def __iter__(self) -> Iterator[str]:
        """The codes, in order."""
        return iter(self.rules)

    def __len__(self) -> int:
        """How many rules there are."""
        return len(self.rules)

    def message(self, finding: Finding) -> str:
        """The sentence for a finding."""
        return self[finding.code].render(finding)

    def severity(self, code: str, *, draft: bool = False) -> Severity:
        """The severity that the rule gives."""
        rule = self[code]
        return rule.draft if draft else rule.severity
