"""A report as plain text in the official layout, ready to be published.

The layout can be read back without doubt: a title in the middle; headings at the left margin after an empty line;
paragraphs that start with two empty characters (a line that goes on does not); tables between empty lines with a rule
between all rows; agency and date, where they are printed, indented with spaces at the end. A paragraph's lines joined are
the paragraph, since a space at which a line was broken stays at the line's end.
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
"""Columns right of the date: four characters (GB/T 9704-2012, 7.3.5.2)."""


@dataclass(frozen=True, slots=True)
class OpenPlaces:
    """What a report still lacks."""

    cells: int
    """Cells of the tables that are not filled in."""
    sections: int
    """Sections that need prose and have none."""


@dataclass(frozen=True, slots=True)
class ExportedText:
    """A report as text."""

    text: str
    """Lines that end with a line feed each, the last one too."""
    borders: Borders
    """What the tables were drawn with: ASCII also where the wide lines that were asked for would not fit."""
    fits: bool
    """Whether no line is wider than asked for; numbers are never broken, so a table may have to be wider."""


def export_text(report: Report, style: TextStyle | None = None, *, draft: bool = False) -> ExportedText:
    """Write a report in the official layout; a `draft` is marked at both ends with a count of what is open."""
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


def open_places(report: Report) -> OpenPlaces:
    """Count what is not filled in."""
    empty = [
        section
        for section, text in zip(report.edition.sections, report.texts, strict=True)
        if section.text_required and not clean_paragraphs(text)
    ]
    return OpenPlaces(sum(cell is BLANK for cell in report.cells), len(empty))


def draft_mark(places: OpenPlaces) -> str:
    """The line that marks a draft."""
    parts = []
    if places.cells:
        parts.append(fixed_words.OPEN_CELLS.format(cells=places.cells))
    if places.sections:
        parts.append(fixed_words.OPEN_SECTIONS.format(sections=places.sections))
    return fixed_words.DRAFT + (fixed_words.OPEN.format(places=fixed_words.AND.join(parts)) if parts else fixed_words.NOTHING_OPEN)


def printed_title(report: Report) -> str:
    """The title as printed: the report's own or else the form's."""
    header = report.header
    agency = clean_line(header.agency) or fixed_words.MISSING
    title = report.edition.title.replace("{agency}", agency)
    return clean_line(header.title) or title.replace("{year}", str(header.year) if header.year else fixed_words.MISSING)


def _fit(tables: dict[SectionId, DrawnTable], style: TextStyle) -> bool:
    return all(table.width <= style.width for table in tables.values())


def _tables(report: Report, style: TextStyle) -> dict[SectionId, DrawnTable]:
    """Every table drawn, by its section."""
    return {
        section: draw_table(layout, [clean_line(cell.text(report)) for cell in layout.cells], style)
        for section, layout in layouts(report.edition).items()
    }


def _title(report: Report, style: TextStyle) -> list[str]:
    """The title's lines in the middle."""
    lines = wrap_centred(printed_title(report), style.width, style.ambiguous)
    return [" " * ((style.width - text_width(line, style.ambiguous)) // 2) + line.rstrip() for line in lines]


def _body(report: Report, tables: dict[SectionId, DrawnTable], style: TextStyle) -> Iterator[list[str]]:
    """The preface, then each section's heading with its prose and its table: parts between empty lines."""
    yield _prose(report.header.preface, style)
    for section, text in zip(report.edition.sections, report.texts, strict=True):
        heading = wrap(clean_line(section.title), style.width, ambiguous=style.ambiguous)
        yield [*heading, *_prose(text, style)]
        if section.id in tables:
            yield list(tables[section.id].lines)


def _prose(text: str, style: TextStyle) -> list[str]:
    """The lines of all paragraphs of a text."""
    return [line for paragraph in clean_paragraphs(text) for line in wrap_paragraph(paragraph, style.width, ambiguous=style.ambiguous)]


def _signature(report: Report, style: TextStyle) -> list[str]:
    """Agency and date at the end, where the report has a date or its title does not name the agency."""
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
    """A line that ends at a column, or at the margin where the text is too long for that."""
    lines = wrap(text, style.width - SIGNATURE_INDENT, ambiguous=style.ambiguous)
    widths = [text_width(line, style.ambiguous) for line in lines]
    return [" " * max(min(end, style.width) - width, 1) + line.rstrip() for line, width in zip(lines, widths, strict=True)]
