"""Result of an import: Chinese text, or JSON for scripts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from ...core.importing.notes import Code
from ...service.words.published_words import BETWEEN, cells_of, note_sentence, places_named
from ..words import import_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...core.edition import Edition, Table
    from ...core.importing.notes import Imported

_MOST_NOTES: Final = 20
"""Maximum number of notes of one kind in the text."""
_SILENT: Final = frozenset({Code.ABSENT_ROW, Code.ABSENT_TABLE})
"""Notes omitted from the text, because the lines about tables contain them."""


def one_line(path: str, result: Imported) -> Iterator[str]:
    """Yield the result as a single line."""
    report = result.report
    header = report.header
    agency = header.agency or import_words.NO_AGENCY
    year = import_words.YEAR_OF.format(year=header.year) if header.year else import_words.NO_YEAR
    total = len(report.cells)
    form = import_words.NO_TABLES if not total else import_words.WHOLE if result.whole else import_words.LOST
    yield form.format(path=path, edition=report.edition.id, agency=agency, year=year, read=result.read, total=total)


def full_report(path: str, result: Imported) -> Iterator[str]:
    """Yield the result as lines: a summary, a line per table, then a line per note with its line in the source."""
    yield from one_line(path, result)
    edition = result.report.edition
    for table in edition.tables:
        yield _table_line(table, edition, set(result.unrecoverable))
    texts = zip(edition.sections, result.report.texts, strict=True)
    empty = [section.title for section, text in texts if not text and section.table is None]
    if empty:
        yield import_words.TEXT_ABSENT.format(sections=BETWEEN.join(empty))
    shown: dict[Code, int] = {}
    for note in result.notes:
        shown[note.code] = shown.get(note.code, 0) + 1
        if note.code not in _SILENT and shown[note.code] <= _MOST_NOTES:
            message = note_sentence(note, edition)
            yield (
                import_words.LINE.format(line=note.line, message=message)
                if note.line
                else import_words.WHOLE_DOCUMENT.format(message=message)
            )
    more = sum(count - _MOST_NOTES for code, count in shown.items() if count > _MOST_NOTES and code not in _SILENT)
    if more:
        yield import_words.MORE_NOTES.format(count=more)


def as_json(path: str, result: Imported | None, output: str) -> str:
    """Return the result as a JSON document; without a usable result, `edition` is null and `cells` 0."""
    if result is None:
        return json.dumps({"path": path, "edition": None, "cells": 0, "unrecoverable": [], "notes": []}, ensure_ascii=False) + "\n"
    edition = result.report.edition
    header = result.report.header
    document = {
        "path": path,
        "output": output,
        "edition": edition.id,
        "agency": header.agency,
        "year": header.year or None,
        "cells": result.read,
        "unrecoverable": list(result.unrecoverable),
        "years": list(result.years),
        "notes": [
            {
                "code": note.code.value,
                "line": note.line or None,
                "cells": list(note.places),
                "text": note.text,
                "message": note_sentence(note, edition),
            }
            for note in result.notes
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _table_line(table: Table, edition: Edition, lost: set[str]) -> str:
    total = sum(len(edition.row_cells[table.section, row.id]) for _, row in table.rows())
    if table.section in lost:
        return import_words.TABLE_ABSENT.format(name=table.name, total=total)
    own = [place for place in sorted_places(lost, edition) if place.partition(".")[0] == table.section]
    missing = sum(len(cells_of(place, edition)) for place in own)
    if not missing:
        return import_words.TABLE_WHOLE.format(name=table.name, total=total)
    return import_words.TABLE_PART.format(name=table.name, total=total, read=total - missing, rows=places_named(own, edition))


def sorted_places(places: Iterable[str], edition: Edition) -> list[str]:
    """Return the addresses of rows and cells in the order of the form; those of whole tables are dropped."""
    return sorted((place for place in places if "." in place), key=lambda place: cells_of(place, edition)[:1])
