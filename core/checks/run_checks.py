"""Run all checks on a report; add waivers and repairs to the findings and sort them."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from ..edition import Relation
from ..ids import PREFACE
from .boundary import attempt, findings_until_failure, rule_failed
from .context import CheckContext
from .finding import CellChange, Finding, Severity
from .leftovers.links_and_phones import foreign_links
from .leftovers.list_of_sections import parts_of_the_report
from .leftovers.odd_characters import odd_characters
from .leftovers.other_agencies import other_bodies
from .leftovers.other_years import other_years
from .leftovers.page_furniture import page_noise, template_text
from .leftovers.repeated_words import doubled_words, unpaired_marks
from .leftovers.scan_passages import leftover_check
from .leftovers.superseded_laws import obsolete_citations
from .prose.copied_text import check_copies
from .prose.facts_against_tables import check_facts
from .prose.placeholders import check_wording
from .report.header import check_header
from .report.sections import check_structure
from .tables.cells import check_cells
from .tables.identities import check_identities
from .tables.plausibility import check_plausibility
from .tables.year_on_year import check_years
from .waivers import with_waivers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..edition import Edition
    from ..report import Report
    from .boundary import OnFailure
    from .finding import Catalogue

CHECKS: tuple[Callable[[CheckContext], Iterator[Finding]], ...] = (
    check_header,
    check_cells,
    check_identities,
    check_plausibility,
    check_years,
    check_copies,
    check_structure,
    check_wording,
    check_facts,
    leftover_check(other_years),
    leftover_check(obsolete_citations),
    leftover_check(parts_of_the_report),
    leftover_check(other_bodies),
    leftover_check(template_text),
    leftover_check(page_noise),
    leftover_check(foreign_links),
    leftover_check(doubled_words),
    leftover_check(unpaired_marks),
    leftover_check(odd_characters),
)
"""All checks. The catalogue names the checks that report each rule (`checks` in templates/rules*.toml)."""


def check_report(
    report: Report,
    catalogue: Catalogue,
    *,
    previous: Report | None = None,
    edition_for: Edition | None = None,
    draft: bool = False,
    problems: Iterable[Finding] = (),
    on_failure: OnFailure = lambda _: None,
) -> tuple[Finding, ...]:
    """Return all findings of a report, by section in the order of the form, most severe first.

    A check that raises an exception yields a finding about the failure; the other checks still run.

    Args:
        previous: Last year's report, if available.
        edition_for: The edition in force for the report's year; None if no edition covers it.
        problems: Findings from reading the file, to be included.
        on_failure: Called with every exception that was turned into a finding.
    """
    context = CheckContext(report, catalogue, previous, draft, edition_for, on_failure)
    problems = tuple(problems)
    found: Iterable[Finding] = chain(chain.from_iterable(run_check(context, check) for check in CHECKS), _unread(context))
    if problems:
        found = chain(problems, _without_explained_absences(found, problems, catalogue))
    found = tuple(found)
    # Waivers come before repairs: repairs depend on the whole table and reorder a finding's cells; a waiver's key
    # must depend on the finding alone.
    judged = _run_step(context, found, "waivers", lambda: tuple(with_waivers(report, catalogue, found, compared=previous is not None)))
    return in_order_of_form(_run_step(context, judged, "repairs", lambda: with_repairs(report, judged)), report)


def run_check(context: CheckContext, check: Callable[[CheckContext], Iterable[Finding]]) -> Iterator[Finding]:
    """Yield the findings of a check. An exception ends the check and becomes a finding that names its rules."""

    def failed(error: Exception) -> Finding:
        context.on_failure(error)
        return rule_failed(error, rules=_rules_of(context.catalogue, check))

    yield from findings_until_failure(partial(check, context), failed)


def _rules_of(catalogue: Catalogue, check: Callable[[CheckContext], Iterable[Finding]]) -> list[str]:
    """Return the codes that a check reports according to the catalogue, or the check's own name if the catalogue lists none."""
    name = getattr(check, "__qualname__", repr(check))
    full = f"{check.__module__.partition('.')[2]}.{name}"
    return [code for code, rule in catalogue.items() if full in rule.checks] or [name]


