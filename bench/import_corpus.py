"""Accuracy of the importer on the published reports of ../shared: a table by file and layout, and every wrong cell.

Usage: python bench/import_corpus.py [--shared FOLDER] [--held-out | --developed]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.core.cell_notation import format_cell
from nianbao.core.ids import parse_address
from nianbao.core.report import BLANK
from nianbao.files.importing.source import read_source
from nianbao.templates import load_edition

if TYPE_CHECKING:
    from nianbao.core.importing.notes import Imported

EDITIONS = tuple(load_edition(name) for name in ("2008", "2019", "2021"))


@dataclass
class Score:
    """Result for the labelled cells of one document."""

    name: str
    layout: str
    labelled: int = 0
    read: int = 0
    wrong: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    milliseconds: float = 0.0


def held_out(name: str) -> bool:
    """Return whether a file is in the test set, every third of the corpus, which was not used during development."""
    return name[:3].isdigit() and int(name[:3]) // 2 % 3 == 2


def main() -> int:
    """Print the table; return 1 if any cell is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[1] / ".." / "shared")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--developed", action="store_true")
    arguments = parser.parse_args()
    scores = []
    layouts = _layouts(arguments.shared)
    for path in sorted((arguments.shared / "corpus" / "labels").glob("*.json")):
        if (arguments.held_out and not held_out(path.name)) or (arguments.developed and held_out(path.name)):
            continue
        scores.append(_score(path, arguments.shared, layouts))
    _print(scores)
    return 1 if any(score.wrong for score in scores) else 0


def _layouts(shared: Path) -> dict[str, str]:
    rows = (shared / "corpus" / "index.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {cells[0]: cells[4] for cells in (row.split("\t") for row in rows)}


def _score(path: Path, shared: Path, layouts: dict[str, str]) -> Score:
    label = json.loads(path.read_text(encoding="utf-8"))
    source = shared / ("seeds" if path.name.startswith("S") else "corpus") / label["file"]
    data = source.read_bytes()
    start = time.perf_counter()
    result = read_source(source.name, data, EDITIONS, year=label["year"] if "-" in path.stem else 0)
    score = Score(path.stem, layouts.get(label["file"], "seed"))
    score.milliseconds = 1000 * (time.perf_counter() - start)
    report = result.report
    named = set(result.unrecoverable)
    for address, expected in label["cells"].items():
        score.labelled += 1
        parsed = parse_address(address)
        if parsed not in report.edition.index:
            score.unread.append(address)
            continue
        is_named = bool({address, address.rpartition(".")[0], address.partition(".")[0]} & named)
        cell = report.cell(parsed)
        if is_named:
            score.unread.append(address)
            if cell is not BLANK:
                score.wrong.append(f"{address} named and filled")
        elif _same(format_cell(cell), expected):
            score.read += 1
        else:
            score.wrong.append(f"{address}: {format_cell(cell)!r} for {expected!r}")
    for address in label["unrecoverable"]:
        if not {address, address.partition(".")[0]} & named:
            score.unnamed.append(address)
    _compare_header(label, result, score)
    return score


def _compare_header(label: dict[str, Any], result: Imported, score: Score) -> None:
    report = result.report
    if label["edition"] and label["edition"] != report.edition.id:
        score.other.append(f"edition {report.edition.id} for {label['edition']}")
    if label["year"] and label["year"] != report.header.year:
        score.other.append(f"year {report.header.year} for {label['year']}")
    if (label["agency"] or "") != report.header.agency:
        score.other.append(f"agency {report.header.agency!r} for {label['agency']!r}")
    for section, present in label["sections"].items():
        position = next((index for index, own in enumerate(report.edition.sections) if own.id == section), None)
        if (
            report.edition.tables
            and position is not None
            and report.edition.sections[position].table is None
            and present != bool(report.texts[position])
        ):
            score.other.append(f"section {section} {'missing' if present else 'extra'}")


def _same(written: str, expected: object) -> bool:
    if isinstance(expected, str):
        return written == expected
    try:
        return Decimal(written) == Decimal(str(expected))
    except ArithmeticError:
        return False


def _print(scores: list[Score]) -> None:
    print("file\tlabelled\tread\twrong\tunread\tunnamed\tms\tlayout")
    for score in scores:
        counts = (score.labelled, score.read, len(score.wrong), len(score.unread), len(score.unnamed), f"{score.milliseconds:.0f}")
        print(score.name, *counts, score.layout, sep="\t")
        for line in [*score.wrong[:6], *score.unnamed, *score.other]:
            print("   ", line)
        if score.unread:
            print("    unread:", " ".join(score.unread[:8]))
    labelled, read = sum(score.labelled for score in scores), sum(score.read for score in scores)
    wrong, unnamed = sum(len(score.wrong) for score in scores), sum(len(score.unnamed) for score in scores)
    print(
        f"{len(scores)} files, {labelled} cells labelled, {read} read ({100 * read / max(labelled, 1):.2f} %), {wrong} wrong, {unnamed} unnamed"
    )


if __name__ == "__main__":
    sys.exit(main())
