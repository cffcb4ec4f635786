"""Export of a report as plain text in the official layout, ready to be published.

The layout can be parsed unambiguously: the title is centred; headings are at the left margin after an empty line; paragraphs start
with an indent of two ideographic spaces, continuation lines do not; tables are between empty lines and have a rule between all rows;
agency and date, if printed, are indented with ASCII spaces at the end. Joining the lines of a paragraph restores it, because a space at
which a line was broken is kept at the end of the line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ..chinese.line_break import wrap, wrap_centred, wrap_paragraph
from ..chinese.width import text_width
from ..layout import layouts
from ..report import BLANK
from . import fixed_words
from .printable import clean_line, clean_paragraphs
from .style import Borders, TextStyle
from .table_text import draw_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..ids import SectionId
    from ..report import Report
    from .table_text import DrawnTable

SIGNATURE_INDENT: Final = 8
"""Columns to the right of the date: four ideographs (GB/T 9704-2012, 7.3.5.2)."""


@dataclass(frozen=True, slots=True)
class MissingCounts:
    """Counts of what a report still lacks."""

    cells: int
    """Number of blank table cells."""
    sections: int
    """Number of sections that require prose and have none."""


@dataclass(frozen=True, slots=True)
class ExportedText:
    """A report as text."""

    text: str
    """Lines, each terminated by a line feed."""
    borders: Borders
    """Characters used for the tables: ASCII even if Unicode was requested, if the wider lines would not fit."""
    fits: bool
    """Whether no line exceeds the requested width. Numbers are never broken, so a table may have to be wider."""


def export_text(report: Report, style: TextStyle | None = None, *, draft: bool = False) -> ExportedText:
    """Export a report in the official layout. A `draft` is marked at both ends with the counts of what is missing."""
    style = style or TextStyle()
    tables = _tables(report, style)
    if style.borders is Borders.UNICODE and style.line_columns > 1 and not _fit(tables, style):
        style = replace(style, borders=Borders.ASCII)
        tables = _tables(report, style)
    parts = [_title(report, style), *_body(report, tables, style), _signature(report, style)]
    if draft:
        mark = wrap(draft_mark(open_places(report)), style.width, ambiguous=style.ambiguous)
        parts = [mark, *parts, mark]
    lines = "\n\n".join("\n".join(part) for part in parts if part)
    return ExportedText(lines + "\n", style.borders, _fit(tables, style))


def open_places(report: Report) -> MissingCounts:
    """Count blank cells and sections that lack required prose."""
    empty = [
        section
        for section, text in zip(report.edition.sections, report.texts, strict=True)
        if section.text_required and not clean_paragraphs(text)
    ]
    return MissingCounts(sum(cell is BLANK for cell in report.cells), len(empty))


def draft_mark(places: MissingCounts) -> str:
    """Return the line that marks a draft."""
    parts = []
    if places.cells:
        parts.append(fixed_words.OPEN_CELLS.format(cells=places.cells))
    if places.sections:
        parts.append(fixed_words.OPEN_SECTIONS.format(sections=places.sections))
    return fixed_words.DRAFT + (fixed_words.OPEN.format(places=fixed_words.AND.join(parts)) if parts else fixed_words.NOTHING_OPEN)


def printed_title(report: Report) -> str:
    """Return the title as printed: the report's own, or else the form's."""
    header = report.header
    agency = clean_line(header.agency) or fixed_words.MISSING
    title = report.edition.title.replace("{agency}", agency)
    return clean_line(header.title) or title.replace("{year}", str(header.year) if header.year else fixed_words.MISSING)


def _fit(tables: dict[SectionId, DrawnTable], style: TextStyle) -> bool:
    return all(table.width <= style.width for table in tables.values())


def _tables(report: Report, style: TextStyle) -> dict[SectionId, DrawnTable]:
    """Draw every table; return them by section."""
    return {
        section: draw_table(layout, [clean_line(cell.text(report)) for cell in layout.cells], style)
        for section, layout in layouts(report.edition).items()
    }


def _title(report: Report, style: TextStyle) -> list[str]:
    """Return the lines of the title, centred."""
    lines = wrap_centred(printed_title(report), style.width, style.ambiguous)
    return [" " * ((style.width - text_width(line, style.ambiguous)) // 2) + line.rstrip() for line in lines]


def _body(report: Report, tables: dict[SectionId, DrawnTable], style: TextStyle) -> Iterator[list[str]]:
    """Yield the preface, then for each section its heading with prose, and its table; parts are separated by empty lines."""
    yield _prose(report.header.preface, style)
    for section, text in zip(report.edition.sections, report.texts, strict=True):
        heading = wrap(clean_line(section.title), style.width, ambiguous=style.ambiguous)
        yield [*heading, *_prose(text, style)]
        if section.id in tables:
            yield list(tables[section.id].lines)


def _prose(text: str, style: TextStyle) -> list[str]:
    """Return the wrapped lines of all paragraphs of a text."""
    return [line for paragraph in clean_paragraphs(text) for line in wrap_paragraph(paragraph, style.width, ambiguous=style.ambiguous)]


def _signature(report: Report, style: TextStyle) -> list[str]:
    """Return the lines of agency and date at the end; empty if there is no date and the title names the agency."""
    agency, published = clean_line(report.header.agency), report.header.published
    if published is None:
        if not agency or agency in printed_title(report):
            return []
        return _placed_right(agency, style.width - SIGNATURE_INDENT // 2, style)
    date = fixed_words.DATE.format(year=published.year, month=published.month, day=published.day)
    date_width = text_width(date, style.ambiguous)
    date_end = style.width - SIGNATURE_INDENT
    agency_end = date_end + (text_width(agency, style.ambiguous) - date_width) // 2
    lines = _placed_right(agency, agency_end, style) if agency else []
    return [*lines, " " * (date_end - date_width) + date]


def _placed_right(text: str, end: int, style: TextStyle) -> list[str]:
    """Return lines that end at a column, or start at the margin if the text is too long for that."""
    lines = wrap(text, style.width - SIGNATURE_INDENT, ambiguous=style.ambiguous)
    widths = [text_width(line, style.ambiguous) for line in lines]
    return [" " * max(min(end, style.width) - width, 1) + line.rstrip() for line, width in zip(lines, widths, strict=True)]
