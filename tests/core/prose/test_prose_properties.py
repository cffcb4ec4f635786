"""Properties of reading any text: generated facts are found, unrelated text changes nothing, and no text breaks the reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.chinese.counts import read_numeral
from nianbao.core.chinese.fold import fold, simplification
from nianbao.core.chinese.numerals import han_number
from nianbao.core.prose import read_prose
from strategies_prose import AGENCY, YEAR, Statement, distractors, noise, reports, result_statements, spans, to_han


def stated(text: str) -> set[tuple[str, object]]:
    return {(one.quantity, one.value) for one in read_prose(text, year=YEAR, agency=AGENCY).facts}


def all_facts(statements: list[Statement]) -> set[tuple[str, object]]:
    return {fact for statement in statements for fact in statement.facts}


@given(reports())
def test_generated_sentences_give_back_their_facts(statements: list[Statement]) -> None:
    assert stated("".join(statement.text for statement in statements)) == all_facts(statements)


@given(reports(), distractors(), st.data())
def test_another_year_a_plan_or_a_subordinate_changes_no_fact(statements: list[Statement], distractor: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(statements)))
    sentences = [statement.text for statement in statements]
    text = "".join([*sentences[:place], distractor, *sentences[place:]])
    assert stated(text) == all_facts(statements)


@given(reports(), st.data())
def test_other_years_numbers_are_set_aside_not_lost(statements: list[Statement], data: st.DataObject) -> None:
    value = data.draw(st.integers(1, 900))
    text = f"2022年共收到政府信息公开申请{value}件。" + "".join(statement.text for statement in statements)
    reading = read_prose(text, year=YEAR, agency=AGENCY)
    assert ("requests.new_received.total", value, "last") in {(one.quantity, one.value, one.period) for one in reading.asides}


@given(result_statements())
def test_results_that_add_up_are_a_correct_sum(statement: Statement) -> None:
    sums = read_prose(statement.text, year=YEAR, agency=AGENCY).sums
    assert all(one.correct for one in sums)
    total = dict(statement.facts)["requests.total.total"]
    assert total == 0 or any(one.total == total and len(one.parts) == len(statement.facts) - 1 for one in sums)


@given(result_statements(), st.integers(1, 50))
def test_results_that_do_not_add_up_are_a_wrong_sum(statement: Statement, more: int) -> None:
    wrong = dict(statement.facts)["requests.total.total"] + more
    parts = statement.text[statement.text.index("，其中") :]
    sums = read_prose(f"全年共答复政府信息公开申请{wrong}件{parts}", year=YEAR, agency=AGENCY).sums
    assert any(one.total == wrong and not one.correct for one in sums)


@given(reports())
def test_traditional_script_states_the_same(statements: list[Statement]) -> None:
    to_traditional = {ord(new): old for old, new in simplification().items()}
    text = "".join(statement.text for statement in statements)
    assert stated(text.translate(to_traditional)) == all_facts(statements)


@given(noise)
def test_no_text_breaks_the_reader_and_every_span_is_a_piece_of_it(text: str) -> None:
    reading = read_prose(text, year=YEAR, agency=AGENCY)
    assert all(text[start:end] == span for start, end, span in spans(reading))


@given(st.text(max_size=200))
def test_arbitrary_text_is_read_without_complaint(text: str) -> None:
    reading = read_prose(text, year=YEAR, agency=AGENCY)
    assert all(text[start:end] == span for start, end, span in spans(reading))


@pytest.mark.parametrize("piece", ["1件", "(1件", "其中网站3条、", "3件，占3%，", "无", "一", "予以公开1件；", "：1件"])
def test_a_text_without_sentences_is_read_piece_by_piece(piece: str) -> None:
    """Comparing every number with every other would take hours."""
    text = piece * (20_000 // len(piece))
    assert all(text[start:end] == span for start, end, span in spans(read_prose(text, year=YEAR, agency=AGENCY)))


@given(noise)
def test_folding_never_loses_a_place(text: str) -> None:
    folded = fold(text)
    assert len(folded.places) == len(folded.text) + 1
    assert list(folded.places) == sorted(set(folded.places))
    assert folded.places[-1] == len(text)


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_are_read_as_they_are_written(value: int) -> None:
    assert han_number(to_han(value)) == value
    numeral = read_numeral(f"{to_han(value)}件", 0)
    assert numeral is not None
    assert (numeral.value, numeral.unit, numeral.approximate) == (value, "件", False)
