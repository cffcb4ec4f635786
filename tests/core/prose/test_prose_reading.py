"""Components of the prose reader: spelling, numerals, agencies and years, percentages, continuations without a number."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from nianbao.core.chinese.counts import read_numeral
from nianbao.core.chinese.fold import fold
from nianbao.core.prose import read_prose
from nianbao.core.prose.bodies import body_of, foreign_subject
from nianbao.core.prose.percentages import is_share
from repository import SHARED, needs_shared

LABELS = SHARED / "narrative" / "facts.dev.jsonl"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("受理 政府信息 公开申请１６件。", "受理政府信息公开申请16件。"),
        ("⼆⼗⽇，⾏政复议", "二十日,行政复议"),
        ("政府資訊公開申請", "政府信息公开申请"),
        ("報(bào)告公(gong)開", "报告公开"),
        ("属于“予以公开”的", "属于予以公开的"),
        ("2024 12件", "2024 12件"),
    ],
)
def test_folding_gives_one_spelling(written: str, folded: str) -> None:
    assert fold(written).text == folded


@pytest.mark.parametrize(
    ("text", "value", "unit", "approximate"),
    [
        ("1,234件", 1234, "件", False),
        ("3.2万份", 32000, "份", False),
        ("1.26亿元", 126_000_000, "元", False),
        ("近300件", 300, "件", True),
        ("290余件", 290, "件", True),
        ("5000多人次", 5000, "人次", True),
        ("100件左右", 100, "件", True),
        ("三百元整", 300, "元", False),
        ("十余件", 10, "件", True),
        ("两件", 2, "件", False),
        ("33.3%", Decimal("33.3"), "%", False),
        ("百分之五点三", Decimal("5.3"), "%", False),
        ("5个工作日", 5, "个工作日", False),
        ("９件".translate(str.maketrans("９", "9")), 9, "件", False),
    ],
)
def test_a_numeral_is_read_with_its_unit_in_each_of_its_forms(text: str, value: int | Decimal, unit: str, approximate: bool) -> None:
    numeral = read_numeral(text, 0)
    assert numeral is not None
    assert (numeral.value, numeral.unit, numeral.approximate) == (value, unit, approximate)


@pytest.mark.parametrize("text", ["一件事", "一次性", "一起推进", "一系列", "零件", "一并"])
def test_words_with_a_numeral_in_them_are_no_numbers(text: str) -> None:
    assert read_numeral(text, 0) is None


@pytest.mark.parametrize("text", ["第一件", "数十件", "上百件", "几十件"])
def test_ordinals_and_vague_numbers_are_no_counts(text: str) -> None:
    assert read_numeral(text, 1) is None


@pytest.mark.parametrize(
    ("agency", "area", "scope"),
    [
        ("某市人民政府", "全市", "own"),
        ("某市人民政府", "全省", "wider"),
        ("某市人民政府", "全区", "below"),
        ("某市民政局", "全市", "wider"),
        ("某市民政局", "全国", "wider"),
        ("某区人民政府办公室", "全区", "own"),
        ("某高新区管委会", "全区", "own"),
        ("某县河口镇人民政府", "全镇", "own"),
        ("某市某区红星街道办事处", "全街道", "own"),
        ("国家某局", "全国", "own"),
        (None, "全市", "own"),
    ],
)
def test_a_wider_area_is_a_governments_own_but_not_its_bureaus(agency: str | None, area: str, scope: str) -> None:
    assert body_of(agency).scope_of_area(area) == scope


@pytest.mark.parametrize(
    ("subject", "foreign"),
    [
        ("市公安局全年", False),
        ("其中，市民政局".replace("，", ""), True),
        ("我局", False),
        ("市城管局", True),
        ("通过市政府网站", False),
        ("2023年区水利局", True),
    ],
)
def test_another_bodys_name_before_the_verb_makes_it_anothers_number(subject: str, foreign: bool) -> None:
    assert foreign_subject(subject.removesuffix("全年"), body_of("某市公安局")) == foreign


@pytest.mark.parametrize(
    ("part", "whole", "stated", "digits", "right"),
    [
        (1, 3, "33.3", 1, True),
        (1, 8, "12.5", 1, True),
        (1, 8, "13", 0, True),
        (1, 8, "12", 0, False),
        (5, 8, "62.50", 2, True),
        (5, 0, "0", 0, False),
    ],
)
def test_shares_are_rounded_half_up_to_the_digits_printed(part: int, whole: int, stated: str, digits: int, right: bool) -> None:
    assert is_share(part, whole, Decimal(stated), digits) == right


def test_what_all_of_them_were_is_implied_not_stated() -> None:
    reading = read_prose("2023年收到政府信息公开申请9件，均为自然人申请，均已按时答复。", year=2023, agency="某市民政局")
    assert [(one.quantity, one.value) for one in reading.facts] == [("requests.new_received.total", 9)]
    assert {(one.quantity, one.value) for one in reading.implied} == {
        ("requests.new_received.natural_person", 9),
        ("requests.total.total", 9),
    }


def test_a_row_given_in_two_pieces_is_their_sum_and_keeps_the_pieces() -> None:
    reading = read_prose("答复政府信息公开申请12件，其中不属于本机关公开5件、信息不存在7件。", year=2023)
    row = next(one for one in reading.facts if one.quantity == "requests.unavailable_not_held.total")
    assert (row.value, row.parts) == (12, (5, 7))
    assert [one.value for one in reading.components] == [5, 7]


def test_a_comparison_is_a_change_not_a_count() -> None:
    reading = read_prose("2023年收到政府信息公开申请20件，比上年减少5件，同比下降20%。", year=2023)
    assert [(one.amount, one.percent, one.quantity) for one in reading.changes] == [
        (-5, False, "requests.new_received.total"),
        (-20, True, "requests.new_received.total"),
    ]


def test_new_and_carried_over_together_are_the_total_that_is_not_written() -> None:
    text = "上年结转政府信息公开申请4件，新收政府信息公开申请50件，其中予以公开30件，部分公开20件，结转下年度4件。"
    (listed,) = read_prose(text, year=2023).sums
    assert (listed.total, listed.stated, listed.correct) == (54, False, True)


def test_without_a_year_only_words_like_last_year_set_a_number_aside() -> None:
    reading = read_prose("2021年收到政府信息公开申请3件，上年收到2件。", year=None)
    assert [(one.value, one.quantity) for one in reading.facts] == [(3, "requests.new_received.total")]


@needs_shared
def test_the_labelled_sentences_are_read_as_labelled() -> None:
    items = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    wanted = found = 0
    for item in items:
        reading = read_prose(item["text"], year=item["report_year"], agency=item["agency"])
        got = {(one.quantity, Decimal(one.value)) for one in reading.facts}
        labels = {(one["quantity"], Decimal(str(one["value"]))) for one in item["facts"]}
        labels |= {(one["quantity"], Decimal(0)) for one in item["zero_facts"]}
        wanted += len(labels)
        found += len(labels & got)
    assert found >= wanted * 0.98
