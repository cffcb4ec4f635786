"""Read a source of any kind as a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn

from ...core.checks.boundary import attempt, file_failed
from ...core.importing.assemble_report import read_document
from ...core.importing.clean_characters import clean_text, strip_pinyin, without_pinyin
from ...core.importing.notes import Code, Imported, ImportNote
from ...core.importing.source_lines import GridCell, SourceLine, row_line, text_lines
from ..report.report_file import UnreadableError
from .decoding import TooLargeError, decode_source
from .delimited import detect_delimiter, read_delimited
from .docx import UnreadableDocxError, is_zip, read_docx
from .html import is_html, read_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ...core.edition import Edition

MOST_LINES: Final = 100_000
"""Lines; more than any report has. The rest is dropped with a note."""
MOST_LENGTH: Final = 200_000
"""Characters per line; longer lines are dropped with a note."""


def read_source(name: str, data: bytes, editions: Sequence[Edition], *, year: int = 0, simplify: bool = False) -> Imported:
    """Read a published report: plain text in any layout, HTML, Word, or a delimited table.

    Args:
        name: File name. Its suffix decides only if the contents do not.
        simplify: Convert prose in traditional characters.

    Raises:
        TooLargeError: The source is larger than any report.
        UnreadableDocxError: The Word document cannot be read.
        UnreadableError: The reader itself fails.
    """
    return attempt(lambda: _read(name, data, editions, year, simplify=simplify), _not_read, (TooLargeError, UnreadableDocxError))


def _not_read(error: Exception) -> NoReturn:
    raise UnreadableError(file_failed(error, "reading")) from error


def _read(name: str, data: bytes, editions: Sequence[Edition], year: int, *, simplify: bool) -> Imported:
    notes: list[ImportNote] = []
    if is_zip(data):
        lines = read_docx(data)
    else:
        decoded = decode_source(data)
        if decoded.damaged:
            notes.append(ImportNote(Code.ENCODING, text=f"{decoded.encoding} {decoded.damaged}"))
        lines = _text_source(name, decoded.text)
    if len(lines) > MOST_LINES or any(len(line.text) > MOST_LENGTH for line in lines):
        notes.append(ImportNote(Code.REFUSED))
        lines = [line for line in lines[:MOST_LINES] if len(line.text) <= MOST_LENGTH]
    lines = list(_cleaned(lines, notes))
    if simplify:
        lines = _simplified(lines)
        notes.append(ImportNote(Code.SIMPLIFIED))
    return read_document(lines, editions, year=year, notes=notes)


def _text_source(name: str, text: str) -> list[SourceLine]:
    text = clean_text(text) if not is_html(text) else text
    if is_html(text):
        return read_html(text)
    mark = detect_delimiter(text, name)
    return read_delimited(text, mark) if mark else list(text_lines(text))


def _cleaned(lines: Iterable[SourceLine], notes: list[ImportNote]) -> Iterable[SourceLine]:
    """Return the lines with characters repaired. Pinyin annotations are detected over the whole document."""
    kept = list(lines)
    _, count = without_pinyin("\n".join(line.text for line in kept))
    if count:
        notes.append(ImportNote(Code.PINYIN, text=str(count)))
    for line in kept:
        yield _mapped(line, lambda text: _clean(text, pinyin=bool(count)))


def _clean(text: str, *, pinyin: bool) -> str:
    plain = clean_text(text).replace("\n", " ")
    return strip_pinyin(plain) if pinyin else plain


def _mapped(line: SourceLine, change: Callable[[str], str]) -> SourceLine:
    if line.cells is None:
        return SourceLine(line.number, change(line.text))
    cells = tuple(GridCell(change(cell.text), cell.span) for cell in line.cells)
    return row_line(line.number, cells, cut=line.cut)


def _simplified(lines: Iterable[SourceLine]) -> list[SourceLine]:
    """Convert traditional characters and Taiwanese vocabulary to mainland usage."""
    import opencc  # noqa: PLC0415 - loads its dictionaries, needed for this alone

    convert: Callable[[str], str] = opencc.OpenCC("tw2sp").convert
    return [_mapped(line, convert) for line in lines]
