"""Copied paragraphs are found across scripts, years and agencies; phrases common to all reports do not count."""

from __future__ import annotations

import pytest
from example_counts import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from nianbao.core.report import Report
from nianbao.core.similarity.overlap import SmallIndex, overlaps, percent, shares, similarity, similarity_at_least
from nianbao.core.similarity.passages import LEAST, passages, substance
from similar_reports import OWN, STANDARD, report


def compared(*reports: Report, least: float = 0.8) -> dict[tuple[int, int], dict[str, float]]:
    """Return pairs of reports with the share of each section in common."""
    found = [tuple(passages(one)) for one in reports]
    return {
        (overlap.one, overlap.other): {section: share for section, share in shares(found[overlap.one], overlap.matches).items() if share}
        for overlap in overlaps(found, SmallIndex(), least)
    }


TO_TRADITIONAL = str.maketrans("见没请书办写从来参会轮种图换链转过个页张", "見沒請書辦寫從來參會輪種圖換鏈轉過個頁張")


def test_a_paragraph_is_found_in_the_other_script_year_and_section() -> None:
    one = report({"problems": OWN[0] + "\n" + OWN[1]})
    other = report({"overview": OWN[2] + "\n" + OWN[0].translate(TO_TRADITIONAL)}, "样例县水务局", 2019)
    assert OWN[0].translate(TO_TRADITIONAL) != OWN[0]
    assert set(compared(one, other)) == {(0, 1)}
    assert 0.4 < compared(one, other)[0, 1]["problems"] < 0.6


@pytest.mark.parametrize("sentence", STANDARD)
def test_what_every_report_says_is_no_copy(sentence: str) -> None:
    assert substance(sentence) == ""
    assert compared(report({"other": sentence}), report({"other": sentence}, "样例县水务局")) == {}


@pytest.mark.parametrize("sentence", OWN)
def test_own_words_count_whole(sentence: str) -> None:
    assert len(substance(sentence)) >= len(sentence) - sentence.count("，") - sentence.count("、") - 1 - 8
    assert compared(report({"problems": sentence}), report({"problems": sentence}, "样例县水务局"))[0, 1]["problems"] == 1


def test_figures_years_and_the_agencys_own_name_make_no_difference() -> None:
    one = report({"overview": f"示例市园林局在2024年做了这些事：{OWN[3]}共答复 13 件。"}, year=2024)
    other = report({"overview": f"样例县水务局在2019年做了这些事：{OWN[3]}共答复 217 件。"}, "样例县水务局", 2019)
    assert compared(one, other)[0, 1]["overview"] == 1


def test_short_paragraphs_may_be_alike_by_chance() -> None:
    assert (
        compared(report({"overview": "加强组织领导，完善制度。"}), report({"overview": "加强组织领导，完善制度。"}, "样例县水务局")) == {}
    )


def test_a_section_broken_into_other_paragraphs_is_still_the_section() -> None:
    one = report({"problems": "\n".join(OWN)})
    other = report({"problems": OWN[0] + OWN[1][:20] + "\n" + OWN[1][20:] + OWN[2] + "\n" + OWN[3] + OWN[4]}, "样例县水务局")
    assert compared(one, other)[0, 1]["problems"] == 1


def test_many_reports_with_one_paragraph_are_all_named() -> None:
    reports = [report({"problems": OWN[0]}, f"示例市第{number}局") for number in range(60)]
    found = compared(*reports)
    assert {0} == {one for one, _ in found}
    assert {other for _, other in found} == set(range(1, 60))


def test_with_reports_to_compare_against_the_given_ones_are_not_compared_with_each_other() -> None:
    found = [tuple(passages(report({"problems": OWN[0]}, f"示例市第{number}局"))) for number in range(4)]
    pairs = {(overlap.one, overlap.other) for overlap in overlaps(found, SmallIndex(), 0.8, against=2)}
    assert pairs == {(0, 2), (0, 3), (1, 2), (1, 3)}


texts = st.text(st.sampled_from("公开信息工作制度答复申请群众网站平台"), min_size=LEAST, max_size=80)


@given(texts, texts)
def test_similarity_is_the_same_both_ways_and_never_less_than_difflibs_common_runs_allow(one: str, other: str) -> None:
    found = similarity(one, other)
    assert found == similarity(other, one)
    assert 0 <= found <= 1
    assert (found == 1) == (one == other)
    assert (percent(found) == 100) == (one == other)


@examples(50)
@given(texts, st.integers(0, 79), st.integers(1, 4), st.text("甲乙丙丁", max_size=4))
def test_one_changed_place_costs_what_it_is_long(text: str, at: int, length: int, put: str) -> None:
    changed = text[:at] + put + text[at + length :]
    assume(changed)
    longest = len(text[:at]) + len(text[at + length :])
    assert similarity(text, changed) >= 2 * longest / (len(text) + len(changed)) - 1e-9
    assert similarity_at_least(text, changed, 0.9) in (0.0, similarity(text, changed))
