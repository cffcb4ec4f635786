"""`nianbao facts`: quantities stated in a report's prose, as text or JSON."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ...core.checks.boundary import attempt, rule_failed
from ...core.ids import PREFACE, parse_address
from ...core.prose import read_prose
from ...core.publishing.printable import clean_line
from ...service.reports import ReportFile, UnreadableError, read_bytes, read_report, read_stdin
from ...templates import LAST_YEAR, UnknownEditionError, edition_for_year, load_catalogue
from ..diagnostics import EXIT_CLEAN, EXIT_INTERNAL, STDIN, CannotError, Parser, integer_between, say, shown_path
from ..failures import trace
from ..input_paths import validate_paths
from ..output import json_text, write
from ..words import common_words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from decimal import Decimal

    from ...core.checks.finding import Finding
    from ...core.edition import Edition
    from ...core.prose import Fact, ProseReading, StatedPercentage, StatedSum

ABOUT = common_words.FACTS_ABOUT
SHOWN = 40
"""Maximum number of characters of a span in a line."""


def add_arguments(parser: Parser) -> None:
    """Add the arguments of `nianbao facts`."""
    parser.given.add_argument("file", metavar="FILE", help=common_words.FACTS_FILE)
    add = parser.choices.add_argument
    add("--year", type=integer_between(1, LAST_YEAR), default=0, help=common_words.FACTS_YEAR)
    add("--agency", default="", help=common_words.FACTS_AGENCY)
    add("--format", choices=("text", "json"), default="text", help=common_words.FACTS_FORMAT)


def run(args: argparse.Namespace) -> int:
    """Print the quantities, sums and percentages that the prose states."""
    validate_paths([args.file])
    data = _read(args.file)
    source = _report(data)
    texts = list(_sections(source)) if source is not None else [("", _decoded(data))]
    header = source.report.header if source is not None else None
    year = args.year or (header.year if header is not None else 0)
    agency = args.agency or (header.agency if header is not None else "")
    failures: list[Finding] = []

    def failed(error: Exception) -> None:
        trace(error)
        failures.append(rule_failed(error, "reading"))

    read = [
        (section, text, attempt(partial(read_prose, text, year=year or None, agency=agency or None), failed)) for section, text in texts
    ]
    readings = [(section, text, reading) for section, text, reading in read if reading is not None]
    if args.format == "json":
        write(json_text(document(readings)))
    else:
        edition = source.report.edition if source is not None else _edition(year)
        lines = [line for section, text, reading in readings for line in _lines(reading, edition, _first_line(source, section), text)]
        write("".join(clean_line(line) + "\n" for line in lines))
        if not lines and not failures:
            say(common_words.FACTS_NONE)
    for finding in failures:
        say(common_words.ERROR.format(message=f"{shown_path(args.file)}：{load_catalogue().message(finding)}"))
    return EXIT_INTERNAL if failures else EXIT_CLEAN


def document(readings: list[tuple[str, str, ProseReading]]) -> dict[str, object]:
    """Return the JSON document; `section` is present for a report file, where offsets are relative to the section's text."""
    return {
        "facts": [_placed(section, fact_data(fact)) for section, _, reading in readings for fact in reading.facts],
        "sums": [_placed(section, sum_data(found)) for section, _, reading in readings for found in reading.sums],
        "percentages": [_placed(section, percentage_data(found)) for section, _, reading in readings for found in reading.percentages],
    }


def fact_data(fact: Fact) -> dict[str, object]:
    """Return a fact as JSON data."""
    return {
        "quantity": fact.quantity,
        "value": number_data(fact.value),
        "approximate": fact.approximate,
        "zero": fact.zero,
        "span": fact.span,
        "start": fact.start,
        "end": fact.end,
    }


def sum_data(found: StatedSum) -> dict[str, object]:
    """Return a sum as JSON data."""
    return {
        "total": number_data(found.total),
        "parts": [number_data(part) for part in found.parts],
        "correct": found.correct,
        "exhaustive": found.exhaustive,
        "span": found.span,
        "start": found.start,
        "end": found.end,
    }


def percentage_data(found: StatedPercentage) -> dict[str, object]:
    """Return a percentage as JSON data."""
    return {
        "part": number_data(found.part),
        "whole": number_data(found.whole),
        "stated": number_data(found.stated),
        "correct": found.correct,
        "span": found.span,
        "start": found.start,
        "end": found.end,
    }


def number_data(value: int | Decimal) -> int | float:
    """Return a number as JSON: integers without a fraction."""
    return int(value) if value == int(value) else float(value)


def _placed(section: str, data: dict[str, object]) -> dict[str, object]:
    return {"section": section, **data} if section else data


def _read(path: str) -> bytes:
    try:
        return read_stdin() if path == STDIN else read_bytes(Path(path))
    except UnreadableError as error:
        raise CannotError(f"{path}：{load_catalogue().message(error.finding)}") from error


def _report(data: bytes) -> ReportFile | None:
    """Parse the file as a report; None if it has no `[report]` table and is to be read as plain text.

    Raises:
        CannotError: it has one, but is not a valid report.
    """
    if b"[report]" not in data:
        return None
    try:
        return read_report(data)
    except UnreadableError as error:
        raise CannotError(load_catalogue().message(error.finding)) from error


def _decoded(data: bytes) -> str:
    from ...service.published import plain_text  # noqa: PLC0415 - for plain text only

    return plain_text(data)


def _sections(source: ReportFile) -> Iterator[tuple[str, str]]:
    yield PREFACE, source.report.header.preface
    for section, text in zip(source.report.edition.sections, source.report.texts, strict=True):
        yield section.id, text


def _first_line(source: ReportFile | None, section: str) -> int:
    """Return the line of the file on which a section's text begins."""
    if source is None:
        return 1
    key = ("report", "preface") if section == PREFACE else (section, "text")
    place = source.positions.in_text(key, 0)
    return place[0] if place is not None else 1


def _edition(year: int) -> Edition | None:
    try:
        return edition_for_year(year)
    except UnknownEditionError:
        return None


def _lines(reading: ProseReading, edition: Edition | None, first: int, text: str) -> Iterator[str]:
    def line(start: int) -> int:
        return first + text.count("\n", 0, start)

    for fact in reading.facts:
        mark = common_words.FACT_ZERO if fact.zero else common_words.FACT_APPROXIMATE if fact.approximate else ""
        yield common_words.FACT_LINE.format(
            line=line(fact.start), name=quantity_name(fact.quantity, edition), value=fact.value, mark=mark, span=_short(fact.span)
        )
    for found in reading.sums:
        parts = "＋".join(str(part) for part in found.parts)
        relation = "＝" if found.correct else "≠"
        yield common_words.SUM_LINE.format(
            line=line(found.start), total=found.total, relation=relation, parts=parts, span=_short(found.span)
        )
    for share in reading.percentages:
        relation = "＝" if share.correct else "≠"
        yield common_words.PERCENTAGE_LINE.format(
            line=line(share.start), part=share.part, whole=share.whole, relation=relation, stated=share.stated, span=_short(share.span)
        )


def quantity_name(quantity: str, edition: Edition | None) -> str:
    """Return the name of a quantity in the form's wording."""
    try:
        address = parse_address(quantity)
    except ValueError:
        return common_words.QUANTITIES.get(quantity, quantity)
    if edition is not None and address in edition.index:
        return edition.info(address).name
    return common_words.QUANTITIES.get(f"{address.section}.{address.row}", quantity)


def _short(span: str) -> str:
    plain = " ".join(span.split())
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 1] + "…"
