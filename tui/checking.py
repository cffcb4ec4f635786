"""The checks of the report in the editor: the same as those of the check command, with the same local rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.policy import Policy, adapted, weighed
from ..templates import UnknownEditionError, edition_for_year, load_catalogue
from .examination import Examination

if TYPE_CHECKING:
    from ..core.report import Report


def examine(report: Report, previous: Report | None, policy: Policy) -> Examination:
    """Check a report against the form, against last year's where it is known, and under the local rules."""
    # The checks and the vocabulary of the prose are loaded behind the first frame.
    from ..core.checks.run import check_report, in_order  # noqa: PLC0415 - see above

    try:
        edition = edition_for_year(report.header.year) if report.header.year else None
    except UnknownEditionError:
        edition = None
    catalogue = load_catalogue()
    found = check_report(adapted(report, policy), catalogue, previous=previous, edition_for=edition)
    return Examination(report, in_order(weighed(policy, catalogue, found), report), previous)
