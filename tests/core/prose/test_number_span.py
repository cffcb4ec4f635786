"""Finding the stated number in a sentence, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.prose.number_span import find_number


@pytest.mark.parametrize(
    ("text", "stated", "written"),
    [
        ("全年收到申请16件", "16", "16"),
        ("全年收到申请１６件", "16", "１６"),
        ("公开信息1,234条", "1234", "1,234"),
        ("公开信息１，２３４条", "1234", "１，２３４"),
        ("收到申请十二件", "12", "十二"),
        ("收到申请一百零五件", "105", "一百零五"),
        ("收取信息处理费2.5万元", "25000", "2.5万"),
        ("收取信息处理费2.5万元", "2.5", "2.5"),
        ("占比33.30%", "33.3", "33.30"),
        ("2024年收到申请2024件", "2024", "2024"),
        ("收到1234条，其中234条", "234", "234"),
    ],
)
def test_a_number_is_found_as_it_is_written(text: str, stated: str, written: str) -> None:
    place = find_number(text, stated)
    assert place is not None
    assert text[slice(*place)] == written


def test_before_a_classifier_it_is_the_number_that_counts() -> None:
    assert find_number("2024年收到申请2024件", "2024") == (9, 13)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("全年未收到申请", "0"),
        ("收到申请1234件", "234"),
        ("收到申请5件，办结5件", "5"),
        ("收到申请12件", "13"),
        ("收到申请12件", "若干"),
        ("", "1"),
    ],
)
def test_what_is_not_there_or_might_be_either_is_not_guessed(text: str, stated: str) -> None:
    assert find_number(text, stated) is None


@given(st.integers(0, 10**7), st.text("收到申请，。共计", max_size=8), st.text("，。共计申请", max_size=8))
def test_any_number_written_with_separators_is_found(value: int, before: str, after: str) -> None:
    written = f"{value:,}"
    text = f"{before}为{written}件{after}"
    assert find_number(text, str(value)) == (len(before) + 1, len(before) + 1 + len(written))
