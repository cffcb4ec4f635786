"""Checks of single cells: how their contents are quoted in a finding."""

from __future__ import annotations

import pytest
from nianbao.core.ids import parse_address
from nianbao.core.report import Text
from rule_check import by_code, example


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        pytest.param("约" * 20, "约" * 20, id="20 characters are quoted whole"),
        pytest.param("约" * 21, "约" * 19 + "…", id="of 21 the first 19"),
    ],
)
def test_long_words_in_a_cell_are_quoted_by_their_beginning(written: str, quoted: str) -> None:
    report = example("city-2024").with_cell(parse_address("requests.granted.natural_person"), Text(written))
    (finding,) = by_code(report)["C05"]
    assert finding.param("value") == quoted