def _unread(context: CheckContext) -> Iterator[Finding]:
    yield from context.unread


def _run_step(
    context: CheckContext, findings: tuple[Finding, ...], step: str, work: Callable[[], tuple[Finding, ...]]
) -> tuple[Finding, ...]:
    """Return the findings as extended by `work`. If it fails, return them unchanged plus a finding about the failed `step`."""

    def failed(error: Exception) -> tuple[Finding, ...]:
        context.on_failure(error)
        return (*findings, rule_failed(error, step))

    return attempt(work, failed)


def _without_explained_absences(findings: Iterable[Finding], problems: tuple[Finding, ...], catalogue: Catalogue) -> Iterator[Finding]:
    """Drop findings about missing content that a problem of the file explains: unreadable content is loaded as blank or empty."""
    cells = {cell for problem in problems for cell in problem.cells}
    keys = {problem.key for problem in problems}
    # A problem of a whole section, or of its text, leaves the text empty; a problem of a row does not.
    texts = {problem.section for problem in problems if len(problem.key) < 2 or problem.key[1] == "text"}  # noqa: PLR2004 - section, row

    def explained(finding: Finding) -> bool:
        if finding.cells:
            return cells.issuperset(finding.cells)
        return finding.key in keys if finding.key else finding.section in texts

    for finding in findings:
        if not (explained(finding) and catalogue[finding.code].absence):
            yield finding


def in_order_of_form(findings: Iterable[Finding], report: Report) -> tuple[Finding, ...]:
    """Sort findings by section in the order of the form, then by severity (most severe first), then by position."""
    sections = {section.id: number + 2 for number, section in enumerate(report.edition.sections)}
    sections[PREFACE] = 1
    index = report.edition.index

    def key(finding: Finding) -> tuple[int, int, int, int, str]:
        place = index.get(finding.cells[0], 0) if finding.cells else finding.span.start if finding.span else -1
        section = sections.get(finding.section, 0) if finding.section is not None else 0
        return section, finding.severity.rank, place, finding.line, finding.code

    return tuple(sorted(findings, key=key))


def with_repairs(report: Report, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Add candidate repairs to the findings about broken identities, best first.

    If the best repair changes a single cell, that cell is moved to the front and `expected` is its repaired value.
    """
    edition = report.edition
    broken = {
        frozenset(equation.cells): equation
        for equation in edition.equations
        if equation.relation is Relation.EQUAL and any(finding.code == equation.code for finding in findings)
    }
    if not any(
        finding.severity is not Severity.INFO and finding.code in {equation.code for equation in broken.values()} for finding in findings
    ):
        return findings
    from ..repair.suggest import find_inconsistencies, repairs_for  # noqa: PLC0415 - needed for broken reports only, and half of the start-up

    problems = find_inconsistencies(report)
    mended = []
    for finding in findings:
        equation = broken.get(frozenset(edition.index[address] for address in finding.cells if address in edition.index))
        if equation is None or equation.code != finding.code or finding.severity is Severity.INFO:
            mended.append(finding)
            continue
        candidates = tuple(
            tuple(CellChange(edition.addresses[change.index], change.old, change.new) for change in repair.changes)
            for repair in repairs_for(edition, problems, equation)
        )
        mended.append(_with_candidates(finding, candidates))
    return tuple(mended)


def _with_candidates(finding: Finding, candidates: tuple[tuple[CellChange, ...], ...]) -> Finding:
    if not candidates:
        return finding
    if len(candidates[0]) > 1:
        return finding._replace(repairs=candidates)
    best = candidates[0][0]
    others = tuple(address for address in finding.cells if address != best.cell)
    return finding._replace(repairs=candidates, cells=(best.cell, *others), expected=best.after, actual=best.before)
