"""Findings and the catalogue of rules. A finding holds a code and parameters; the catalogue holds the message text."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ..ids import Address, SectionId  # noqa: TC001 - fields of records are read at run time by tests
from ..report import Cell  # noqa: TC001 - fields of records are read at run time by tests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Severity(StrEnum):
    """What a finding means for publication, independent of how certain the program is."""

    ERROR = "error"
    """Must be fixed before publication."""
    WARNING = "warning"
    """Probably wrong."""
    INFO = "info"
    """Worth checking."""

    @property
    def rank(self) -> int:
        """Sort key: 0 for the most severe."""
        return ("error", "warning", "info").index(self.value)


class Span(NamedTuple):
    """Half-open range `[start, end)` of characters in the prose of a section. The preface has the section id `preface`."""

    section: SectionId
    start: int
    end: int


class CellChange(NamedTuple):
    """Change of one cell, as part of a repair."""

    cell: Address
    before: Cell
    after: Cell


class Finding(NamedTuple):
    """One finding of a check.

    Attributes:
        code: The rule's code.
        params: Parameters of the rule's message, as (name, value) pairs.
        cells: All cells involved, the most likely culprit first.
        expected: The correct value of `cells[0]`, if known.
        actual: The value of `cells[0]` in the report.
        span: Location in the prose.
        key: Key path in the report file, for findings that concern no cell.
        repairs: Alternative repairs, best first; each is a set of cell changes to apply together.
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
    """Line in the file, from 1; 0 if not (yet) known."""
    column: int = 0
    file: str = ""
    """Path of the file that `line` and `column` refer to; empty for the report file."""
    waiver: str = ""
    """Key under which the finding can be waived (`core.checks.waivers`); empty if it cannot be."""
    waived: str = ""
    """Reason given in the waiver; empty if the finding is not waived."""

    def param(self, name: str) -> str:
        """Return a parameter of the message, or an empty string."""
        return next((value for key, value in self.params if key == name), "")


def params(**values: str | int) -> tuple[tuple[str, str], ...]:
    """Build the `params` of a finding."""
    return tuple((name, str(value)) for name, value in values.items())


class Rule(NamedTuple):
    """Catalogue entry of one rule: its code, severity, message and explanation."""

    code: str
    title: str
    severity: Severity
    message: str
    """Message with a `{name}` placeholder for each parameter. `variants` holds the other forms."""
    clause: str
    """Clause of the law or notice that the rule rests on, or a note that it is common practice."""
    law: bool
    """Whether the clause is law (条例, 格式) rather than practice or arithmetic."""
    explain: str
    example: str
    mend: str
    variants: Mapping[str, str]
    draft: Severity
    """Severity while the report is a draft."""
    checks: tuple[str, ...]
    """What reports the rule, by dotted name: a check (`core.checks.tables.cells.check_cells`) or a module (`files.report.parse`)."""
    compares_years: bool = False
    """Whether findings depend on last year's report. Without that report, a waiver of this rule cannot be called stale."""
    absence: bool = False
    """Whether the rule reports missing content. Suppressed where a problem of the file at the same place already explains it."""
    anywhere: bool = False
    """Whether the topics of this rule may be covered in any section."""
    protected: bool = True
    """Whether policies are barred from lowering or disabling the rule."""
    limit: str = ""
    """Table of the policy file that sets the rule's limit, `length` or `deadlines`; empty if it has none."""

    def render(self, finding: Finding) -> str:
        """Return the message for a finding of this rule. A parameter `wording` is the edition's own pattern and takes precedence."""
        values = dict(finding.params)
        pattern = values.get("wording") or self.variants.get(values.get("variant", ""), self.message)
        return pattern.format_map(values)


class Catalogue(Mapping[str, Rule]):
    """All rules by code, loaded on first use: a report without findings never needs them."""

    def __init__(self, load: Callable[[], Mapping[str, Rule]]) -> None:
        self._load = load

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Rules by code."""
        return self._load()

    def __getitem__(self, code: str) -> Rule:
        """Return the rule with a code.

        Raises:
            KeyError: There is no such rule.
        """
        return self.rules[code]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the codes in order."""
        return iter(self.rules)

    def __len__(self) -> int:
        """Return the number of rules."""
        return len(self.rules)

    def message(self, finding: Finding) -> str:
        """Return the message for a finding."""
        return self[finding.code].render(finding)

    def severity(self, code: str, *, draft: bool = False) -> Severity:
        """Return the rule's default severity, for a draft or for a report to be published."""
        rule = self[code]
        return rule.draft if draft else rule.severity
