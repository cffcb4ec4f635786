"""Differences between two reports: header fields, cells by address, paragraphs of prose. The editions may differ."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from .ids import PREFACE
from .report import BLANK, paragraphs, same_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .ids import Address, SectionId
    from .report import Cell, Report

FIELDS = ("agency", "kind", "year", "title", "published")
"""Header fields that are compared, by their names in the file."""


class FieldDifference(NamedTuple):
    """A header field with both values as the file writes them; empty if not given."""

    name: str
    before: str
    after: str


class CellDifference(NamedTuple):
    """A cell with both values; None if the edition of that report has no such cell."""

    address: Address
    name: str
    """Official labels, from the later report's edition if it has the cell."""
    before: Cell | None
    after: Cell | None


class ParagraphDifference(NamedTuple):
    """Paragraphs of one section replaced by others; either side may be empty."""

    section: SectionId
    title: str
    """Official heading; empty for the preface."""
    before: tuple[str, ...]
    after: tuple[str, ...]


class ReportDiff(NamedTuple):
    """All differences, in the order of the form."""

    fields: tuple[FieldDifference, ...]
    cells: tuple[CellDifference, ...]
    paragraphs: tuple[ParagraphDifference, ...]


def diff_reports(before: Report, after: Report) -> ReportDiff:
    """Compare two reports. White space around paragraphs and empty paragraphs are ignored."""
    return ReportDiff(tuple(changed_fields(before, after)), tuple(changed_cells(before, after)), tuple(_paragraphs(before, after)))


def changed_fields(before: Report, after: Report) -> Iterator[FieldDifference]:
    """Yield the header fields that differ."""
    for name in FIELDS:
        one, other = (str(getattr(report.header, name) or "") for report in (before, after))
        if one != other:
            yield FieldDifference(name, one, other)


def changed_cells(before: Report, after: Report) -> Iterator[CellDifference]:
    """Yield the cells that differ, including those with a value whose address the other report's edition lacks."""
    for report, other in ((after, before), (before, after)):
        for info, value in zip(report.edition.cells, report.cells, strict=True):
            place = other.edition.index.get(info.address)
            if place is not None and report is before:
                continue  # reported with the later report's cells
            there = other.cells[place] if place is not None else None
            if there is None and value is BLANK:
                continue
            if there is None or not same_cell(value, there):
                yield CellDifference(info.address, info.name, *((there, value) if report is after else (value, there)))


def _paragraphs(before: Report, after: Report) -> Iterator[ParagraphDifference]:
    titles = {section.id: section.title for report in (before, after) for section in report.edition.sections}
    for section, title in {PREFACE: "", **titles}.items():
        one, other = (paragraphs(_text(report, section)) for report in (before, after))
        for tag, first, last, start, end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
            if tag != "equal":
                yield ParagraphDifference(section, title, tuple(one[first:last]), tuple(other[start:end]))


def _text(report: Report, section: SectionId) -> str:
    if section == PREFACE:
        return report.header.preface
    return report.text(section) if section in report.edition.section_index else ""
