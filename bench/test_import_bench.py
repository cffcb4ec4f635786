"""Benchmark of the importer without start-up: a page of 30 kB in each layout."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nianbao.files.importing.source import read_source
from nianbao.templates import edition_ids, load_edition

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from import_renderers import LAYOUTS
from strategies_import import published_report

EDITIONS = tuple(map(load_edition, edition_ids()))


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_a_page_of_thirty_kilobytes(benchmark: BenchmarkFixture, layout: str) -> None:
    chance = random.Random(7)  # noqa: S311 - variety, not secrecy
    text = LAYOUTS[layout](published_report(chance), chance)
    prose = "本年度依法做好政府信息公开工作，共公开信息12条，受理申请3件，均按期办结。" * 12
    if layout != "data_objects":
        text = text.replace(
            "一、总体情况", "一、总体情况\n" + "\n".join([prose] * (max(0, 30_000 - len(text.encode())) // len(prose.encode()) + 1))
        )
    data = text.encode()
    result = benchmark(read_source, "page.txt", data, EDITIONS)
    assert result.report.cells
