"""Parse the bytes of a report file to a report. Collects all problems instead of stopping at the first."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from ...core.checks.finding import Finding, Severity, params
from ...core.did_you_mean import closest_name
from ...core.ids import RowId, SectionId
from ...core.report import BLANK, NA, Cell, Header, Report, Text, Waiver, in_key_order
from ...templates import UnknownEditionError, edition_for_year, edition_ids, load_edition
from ...templates.toml_text import loads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...core.edition import Edition, Row, Table
    from ...core.ids import Address

Document = dict[str, object]

FORMAT = 1
"""Newest format version of report files that can be read; the only one written."""
KINDS = ("government", "department")
_DIGITS = 64
"""Maximum length of cell input (`core.cell_notation`) in characters; longer decimals are kept as text."""
_HUGE = 10**600
"""Bound below which Python always converts integers to decimal, whatever its configured digit limit; larger ones are kept as text."""
_SHOWN = 40
"""Maximum length of a value in a message: half a terminal line."""


def problem(
    code: str, key: tuple[str, ...] = (), line: int = 0, column: int = 0, section: SectionId | None = None, **values: str | int
) -> Finding:
    """Create a finding about the file itself."""
    return Finding(code, Severity.ERROR, section, params=params(**values), key=key, line=line, column=column)


def decode(data: bytes) -> tuple[str, bool, Finding | None]:
    """Decode the bytes. Return text, whether there was a byte order mark, and the problem or None."""
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
    """Parse TOML. Return the document and the problem or None."""
    try:
        return loads(text, parse_float=decimal_of), None
    except (RecursionError, ValueError) as error:
        from .toml_errors import diagnosis  # noqa: PLC0415 - start-up; most files are valid

        found = diagnosis(text, error)
        return {}, problem("F03", variant=found.variant, line=found.line, column=found.column, character=found.character)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def decimal_of(written: str) -> Decimal | str:
    """Parse a TOML float to a Decimal; keep it as text if it is not finite or has too many digits for a cell."""
    try:
        value = Decimal(written)
    except InvalidOperation:
        return written
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS or len(written) > 2 * _DIGITS:
        return written
    return value


@dataclass(slots=True)
class ReportParse:
    """Conversion of a document to a report; appends to `problems`."""

    document: Document
    problems: list[Finding] = field(default_factory=list)
    sections: frozenset[str] = frozenset()
    """Section ids of the edition, once it is known."""

    def complain(self, code: str, key: tuple[str, ...], cells: tuple[Address, ...] = (), **values: str | int) -> None:
        """Record a problem at a key, and the cells that are not read because of it."""
        section = SectionId(key[0]) if key and key[0] in self.sections else None
        self.problems.append(Finding(code, section=section, cells=cells, key=key, params=params(**values)))

    def report(self) -> Report | None:
        """Return the report, or None if the last problem is fatal."""
        table = self.document.get("report")
        if not isinstance(table, dict) and not self.like_a_report():
            self.complain("F12", ())
            return None
        version = self.document.get("format", FORMAT)
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            self.complain("F05", ("format",), name="format", wanted="1", found=_shown(version))
            return None
        if version > FORMAT:
            self.complain("F04", ("format",), found=_shown(version), known=FORMAT)
            return None
        if not isinstance(table, dict):
            self.no_header(table)
            return None
        header = self.header(table)
        edition = self.edition(table, header.year)
        if edition is None:
            return None
        self.sections = frozenset(section.id for section in edition.sections)
        misspelt = self.misspelt(edition)
        texts = tuple(self.text(edition, section.id, misspelt) for section in edition.sections)
        cells: list[Cell] = []
        for statutory in edition.tables:
            cells += self.table(edition, statutory)
        return Report(edition, header, texts, tuple(cells))

    def like_a_report(self) -> bool:
        """Return whether a document without `[report]` is meant as a report.

        It has a section of some edition, or a `format` that is not a table (a table would be another program's).
        """
        known = {section.id for edition in edition_ids() for section in load_edition(edition).sections}
        return not known.isdisjoint(self.document) or not isinstance(self.document.get("format", {}), dict)

    def no_header(self, found: object) -> None:
        """Record why there is no `[report]`: not a table, misspelt, or missing."""
        if found is not None:
            self.complain("F05", ("report",), name="report", wanted="[report]", found=_shown(found))
            return
        name = next((name for name, value in self.document.items() if isinstance(value, dict) and closest_name(name, ["report"])), None)
        if name is not None:
            self.complain("F13", (name,), found=name, near="report")
        else:
            self.problems.append(problem("F11", line=1, column=1, name="report"))

    def header(self, table: Mapping[str, object]) -> Header:
        """Read the `[report]` table."""
        published = table.get("published")
        if published is not None and (not isinstance(published, date) or isinstance(published, datetime)):
            published = self.written_date(published)
        marks = table.get("carried", [])
        if not isinstance(marks, list) or not all(isinstance(mark, str) for mark in marks):
            self.complain("F05", ("report", "carried"), name="carried", variant="example", wanted='["…"]', found=_shown(marks))
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
        """Read the `[waivers]` table: key of a finding → reason why it is correct as it is."""
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
        """Read a string; anything else is reported and read as empty."""
        value = table.get(key, "")
        if isinstance(value, str):
            return value.replace("\r\n", "\n")
        self.complain("F05", (section, key), name=key, wanted='"…"', found=_shown(value))
        return ""

    def written_date(self, value: object) -> date | None:
        """Read a date in quotes, with a problem; None for anything else."""
        found = _day(value)
        words = {"variant": "", "wanted": str(found)} if found else {"variant": "example", "wanted": "2025-01-24"}
        self.complain("F05", ("report", "published"), (), name="published", found=_shown(value), **words)
        return found

    def year(self, table: Mapping[str, object]) -> int:
        """Read the year; one in quotes is accepted with a problem."""
        value = table.get("year")
        if value is None:
            return 0
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999:  # noqa: PLR2004 - years have four digits
            return value
        written = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) == 4  # noqa: PLR2004
        words = {"variant": "", "wanted": str(value)} if written else {"variant": "example", "wanted": "2024"}
        self.complain("F05", ("report", "year"), (), name="year", found=_shown(value), **words)
        return int(str(value)) if written else 0

    def edition(self, table: Mapping[str, object], year: int) -> Edition | None:
        """Return the edition named in the file, or else the year's; None with a problem if unknown."""
        name = table.get("edition")
        if name is None:
            try:
                return edition_for_year(year)
            except UnknownEditionError:
                self.complain("F09", ("report",), variant="none", known="、".join(edition_ids()))
                return None
        try:
            edition = load_edition(name if isinstance(name, str) else _shown(name))
        except UnknownEditionError:
            self.complain("F09", ("report", "edition"), found=_shown(name), known="、".join(edition_ids()))
            return None
        if not isinstance(name, str):
            self.complain("F05", ("report", "edition"), name="edition", wanted=f'"{edition.id}"', found=_shown(name))
        return edition

    def misspelt(self, edition: Edition) -> dict[str, str]:
        """Return missing table → present table with a similar name."""
        known = [section.id for section in edition.sections] + ["report", "waivers"]
        absent = [name for name in known if name not in self.document]
        found: dict[str, str] = {}
        for name, value in self.document.items():
            guess = closest_name(name, absent) if isinstance(value, dict) and name not in known else None
            if guess is not None:
                found.setdefault(guess, name)
        if "waivers" in found:
            self.complain("F13", (found["waivers"],), found=found["waivers"], near="waivers")
        return found

    def text(self, edition: Edition, section: SectionId, misspelt: Mapping[str, str]) -> str:
        """Read the prose of a section."""
        value = self.document.get(section)
        if isinstance(value, dict):
            return self.words(value, "text", section)
        cells = tuple(address for address in edition.addresses if address.section == section)
        if value is not None:
            listed = isinstance(value, list) and any(isinstance(item, dict) for item in value)
            found = f"[[{section}]]" if listed else _shown(value)
            self.complain("F05", (section,), cells, name=section, wanted=f"[{section}]", found=found)
        elif section in misspelt:
            name = misspelt[section]
            words = params(found=name, near=section)
            self.problems.append(Finding("F13", section=section, cells=cells, key=(name,), params=words))
        else:
            self.problems.append(Finding("F11", section=section, cells=cells, params=params(name=section)))
        return ""

    def table(self, edition: Edition, statutory: Table) -> list[Cell]:
        """Read the cells of a statutory table."""
        rows = self.document.get(statutory.section)
        present = isinstance(rows, dict)
        rows = rows if isinstance(rows, dict) else {}
        misspelt = self.unknown_rows(edition, statutory, rows)
        cells: list[Cell] = []
        for block, row in statutory.rows():
            if row.id in rows:
                cells += self.row(edition, statutory, row, len(block.columns), rows[row.id])
                continue
            cells += [BLANK] * len(block.columns)
            if present and row.id not in misspelt:
                key, own = (statutory.section, row.id), addresses(edition, statutory.section, row.id)
                self.complain("C14", key, own, row=row.id, name=f"{statutory.name}“{row.name}”")
        return cells

    def row(self, edition: Edition, statutory: Table, row: Row, width: int, value: object) -> list[Cell]:
        """Read the cells of a row, truncated or padded with blanks to its width."""
        if isinstance(value, list) and len(value) == width:
            return [_cell(item) for item in value]
        key = (statutory.section, row.id)
        label = f"{statutory.name}“{row.name}”"
        own = addresses(edition, *key)
        if not isinstance(value, list):
            self.complain("F05", key, own, variant="row", label=label, name=row.id, wanted=width, found=_shown(value))
            return [BLANK] * width
        code = "F06" if len(value) < width else "F07"
        self.complain(code, (*key, str(min(len(value), width))), own, row=row.id, name=label, wanted=width, found=len(value))
        cells = [_cell(item) for item in value[:width]]
        return cells + [BLANK] * (width - len(cells))

    def unknown_rows(self, edition: Edition, statutory: Table, rows: Mapping[str, object]) -> set[str]:
        """Report arrays under unknown row names, which are most likely misspelt: their figures would otherwise be lost unnoticed.

        Returns:
            The rows that are missing because their names are misspelt.
        """
        known = [row.id for _, row in statutory.rows()]
        meant: set[str] = set()
        for name, value in rows.items():
            if name not in known and isinstance(value, list) and not any(isinstance(item, dict) for item in value):
                guess = closest_name(name, [row for row in known if row not in rows]) or closest_name(name, known)
                missing = guess is not None and guess not in rows
                own = addresses(edition, statutory.section, RowId(guess)) if guess is not None and missing else ()
                variant = "near" if guess else "far"
                self.complain("F08", (statutory.section, name), own, variant=variant, row=name, near=guess or "", edition=edition.id)
                meant |= {guess} if guess is not None and missing else set()
        return meant


def addresses(edition: Edition, section: SectionId, row: RowId) -> tuple[Address, ...]:
    """Return the addresses of a row's cells."""
    return tuple(edition.addresses[position] for position in edition.row_cells[section, row])


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return Text("true" if value else "false")
    if isinstance(value, int):
        return value if abs(value) < _HUGE else Text(_digits(value))
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str):
        plain = value.strip()
        if not plain:
            return BLANK
        return NA if plain in ("/", "-", "—", "无") else Text(value)
    return Text(_shown(value))


def _shown(value: object) -> str:
    """Format a value for a message: short, and without Python notation."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    written = f'"{value}"' if isinstance(value, str) else _digits(value) if isinstance(value, int) else str(value)
    return written if len(written) <= _SHOWN else written[: _SHOWN - 1] + "…"


def _digits(value: int) -> str:
    """Format an integer in decimal; in hexadecimal if it is too long to convert."""
    try:
        return str(value)
    except ValueError:
        return hex(value)
