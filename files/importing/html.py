"""Reader for HTML pages and fragments, as lines and table rows.

Table rows are taken as they come, without laying out a grid, so that wrong, excessive or missing span counts do no harm. Nothing
is fetched, only HTML character references are expanded, and scripts and styles are skipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from ...core.importing.source_lines import GridCell, SourceLine, row_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_SKIPPED: Final = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "svg", "math", "select", "button", "textarea", "title"}
)
_BLOCKS: Final = frozenset(
    ("p", "div", "section", "article", "header", "footer", "main", "aside", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl")
) | frozenset(("dt", "dd", "blockquote", "center", "form", "fieldset", "pre", "hr", "address", "body", "html", "nav", "figure"))
_MARKUP: Final = re.compile(
    r"<\s*(?:/?\s*(?:html|body|table|tr|td|th|p|div|span|br|h[1-6]|li|o:p|font|tbody|strong|b|a|meta|head)\b|!doctype)", re.IGNORECASE
)
_ESCAPED: Final = re.compile(r'\\+(["\'/])')
_LINE_FEED: Final = re.compile(r"\\[rn]")
_LONG_REFERENCE: Final = re.compile(r"&#[0-9]{20,};?")
"""A numeric character reference far out of range; Python refuses to convert integers of several thousand digits."""
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_LONG_CELL: Final = 120
"""Characters; a lone cell with more text is part of the page layout."""
_LONG_LABEL: Final = 40
"""Characters; a lone cell with more text on several lines is part of the page layout."""
_MOST_CELLS: Final = 200_000
_MOST_SPAN: Final = 1000


def is_html(text: str) -> bool:
    """Return whether a text contains HTML markup."""
    return len(_MARKUP.findall(text[:200_000])) >= 3  # noqa: PLR2004 - a mention or two is no markup


def read_html(text: str) -> list[SourceLine]:
    """Read lines and table rows of a page in reading order.

    Lines are numbered in that order, since a page may be a single line. Never raises; linear in time.
    """
    if '\\"' in text and re.search(r'=\s*\\+"', text):  # markup within a JavaScript string
        text = _LINE_FEED.sub("\n", _ESCAPED.sub(r"\1", text))
    text = _LONG_REFERENCE.sub("\ufffd", text)
    reader = _HtmlReader()
    reader.feed(text)
    reader.close()
    return reader.finish()


@dataclass(slots=True)
class _HtmlTable:
    """A table being read."""

    row: list[GridCell] | None = None
    cell: list[str] | None = None
    span: int = 1
    nested: bool = False
    """Whether the current cell contains a table, so that this table is part of the page layout."""


@dataclass(slots=True)
class _State:
    tables: list[_HtmlTable] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


class _HtmlReader(HTMLParser):
    """Collects lines; every open table has its own current row and cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[SourceLine] = []
        self.state = _State()
        self.cells = 0

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - as in html.parser
        """Skip `<![…]>`. One with a name unknown to html.parser (`<![ endif]>`) ends with its tag, as in browsers."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.rawdata.find(">", i) + 1 or -1

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        state = self.state
        if tag in _SKIPPED:
            state.skipped.append(tag)
        elif tag == "table":
            self._open_table()
        elif tag == "tr" and state.tables:
            self._end_row()
            state.tables[-1].row = []
        elif tag in ("td", "th") and state.tables:
            self._open_cell(attrs)
        elif tag == "br" or tag in _BLOCKS:
            self._break()

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag in ("td", "th") and self.state.tables:
            self._open_cell(attrs)
        elif tag not in _SKIPPED:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        state = self.state
        if state.skipped:
            if tag == state.skipped[-1]:
                state.skipped.pop()
            elif tag in ("body", "html"):
                state.skipped.clear()
        elif tag == "table" and state.tables:
            self._end_row()
            state.tables.pop()
        elif tag == "tr" and state.tables:
            self._end_row()
        elif tag in ("td", "th") and state.tables:
            self._end_cell()
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        state = self.state
        if state.skipped:
            return
        if state.tables and state.tables[-1].cell is not None:
            state.tables[-1].cell.append(data)
        else:
            state.text.append(data)

    def finish(self) -> list[SourceLine]:
        """Return all lines, including those of unclosed tags."""
        if self.rawdata or (self.state.tables and self.state.tables[-1].cell):
            self._break_off()
        while self.state.tables:
            self._end_row()
            self.state.tables.pop()
        self._flush()
        return self.lines

    def _break_off(self) -> None:
        """Mark a cell in which the page ends: its last digits may be missing."""
        table = self.state.tables[-1] if self.state.tables else None
        if table is not None and table.cell and "".join(table.cell).strip():
            table.cell.append("?")

    def _open_table(self) -> None:
        state = self.state
        if state.tables:
            outer = state.tables[-1]
            if outer.cell is not None:
                outer.nested = True
                self._flush_cell(outer)
        else:
            self._flush()
        state.tables.append(_HtmlTable())

    def _open_cell(self, attrs: Sequence[tuple[str, str | None]]) -> None:
        self._end_cell()
        table = self.state.tables[-1]
        if table.row is None:
            table.row = []
        self._flush()
        table.cell, table.nested = [], False
        table.span = _span(next((value for name, value in attrs if name == "colspan"), None))

    def _end_cell(self) -> None:
        table = self.state.tables[-1]
        if table.cell is None:
            return
        if table.nested:
            self._flush_cell(table)
        elif table.row is not None and self.cells < _MOST_CELLS:
            self.cells += 1
            table.row.append(GridCell("".join(table.cell), table.span))
        table.cell = None

    def _flush_cell(self, table: _HtmlTable) -> None:
        """Emit the text of a cell that contains a table as lines of the page."""
        self._emit("".join(table.cell or []))
        table.cell = []

    def _end_row(self) -> None:
        self._end_cell()
        table = self.state.tables[-1]
        row, table.row = table.row, None
        if not row:
            return
        filled = [cell for cell in row if cell.text.strip()]
        if len(filled) == 1 and _lays_out(filled[0].text.strip(), alone=len(row) == 1):
            self._emit(filled[0].text)
            return
        cells = tuple(GridCell(_joined(cell.text), cell.span) for cell in row)
        self.lines.append(row_line(len(self.lines) + 1, cells))

    def _break(self) -> None:
        state = self.state
        if state.tables and state.tables[-1].cell is not None:
            state.tables[-1].cell.append("\n")
        else:
            self._flush()

    def _flush(self) -> None:
        self._emit("".join(self.state.text))
        self.state.text = []

    def _emit(self, text: str) -> None:
        for part in text.split("\n") if self.state.tables else [text]:
            plain = _SPACE.sub(" ", part).strip()
            if plain.strip("\u00a0\u3000 "):
                self.lines.append(SourceLine(len(self.lines) + 1, plain))


def _lays_out(text: str, *, alone: bool) -> bool:
    """Return whether a row with one filled cell is part of the page layout, not of a table."""
    return len(text) > _LONG_CELL or (alone and len(text) > _LONG_LABEL and "\n" in text)


def _joined(text: str) -> str:
    """Return the text of a cell on one line: line breaks vanish between Chinese characters and become blanks between numbers."""
    parts = [_SPACE.sub(" ", part).replace("\u00a0", " ").strip() for part in text.split("\n")]
    parts = [part for part in parts if part]
    if all(part[0].isdigit() for part in parts):
        return " ".join(parts)
    return "".join(parts)


def _span(written: str | None) -> int:
    digits = (written or "").strip()
    return max(1, min(int(digits[:4]), _MOST_SPAN)) if digits[:4].isdecimal() and digits.isascii() else 1
