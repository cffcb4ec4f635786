"""From the bytes of a report file to a report, collecting what is wrong on the way instead of stopping at the first."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from ..core.checks.finding import Finding, Severity, params
from ..core.nearest import nearest
from ..core.pattern import lazy_pattern
from ..core.report import BLANK, NA, Cell, Header, Report, RowId, Text, Waiver, in_key_order
from ..templates import UnknownEditionError, edition_for_year, edition_ids, load_edition
from ..templates.toml_text import TOMLDecodeError, loads
from .report_text import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..core.edition import Edition, Table
    from ..core.report import SectionId

Document = dict[str, object]

KINDS = ("government", "department")
_WIDE = lazy_pattern("[，。：；“”‘’（）【】＝［］０-９　]")
_AT = lazy_pattern(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_HUGE = 10**15
"""No count of anything in a report comes near; larger numbers are kept as text so that nothing has to print or add them."""
_SCALE = 20


def problem(
    code: str, key: tuple[str, ...] = (), line: int = 0, column: int = 0, section: SectionId | None = None, **values: str | int
) -> Finding:
    """Something wrong in the file itself."""
    return Finding(code, Severity.ERROR, section, params=params(**values), key=key, line=line, column=column)


def decode(data: bytes) -> tuple[str, bool, Finding | None]:
    """Bytes to text: (text, had a byte order mark, complaint)."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "", False, problem("F02", variant="utf16", line=1, column=1)
    bom = data.startswith(codecs.BOM_UTF8)
    body = data[len(codecs.BOM_UTF8) :] if bom else data
    if not body.strip():
        return "", bom, problem("F01", variant="empty", line=1, column=1)
    try:
        return body.decode("utf-8"), bom, None
    except UnicodeDecodeError as error:
        good = body[: error.start].decode("utf-8")
        line, column = good.count("\n") + 1, len(good) - (good.rfind("\n") + 1) + 1
        try:
            body.decode("gb18030")
        except UnicodeDecodeError:
            return "", bom, problem("F02", variant="broken", line=line, column=column)
        return "", bom, problem("F02", variant="gbk", line=line, column=column)


def parse(text: str) -> tuple[Document, Finding | None]:
    """Text to a TOML document: (document, complaint)."""
    try:
        return loads(text, parse_float=_decimal), None
    except TOMLDecodeError as error:
        return {}, _syntax(text, str(error))
    except RecursionError:
        return {}, problem("F03", variant="deep", line=1, column=1)
    except ValueError:
        return {}, problem("F03", variant="number", line=1, column=1)


def _decimal(written: str) -> Decimal | str:
    try:
        value = Decimal(written)
    except InvalidOperation:
        return written
    if not value.is_finite() or abs(value.adjusted()) > _SCALE or len(written) > 2 * _SCALE:
        return written
    return value


def _syntax(text: str, message: str) -> Finding:
    found = _AT.search(message)
    reason = message[: found.start()] if found is not None else message
    lines = text.split("\n")
    line, column = (int(found[1]), int(found[2])) if found is not None and found[1] else (len(lines), len(lines[-1]) + 1)
    if reason.startswith("Unterminated string") or "end of document" in message:
        opened = _unclosed(text)
        if opened:
            return problem("F03", variant="unclosed", line=opened, column=1)
    content = lines[line - 1] if line <= len(lines) else ""
    wide = _WIDE.search(re.sub(r"\"[^\"]*\"|#.*", lambda quoted: " " * len(quoted.group()), content))
    if wide is not None:
        return problem("F03", variant="wide", line=line, column=wide.start() + 1, character=wide.group())
    known = next((name for start, name in _REASONS if reason.startswith(start)), "other")
    return problem("F03", variant=known, line=line, column=column, reason=reason)


_REASONS = (
    ("Cannot overwrite a value", "twice"),
    ("Cannot declare", "twice"),
    ("Cannot mutate", "twice"),
    ("Cannot redefine", "twice"),
    ("Duplicate", "twice"),
    ("Expected '=' after a key", "equals"),
    ("Expected newline or end of document", "rest"),
    ("Unclosed array", "array"),
    ("Invalid value", "value"),
    ("Unterminated string", "quote"),
    ("Illegal character '\\n'", "quote"),
    ("Illegal character '\\r'", "quote"),
    ("Illegal character", "control"),
    ("Unescaped", "backslash"),
    ("Invalid hex value", "backslash"),
    ("Escaped character", "backslash"),
    ("Invalid statement", "statement"),
    ("Expected ']", "header"),
    ("Invalid initial character", "key"),
    ("Unclosed inline table", "braces"),
    ("Invalid date", "date"),
)


