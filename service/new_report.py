"""Making a new report: blank, or from last year's. The year and everything carried over follow one rule in all front ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ..core.carry_over import carried_into
from ..core.report import Header, Report, blank_report
from ..templates import UnknownEditionError, edition_for_year, edition_ids, load_edition

if TYPE_CHECKING:
    from datetime import date

    from ..core.edition import Edition

SEASON: Final = 7
"""First month in which the report due next is that of the current year. Reports are due by the end of January."""
USUAL_KIND: Final = "department"


class NewReportRefusal(StrEnum):
    """Why no report can be made."""

    NO_EDITION = "no_edition"
    """No edition of the form covers the year."""
    YEAR_UNKNOWN = "year_unknown"
    """No year was given, and the report to carry over does not state one."""
    NOT_LATER = "not_later"
    """The year is not after that of the report to carry over."""


class NewReportError(Exception):
    """A new report that cannot be made."""

    def __init__(self, refusal: NewReportRefusal, year: int = 0, last: int = 0) -> None:
        super().__init__(refusal, year, last)
        self.refusal = refusal
        self.year = year
        self.last = last
        """Year of the report to carry over, 0 if it states none."""


@dataclass(frozen=True, slots=True)
class NewReport:
    """A new report and what it was made from."""

    report: Report
    last: Report | None = None
    """The report that was carried over."""
    dated: bool = False
    """Whether the year was chosen by today's date."""

    @property
    def year(self) -> int:
        """Year of the report."""
        return self.report.header.year

    @property
    def previous(self) -> Report | None:
        """Last year's report: the one that was carried over, if it is of the year before."""
        return self.last if self.last is not None and self.last.header.year == self.year - 1 else None


def due_year(today: date) -> int:
    """Year of the report that is due next or was due last: from July on the current year, before it the last one."""
    return today.year if today.month >= SEASON else today.year - 1


def first_year() -> int:
    """First year that an edition covers."""
    return min(load_edition(name).first_year for name in edition_ids())


def make_report(*, today: date, year: int = 0, agency: str = "", kind: str = "", last: Report | None = None) -> NewReport:
    """Make a new report.

    Title and date of publication are not carried over: they are of their year.

    Args:
        today: the user's date.
        year: year of the report; 0 for the year after `last`, or the year due next.
        agency: name of the agency; if empty, that of `last`.
        kind: kind of agency; if empty, that of `last`, or a department.
        last: the report to carry over.

    Raises:
        NewReportError: no report can be made for the year.
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
    report = carried_into(last, _edition(chosen), chosen)
    header = report.header._replace(agency=agency or report.header.agency, kind=kind or report.header.kind)
    return NewReport(report.with_header(header), last)


def _edition(year: int) -> Edition:
    try:
        return edition_for_year(year)
    except UnknownEditionError:
        raise NewReportError(NewReportRefusal.NO_EDITION, year) from None
