"""Import of the published reports beside the repository: every labelled cell, and the five seeds from source to exported text."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from pathlib import Path

import pytest
from example_counts import examples
from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.cell_notation import format_cell
from nianbao.core.ids import parse_address
from nianbao.core.importing.notes import Imported
from nianbao.core.publishing.official_text import export_text
from nianbao.files.importing.source import read_source
from nianbao.files.report.report_file import read_report
from nianbao.files.report.serialize import report_bytes
from repository import SHARED, needs_shared
from strategies import EDITIONS

LABELS = sorted((SHARED / "corpus" / "labels").glob("*.json"))

pytestmark = needs_shared


def imported(path: Path, year: int = 0) -> Imported:
    return read_source(path.name, path.read_bytes(), EDITIONS, year=year)


def source_of(label: dict[str, object]) -> Path:
    found = [folder / str(label["file"]) for folder in (SHARED / "corpus", SHARED / "seeds")]
    return next(path for path in found if path.is_file())


def number_or_text(written: str) -> object:
    try:
        return float(written)
    except ValueError:
        return written


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_every_labelled_cell_is_read_and_every_loss_named(path: Path) -> None:
    label = json.loads(path.read_text(encoding="utf-8"))
    result = imported(source_of(label), label["year"] if "-" in path.stem else 0)
    named = set(result.unrecoverable)
    wrong = {}
    for address, expected in label["cells"].items():
        own = format_cell(result.report.cell(parse_address(address)))
        if number_or_text(own) != (expected if isinstance(expected, str) else float(expected)):
            wrong[address] = (own, expected)
        assert not named & {address, address.rpartition(".")[0], address.partition(".")[0]}
    assert wrong == {}
    for address in label["unrecoverable"]:
        assert named & {address, address.partition(".")[0]}
    if label["edition"]:
        assert result.report.edition.id == label["edition"]
    if label["year"]:
        assert result.report.header.year == label["year"]


SEEDS = sorted((SHARED / "seeds").glob("*.txt"))


@pytest.mark.parametrize(
    ("seed", "edition", "lost"),
    [
        ("000", "2021", ("disclosure", "requests", "review")),
        ("001", "2008", ()),
        ("002", "2019", ("disclosure", "requests", "review")),
        ("003", "2019", ()),
        ("004", "2021", ()),
    ],
)
def test_the_seeds_come_in_open_and_print(seed: str, edition: str, lost: tuple[str, ...]) -> None:
    path = next(path for path in SEEDS if path.name.startswith(seed))
    result = imported(path)
    assert result.report.edition.id == edition
    assert result.unrecoverable == lost
    again = read_report(report_bytes(result.report))
    assert again.problems == ()
    assert again.report == result.report
    assert export_text(again.report).text


@pytest.mark.parametrize("seed", ["000", "002", "003", "004"])
def test_no_sentence_of_a_seed_is_lost(seed: str) -> None:
    path = next(path for path in SEEDS if path.name.startswith(seed))
    result = imported(path)
    kept = "".join((result.report.header.preface, *result.report.texts))
    squeezed = "".join(kept.split())
    for line in path.read_text(encoding="utf-8").splitlines():
        if len(line) > 60 and "|" not in line:
            assert "".join(line.split()) in squeezed


@examples(40)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_edits_of_real_pages_never_raise_and_never_make_up_a_number(seed: int, edits: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - variety, not secrecy
    text = chance.choice([*SEEDS, *sorted((SHARED / "corpus").glob("*.txt"))]).read_text(encoding="utf-8")
    for _ in range(edits):
        start = chance.randrange(len(text))
        text = text[:start] + chance.choice(["", "\n", "|", " ", "总计", text[:30], "<td>"]) + text[start + chance.randrange(6) :]
    result = read_source("年报.txt", text.encode(), EDITIONS)
    plain = re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
    for cell in result.report.cells:
        if isinstance(cell, int):
            assert str(abs(cell)) in plain
