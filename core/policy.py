"""Local rules: severities, length limits and deadlines that differ from the national form's, and how far they are heeded.

A policy never touches the report: it gives the edition other limits and the findings other severities. Entries that make a
finding graver always count. Entries that lower or switch off count only in a policy that the user chose, never in one that was
found beside the data, and never for a protected rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from .checks.finding import Finding, Severity  # noqa: TC001 - dataclass fields are read at run time by tests
from .ids import SectionId  # noqa: TC001 - see above

if TYPE_CHECKING:
    from .checks.finding import Rule
    from .edition import Edition
    from .report import Report


class Origin(StrEnum):
    """Where a policy came from."""

    GIVEN = "given"
    """Named on the command line."""
    USER = "user"
    """The user's own configuration."""
    FOUND = "found"
    """Found beside the data, and so perhaps delivered with it."""

    @property
    def trusted(self) -> bool:
        """Whether entries that lower or switch off are heeded."""
        return self is not Origin.FOUND


@dataclass(frozen=True, slots=True)
class Policy:
    """The local rules for a report."""

    severities: tuple[tuple[str, Severity | None], ...] = ()
    """A code, or the beginning of codes, and its severity; None switches it off. The longest beginning counts."""
    lengths: tuple[tuple[SectionId, int], ...] = ()
    """A section, and the length in characters that it is not to pass; 0 for none."""
    deadlines: tuple[tuple[str, tuple[int, int]], ...] = ()
    """A kind of report, and the (month, day) of the following year by which it is to be published."""
    path: str = ""
    """The policy file; empty for no policy."""
    origin: Origin = Origin.FOUND
    problems: tuple[Finding, ...] = ()
    """What is wrong in the file. No entry of such a file is used."""

    def entry(self, code: str) -> str | None:
        """The entry of `severities` that counts for a code; None where there is none."""
        return max((start for start, _ in self.severities if code.startswith(start)), key=len, default=None)

    def severity(self, rule: Rule, severity: Severity) -> Severity | None:
        """The severity of a finding of a rule under this policy; None where it is switched off."""
        entry = self.entry(rule.code)
        if entry is None:
            return severity
        wanted = dict(self.severities)[entry]
        may_lower = self.origin.trusted and not rule.protected
        return wanted if may_lower or not is_lower(wanted, severity) else severity


NO_POLICY = Policy()


def is_lower(one: Severity | None, other: Severity) -> bool:
    """Whether a severity, None for off, is less grave than another."""
    return one is None or one.rank > other.rank


def adapted(report: Report, policy: Policy) -> Report:
    """The report with its edition as the policy wants it; the same object where the policy asks nothing of the edition."""
    edition = _adapted_edition(report.edition, policy)
    return report if edition == report.edition else replace(report, edition=edition)


@lru_cache(maxsize=16)
def _adapted_edition(edition: Edition, policy: Policy) -> Edition:
    trusted = policy.origin.trusted
    lengths = {section: length for section, length in policy.lengths if trusted or not is_longer(length, length_limit(edition, section))}
    deadlines = {kind: day for kind, day in policy.deadlines if trusted or not is_later(day, edition.deadlines.get(kind))}
    if not lengths and not deadlines:
        return edition
    sections = tuple(replace(section, hint_length=lengths.get(section.id, section.hint_length)) for section in edition.sections)
    return replace(edition, sections=sections, deadlines={**edition.deadlines, **deadlines})


def length_limit(edition: Edition, section: SectionId) -> int:
    """The characters that an edition wants a section not to pass; 0 for no limit."""
    return next((known.hint_length for known in edition.sections if known.id == section), 0)


def is_longer(length: int, form: int) -> bool:
    """Whether a length limit asks less than the form's; 0 is no limit."""
    return bool(form) and (not length or length > form)


def is_later(day: tuple[int, int], form: tuple[int, int] | None) -> bool:
    """Whether a deadline asks less than the form's."""
    return form is not None and day > form
