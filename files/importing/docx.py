"""Reader for Word documents: paragraphs and table rows of the main part, in order.

Archive and XML are read by the standard library within bounds: no part is unpacked beyond a limit, document type declarations are
rejected (entities could expand without limit), and external references are not followed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from ...core.importing.source_lines import GridCell, SourceLine, row_line

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PART: Final = 32 * 1024 * 1024
"""Maximum size of the unpacked main part in bytes; real reports have about 1 MB."""
_MAX_DEPTH: Final = 200
_NAMESPACE: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_PARTS: Final = ("word/document.xml", "word/document2.xml")
_MOST_SPAN: Final = 1000
_BROKEN: Final = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error)
"""Exceptions of `zipfile` for damaged, encrypted or unsupported archives."""


class UnreadableDocxError(ValueError):
    """The file is not a Word document, or is malicious."""


def is_zip(data: bytes) -> bool:
    """Return whether the bytes are a zip archive, as .docx files are."""
    return data.startswith(b"PK\x03\x04")


def read_docx(data: bytes) -> list[SourceLine]:
    """Read lines and table rows of a document. Line numbers count paragraphs and rows.

    Raises:
        UnreadableDocxError: The document cannot be read.
    """
    return list(_DocumentBody(_root(_main_part(data))).lines())


def _main_part(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            name = next((part for part in _PARTS if part in names), None)
            if name is None or archive.getinfo(name).file_size > MAX_PART:
                raise UnreadableDocxError(name or "")
            with archive.open(name) as part:
                content = part.read(MAX_PART + 1)
    except _BROKEN as error:
        raise UnreadableDocxError(str(error)) from error
    if len(content) > MAX_PART:
        raise UnreadableDocxError("size")
    return content


def _root(content: bytes) -> ET.Element:
    head = content[:4096].replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in content.replace(b"\0", b""):
        raise UnreadableDocxError("doctype")
    depth = 0
    root: ET.Element | None = None
    try:
        for event, element in ET.iterparse(io.BytesIO(content), events=("start", "end")):  # noqa: S314 - no entities: see above
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            if depth > _MAX_DEPTH:
                raise UnreadableDocxError("depth")
    except ET.ParseError as error:
        raise UnreadableDocxError(str(error)) from error
    if root is None:
        raise UnreadableDocxError("empty")
    return root


class _DocumentBody:
    """Walks the document and numbers its paragraphs and rows."""

    def __init__(self, root: ET.Element) -> None:
        self.root = root
        self.number = 0

    def lines(self) -> Iterator[SourceLine]:
        """Iterate over paragraphs and rows in reading order."""
        yield from self._blocks(self.root)

    def _blocks(self, parent: ET.Element) -> Iterator[SourceLine]:
        for child in parent:
            name = _local(child)
            if name == "p":
                self.number += 1
                for part in _text(child).split("\n"):
                    yield SourceLine(self.number, part)
            elif name == "tbl":
                yield from self._table(child)
            elif name not in ("sectPr", "tblPr", "tblGrid", "del", "moveFrom"):
                yield from self._blocks(child)

    def _table(self, table: ET.Element) -> Iterator[SourceLine]:
        for row in _within(table, "tr"):
            self.number += 1
            number = self.number
            cells = []
            nested: list[ET.Element] = []
            for cell in _within(row, "tc"):
                inner = list(_within(cell, "tbl"))
                nested += [cell] if inner else []
                span, continued = _cell_properties(cell)
                text = "" if continued else _joined([_text(paragraph) for paragraph in _within(cell, "p")])
                if not continued:
                    cells.append(GridCell(text, span))
            if nested:
                for cell in nested:
                    yield from self._blocks(cell)
            elif cells:
                yield row_line(number, tuple(cells))


def _within(parent: ET.Element, name: str) -> Iterator[ET.Element]:
    """Iterate over the children with this name, including those in content controls and tracked insertions."""
    for child in parent:
        local = _local(child)
        if local == name:
            yield child
        elif local in ("sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo"):
            yield from _within(child, name)


def _cell_properties(cell: ET.Element) -> tuple[int, bool]:
    """Return the column span of a cell, and whether it continues the cell above."""
    span, continued = 1, False
    for properties in _within(cell, "tcPr"):
        for child in properties:
            value = next((own for key, own in child.attrib.items() if key.rpartition("}")[2] == "val"), "")
            if _local(child) == "gridSpan" and value.isdecimal() and value.isascii():
                span = max(1, min(int(value[:4]), _MOST_SPAN))
            elif _local(child) == "vMerge":
                continued = value != "restart"
    return span, continued


def _text(paragraph: ET.Element) -> str:
    parts: list[str] = []
    for element in _runs(paragraph):
        name = _local(element)
        if name == "t":
            parts.append(element.text or "")
        elif name in ("tab", "ptab"):
            parts.append("\t")
        elif name in ("br", "cr"):
            parts.append("\n")
        elif name == "noBreakHyphen":
            parts.append("-")
    return "".join(parts)


def _runs(parent: ET.Element) -> Iterator[ET.Element]:
    """Iterate over the text elements of a paragraph, without deleted text and the fallback copy of text boxes."""
    for child in parent:
        if _local(child) in ("del", "moveFrom", "Fallback", "pPr", "rPr", "instrText", "delText"):
            continue
        yield child
        yield from _runs(child)


def _joined(paragraphs: list[str]) -> str:
    parts = [re.sub(r"\s+", " ", text).strip() for text in paragraphs]
    parts = [part for part in parts if part]
    return (" " if all(part[0].isdigit() for part in parts) else "").join(parts)


def _local(element: ET.Element) -> str:
    """Return the local name of an element of Word's namespace or of the compatibility fallback; "" for all others."""
    tag = str(element.tag)
    if tag.startswith((_NAMESPACE, _STRICT)):
        return tag.rpartition("}")[2]
    return "Fallback" if tag.endswith("}Fallback") else ""
