"""Differences between two reports, with official labels. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.cell_notation import format_cell
from ...core.publishing.printable import clean_line
from ...core.report_diff import changed_cells, changed_fields
from .. import words
from ..prose_search import count_characters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...core.report import Cell, Report

#: Maximum number of differences listed; the rest is counted.
LISTED = 12
AHEAD, AFTER = 4, 8
"""Characters of context before and after the position where two texts begin to differ."""
_LABELS = {
    "agency": words.LABEL_AGENCY,
    "kind": words.LABEL_KIND,
    "year": words.LABEL_YEAR,
    "title": words.LABEL_HEADLINE,
    "published": words.LABEL_PUBLISHED,
}


def differences(before: Report, after: Report, limit: int = LISTED) -> list[str]:
    """List the first differences between two reports, and the number of the remaining ones."""
    found = list(_differences(before, after))
    listed = found[:limit]
    if len(found) > limit:
        listed.append(words.more_differences(len(found) - limit))
    return listed


def parts_changed(before: Report, after: Report) -> int:
    """Count the texts, including the preface, that differ."""
    texts = zip((before.header.preface, *before.texts), (after.header.preface, *after.texts), strict=False)
    return sum(old != new for old, new in texts)


def _differences(before: Report, after: Report) -> Iterator[str]:
    for field in changed_fields(before, after):
        yield words.difference(_LABELS[field.name], field.before, field.after)
    if before.header.preface != after.header.preface:
        yield _text(words.PREFACE_TITLE, before.header.preface, after.header.preface)
    if before.edition.id != after.edition.id:
        return
    for cell in changed_cells(before, after):
        yield words.difference(cell.name, _written(cell.before), _written(cell.after))
    for section, old_text, new_text in zip(after.edition.sections, before.texts, after.texts, strict=True):
        if old_text != new_text:
            yield _text(section.title, old_text, new_text)


def _written(value: Cell | None) -> str:
    return "" if value is None else format_cell(value)


def _text(name: str, before: str, after: str) -> str:
    """Describe a changed text: its lengths, and the context of the first difference."""
    start = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), min(len(before), len(after)))
    shown = (_around(text, start) for text in (before, after))
    return words.text_difference(name, (count_characters(before), count_characters(after)), *shown)


def _around(text: str, start: int) -> str:
    """Return the context of an offset on one line, with line ends marked."""
    return clean_line(text[max(0, start - AHEAD) : start + AFTER].replace("\n", words.LINE_END))
