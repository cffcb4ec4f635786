"""Status lines for the cursor: label and value, identities, last year's value, findings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ...core.cell_notation import format_cell
from ...core.chinese.line_break import wrap
from ...core.chinese.width import shorten, text_width
from ...core.commands import text_of
from ...core.ids import PREFACE
from ...core.layout import value_text
from ...core.report import BLANK
from .. import words
from ..prose_search import count_characters
from .finding_words import cell_status_line, placed_message_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...core.checks.finding import Finding
    from ...core.chinese.width import Ambiguous
    from ...core.edition import Section
    from ...core.ids import Address, SectionId
    from ...core.report import Report
    from ...service.examination import CountedIdentity, Examination
    from ..import_source import ImportSource

#: Maximum number of findings shown for one place in prose.
MOST_FINDINGS = 2
#: Height of the status pane on a screen of 24 lines.
USUAL_HEIGHT = 4


@dataclass(frozen=True, slots=True)
class StatusLines:
    """Inputs of the status lines: report, its examination, and the space available."""

    report: Report
    examination: Examination | None
    found: tuple[Finding, ...]
    """Findings at the cursor, the current one first."""
    source: ImportSource | None
    source_key: str
    """Name of the key that shows the source."""
    width: int
    ambiguous: Ambiguous
    height: int = USUAL_HEIGHT
    """Number of lines available."""

    def of_cell(self, address: Address) -> list[str]:
        """Return the lines for a cell; findings and identities take precedence over a long label."""
        examination = self.examination
        below = self._unread(address)
        if examination is not None:
            if not below and self.found:
                below.append(cell_status_line(self.report, self.found, address))
            below.append(words.identity_line([_identity_part(identity) for identity in examination.identities(address)]))
        lines = [*self._label(address, max(self.height - len(below), 1)), *below]
        if (
            examination is not None
            and examination.previous is None
            and address == next(one for one in self.report.edition.addresses if one.section == address.section)
        ):
            # Only at the first cell of a table: a line that comes and goes with the length of the label costs output on each move.
            lines.append(words.NO_PREVIOUS)
        return lines

    def _label(self, address: Address, most: int) -> list[str]:
        """Return the official label with the value on at most `most` lines, omitting outer levels as needed."""
        info = self.report.edition.info(address)
        value = self._values(address)
        lines: list[str] = []
        for label in shorter_labels((info.block.caption, *info.row.path), info.column.path):
            lines = self._wrapped(words.cell_line(label, value))
            if len(lines) <= most:
                return lines
        inner = " ".join(label for label in (info.row.path[-1:] + info.column.path[-1:]) if label)
        room = self.width * most - text_width(words.cell_line("", value), self.ambiguous) - most
        return self._wrapped(words.cell_line(shorten(inner, max(room, 0), self.ambiguous), value))[:most]

    def _values(self, address: Address) -> str:
        """Format the value of a cell, with last year's if known."""
        value = value_with_unit(self.report, address) or words.BLANK_WORD
        previous = None if self.examination is None else self.examination.previous
        if previous is None:
            return value
        before = (value_with_unit(previous, address) or words.BLANK_WORD) if address in previous.edition.index else None
        return value + words.previous_value(previous.header.year, before)

    def _unread(self, address: Address) -> list[str]:
        """Return the line for a cell that could not be read from the source, with the reason."""
        source = self.source
        if source is None or address not in source.unread(self.report, address.section):
            return []
        note = source.note_at(address)
        wording = ""
        if note is not None:
            from ...service.words.published_words import note_message  # noqa: PLC0415 - imported reports only

            wording = words.import_note(note.line, note_message(note))
        return [words.unread_here(wording, self.source_key)]

    def of_prose(self, section: Section, part: SectionId, row: int, rows: int) -> list[str]:
        """Return the lines for a paragraph, counted from 0, of a section or of the preface (`part`)."""
        in_preface = part == PREFACE
        title = words.PREFACE_TITLE if in_preface else section.title
        length = words.prose_line(count_characters(text_of(self.report, part)), 0 if in_preface else section.hint_length)
        lines = [f"{words.prose_place(title, row + 1, rows)}  {length}"]
        for finding in self.found[:MOST_FINDINGS]:
            lines += self._wrapped(words.finding_here(placed_message_of(finding)))
        return lines

    def _wrapped(self, text: str) -> list[str]:
        return wrap(text, self.width, ambiguous=self.ambiguous)


def _identity_part(identity: CountedIdentity) -> str:
    left, right = (words.UNKNOWN_SUM if side is BLANK else format_cell(side) for side in (identity.left, identity.right))
    return words.identity_part(identity.place, left, identity.relation.value, right, holds=identity.holds)


def value_with_unit(report: Report, address: Address) -> str:
    """Format a cell's value; only numbers get the unit of their column."""
    cell, column = report.cell(address), report.edition.info(address).column
    return value_text(cell, column.kind) + (column.unit if isinstance(cell, int | Decimal) else "")


def shorter_labels(row: Sequence[str], column: Sequence[str]) -> Iterator[str]:
    """Iterate over a cell's label with ever more outer levels omitted; the innermost row and column labels stay."""
    rows, columns = [label for label in row if label], [label for label in column if label]
    yield " ".join((*rows, *columns))
    while len(rows) > 1 or len(columns) > 1:
        # Column headers are less specific than row groups.
        del (columns if len(columns) > 1 and len(columns) >= len(rows) else rows if len(rows) > 1 else columns)[0]
        yield words.LEFT_OUT + " ".join((*rows, *columns))
