"""A waiver applies only while its subject is unchanged; waived findings are always listed."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from example_counts import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from nianbao.core.checks.finding import Finding, Severity, Span
from nianbao.core.checks.waivers import waivable, waiver_key
from nianbao.core.commands import CommandError, SetText, Unwaive, Waive, from_data, reduce, to_data
from nianbao.core.ids import SectionId, parse_address
from nianbao.core.report import Header, Report, Waiver, blank_report, same_cell
from nianbao.files.report.report_file import read_report
from nianbao.templates import load_edition
from repository import EXAMPLES
from rule_check import EDITION, check
from strategies import cells, reports

OVERVIEW = SectionId("overview")
GRANTED = parse_address("requests.granted.natural_person")
WRONG = (EXAMPLES / "wrong-2024.toml").read_bytes()


def all_waived(report: Report, previous: Report | None = None) -> Report:
    for finding in check(report, previous):
        if finding.waiver:
            report = reduce(report, Waive(finding.waiver, "核对属实"))
    return report


@examples(25)
@given(reports(), st.one_of(st.none(), reports()))
def test_every_finding_can_be_waived_and_is_still_listed(report: Report, previous: Report | None) -> None:
    report = report.with_header(report.header._replace(waivers=()))
    before = check(report, previous)
    after = check(all_waived(report, previous), previous)
    assert sorted(f.waiver for f in after) == sorted(f.waiver for f in before)
    assert all(f.waived == "核对属实" and f.severity is Severity.INFO for f in after if f.waiver)


@given(st.data())
def test_no_waiver_survives_a_changed_value(data: st.DataObject) -> None:
    report = data.draw(reports())
    assume(report.cells)
    report = report.with_header(report.header._replace(waivers=()))
    findings = [finding for finding in check(report) if finding.cells and finding.waiver]
    assume(findings)
    finding = data.draw(st.sampled_from(findings))
    address = data.draw(st.sampled_from(finding.cells))
    at = report.edition.index[address]
    value = data.draw(cells(report.edition.kinds[at]))
    assume(not same_cell(value, report.cells[at]))
    waived = reduce(report, Waive(finding.waiver, "属实")).with_cell(address, value)
    assert finding.waiver not in {found.waiver for found in check(waived)}
    assert not any(found.waived for found in check(waived))


@given(st.data())
def test_no_waiver_survives_a_changed_word_of_its_sentence(data: st.DataObject) -> None:
    sentences = data.draw(st.lists(st.text("公开件数答复申请一二三1234", min_size=3, max_size=9), min_size=1, max_size=4))
    report = read_report(WRONG).report
    text = "。".join(sentences) + "。"
    number = data.draw(st.integers(0, len(sentences) - 1))
    start = sum(len(sentence) + 1 for sentence in sentences[:number])
    finding = Finding("C34", span=Span(SectionId("overview"), start + 1, start + 2))
    before = waiver_key(reduce(report, SetText(SectionId("overview"), text)), finding)
    at = data.draw(st.integers(0, len(sentences[number]) - 1))
    assume(sentences[number][at] != "改")
    changed = text[: start + at] + "改" + text[start + at + 1 :]
    assert waiver_key(reduce(report, SetText(SectionId("overview"), changed)), finding) != before
    spaced = text[: start + at] + " \u3000" + text[start + at :]
    moved = finding if at > 1 else finding._replace(span=Span(SectionId("overview"), start + 3, start + 4))
    assert waiver_key(reduce(report, SetText(SectionId("overview"), spaced)), moved) == before
    others = "本句与它无关。" + text
    shifted = finding._replace(span=Span(SectionId("overview"), start + 8, start + 9))
    assert waiver_key(reduce(report, SetText(SectionId("overview"), others)), shifted) == before


def test_a_waiver_tells_a_number_from_the_same_number_written_otherwise() -> None:
    report = read_report(WRONG).report
    fees = parse_address("disclosure.fees.amount")
    finding = Finding("C19", cells=(fees,))
    keys = {waiver_key(report.with_cell(fees, value), finding) for value in (3, Decimal(3), Decimal("3.0"), Decimal("3.00"))}
    assert len(keys) == 4


def test_a_waiver_does_not_pass_into_another_years_report() -> None:
    report = all_waived(read_report(WRONG).report)
    later = report.with_header(report.header._replace(year=report.header.year + 1))
    assert not any(finding.waived for finding in check(later))


def test_a_waiver_of_what_last_years_report_showed_is_not_stale_without_it() -> None:
    header = {"waivers": (Waiver("C41 disclosure.normative_documents.in_force@00000000", "清理时合并"),)}
    report = read_report((EXAMPLES / "city-2024.toml").read_bytes()).report
    report = report.with_header(report.header._replace(**header))  # type: ignore[arg-type] # one known field
    previous = read_report((EXAMPLES / "city-2023.toml").read_bytes()).report
    assert "C90" not in {finding.code for finding in check(report)}
    assert "C90" in {finding.code for finding in check(report, previous)}


def test_a_waiver_of_an_editions_own_comparison_is_not_stale_without_last_years_report() -> None:
    """Applies to any rule that an edition assigns to a comparison of two years."""
    edition = load_edition("2021")
    own = replace(edition, chains=(edition.chains[0]._replace(code="C09"),))
    header = Header(year=2024, waivers=(Waiver("C09 requests.carried_over.total@00000000", "清理时合并"),))
    assert "C90" in {finding.code for finding in check(blank_report(edition, header))}
    assert "C90" not in {finding.code for finding in check(blank_report(own, header))}


def test_a_waiver_needs_a_key_and_a_reason() -> None:
    report = read_report(WRONG).report
    for command in (Waive("", "属实"), Waive("C34 overview@00000000", " \n")):
        with pytest.raises(CommandError):
            reduce(report, command)
    assert reduce(report, Unwaive("C34 overview@00000000")) is report


@given(st.text(), st.text())
def test_the_commands_pass_through_json(key: str, reason: str) -> None:
    for command in (Waive(key, reason), Unwaive(key)):
        assert from_data(json.loads(json.dumps(to_data(command)))) == command


def test_neither_findings_of_the_file_nor_of_waivers_have_a_key() -> None:
    report = read_report(WRONG + b'[waivers]\n"C52 overview@00000000" = "x"\n').report
    found = [finding for finding in check(report) if finding.code.startswith("F") or finding.code == "C90"]
    assert [finding.code for finding in found] == ["C90"]
    assert not any(finding.waiver for finding in found)
    assert not waivable(Finding("F07"))


def test_a_waiver_given_once_holds_for_ever() -> None:
    """Keys are in the files of users: a key that is computed otherwise makes all of their waivers void."""
    report = blank_report(EDITION, Header("示例市民政局", "department", 2024)).with_cell(GRANTED, 3)
    finding = Finding("C41", cells=(GRANTED,), expected=4, actual=3, params=(("place", "甲"),))
    assert waiver_key(report, finding) == "C41 requests.granted.natural_person@023b11ca"
    of_text = Finding("C52", section=OVERVIEW, span=Span(OVERVIEW, 0, 2))
    assert waiver_key(report.with_text(OVERVIEW, "甲乙。丙丁。"), of_text) == "C52 overview@87e22ed9"


def test_a_waiver_of_two_sentences_covers_both() -> None:
    report = blank_report(EDITION, Header("示例市民政局", "department", 2024))
    finding = Finding("C52", section=OVERVIEW, span=Span(OVERVIEW, 4, 11))
    before = report.with_text(OVERVIEW, "第一句。第二句话。第三句话。第四句。")
    key = waiver_key(before, finding)
    assert waiver_key(before.with_text(OVERVIEW, "第一句。第二句话。第三句改。第四句。"), finding) != key
    assert waiver_key(before.with_text(OVERVIEW, "第一句。第二句改。第三句话。第四句。"), finding) != key
    assert waiver_key(before.with_text(OVERVIEW, "第一改。第二句话。第三句话。第四改。"), finding) == key


def test_a_waiver_of_cells_outlives_a_change_of_the_sections_words() -> None:
    report = blank_report(EDITION, Header("示例市民政局", "department", 2024)).with_cell(GRANTED, 3)
    finding = Finding("C41", section=GRANTED.section, cells=(GRANTED,))
    assert waiver_key(report.with_text(GRANTED.section, "改了。"), finding) == waiver_key(report, finding)
    assert waiver_key(report.with_text(GRANTED.section, "改了。"), finding._replace(cells=())) != waiver_key(
        report, finding._replace(cells=())
    )
