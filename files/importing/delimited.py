"""Delimited tables as spreadsheets save them: cells separated by tabs or commas."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Final

from ...core.importing.source_lines import GridCell, SourceLine, row_line

_ENOUGH: Final = 5
_MOST: Final = 200_000


def detect_delimiter(text: str, name: str) -> str:
    """Return the delimiter, a tab or a comma, or "" if the text is not a delimited table."""
    if name.lower().endswith(".csv"):
        return ","
    lines = [line for line in text[:100_000].split("\n") if line.strip()]
    tabbed = sum("\t" in line.strip() for line in lines)
    if name.lower().endswith(".tsv") or (tabbed >= _ENOUGH and 3 * tabbed > len(lines)):
        return "\t"
    return ""


def read_delimited(text: str, mark: str) -> list[SourceLine]:
    """Read the rows of the table. A row with at most one filled cell becomes a line of text. Cell size is limited by `csv`."""
    result: list[SourceLine] = []
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    try:
        for row in reader:
            filled = [cell for cell in row if cell.strip()]
            if len(filled) <= 1:
                parts = (filled[0] if filled else "").split("\n")
                result += [SourceLine(reader.line_num, part) for part in parts]
            else:
                result.append(row_line(reader.line_num, tuple(GridCell("".join(cell.split("\n"))) for cell in row)))
            if len(result) > _MOST:
                break
    except csv.Error:
        return [SourceLine(number, line) for number, line in enumerate(text.split("\n"), 1)]
    if result and not text.endswith(("\n", "\r")):
        result[-1] = replace(result[-1], cut=True)
    return result
