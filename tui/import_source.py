"""Source of an imported report: unread cells, notes, and the source lines of cells and paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ..core.importing.notes import Code
from ..core.report import BLANK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..core.ids import Address, SectionId
    from ..core.importing.notes import Imported, ImportNote
    from ..core.report import Report

COUNTED: Final = frozenset({Code.ABSENT_ROW, Code.ABSENT_TABLE, Code.DROPPED})
"""Codes of notes that are counted rather than listed."""
LEAST_CLUE: Final = 4
"""Minimum length of a label or paragraph, in characters, to be located in the source."""
_CLUE: Final = 10


@dataclass(frozen=True)
class ImportSource:
    """Source document of an imported report."""

    path: Path
    imported: Imported

    @property
    def name(self) -> str:
        """File name."""
        return self.path.name

    @cached_property
    def lost(self) -> frozenset[Address]:
        """Cells that could not be read."""
        edition = self.imported.report.edition
        places = self.imported.unrecoverable
        return frozenset(address for address in edition.addresses if _names(address) & set(places))

    def unread(self, report: Report, section: SectionId | None = None) -> frozenset[Address]:
        """Return the unread cells, of one section or all, that are still blank."""
        if report.edition.id != self.imported.report.edition.id:
            return frozenset()
        return frozenset(
            address for address in self.lost if (section is None or address.section == section) and report.cell(address) is BLANK
        )

    def note_at(self, address: Address) -> ImportNote | None:
        """Return the most specific note on a cell: on the cell, its row or its table."""
        for name in (str(address), f"{address.section}.{address.row}", str(address.section)):
            notes = [note for note in self.imported.notes if name in note.places]
            if notes:
                return next((note for note in notes if note.line), notes[0])
        return None

    def line_of_cell(self, address: Address) -> int:
        """Return the source line of a cell; 0 if unknown."""
        note = self.note_at(address)
        if note is not None and note.line:
            return note.line
        edition = self.imported.report.edition
        info = edition.info(address)
        return self._find(info.row.name) or self._find(info.row.path[-1]) or self.line_of_section(address.section)

    def line_of_section(self, section: SectionId) -> int:
        """Return the source line of a section's heading; 0 if not found."""
        edition = self.imported.report.edition
        if section not in edition.section_index:
            return 0
        found = edition.section(section)
        return self._find(found.title) or self._find(found.heading)

    def line_of_text(self, section: SectionId, paragraph: str) -> int:
        """Return the source line of a paragraph; its section's heading if not found."""
        clue = _squeezed(paragraph)[:_CLUE]
        return (self._find(clue) if len(clue) >= LEAST_CLUE else 0) or self.line_of_section(section)

    def lines_from(self, line: int, before: int) -> tuple[tuple[int, str], ...]:
        """Return the non-empty lines of the source, starting `before` lines above a line."""
        shown = [(number, text) for number, text in self.imported.lines if text.strip()]
        here = next((at for at, (number, _) in enumerate(shown) if number >= line), 0)
        return tuple(shown[max(here - before, 0) :])

    def _find(self, words: str) -> int:
        wanted = _squeezed(words)
        if not wanted:
            return 0
        return next((number for number, text in self._squeezed_lines.items() if wanted in text), 0)

    @cached_property
    def _squeezed_lines(self) -> Mapping[int, str]:
        return {number: _squeezed(text) for number, text in self.imported.lines}


def _names(address: Address) -> set[str]:
    return {str(address), f"{address.section}.{address.row}", str(address.section)}


def _squeezed(text: str) -> str:
    return "".join(text.split()).replace("|", "")
