"""Import of a published report (web page, Word, text, table), for `import`, `similar` and the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..files.importing.decoding import MAX_BYTES, TooLargeError, decode_source
from ..files.importing.docx import UnreadableDocxError
from ..files.importing.source import read_source
from ..files.report.parse import problem
from ..files.report.report_file import UnreadableError, read_bytes, read_stdin, too_large
from ..templates import edition_ids, load_edition

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.importing.notes import Imported

_BINARY: Final = (b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")
"""Magic numbers of files without text: old Word and other compound files, PDF, images, archives."""


def read_published(path: Path | None, *, year: int = 0, simplify: bool = False) -> Imported:
    """Import the document at `path`, or from standard input (None).

    Raises as `import_document`.
    """
    data = read_stdin(MAX_BYTES) if path is None else read_bytes(path, MAX_BYTES)
    return import_document("" if path is None else path.name, data, year=year, simplify=simplify)


def import_document(name: str, data: bytes, *, year: int = 0, simplify: bool = False, any_text: bool = False) -> Imported:
    """Import a document.

    Args:
        name: File name; its suffix is used only if the contents are not conclusive.
        data: Contents of the file.
        year: Year of the report if the document states none or several.
        simplify: Whether to convert the prose to simplified characters.
        any_text: Whether to accept a text without any recognized part of a report.

    Raises:
        UnreadableError: the document contains no report; the finding gives the reason.
        EditionError: a data file of an edition or of the rules is invalid.
    """
    if data.startswith(_BINARY):
        raise UnreadableError(problem("F01", variant="binary"))
    try:
        imported = read_source(name, data, tuple(map(load_edition, edition_ids())), year=year, simplify=simplify)
    except TooLargeError:
        raise UnreadableError(too_large(len(data), MAX_BYTES)) from None
    except UnreadableDocxError:
        raise UnreadableError(problem("F01", variant="docx")) from None
    if not imported.usable and not any_text:
        raise UnreadableError(problem("F01", variant="is_report") if b"[report]" in data else problem("F01", variant="no_report"))
    return imported


def plain_text(data: bytes) -> str:
    """Decode a document that is read as prose only, in whichever encoding it is, with LF line ends."""
    return decode_source(data).text.replace("\r\n", "\n")
