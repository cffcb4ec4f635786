"""What is said under the pane of the place of the cursor: label and value, identities, last year, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.editing import text_of
from ..core.layout import value_text
from ..core.report import PREFACE
from ..core.text.wrap import wrap
from . import ui_text
from .catalogue_words import placed_message_of
from .prose_places import count_characters

if TYPE_CHECKING:
    from ..core.checks.finding import Finding
    from ..core.edition import Section
    from ..core.report import Address, Report, SectionId
    from ..core.text.width import Ambiguous
    from .examination import Examination
    from .importing import Source

#: Findings about one place of the prose that are said there.
MOST_FINDINGS = 2


@dataclass(frozen=True, slots=True)
class StatusLines:
    """The report with what is known of it, and the columns there are for saying it."""

    report: Report
    examination: Examination | None
    found: tuple[Finding, ...]
    """What was found about the place of the cursor, what is meant first."""
    source: Source | None
    source_key: str
    """The key that shows the source, as it is written on the screen."""
    width: int
    ambiguous: Ambiguous

    def of_cell(self, address: Address) -> list[str]:
        """What is said of a cell."""
        report, examination = self.report, self.examination
        info = report.edition.info(address)
        value = (value_text(report.cell(address), info.kind) or ui_text.BLANK_WORD) + info.column.unit
        if examination is not None and examination.previous is not None:
            value += ui_text.previous_value(examination.previous.header.year, examination.previous_value(address))
        lines = self._wrapped(ui_text.cell_line(info.full_label, value))
        unread = self._unread(address)
        if examination is None:
            return [*lines, *unread]
        if unread:
            lines += unread
        elif self.found:
            lines.append(ui_text.finding_here(placed_message_of(self.found[0])))
        lines.append(ui_text.identity_line(list(examination.identities(address))))
        if examination.previous is None and address == next(one for one in report.edition.addresses if one.section == address.section):
            # Said once in each table: a line that comes and goes with the length of the label above is sent over and over.
            lines.append(ui_text.NO_PREVIOUS)
        return lines

    def _unread(self, address: Address) -> list[str]:
        """That a cell could not be read from the source, and why."""
        source = self.source
        if source is None or address not in source.unread(self.report, address.section):
            return []
        note = source.note_at(address)
        words = ui_text.import_note(note.code.value, note.line, note.text) if note is not None else ""
        return [ui_text.unread_here(words, self.source_key)]

    def of_prose(self, section: Section, part: SectionId, row: int, rows: int) -> list[str]:
        """What is said of a row, from 0, of a section's prose, or of the preface where that is the `part`."""
        in_preface = part == PREFACE
        title = ui_text.PREFACE_TITLE if in_preface else section.title
        length = ui_text.prose_line(count_characters(text_of(self.report, part)), 0 if in_preface else section.hint_length)
        lines = [f"{ui_text.prose_place(title, row + 1, rows)}  {length}"]
        for finding in self.found[:MOST_FINDINGS]:
            lines += self._wrapped(ui_text.finding_here(placed_message_of(finding)))
        return lines

    def _wrapped(self, text: str) -> list[str]:
        return wrap(text, self.width, ambiguous=self.ambiguous)
