"""A report with its findings, by section, cell and place in the prose, for a screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ..core.checks.boundary import attempt, file_failed
from ..core.checks.finding import Finding, Severity, Span
from ..core.commands import text_of
from ..core.edition import Equation, Relation
from ..core.ids import PREFACE, Address, SectionId
from ..core.report import BLANK, Cell, Report
from ..core.text_diff import TextChange, changed_range
from ..core.totals import sum_of
from ..core.verdict import Verdict, verdict_on
from .cell_marks import CellMark, marks
from .examine import Examined, ExamineOptions, examine
from .section_state import SectionEntry, SectionState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core.policy_effect import PolicyEffect
    from ..files.report.report_file import ReportFile


class CountedIdentity(NamedTuple):
    """An identity with what both sides come to."""

    place: str
    """What it is about, in the words of the form."""
    left: Cell
    """Blank where a cell of it is not filled in or is no number."""
    relation: Relation
    right: Cell
    holds: bool | None
    """None where it cannot be judged."""


def examination_of(report: Report, options: ExamineOptions, file: ReportFile | None = None) -> Examination:
    """The examination of a report that is being edited; `file` as in `examine`. Every failure is a finding."""

    def failed(error: Exception) -> Examined:
        return Examined((file_failed(error, "checking"),))

    found = attempt(lambda: examine(report, options, file), failed)
    return Examination(report, found.findings, options.previous, found.policy)


@dataclass(frozen=True)
class Examination:
    """A report with what the checks found in it, in the order of the form."""

    report: Report
    findings: tuple[Finding, ...] = ()
    previous: Report | None = field(default=None)
    policy: PolicyEffect | None = None
    """The local rules in force and what they did; None where there are none."""

    def carried_to(self, report: Report) -> Examination:
        """The same findings on the report after an edit, until that is checked: places in the prose keep to their words."""
        if report is self.report:
            return self
        if report.edition != self.report.edition:
            return Examination(report, (), self.previous, self.policy)
        changes: dict[SectionId, TextChange] = {}
        for finding in self.findings:
            if finding.span is not None and finding.span.section not in changes:
                section = finding.span.section
                changes[section] = changed_range(text_of(self.report, section), text_of(report, section))
        return Examination(report, tuple(_moved(finding, changes) for finding in self.findings), self.previous, self.policy)

    @cached_property
    def by_section(self) -> Mapping[SectionId, tuple[Finding, ...]]:
        """The findings of each section; those about the whole report stand under the empty name."""
        found: dict[SectionId, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.section or SectionId(""), []).append(finding)
        return {section: tuple(findings) for section, findings in found.items()}

    @cached_property
    def of_file(self) -> tuple[Finding, ...]:
        """What is wrong in the file itself rather than in the report; they carry a line of it."""
        return tuple(finding for finding in self.findings if finding.line and not finding.file)

    def of(self, section: SectionId) -> tuple[Finding, ...]:
        """The findings of one section."""
        return self.by_section.get(section, ())

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict on the report."""
        return verdict_on(self.findings, lowered=self.policy is not None and self.policy.lowers)

    def count(self, severity: Severity) -> int:
        """How many findings there are of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def marks(self, section: SectionId) -> Mapping[Address, CellMark]:
        """The marks of one section's cells."""
        named = [finding for finding in self.findings if any(address.section == section for address in finding.cells)]
        wrong = [finding for finding in named if not self._is_gap(finding)]
        return marks(self.report, section, wrong)

    def spans(self, section: SectionId) -> tuple[Span, ...]:
        """The places of one section's prose that findings are about."""
        return tuple(finding.span for finding in self.of(section) if finding.span is not None)

    @cached_property
    def entries(self) -> tuple[SectionEntry, ...]:
        """The sections with their states."""
        return tuple(
            SectionEntry(section.numeral, section.heading, self.state(section.id), self._problems(section.id))
            for section in self.report.edition.sections
        )

    def state(self, section: SectionId) -> SectionState:
        """Wrong before open, open before doubtful, doubtful before clean."""
        errors = [finding for finding in self.of(section) if finding.severity is Severity.ERROR]
        if any(not self._is_gap(finding) for finding in errors):
            return SectionState.WRONG
        if errors or self._has_gaps(section):
            return SectionState.OPEN
        return SectionState.DOUBTFUL if self._problems(section) else SectionState.CLEAN

    def _problems(self, section: SectionId) -> int:
        return sum(finding.severity is not Severity.INFO and not self._is_gap(finding) for finding in self.of(section))

    def _has_gaps(self, section: SectionId) -> bool:
        report = self.report
        description = report.edition.section(section)
        if description.text_required and not report.text(section).strip():
            return True
        positions = (index for key, cells in report.edition.row_cells.items() if key[0] == section for index in cells)
        return any(report.cells[index] is BLANK for index in positions)

    def _is_gap(self, finding: Finding) -> bool:
        """Whether a finding says no more than that something is not filled in yet."""
        if finding.line:
            return False
        if finding.cells:
            return all(self.report.cell(address) is BLANK for address in finding.cells)
        return (
            finding.section in self.report.edition.section_index
            and finding.span is None
            and not self.report.text(SectionId(finding.section or "")).strip()
        )

    def at_cell(self, address: Address) -> tuple[Finding, ...]:
        """The findings that name a cell, the gravest first."""
        found = [finding for finding in self.findings if address in finding.cells]
        return tuple(sorted(found, key=lambda finding: (finding.severity.rank, finding.cells.index(address))))

    def at_offset(self, section: SectionId, offset: int) -> tuple[Finding, ...]:
        """The findings about a place of the prose: those at the caret, else those in its paragraph."""
        here = [finding for finding in self.of(section) if finding.span is not None]
        exact = [finding for finding in here if finding.span and finding.span.start <= offset <= finding.span.end]
        if exact:
            return tuple(exact)
        text = self.report.header.preface if section == PREFACE else self.report.text(section)
        start = text.rfind("\n", 0, offset) + 1
        end = text.find("\n", offset)
        end = len(text) if end < 0 else end
        return tuple(finding for finding in here if finding.span and start <= finding.span.start <= end)

    def identities(self, address: Address) -> tuple[CountedIdentity, ...]:
        """The identities of a cell, broken ones first."""
        edition = self.report.edition
        counted = [self._counted(equation) for equation in edition.equations_of.get(edition.index[address], ())]
        return tuple(sorted(counted, key=lambda identity: identity.holds is not False))

    def holds(self, equation: Equation) -> bool | None:
        """Whether an identity holds; None where a cell of it is not filled in or is no number."""
        cells = self.report.cells
        left, right = sum_of(cells, equation.left), sum_of(cells, equation.right)
        if left is BLANK or right is BLANK or any(cells[index] is BLANK for index in equation.cells):
            return None
        if equation.relation is Relation.EQUAL:
            return left == right
        if isinstance(left, int) and isinstance(right, int):
            return left >= right if equation.relation is Relation.AT_LEAST else left != right or left == 0
        return None

    def _counted(self, equation: Equation) -> CountedIdentity:
        cells = self.report.cells
        left, right = sum_of(cells, equation.left), sum_of(cells, equation.right)
        return CountedIdentity(equation.place, left, equation.relation, right, self.holds(equation))


def _moved(finding: Finding, changes: Mapping[SectionId, TextChange]) -> Finding:
    span = finding.span
    if span is None:
        return finding
    start, end = changes[span.section].moved(span.start, span.end)
    return finding if (start, end) == (span.start, span.end) else finding._replace(span=Span(span.section, start, end))
