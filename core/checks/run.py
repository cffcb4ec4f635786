"""Runs every check over a report and puts the findings in order."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from ..edition import Relation
from ..report import PREFACE
from .cells import check_cells
from .context import Context
from .finding import Change, Finding
from .header import check_header
from .identities import check_identities
from .plausibility import check_plausibility
from .structure import check_structure
from .wording import check_wording
from .years import check_years

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..edition import Edition
    from ..report import Report
    from .finding import Catalogue

CHECKS: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    check_cells,
    check_identities,
    check_plausibility,
    check_years,
    check_structure,
    check_wording,
)
"""Every family of checks but the header's, which needs to know the year's edition."""


def check_report(
    report: Report,
    catalogue: Catalogue,
    *,
    previous: Report | None = None,
    edition_for: Edition | None = None,
    draft: bool = False,
    problems: Iterable[Finding] = (),
) -> tuple[Finding, ...]:
    """Everything that is to be said of a report, section by section, gravest first.

    `edition_for` is the edition that the report's year calls for; `problems` are findings from reading the file.
    Never raises for anything that a report may hold.
    """
    context = Context(report, catalogue, previous, draft)
    found = chain(problems, check_header(context, edition_for), *(check(context) for check in CHECKS))
    return in_order(with_repairs(report, tuple(found)), report)


def in_order(findings: Iterable[Finding], report: Report) -> tuple[Finding, ...]:
    """Findings by section in the order of the form, the gravest first, then by place."""
    sections = {section.id: number + 2 for number, section in enumerate(report.edition.sections)}
    sections[PREFACE] = 1
    index = report.edition.index

    def key(finding: Finding) -> tuple[int, int, int, int, str]:
        place = index.get(finding.cells[0], 0) if finding.cells else finding.span.start if finding.span else -1
        section = sections.get(finding.section, 0) if finding.section is not None else 0
        return section, finding.severity.rank, place, finding.line, finding.code

    return tuple(sorted(findings, key=key))


def with_repairs(report: Report, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings of broken identities with the repairs that would mend them, best first.

    Where the best repair changes a single cell, that cell is named first and its value is the expected one.
    """
    edition = report.edition
    codes = {equation.code for equation in edition.equations if equation.relation is Relation.EQUAL}
    if not any(finding.code in codes for finding in findings):
        return findings
    from ..repair import repairs  # noqa: PLC0415 - needed for broken reports only, and half of the start-up

    suggested: dict[frozenset[int], tuple[tuple[Change, ...], ...]] = {}
    for problem in repairs(report):
        candidates = tuple(
            tuple(Change(edition.addresses[change.index], change.old, change.new) for change in candidate.changes)
            for candidate in problem.candidates
        )
        for equation in problem.equations:
            suggested[frozenset(equation.cells)] = candidates
    return tuple(_with_repair(finding, suggested, edition) for finding in findings)


def _with_repair(finding: Finding, suggested: dict[frozenset[int], tuple[tuple[Change, ...], ...]], edition: Edition) -> Finding:
    if finding.repairs or len(finding.cells) < 2:  # noqa: PLR2004 - an identity has at least two cells
        return finding
    positions = frozenset(edition.index[address] for address in finding.cells if address in edition.index)
    candidates = suggested.get(positions, ())
    touching = tuple(changes for changes in candidates if any(change.cell in finding.cells for change in changes))
    if not touching:
        return finding
    best = touching[0]
    if len(best) > 1:
        return replace(finding, repairs=touching)
    culprit = best[0].cell
    others = tuple(address for address in finding.cells if address != culprit)
    return replace(finding, repairs=touching, cells=(culprit, *others), expected=best[0].after, actual=best[0].before)
