"""What differs between two reports, in the words of the form. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.cell_text import write_cell
from ..core.report import Report, same_cell
from . import ui_text
from .prose_places import count_characters

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Differences that are listed; the rest is counted.
LISTED = 12


def differences(before: Report, after: Report, limit: int = LISTED) -> list[str]:
    """The first differences from one report to the other, and how many more there are."""
    found = list(_differences(before, after))
    listed = found[:limit]
    if len(found) > limit:
        listed.append(ui_text.more_differences(len(found) - limit))
    return listed


def _differences(before: Report, after: Report) -> Iterator[str]:
    one, other = before.header, after.header
    for name, old, new in (
        (ui_text.LABEL_AGENCY, one.agency, other.agency),
        (ui_text.LABEL_KIND, one.kind, other.kind),
        (ui_text.LABEL_YEAR, str(one.year or ""), str(other.year or "")),
        (ui_text.LABEL_HEADLINE, one.title, other.title),
        (ui_text.LABEL_PUBLISHED, str(one.published or ""), str(other.published or "")),
    ):
        if old != new:
            yield ui_text.difference(name, old, new)
    if one.preface != other.preface:
        yield _text(ui_text.LABEL_PREFACE, one.preface, other.preface)
    if before.edition.id != after.edition.id:
        return
    for info, old_cell, new_cell in zip(after.edition.cells, before.cells, after.cells, strict=True):
        if not same_cell(old_cell, new_cell):
            yield ui_text.difference(info.name, write_cell(old_cell), write_cell(new_cell))
    for section, old_text, new_text in zip(after.edition.sections, before.texts, after.texts, strict=True):
        if old_text != new_text:
            yield _text(section.title, old_text, new_text)


def _text(name: str, before: str, after: str) -> str:
    return ui_text.text_difference(name, count_characters(before), count_characters(after))