def _unclosed(text: str) -> int:
    """The line where the last text in triple quotes opens that is never closed; 0 where all are."""
    for quote in ('"""', "'''"):
        if text.count(quote) % 2:
            return text.count("\n", 0, text.rfind(quote)) + 1
    return 0


@dataclass(slots=True)
class Reading:
    """A document on its way to a report; `problems` grows."""

    document: Document
    problems: list[Finding] = field(default_factory=list)

    def complain(self, code: str, key: tuple[str, ...], **values: str | int) -> None:
        """Note something wrong at a key."""
        self.problems.append(Finding(code, key=key, params=params(**values)))

    def report(self) -> Report | None:
        """The report, or None where the last problem stops everything."""
        version = self.document.get("format", FORMAT)
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            self.complain("F05", ("format",), name="format", wanted="1", found=_shown(version))
            return None
        if version > FORMAT:
            self.complain("F04", ("format",), found=version, known=FORMAT)
            return None
        table = self.document.get("report")
        if not isinstance(table, dict):
            if not any(isinstance(value, dict) for value in self.document.values()):
                self.complain("F12", ())
                return None
            self.complain("F11", (), name="report")
            table = {}
        header = self.header(table)
        edition = self.edition(table, header.year)
        if edition is None:
            return None
        texts = tuple(self.text(section.id) for section in edition.sections)
        cells: list[Cell] = []
        for statutory in edition.tables:
            cells += self.table(edition, statutory)
        self.unknown_tables(edition)
        return Report(edition, header, texts, tuple(cells))

    def header(self, table: Mapping[str, object]) -> Header:
        """The `[report]` table."""
        published = table.get("published")
        if published is not None and (not isinstance(published, date) or isinstance(published, datetime)):
            self.complain("F05", ("report", "published"), name="published", wanted="2025-01-24", found=_shown(published))
            published = None
        marks = table.get("carried", [])
        if not isinstance(marks, list) or not all(isinstance(mark, str) for mark in marks):
            self.complain("F05", ("report", "carried"), name="carried", wanted='["…"]', found=_shown(marks))
            marks = []
        kind = self.words(table, "kind")
        if kind and kind not in KINDS:
            self.complain("F10", ("report", "kind"), found=kind)
        return Header(
            agency=self.words(table, "agency"),
            kind=kind,
            year=self.year(table),
            title=self.words(table, "title"),
            published=published if isinstance(published, date) else None,
            preface=self.words(table, "preface"),
            carried=tuple(str(mark) for mark in marks),
            waivers=in_key_order(self.waivers()),
        )

    def waivers(self) -> Iterator[Waiver]:
        """The `[waivers]` table: the key of a finding, and why it is right as it stands."""
        table = self.document.get("waivers", {})
        if not isinstance(table, dict):
            self.complain("F05", ("waivers",), name="waivers", wanted="[waivers]", found=_shown(table))
            return
        for key, reason in table.items():
            if isinstance(reason, str):
                yield Waiver(key, reason)
            else:
                self.complain("F05", ("waivers", key), name=key, wanted='"…"', found=_shown(reason))

    def words(self, table: Mapping[str, object], key: str, section: str = "report") -> str:
        """A string; anything else is complained of and read as empty."""
        value = table.get(key, "")
        if isinstance(value, str):
            return value.replace("\r\n", "\n")
        self.complain("F05", (section, key), name=key, wanted='"…"', found=_shown(value))
        return ""

    def year(self, table: Mapping[str, object]) -> int:
        """The year; one in quotes is understood and complained of."""
        value = table.get("year", 0)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999:  # noqa: PLR2004 - years have four digits
            return value
        self.complain("F05", ("report", "year"), name="year", wanted="2024", found=_shown(value))
        return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) == 4 else 0  # noqa: PLR2004

    def edition(self, table: Mapping[str, object], year: int) -> Edition | None:
        """The edition that the file names, or else the year's."""
        name = table.get("edition")
        if name is None:
            try:
                return edition_for_year(year)
            except UnknownEditionError:
                self.complain("F09", ("report",), variant="none", known="、".join(edition_ids()))
                return None
        try:
            return load_edition(name if isinstance(name, str) else str(name))
        except UnknownEditionError:
            self.complain("F09", ("report", "edition"), found=_shown(name), known="、".join(edition_ids()))
            return None

    def section(self, section: SectionId) -> Mapping[str, object] | None:
        """A section's table; None where the file has none."""
        value = self.document.get(section)
        if value is None:
            return None
        if isinstance(value, dict):
            return value
        self.complain("F05", (section,), name=section, wanted=f"[{section}]", found=_shown(value))
        return {}

    def text(self, section: SectionId) -> str:
        """A section's prose."""
        table = self.section(section)
        if table is None:
            self.problems.append(problem("F11", section=section, name=section))
            return ""
        return self.words(table, "text", section)

    def table(self, edition: Edition, statutory: Table) -> list[Cell]:
        """The cells of one statutory table."""
        data = self.document.get(statutory.section)
        rows = data if isinstance(data, dict) else {}
        cells: list[Cell] = []
        missing: list[tuple[RowId, str]] = []
        for block, row in statutory.rows():
            if row.id in rows:
                cells += self.row(statutory, row.id, row.name, len(block.columns), rows[row.id])
            else:
                missing.append((row.id, row.name))
                cells += [BLANK] * len(block.columns)
        if data is not None:
            for row_id, name in missing:
                self.problems.append(
                    problem("C14", (statutory.section,), section=statutory.section, row=row_id, name=f"{statutory.name}“{name}”")
                )
        self.unknown_rows(edition, statutory, rows)
        return cells

    def row(self, statutory: Table, row: RowId, name: str, width: int, value: object) -> list[Cell]:
        """The cells of one row, cut or filled with blanks to the row's width."""
        key = (statutory.section, row)
        label = f"{statutory.name}“{name}”"
        if not isinstance(value, list):
            self.complain("F05", key, name=f"{row}（{label}）", wanted=f"[…]（{width} 个数）", found=_shown(value))
            return [BLANK] * width
        if len(value) != width:
            code = "F06" if len(value) < width else "F07"
            self.complain(code, (*key, str(min(len(value), width))), row=row, name=label, wanted=width, found=len(value))
        cells = [_cell(item) for item in value[:width]]
        return cells + [BLANK] * (width - len(cells))

    def unknown_rows(self, edition: Edition, statutory: Table, rows: Mapping[str, object]) -> None:
        """Arrays under names that are no row: most likely a misspelt row, whose figures would be lost unseen."""
        known = [row.id for _, row in statutory.rows()]
        for name, value in rows.items():
            if name not in known and isinstance(value, list) and not any(isinstance(item, dict) for item in value):
                guess = nearest(name, known)
                variant = "near" if guess else "far"
                self.complain("F08", (statutory.section, name), variant=variant, row=name, near=guess or "", edition=edition.id)

    def unknown_tables(self, edition: Edition) -> None:
        """Tables whose name is nearly that of a section."""
        known = [section.id for section in edition.sections] + ["report", "waivers"]
        absent = [name for name in known if name not in self.document]
        for name, value in self.document.items():
            guess = nearest(name, absent) if isinstance(value, dict) and name not in known else None
            if guess is not None:
                self.complain("F13", (name,), found=name, near=guess)


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return Text("true" if value else "false")
    if isinstance(value, int):
        return value if abs(value) < _HUGE else Text(_shown(value))
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str):
        plain = value.strip()
        if not plain:
            return BLANK
        return NA if plain in ("/", "-", "—", "无") else Text(value)
    return Text(_shown(value))


def _shown(value: object) -> str:
    """A value as a message shows it: short, and never the words of Python."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) >= _HUGE:
        return f"{value >> max(0, value.bit_length() - 40)}…"
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    written = f'"{value}"' if isinstance(value, str) else str(value)
    return written if len(written) <= 40 else written[:39] + "…"  # noqa: PLR2004 - half a terminal line
