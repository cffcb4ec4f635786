"""Assembly of a report from a document: edition, tables, sections, header and notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ..chinese.numerals import is_figures
from ..report import BLANK, Header, Report, squeeze
from .box_tables import read_box_tables
from .clean_characters import has_radicals
from .detect_edition import edition_of_tables, edition_of_year
from .headings import SectionStart, find_headings, is_noise, split_inline_headings
from .keyed_data import apply_leaves, looks_like_data, read_leaves
from .label_index import LabelBook, label_book
from .metadata import Metadata, cites, compact, is_agency, kind_of, read_date, read_metadata, years_in_order
from .notes import Code, Imported, ImportNote
from .own_layout import Frame, split_frame_title, take_frame, without_draft_marks
from .read_tables import read_tables
from .tokens import LineToken, TokenKind, tokenize, value_kind
from .unwrap import unwrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ..edition import Edition, Table
    from ..ids import SectionId
    from .resolve_rows import Tables
    from .source_lines import SourceLine

_MIN_SENTENCE: Final = 60
_TAIL: Final = 6


def read_document(lines: Sequence[SourceLine], editions: Sequence[Edition], *, year: int = 0, notes: Iterable[ImportNote] = ()) -> Imported:
    """Read a document's lines as a report of one of the editions. Never fails: the result lists what it lacks.

    Args:
        year: Selects among several years side by side; the report's year if the document names none.
        notes: Notes of the reader of the source, to be included.
    """
    return _Assembly(lines, editions, year, list(notes)).run()


@dataclass(slots=True)
class _Prose:
    """Paragraphs by section, those before the first section as the preface."""

    preface: list[str] = field(default_factory=list)
    sections: dict[SectionId, list[str]] = field(default_factory=dict)
    dropped: list[tuple[int, str]] = field(default_factory=list)
    table_lines: set[int] = field(default_factory=set)


class _Sorter:
    """Separate the prose from lines of tables and of the web page, and assign each paragraph to its section."""

    def __init__(self, book: LabelBook, metadata: Metadata, used: set[int], *, exported: bool) -> None:
        self.book = book
        self.metadata = metadata
        self.used = used
        self.exported = exported
        self.tabled = {table.section for table in book.edition.tables}

    def sort(self, lines: Sequence[SourceLine], headings: Sequence[SectionStart]) -> _Prose:
        """Sort all lines into prose, table lines and dropped lines."""
        prose = _Prose()
        starts = {heading.index: heading for heading in headings}
        current: SectionId | None = None
        pieces = not any(line.cells for line in lines)
        for index, line in enumerate(lines):
            heading = starts.get(index)
            text = line.text.strip()
            if heading is not None:
                current = heading.section.id
                if heading.repeated:
                    prose.dropped.append((line.number, text))
            elif text and not (current is None and index in self.metadata.lines):
                self._place(prose, line, text, current, pieces=pieces)
        return prose

    def _place(self, prose: _Prose, line: SourceLine, text: str, current: SectionId | None, *, pieces: bool) -> None:
        paragraph = text
        if not self.exported:
            if self._is_table(line, text, pieces=pieces, tabled=current is None or current in self.tabled):
                prose.table_lines.add(line.number)
                return
            paragraph = " ".join(part.strip() for part in text.split("|") if part.strip()) if "|" in text else text
            if not paragraph or is_noise(paragraph):
                prose.dropped.append((line.number, text))
                return
        elif line.cells is not None:
            prose.table_lines.add(line.number)
            return
        (prose.preface if current is None else prose.sections.setdefault(current, [])).append(paragraph)

    def _is_table(self, line: SourceLine, text: str, *, pieces: bool, tabled: bool) -> bool:
        """Return whether a line belongs to a table: cells were read from it, it has pipes or cells, or only labels and values."""
        if line.number in self.used:
            return True
        if line.cells is not None or "|" in text:
            cells = [cell.text for cell in line.cells] if line.cells is not None else text.split("|")
            sentence = any(len(cell.strip()) > _MIN_SENTENCE for cell in cells)
            return any(value_kind(cell) in (TokenKind.VALUE, TokenKind.ODD) for cell in cells) or not sentence
        if not tabled:
            return False
        if self.book.is_labels(text):
            return True
        if not pieces or len(text) > _MIN_SENTENCE:
            return False
        words = text.split()
        values = [value_kind(word) in (TokenKind.VALUE, TokenKind.ODD) for word in words]
        if len(words) > 2 and values[-1] and values[-2]:  # noqa: PLR2004 - a row of another table
            return True
        known = all(value or self.book.is_piece(word) for value, word in zip(values, words, strict=True))
        return known or self.book.find_row(text) is not None


class _Assembly:
    """The steps of an import in order."""

    def __init__(self, lines: Sequence[SourceLine], editions: Sequence[Edition], year: int, notes: list[ImportNote]) -> None:
        self.source = lines
        self.editions = editions
        self.year = year
        self.notes = notes
        self.body = "\n".join(line.text for line in lines)

    def run(self) -> Imported:
        newest = label_book(max(self.editions, key=lambda edition: edition.first_year))
        ruled = read_box_tables(without_draft_marks(self.source))
        titles = {section.title for edition in self.editions for section in edition.sections}
        unwrapped = unwrap(ruled, titles, lambda text: newest.is_piece(text) or _never_continues(text, newest))
        exported = unwrapped.exported
        frame = Frame()
        if exported:
            lines, frame = take_frame(unwrapped.lines)
            self.year = self.year or split_frame_title(frame, self.editions[0])[1]
        else:
            lines = split_inline_headings(unwrapped.lines, newest)
        # tables are read from the unjoined lines: the last line of a wrapped label holds its values
        table_lines = lines if exported else split_inline_headings(ruled, newest)
        tokens = tokenize(table_lines)
        leaves = list(read_leaves(self.source)) if looks_like_data(self.source) else []
        keys = [LineToken(TokenKind.TEXT, key, leaf.line - 1) for leaf in leaves for key in leaf.path[-2:]]
        edition, tables, years = self._tables([*keys, *tokens])
        data_lines = apply_leaves(leaves, label_book(edition), tables)
        book = label_book(edition)
        headings = find_headings(lines, book, at_margin=exported)
        used = {table_lines[index].number for index in tables.lines} | data_lines
        if data_lines:
            used |= set(range(min(data_lines), max(data_lines) + 1))
            self.notes.append(ImportNote(Code.COLUMNS_BY_NAME, min(data_lines)))
        metadata = Metadata() if exported else self._metadata(lines, headings)
        prose = _Sorter(book, metadata, used, exported=exported).sort(lines, headings)
        header = self._framed_header(edition, frame, prose) if exported else self._header(edition, metadata, prose, years)
        report = self._report(edition, tables, header, prose)
        self._note_tables(tables, table_lines, headings, lines)
        self._note_other_tables(tokens, tables, table_lines, book, prose)
        self._note_edition(edition, header, tables)
        self.notes += [ImportNote(Code.DROPPED, number, text=text) for number, text in prose.dropped]
        numbered = [heading for heading in headings if heading.by_number]
        self.notes += [ImportNote(Code.HEADING_BY_NUMBER, lines[h.index].number, (h.section.id,), lines[h.index].text) for h in numbered]
        if has_radicals(self.body):
            self.notes.append(ImportNote(Code.RADICALS))
        source = tuple((line.number, line.text) for line in self.source)
        lost = unrecoverable(tables)
        return Imported(report, lost, tuple(sorted(self.notes, key=lambda note: note.line)), len(tables.cells), source, tuple(years))

    # tables and edition

    def _tables(self, tokens: Sequence[LineToken]) -> tuple[Edition, Tables, list[int]]:
        edition = edition_of_tables(tokens, self.editions)
        guess = read_metadata((), self.body, ()).year or self.year
        if edition is None:
            edition = self._undecided(tokens, guess)
        years = years_in_order(self.body)
        book = label_book(edition)
        first = read_tables(tokens, book)
        if first.copies < 2:  # noqa: PLR2004 - a single report
            return edition, first, []
        wanted = self.year or max(years, default=0)
        copy = years.index(wanted) if wanted in years else first.copies - 1
        tables = read_tables(tokens, book, copy)
        self.notes.append(ImportNote(Code.COPIES, text=str(years[copy] if copy < len(years) else copy + 1)))
        return edition, tables, years

    def _undecided(self, tokens: Sequence[LineToken], year: int) -> Edition:
        """Return the edition if the labels do not decide: the year's, or the one under which most cells are read."""
        tabled = [edition for edition in self.editions if edition.tables]
        readings = [(edition, read_tables(tokens, label_book(edition))) for edition in tabled]
        has_tables = any(tables.cells or len(tables.labelled) > 2 for _, tables in readings)  # noqa: PLR2004 - a word or two is no table
        chosen = edition_of_year(year, self.editions, tables=has_tables)
        if has_tables:
            most = max(len(tables.cells) for _, tables in readings)
            best = [edition for edition, tables in readings if len(tables.cells) == most]
            chosen = chosen if chosen in best else best[-1]
            self.notes.append(ImportNote(Code.EDITION_GUESSED, text=chosen.id))
        return chosen

    # prose

    def _metadata(self, lines: Sequence[SourceLine], headings: Sequence[SectionStart]) -> Metadata:
        first = headings[0].index if headings else len(lines)
        head = [(index, line.text) for index, line in enumerate(lines[:first]) if line.text.strip()]
        if not headings:
            head = head[:_TAIL]
        tail = [line.text for line in lines if line.text.strip()][-_TAIL:]
        return read_metadata(head, self.body, tail)

    def _framed_header(self, edition: Edition, frame: Frame, prose: _Prose) -> Header:
        agency, year, title = split_frame_title(frame, edition)
        return Header(agency, kind_of(agency), year or self.year, title, frame.published, "\n".join(prose.preface))

    def _header(self, edition: Edition, metadata: Metadata, prose: _Prose, years: list[int]) -> Header:
        year = metadata.year or self.year
        if years:
            copy = next((int(note.text) for note in self.notes if note.code is Code.COPIES and is_figures(note.text)), 0)
            year = copy if copy in years else year
        agency, published = self._signature(edition, prose, metadata)
        title = metadata.title
        if title and agency and agency not in title:
            title = agency + title
        official = squeeze(edition.title_of(agency, year))
        return Header(
            agency=agency,
            kind=kind_of(agency),
            year=year,
            title="" if not agency or squeeze(title) == official else title,
            published=published,
            preface="\n".join(prose.preface),
        )

    def _signature(self, edition: Edition, prose: _Prose, metadata: Metadata) -> tuple[str, date | None]:
        """Return agency and date, removing them from the end of the last section if they are there."""
        agency, published = metadata.agency, metadata.published
        for section in reversed(edition.sections):
            paragraphs = prose.sections.get(section.id)
            if not paragraphs:
                continue
            day = read_date(paragraphs[-1])
            if day is not None:
                paragraphs.pop()
                published = published or day
                if paragraphs and (compact(paragraphs[-1]) == agency or is_agency(paragraphs[-1])):
                    agency = agency or compact(paragraphs[-1])
                    paragraphs.pop()
                self.notes.append(ImportNote(Code.SIGNATURE))
            break
        return agency, published

    def _report(self, edition: Edition, tables: Tables, header: Header, prose: _Prose) -> Report:
        texts = tuple("\n".join(prose.sections.get(section.id, ())) for section in edition.sections)
        cells = tuple(tables.cells[index].value if index in tables.cells else BLANK for index in range(len(edition.addresses)))
        return Report(edition, header, texts, cells)

    # notes

    def _note_tables(
        self, tables: Tables, table_lines: Sequence[SourceLine], headings: Sequence[SectionStart], lines: Sequence[SourceLine]
    ) -> None:
        for doubt in tables.doubts:
            places = tuple(f"{section}.{row}" for section, row in doubt.rows)
            self.notes.append(ImportNote(Code(doubt.code), table_lines[doubt.line].number, places, doubt.text))
        edition = tables.edition
        for index, cell in sorted(tables.cells.items()):
            if cell.notes:
                place = str(edition.addresses[index])
                self.notes.append(ImportNote(Code.NORMALISED, table_lines[cell.line].number, (place,), cell.raw))
        for table in edition.tables:
            self._note_absent(table, tables, headings, lines)

    def _note_absent(self, table: Table, tables: Tables, headings: Sequence[SectionStart], lines: Sequence[SourceLine]) -> None:
        names = [(table.section, row.id) for _, row in table.rows()]
        absent = [name for name in names if name not in tables.labelled]
        if len(absent) == len(names):
            own = [heading for heading in headings if heading.section.id == table.section]
            image = any(heading.repeated for heading in own)
            line = lines[own[0].index].number if own else 0
            self.notes.append(ImportNote(Code.IMAGE if image else Code.ABSENT_TABLE, line, (table.section,)))
        elif absent:
            self.notes.append(ImportNote(Code.ABSENT_ROW, 0, tuple(f"{section}.{row}" for section, row in absent)))

    def _note_other_tables(
        self, tokens: Sequence[LineToken], tables: Tables, table_lines: Sequence[SourceLine], book: LabelBook, prose: _Prose
    ) -> None:
        """Note the contents of tables that are not in the form: rows of numbers, and text."""
        by_line: dict[int, list[LineToken]] = {}
        for token in tokens:
            by_line.setdefault(token.line, []).append(token)
        for index, found in by_line.items():
            number = table_lines[index].number
            labels = [token.text for token in found if token.kind in (TokenKind.TEXT, TokenKind.PROSE)]
            unread = index not in tables.lines and number in prose.table_lines
            if labels and unread and not all(map(book.is_piece, labels)) and book.find_row(labels[-1]) is None:
                values = any(token.kind is TokenKind.VALUE for token in found)
                if values or not book.is_labels("".join(labels)):
                    self.notes.append(ImportNote(Code.EXTRA_ROW if values else Code.DROPPED, number, text=table_lines[index].text.strip()))

    def _note_edition(self, edition: Edition, header: Header, tables: Tables) -> None:
        if not tables.cells:
            return
        if header.year and not edition.covers(header.year):
            self.notes.append(ImportNote(Code.EDITION_YEAR, text=f"{edition.id} {header.year}"))
        cited = [one for one in self.editions if cites(self.body, one.notice)]
        if cited and edition not in cited:
            self.notes.append(ImportNote(Code.EDITION_NOTICE, text=cited[0].notice))


def unrecoverable(tables: Tables) -> tuple[str, ...]:
    """Return the addresses of what was not read: whole tables, rows, or single cells."""
    edition = tables.edition
    lost: list[str] = []
    for table in edition.tables:
        names = [(table.section, row.id) for _, row in table.rows()]
        if not any(name in tables.labelled for name in names):
            lost.append(table.section)
            continue
        for name in names:
            indices = edition.row_cells[name]
            missing = [index for index in indices if index not in tables.cells]
            lost += [f"{name[0]}.{name[1]}"] if len(missing) == len(indices) else [str(edition.addresses[index]) for index in missing]
    return tuple(lost)


def _never_continues(text: str, book: LabelBook) -> bool:
    """Return whether a line is a heading or part of the web page, and so never continues a paragraph."""
    found = book.find_section(text)
    return (found is not None and found[1] >= 1.0) or is_noise(text)
