"""Input shared by all checks, and the factory for their findings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from ..chinese.fold import reading_copy
from ..edition import CellKind
from ..ids import PREFACE
from .boundary import attempt, rule_failed
from .finding import Catalogue, Finding, Severity, Span
from .leftovers.examined_text import ExaminedText

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..edition import Edition
    from ..ids import Address, SectionId
    from ..prose import ProseReading
    from ..report import Cell, Report
    from .boundary import OnFailure

MAX_COUNT = 10**9
"""Exclusive upper bound of a count: nine digits are more than any agency's decisions in a year."""
COUNT_DIGITS = 9
AMOUNT_DECIMALS = 6
"""Decimal places of an amount in 万元 that are exact to the 分."""


@dataclass(frozen=True)
class CheckContext:
    """A report under examination, with last year's report if available.

    Attributes:
        previous: Last year's report, or None.
        draft: Whether the report is a draft, for which rules have their own severity.
        edition_for: The edition in force for the report's year; None if no edition covers it.
    """

    report: Report
    catalogue: Catalogue
    previous: Report | None = None
    draft: bool = False
    edition_for: Edition | None = None
    on_failure: OnFailure = lambda _: None
    """Called with every exception that was turned into a finding."""

    @cached_property
    def numbers(self) -> list[int | Decimal | None]:
        """Value of each cell for use in identities; None if the cell holds no valid number of its kind."""
        return usable_numbers(self.report)

    @property
    def readings(self) -> tuple[tuple[SectionId, ProseReading], ...]:
        """What the preface and each section state in prose. Empty texts and those where the reader failed are left out."""
        return self._read_texts[0]

    @property
    def unread(self) -> tuple[Finding, ...]:
        """One finding for each text where the reader failed."""
        return self._read_texts[1]

    @cached_property
    def _read_texts(self) -> tuple[tuple[tuple[SectionId, ProseReading], ...], tuple[Finding, ...]]:
        header = self.report.header
        readings: list[tuple[SectionId, ProseReading]] = []
        failures: list[Finding] = []
        for section, text in self.texts():
            reading = (
                attempt(partial(_read, text, header.year, header.agency), partial(self._not_read, failures, section)) if text else None
            )
            if reading is not None:
                readings.append((section, reading))
        return tuple(readings), tuple(failures)

    def _not_read(self, failures: list[Finding], section: SectionId, error: Exception) -> None:
        self.on_failure(error)
        failures.append(rule_failed(error, "reading", section=section))

    @cached_property
    def passages(self) -> tuple[ExaminedText, ...]:
        """The preface and section texts, except empty ones, prepared for the checks of leftovers."""
        report = self.report
        remedies = {section.id for section in report.edition.sections if section.remedies}
        opening = {PREFACE, report.edition.sections[0].id}
        agency = "".join(report.header.agency.split())
        return tuple(
            ExaminedText(
                section=section,
                text=text,
                plain=reading_copy(text),
                agency=agency,
                year=report.header.year,
                edition=report.edition,
                first=section in opening,
                problems=section in remedies,
            )
            for section, text in self.texts()
            if text
        )

    def finding(
        self,
        code: str,
        words: Mapping[str, object] | None = None,
        *,
        section: SectionId | None = None,
        cells: tuple[Address, ...] = (),
        expected: Cell | None = None,
        actual: Cell | None = None,
        span: Span | None = None,
        key: tuple[str, ...] = (),
        severity: Severity | None = None,
    ) -> Finding:
        """Return a finding of a rule.

        Args:
            words: Parameters of the message.
            section: Defaults to the section of the first cell, or else of the span.
            severity: Overrides the rule's severity.
        """
        return Finding(
            code=code,
            severity=severity or self.catalogue.severity(code, draft=self.draft),
            section=section or (cells[0].section if cells else span.section if span else None),
            cells=cells,
            params=tuple((name, str(word)) for name, word in (words or {}).items()),
            expected=expected,
            actual=actual,
            span=span,
            key=key,
        )

    def texts(self) -> Iterator[tuple[SectionId, str]]:
        """Yield the section id and text of the preface (`preface`) and of every section."""
        yield PREFACE, self.report.header.preface
        for section, text in zip(self.report.edition.sections, self.report.texts, strict=True):
            yield section.id, text


@lru_cache(maxsize=64)
def _read(text: str, year: int, agency: str) -> ProseReading:
    """Return what a text states. Cached: an editor checks on every key, and all sections but one are unchanged."""
    from ..prose import read_prose  # noqa: PLC0415 - half of the start-up, and not needed for reports without prose

    return read_prose(text, year=year or None, agency=agency or None)


def usable_numbers(report: Report) -> list[int | Decimal | None]:
    """Return each cell's number, or None for blanks, words, negative numbers and fractional counts."""
    return [
        value if type(value) is int and 0 <= value < MAX_COUNT else _usable(value, kind)
        for value, kind in zip(report.cells, report.edition.kinds, strict=True)
    ]


def _usable(value: Cell, kind: CellKind) -> int | Decimal | None:
    if isinstance(value, Decimal):
        return value if kind in (CellKind.AMOUNT, CellKind.MONEY) and value >= 0 else None
    if isinstance(value, int):
        return value if kind is CellKind.CHANGE and abs(value) < MAX_COUNT else None
    return None
