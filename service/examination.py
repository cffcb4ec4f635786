"""A report with its findings, indexed by section, cell and text offset for display."""

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
    """An identity (勾稽关系) with the values of both sides."""

    place: str
    """Its subject, in the wording of the form."""
    left: Cell
    """Blank if one of its cells is empty or not a number."""
    relation: Relation
    right: Cell
    holds: bool | None
    """None if it cannot be evaluated."""


def examination_of(report: Report, options: ExamineOptions, file: ReportFile | None = None) -> Examination:
    """Examine a report that is being edited. Every exception becomes a finding.

    Args:
        report: The report.
        options: As for `examine`.
        file: As for `examine`.
    """

    def failed(error: Exception) -> Examined:
        return Examined((file_failed(error, "checking"),))

    found = attempt(lambda: examine(report, options, file), failed)
    return Examination(report, found.findings, options.previous, found.policy)


@dataclass(frozen=True)
class Examination:
    """A report and the findings of the checks, in the order of the form."""

    report: Report
    findings: tuple[Finding, ...] = ()
    previous: Report | None = field(default=None)
    policy: PolicyEffect | None = None
    """Policy in force and its effect; None without a policy."""

    def carried_to(self, report: Report) -> Examination:
        """Return these findings for the report after an edit, to be shown until it has been checked. Spans follow the text that they cover.

        Without findings if the edition has changed.
        """
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
        """Findings by section; those about the whole report under the empty id."""
        found: dict[SectionId, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.section or SectionId(""), []).append(finding)
        return {section: tuple(findings) for section, findings in found.items()}

    @cached_property
    def of_file(self) -> tuple[Finding, ...]:
        """Findings about the file itself. They have a line number; findings about the report have none."""
        return tuple(finding for finding in self.findings if finding.line and not finding.file)

    def of(self, section: SectionId) -> tuple[Finding, ...]:
        """Return the findings of a section."""
        return self.by_section.get(section, ())

    @cached_property
    def verdict(self) -> Verdict:
        """Verdict on the report."""
        return verdict_on(self.findings, lowered=self.policy is not None and self.policy.lowers)

    def count(self, severity: Severity) -> int:
        """Return the number of findings of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def marks(self, section: SectionId) -> Mapping[Address, CellMark]:
        """Return the marks of a section's cells."""
        named = [finding for finding in self.findings if any(address.section == section for address in finding.cells)]
        wrong = [finding for finding in named if not self._is_gap(finding)]
        return marks(self.report, section, wrong)

    def spans(self, section: SectionId) -> tuple[Span, ...]:
        """Return the spans of findings in a section's prose."""
        return tuple(finding.span for finding in self.of(section) if finding.span is not None)

    @cached_property
    def entries(self) -> tuple[SectionEntry, ...]:
        """Sections with their states, in the order of the form."""
        return tuple(
            SectionEntry(section.numeral, section.heading, self.state(section.id), self._problems(section.id))
            for section in self.report.edition.sections
        )

    def state(self, section: SectionId) -> SectionState:
        """Return the state of a section: the first of wrong, open, doubtful and clean that applies."""
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
        """Return whether a finding only reports that something is not filled in yet."""
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
        """Return the findings that name a cell, ordered by severity."""
        found = [finding for finding in self.findings if address in finding.cells]
        return tuple(sorted(found, key=lambda finding: (finding.severity.rank, finding.cells.index(address))))

    def at_offset(self, section: SectionId, offset: int) -> tuple[Finding, ...]:
        """Return the findings whose span contains an offset of the prose; if there are none, those that start in the same paragraph."""
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
        """Return the identities of a cell, broken ones first."""
        edition = self.report.edition
        counted = [self._counted(equation) for equation in edition.equations_of.get(edition.index[address], ())]
        return tuple(sorted(counted, key=lambda identity: identity.holds is not False))

    def holds(self, equation: Equation) -> bool | None:
        """Return whether an identity holds; None if one of its cells is empty or not a number."""
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
