"""Applying a policy to the findings of a report, and reporting which of its entries do not apply."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from .policy import NO_POLICY, Origin, Policy, is_later, is_longer, is_lower, length_limit
from .report import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .checks.finding import Catalogue, Finding, Rule, Severity
    from .edition import Edition
    from .report import Report


class IgnoredEntry(NamedTuple):
    """An entry that does not apply, or not to all of its rule codes."""

    entry: str
    """The entry as in the file: `rules.C42 = "off"`."""
    codes: tuple[str, ...]
    """Rules to which the entry does not apply."""
    protected: bool
    """Whether the reason is that the rules are protected, not the policy's origin."""


class LoweredFindings(NamedTuple):
    """Number of findings of one rule that an entry lowered or switched off."""

    code: str
    entry: str
    number: int


class PolicyEffect(NamedTuple):
    """Effect of a policy on the findings of one report."""

    path: str
    origin: Origin
    lowers: bool
    """Whether some entry requires less than the form, so that the verdict is not the form's."""
    silenced: tuple[LoweredFindings, ...] = ()
    ignored: tuple[IgnoredEntry, ...] = ()


def apply_policy(
    policy: Policy, catalogue: Catalogue, report: Report, findings: Iterable[Finding], *, draft: bool = False
) -> tuple[tuple[Finding, ...], PolicyEffect | None]:
    """Apply a policy to findings and return them with the policy's effect, which is None if there is no policy.

    A waived finding stays waived. In a draft, a finding that its rule treats more leniently in drafts is not raised.

    Args:
        report: The report under the form's own edition.
        findings: Findings of the `adapted` report.
        draft: Whether the report was checked as a draft.
    """
    if policy == NO_POLICY:
        return tuple(findings), None
    kept: list[Finding] = []
    silenced: Counter[tuple[str, str]] = Counter(_within_limits(policy, catalogue, report))
    for finding in findings:
        severity = _severity(policy, catalogue[finding.code], finding, draft=draft)
        if is_lower(severity, finding.severity):
            silenced[finding.code, _severity_entry(policy, policy.entry(finding.code) or "")] += 1
        if severity is not None:
            kept.append(finding if severity is finding.severity else finding._replace(severity=severity))
    ignored, lowers = _entries(policy, catalogue, report.edition)
    counted = tuple(LoweredFindings(code, entry, count) for (code, entry), count in sorted(silenced.items()))
    return (*policy.problems, *kept), PolicyEffect(policy.path, policy.origin, lowers, counted, ignored)


def _severity(policy: Policy, rule: Rule, finding: Finding, *, draft: bool) -> Severity | None:
    severity = policy.severity(rule, finding.severity)
    lenient = draft and rule.draft is not rule.severity
    if severity is not None and (finding.waived or (lenient and is_lower(finding.severity, severity))):
        return finding.severity
    return severity


def _limited_by(catalogue: Catalogue, table: str) -> str:
    """Return the rule whose limit a table of the policy file sets."""
    return next(rule.code for rule in catalogue.values() if rule.limit == table)


def _within_limits(policy: Policy, catalogue: Catalogue, report: Report) -> Iterator[tuple[str, str]]:
    """Yield code and entry of each finding that the form's limits would produce and those of a trusted policy do not."""
    if not policy.origin.trusted:
        return
    edition, header = report.edition, report.header
    for section, length in policy.lengths:
        form = length_limit(edition, section)
        written = len(squeeze(report.text(section))) if form else 0
        if form and written > form and (not length or written <= length):
            yield _limited_by(catalogue, "length"), _length_entry(section, length)
    for kind, day in policy.deadlines:
        form_day = edition.deadlines.get(kind)
        if header.kind == kind and header.published is not None and form_day is not None and header.published.year == header.year + 1:
            published = (header.published.month, header.published.day)
            if form_day < published <= day:
                yield _limited_by(catalogue, "deadlines"), _deadline_entry(kind, day)


def _entries(policy: Policy, catalogue: Catalogue, edition: Edition) -> tuple[tuple[IgnoredEntry, ...], bool]:
    """Return the entries that do not apply, and whether any entry that does requires less than the form."""
    trusted = policy.origin.trusted
    ignored: list[IgnoredEntry] = []
    lowers = False
    for start, wanted in policy.severities:
        lowered = [rule for rule in catalogue.values() if policy.entry(rule.code) == start and is_lower(wanted, rule.severity)]
        refused = [rule.code for rule in lowered if rule.protected or not trusted]
        lowers = lowers or len(refused) < len(lowered)
        if refused:
            ignored.append(IgnoredEntry(_severity_entry(policy, start), tuple(refused), trusted))
    longer = [_length_entry(*entry) for entry in policy.lengths if is_longer(entry[1], length_limit(edition, entry[0]))]
    later = [_deadline_entry(*entry) for entry in policy.deadlines if is_later(entry[1], edition.deadlines.get(entry[0]))]
    if not trusted:
        for table, entries in (("length", longer), ("deadlines", later)):
            ignored += [IgnoredEntry(entry, (_limited_by(catalogue, table),), protected=False) for entry in entries]
    return tuple(ignored), lowers or (trusted and bool(longer or later))


def _severity_entry(policy: Policy, start: str) -> str:
    severity = dict(policy.severities)[start]
    return f'rules.{start} = "{"off" if severity is None else severity.value}"'


def _length_entry(section: str, length: int) -> str:
    return f"length.{section} = {length}"


def _deadline_entry(kind: str, day: tuple[int, int]) -> str:
    return f'deadlines.{kind} = "{day[0]:02}-{day[1]:02}"'
