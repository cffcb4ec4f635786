"""Facts stated by sentences of many agencies, one sentence per case (prose_sentences.toml)."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TypedDict

import pytest
from nianbao.core.prose import ProseReading, read_prose
from strategies_prose import spans


class Case(TypedDict, total=False):
    text: str
    heading: str
    year: int
    agency: str
    facts: list[str]
    zeros: list[str]
    sums: list[str]
    percentages: list[str]


CASES: list[Case] = tomllib.loads((Path(__file__).parent / "prose_sentences.toml").read_text(encoding="utf-8"))["item"]


def full_text(case: Case) -> str:
    return f"{case['heading']}\n{case['text']}" if "heading" in case else case["text"]


def read(case: Case) -> ProseReading:
    return read_prose(full_text(case), year=case.get("year", 2023), agency=case.get("agency", "某市民政局"))


def fact(line: str) -> tuple[str, Decimal, bool]:
    quantity, value = line.split()
    return quantity, Decimal(value.lstrip("~")), value.startswith("~")


def listed_sum(line: str) -> tuple[Decimal, list[Decimal], bool, bool]:
    total, sign, parts = line.split()
    return Decimal(total), sorted(map(Decimal, parts.split("+"))), sign != "!=", sign == "~"


def share(line: str) -> tuple[Decimal, Decimal, Decimal, bool]:
    fraction, stated = line.split()
    part, whole = fraction.split("/")
    return Decimal(part), Decimal(whole.rstrip("!")), Decimal(stated), not whole.endswith("!")


ids = [case["text"][:24] for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_a_sentence_states_these_facts_and_no_others(case: Case) -> None:
    got = sorted((one.quantity, Decimal(one.value), one.approximate) for one in read(case).facts if not one.zero)
    assert got == sorted(map(fact, case.get("facts", [])))


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_a_sentence_denies_these_quantities_and_no_others(case: Case) -> None:
    assert sorted(one.quantity for one in read(case).facts if one.zero) == sorted(case.get("zeros", []))


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_a_sentence_adds_up_as_it_should(case: Case) -> None:
    got = sorted((Decimal(one.total), sorted(map(Decimal, one.parts)), one.correct) for one in read(case).sums)
    assert got == sorted(listed_sum(line)[:3] for line in case.get("sums", []))


@pytest.mark.parametrize("case", [case for case in CASES if "sums" in case], ids=lambda case: case["text"][:24])
def test_an_open_list_does_not_claim_to_be_complete(case: Case) -> None:
    claims = {(Decimal(one.total), tuple(sorted(map(Decimal, one.parts)))): one.exhaustive for one in read(case).sums}
    for total, parts, _, is_open in map(listed_sum, case["sums"]):
        assert claims[total, tuple(parts)] == (not is_open)


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_shares_are_taken_from_the_right_numbers(case: Case) -> None:
    got = sorted((Decimal(one.part), Decimal(one.whole), Decimal(one.stated), one.correct) for one in read(case).percentages)
    assert got == sorted(map(share, case.get("percentages", [])))


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_everything_read_knows_its_place(case: Case) -> None:
    text, reading = full_text(case), read(case)
    assert all(text[start:end] == span for start, end, span in spans(reading))
    for stated in reading.facts:
        assert stated.clause[0] <= stated.start < stated.end <= stated.clause[1]
