"""Form of 2021, rule catalogue and examples, and running the rules on a report."""

from __future__ import annotations

from typing import Final

from nianbao.core.checks.finding import Finding
from nianbao.core.checks.run_checks import check_report
from nianbao.core.report import Header, Report, blank_report
from nianbao.files.report.report_file import load_report
from nianbao.templates import load_catalogue, load_edition
from repository import EXAMPLES

EDITION: Final = load_edition("2021")
CATALOGUE: Final = load_catalogue()
COLUMNS: Final = ("natural_person", "enterprise", "research", "public_interest", "legal_service", "other", "total")
"""Columns of table 三."""


def empty() -> Report:
    """Return a department's report with no cell filled in."""
    return blank_report(EDITION, Header(agency="示例市民政局", kind="department", year=2024))


def carried_report() -> Report:
    """Return an empty report with a preface and two unconfirmed paragraphs carried over from last year."""
    report = empty()
    return report.with_header(report.header._replace(preface="前言", carried=("aa", "bb")))


def example(name: str) -> Report:
    return load_report(EXAMPLES / f"{name}.toml").report


def check(report: Report, previous: Report | None = None) -> tuple[Finding, ...]:
    return check_report(report, CATALOGUE, previous=previous, edition_for=report.edition)


def by_code(report: Report, previous: Report | None = None) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in check(report, previous):
        found.setdefault(finding.code, []).append(finding)
    return found
