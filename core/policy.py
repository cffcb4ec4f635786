"""Local rules: severities, length limits and deadlines that differ from the national form's, and which of them apply.

A policy never changes the report's contents: it changes the limits of the edition and the severities of findings. Entries that raise a
severity always apply. Entries that lower one or switch a rule off apply only in a policy that the user chose, not in one found beside
the data, and never to a protected rule.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .checks.finding import Finding, Severity  # noqa: TC001 - fields of records are read at run time by tests
from .ids import SectionId  # noqa: TC001 - see above

if TYPE_CHECKING:
    from .checks.finding import Rule
    from .edition import Edition
    from .report import Report


class Origin(StrEnum):
    """Source of a policy."""

    GIVEN = "given"
    """Named on the command line."""
    USER = "user"
    """From the user's configuration."""
    FOUND = "found"
    """Found beside the data, and so possibly delivered with it."""

    @property
    def trusted(self) -> bool:
        """Whether entries that lower a requirement apply."""
        return self is not Origin.FOUND


class Policy(NamedTuple):
    """Local rules for a report."""

    severities: tuple[tuple[str, Severity | None], ...] = ()
    """Pairs of rule code or code prefix and severity; None switches the rule off. The longest prefix wins."""
    lengths: tuple[tuple[SectionId, int], ...] = ()
    """Pairs of section and maximum length in characters; 0 for no limit."""
    deadlines: tuple[tuple[str, tuple[int, int]], ...] = ()
    """Pairs of kind of report and (month, day) of the following year by which it must be published."""
    path: str = ""
    """The policy file; empty for no policy."""
    origin: Origin = Origin.FOUND
    problems: tuple[Finding, ...] = ()
    """Errors in the file. If there are any, none of its entries apply."""

    def entry(self, code: str) -> str | None:
        """Return the entry of `severities` that applies to a rule code, or None."""
        return max((start for start, _ in self.severities if code.startswith(start)), key=len, default=None)

    def severity(self, rule: Rule, severity: Severity) -> Severity | None:
        """Return the severity under this policy of a finding of a rule; None if it is switched off."""
        entry = self.entry(rule.code)
        if entry is None:
            return severity
        wanted = dict(self.severities)[entry]
        may_lower = self.origin.trusted and not rule.protected
        return wanted if may_lower or not is_lower(wanted, severity) else severity


NO_POLICY = Policy()


def is_lower(one: Severity | None, other: Severity) -> bool:
    """Return whether a severity is less severe than another; None, for off, is the least severe."""
    return one is None or one.rank > other.rank


def with_policy_limits(report: Report, policy: Policy) -> Report:
    """Return the report with the limits of its edition changed by the policy, or the same object if the policy changes none."""
    edition = _adapted_edition(report.edition, policy)
    return report if edition == report.edition else replace(report, edition=edition)


@lru_cache(maxsize=16)
def _adapted_edition(edition: Edition, policy: Policy) -> Edition:
    trusted = policy.origin.trusted
    lengths = {section: length for section, length in policy.lengths if trusted or not is_longer(length, length_limit(edition, section))}
    deadlines = {kind: day for kind, day in policy.deadlines if trusted or not is_later(day, edition.deadlines.get(kind))}
    if not lengths and not deadlines:
        return edition
    sections = tuple(section._replace(hint_length=lengths.get(section.id, section.hint_length)) for section in edition.sections)
    return replace(edition, sections=sections, deadlines={**edition.deadlines, **deadlines})


def length_limit(edition: Edition, section: SectionId) -> int:
    """Return the maximum length in characters that an edition sets for a section; 0 for no limit."""
    return next((known.hint_length for known in edition.sections if known.id == section), 0)


def is_longer(length: int, form: int) -> bool:
    """Return whether a length limit is laxer than the form's; 0 is no limit."""
    return bool(form) and (not length or length > form)


def is_later(day: tuple[int, int], form: tuple[int, int] | None) -> bool:
    """Return whether a deadline is later than the form's."""
    return form is not None and day > form
