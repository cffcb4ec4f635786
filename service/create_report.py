"""Creating a new report, blank or from last year's. All front ends share these rules for the year and the carried-over contents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ..core.carry_over import new_report_from
from ..core.report import Header, Report, blank_report
from ..templates import UnknownEditionError, edition_for_year, edition_ids, load_edition

if TYPE_CHECKING:
    from datetime import date

    from ..core.edition import Edition

SEASON: Final = 7
"""First month in which the next report due is that of the current year. Reports are due by the end of January."""
USUAL_KIND: Final = "department"


class NewReportRefusal(StrEnum):
    """Reason why no report can be created."""

    NO_EDITION = "no_edition"
    """No edition of the form covers the year."""
    YEAR_UNKNOWN = "year_unknown"
    """No year was given, and the report to carry over states none."""
    NOT_LATER = "not_later"
    """The year is not after that of the report to carry over."""


class NewReportError(Exception):
    """A new report cannot be created."""

    def __init__(self, refusal: NewReportRefusal, year: int = 0, last: int = 0) -> None:
        super().__init__(refusal, year, last)
        self.refusal = refusal
        self.year = year
        self.last = last
        """Year of the report to carry over, 0 if it states none."""


@dataclass(frozen=True, slots=True)
class NewReport:
    """A new report and its origin."""

    report: Report
    last: Report | None = None
    """The report carried over."""
    dated: bool = False
    """Whether the year was derived from the current date."""

    @property
    def year(self) -> int:
        """Year of the report."""
        return self.report.header.year

    @property
    def previous(self) -> Report | None:
        """The report carried over, if it is last year's; else None."""
        return self.last if self.last is not None and self.last.header.year == self.year - 1 else None


def due_year(today: date) -> int:
    """Return the year of the report being prepared: the current year from July on, else the previous year."""
    return today.year if today.month >= SEASON else today.year - 1


def first_year() -> int:
    """Return the first year covered by an edition."""
    return min(load_edition(name).first_year for name in edition_ids())


def make_report(*, today: date, year: int = 0, agency: str = "", kind: str = "", last: Report | None = None) -> NewReport:
    """Create a new report.

    Title and publication date are not carried over, because they belong to their year.

    Args:
        today: The user's date.
        year: Year of the report; 0 for the year after `last`, or `due_year` without `last`.
        agency: Name of the agency; if empty, that of `last`.
        kind: Kind of agency; if empty, that of `last`, else a department.
        last: The report to carry over.

    Raises:
        NewReportError: no report can be created for the year.
    """
    if last is None:
        chosen = year or due_year(today)
        header = Header(agency=agency, kind=kind or USUAL_KIND, year=chosen)
        return NewReport(blank_report(_edition(chosen), header), dated=not year)
    before = last.header.year
    if not (year or before):
        raise NewReportError(NewReportRefusal.YEAR_UNKNOWN)
    chosen = year or before + 1
    if chosen <= before:
        raise NewReportError(NewReportRefusal.NOT_LATER, chosen, before)
    report = new_report_from(last, _edition(chosen), chosen)
    header = report.header._replace(agency=agency or report.header.agency, kind=kind or report.header.kind)
    return NewReport(report.with_header(header), last)


def _edition(year: int) -> Edition:
    try:
        return edition_for_year(year)
    except UnknownEditionError:
        raise NewReportError(NewReportRefusal.NO_EDITION, year) from None
