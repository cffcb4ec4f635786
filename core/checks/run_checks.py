"""Runs every check over a report and puts the findings in order."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from ..edition import Relation
from ..ids import PREFACE
from ..waivers import with_waivers
from .boundary import attempt, rule_failed, up_to_failure
from .context import CheckContext
from .finding import CellChange, Finding, Severity
from .leftovers.links_and_phones import foreign_links
from .leftovers.list_of_sections import parts_of_the_report
from .leftovers.odd_characters import odd_characters
from .leftovers.other_agencies import other_bodies
from .leftovers.other_years import other_years
from .leftovers.page_furniture import page_noise, template_text
from .leftovers.repeated_words import doubled_words, unpaired_marks
from .leftovers.scan_passages import in_prose
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
    in_prose(other_years),
    in_prose(obsolete_citations),
    in_prose(parts_of_the_report),
    in_prose(other_bodies),
    in_prose(template_text),
    in_prose(page_noise),
    in_prose(foreign_links),
    in_prose(doubled_words),
    in_prose(unpaired_marks),
    in_prose(odd_characters),
)
"""All checks; the catalogue names the check of each rule (`checks` in templates/rules*.toml)."""


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
    """Everything that is to be said of a report, section by section, gravest first.

    `edition_for` is the edition that the report's year calls for; `problems` are findings from reading the file.
    A rule that raises an exception becomes a finding of its own, `on_failure` is told, and the other rules go on.
    """
    context = CheckContext(report, catalogue, previous, draft, edition_for, on_failure)
    problems = tuple(problems)
    found: Iterable[Finding] = chain(chain.from_iterable(guarded(context, check) for check in CHECKS), _unread(context))
    if problems:
        found = chain(problems, _not_said_yet(found, problems, catalogue))
    found = tuple(found)
    # Keys are made before repairs are looked for: those hang on the whole table, a waiver on what the finding is about.
    judged = _completed(context, found, "waivers", lambda: tuple(with_waivers(report, catalogue, found, compared=previous is not None)))
    return in_order_of_form(_completed(context, judged, "repairs", lambda: with_repairs(report, judged)), report)


def guarded(context: CheckContext, check: Callable[[CheckContext], Iterable[Finding]]) -> Iterator[Finding]:
    """The findings of a check up to its end or its failure, which becomes a finding that names the rules."""

    def failed(error: Exception) -> Finding:
        context.on_failure(error)
        return rule_failed(error, rules=_rules_of(context.catalogue, check))

    yield from up_to_failure(partial(check, context), failed)


def _rules_of(catalogue: Catalogue, check: Callable[[CheckContext], Iterable[Finding]]) -> list[str]:
    """The rules that a check reports, as the catalogue says; the check's own name where it says nothing."""
    name = getattr(check, "__qualname__", repr(check))
    full = f"{check.__module__.partition('.')[2]}.{name}"
    return [code for code, rule in catalogue.items() if full in rule.checks] or [name]


def _unread(context: CheckContext) -> Iterator[Finding]:
    yield from context.unread


def _completed(
    context: CheckContext, findings: tuple[Finding, ...], step: str, work: Callable[[], tuple[Finding, ...]]
) -> tuple[Finding, ...]:
    """The findings after a step that adds to them; as they were, with one that says so, where the step fails."""

    def failed(error: Exception) -> tuple[Finding, ...]:
        context.on_failure(error)
        return (*findings, rule_failed(error, step))

    return attempt(work, failed)


def _not_said_yet(findings: Iterable[Finding], problems: tuple[Finding, ...], catalogue: Catalogue) -> Iterator[Finding]:
    """The findings without those about an absence that a problem of the file explains: what could not be read is blank or empty."""
    cells = {cell for problem in problems for cell in problem.cells}
    keys = {problem.key for problem in problems}
    # A problem of a section as a whole, or of its text, leaves the text empty; one of a row does not.
    texts = {problem.section for problem in problems if len(problem.key) < 2 or problem.key[1] == "text"}  # noqa: PLR2004 - section, row

    def explained(finding: Finding) -> bool:
        if finding.cells:
            return cells.issuperset(finding.cells)
        return finding.key in keys if finding.key else finding.section in texts

    for finding in findings:
        if not (explained(finding) and catalogue[finding.code].absence):
            yield finding


def in_order_of_form(findings: Iterable[Finding], report: Report) -> tuple[Finding, ...]:
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
    broken = {
        frozenset(equation.cells): equation
        for equation in edition.equations
        if equation.relation is Relation.EQUAL and any(finding.code == equation.code for finding in findings)
    }
    if not any(
        finding.severity is not Severity.INFO and finding.code in {equation.code for equation in broken.values()} for finding in findings
    ):
        return findings
    from ..repair.suggest import concerning, repairs  # noqa: PLC0415 - needed for broken reports only, and half of the start-up

    problems = repairs(report)
    mended = []
    for finding in findings:
        equation = broken.get(frozenset(edition.index[address] for address in finding.cells if address in edition.index))
        if equation is None or equation.code != finding.code or finding.severity is Severity.INFO:
            mended.append(finding)
            continue
        candidates = tuple(
            tuple(CellChange(edition.addresses[change.index], change.old, change.new) for change in repair.changes)
            for repair in concerning(edition, problems, equation)
        )
        mended.append(_with_candidates(finding, candidates))
    return tuple(mended)


def _with_candidates(finding: Finding, candidates: tuple[tuple[CellChange, ...], ...]) -> Finding:
    if not candidates:
        return finding
    if len(candidates[0]) > 1:
        return replace(finding, repairs=candidates)
    best = candidates[0][0]
    others = tuple(address for address in finding.cells if address != best.cell)
    return replace(finding, repairs=candidates, cells=(best.cell, *others), expected=best.after, actual=best.before)
