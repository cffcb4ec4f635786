"""What an office or its superior asks beyond the form, or does not ask: codes switched off or weighed otherwise, local limits.

A policy never touches the report: it gives the edition other hints and the findings other severities.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from .checks.finding import Severity  # noqa: TC001 - dataclass fields are read at run time by tests
from .report import SectionId  # noqa: TC001 - see above

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .checks.finding import Catalogue, Finding
    from .edition import Edition
    from .report import Report


@dataclass(frozen=True, slots=True)
class Policy:
    """The local rules in force for a report."""

    severities: tuple[tuple[str, Severity | None], ...] = ()
    """A code, or the beginning of codes, and its severity; None switches it off. The longest beginning counts."""
    lengths: tuple[tuple[SectionId, int], ...] = ()
    """A section, and the length in characters that it is not to pass; 0 for none."""
    deadlines: tuple[tuple[str, tuple[int, int]], ...] = ()
    """A kind of report, and the (month, day) of the following year by which it is to be published."""

    def entry(self, code: str) -> str | None:
        """The entry of `severities` that counts for a code; None where there is none."""
        return max((start for start, _ in self.severities if code.startswith(start)), key=len, default=None)


NO_POLICY = Policy()


def adapted(report: Report, policy: Policy) -> Report:
    """The report with its edition as the policy wants it; the same object where the policy asks nothing of the edition."""
    edition = _adapted_edition(report.edition, policy)
    return report if edition == report.edition else replace(report, edition=edition)


@lru_cache(maxsize=16)
def _adapted_edition(edition: Edition, policy: Policy) -> Edition:
    if not policy.lengths and not policy.deadlines:
        return edition
    lengths = dict(policy.lengths)
    sections = tuple(replace(section, hint_length=lengths.get(section.id, section.hint_length)) for section in edition.sections)
    return replace(edition, sections=sections, deadlines={**edition.deadlines, **dict(policy.deadlines)})


def weighed(policy: Policy, catalogue: Catalogue, findings: Iterable[Finding], *, draft: bool = False) -> Iterator[Finding]:
    """The findings that the policy lets through, with its severities.

    A waived finding stays waived. In a draft, what the rule itself takes lightly there is not made graver.
    """
    severities = dict(policy.severities)
    for finding in findings:
        entry = policy.entry(finding.code)
        if entry is None:
            yield finding
            continue
        severity = severities[entry]
        if severity is None:
            continue
        rule = catalogue[finding.code]
        lenient = draft and rule.draft is not rule.severity
        graver = severity.rank < finding.severity.rank
        yield finding if finding.waived or (lenient and graver) else replace(finding, severity=severity)
