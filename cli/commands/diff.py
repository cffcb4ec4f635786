"""`nianbao diff`: differences between two reports, with the form's labels."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ...core.cell_notation import format_cell
from ...core.publishing.printable import clean_line
from ...core.report_diff import CellDifference, FieldDifference, ParagraphDifference, ReportDiff, diff_reports
from ...service.words.report_words import KINDS
from ..diagnostics import EXIT_CLEAN, EXIT_FINDINGS, Parser, say
from ..input_paths import read_source, validate_paths
from ..output import json_text, write
from ..words import diff_words
from .facts import number_data

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from ...core.report import Cell, Report

ABOUT = diff_words.DIFF_ABOUT


def add_arguments(parser: Parser) -> None:
    """Add the arguments of `nianbao diff`."""
    parser.given.add_argument("before", metavar="BEFORE", help=diff_words.BEFORE)
    parser.given.add_argument("after", metavar="AFTER", help=diff_words.AFTER)
    add = parser.choices.add_argument
    add("--only", choices=("tables", "prose"), default="", help=diff_words.ONLY)
    add("--format", choices=("text", "json"), default="text", help=diff_words.FORMAT)


def run(args: argparse.Namespace) -> int:
    """Print the differences; exit code 1 if there are any, as for diff(1)."""
    validate_paths([args.before, args.after])
    before, after = (read_source(path).report for path in (args.before, args.after))
    found = _wanted(diff_reports(before, after), args.only)
    if args.format == "json":
        write(json_text(document(found)))
    else:
        write("".join(f"{line}\n" for line in text_lines(found, after)))
    if before.edition != after.edition:
        say(diff_words.OTHER_EDITION.format(before=before.edition.id, after=after.edition.id))
    if not any(found):
        say(diff_words.SAME)
        return EXIT_CLEAN
    say(diff_words.DIFFERENT.format(fields=len(found.fields), cells=len(found.cells), paragraphs=len(found.paragraphs)))
    return EXIT_FINDINGS


def _wanted(found: ReportDiff, only: str) -> ReportDiff:
    if only == "tables":
        return ReportDiff((), found.cells, ())
    return ReportDiff((), (), found.paragraphs) if only == "prose" else found


def text_lines(found: ReportDiff, after: Report) -> Iterator[str]:
    """Yield the differences as text under the form's headings, in the order of the new edition; sections of an older edition follow."""
    if found.fields:
        yield diff_words.HEADER
        yield from (f"  {_field(one)}" for one in found.fields)
    sections = dict.fromkeys([one.section for one in found.paragraphs if not one.title])
    sections |= dict.fromkeys(section.id for section in after.edition.sections)
    sections |= dict.fromkeys([*(one.address.section for one in found.cells), *(one.section for one in found.paragraphs)])
    for section in sections:
        cells = [one for one in found.cells if one.address.section == section]
        paragraphs = [one for one in found.paragraphs if one.section == section]
        if cells or paragraphs:
            known = section in after.edition.section_index
            title = after.edition.section(section).title if known else next((one.title for one in paragraphs), "")
            yield clean_line(title or diff_words.PREFACE)
            yield from (f"  {_cell(one)}" for one in cells)
            yield from (f"  {line}" for one in paragraphs for line in _paragraphs(one))


def _field(one: FieldDifference) -> str:
    before, after = (KINDS.get(value) or clean_line(value) or diff_words.EMPTY for value in (one.before, one.after))
    return diff_words.CHANGED.format(name=diff_words.FIELDS[one.name], before=before, after=after)


def _cell(one: CellDifference) -> str:
    values = {"name": one.name, "before": _shown(one.before), "after": _shown(one.after)}
    if isinstance(one.before, int | Decimal) and isinstance(one.after, int | Decimal):
        return diff_words.CHANGED_BY.format(**values, change=format(Decimal(one.after - one.before), "+f"))
    return diff_words.CHANGED.format(**values)


def _shown(value: Cell | None) -> str:
    return diff_words.NO_CELL if value is None else clean_line(format_cell(value)) or diff_words.EMPTY


def _paragraphs(one: ParagraphDifference) -> Iterator[str]:
    """Yield the removed and added paragraphs, paired if there are equally many."""
    if len(one.before) == len(one.after) > 1:
        for pair in zip(one.before, one.after, strict=True):
            yield from _paragraphs(one._replace(before=pair[:1], after=pair[1:]))
        return
    yield from (f"- {clean_line(paragraph)}" for paragraph in one.before)
    yield from (f"+ {clean_line(paragraph)}" for paragraph in one.after)


def document(found: ReportDiff) -> dict[str, object]:
    """Return the differences as JSON data; a value is null if the report's edition has no such cell, "" if the cell is blank."""
    return {
        "fields": [one._asdict() for one in found.fields],
        "cells": [
            {"cell": str(one.address), "name": one.name, "before": _value(one.before), "after": _value(one.after)} for one in found.cells
        ],
        "paragraphs": [{"section": one.section, "before": list(one.before), "after": list(one.after)} for one in found.paragraphs],
    }


def _value(value: Cell | None) -> object:
    if value is None:
        return None
    return number_data(value) if isinstance(value, int | Decimal) else format_cell(value)
