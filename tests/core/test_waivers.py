"""A waived finding stays waived only while what it was about stays as it was, and is always listed."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest
from examined import findings_of
from example_counts import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from nianbao.cli.main import main
from nianbao.core.checks.finding import Finding, Severity, Span
from nianbao.core.checks.run_checks import check_report
from nianbao.core.commands import CommandError, SetText, Unwaive, Waive, from_data, reduce, to_data
from nianbao.core.ids import SectionId, parse_address
from nianbao.core.report import Header, Report, Waiver, blank_report, same_cell
from nianbao.core.waivers import waiver_key
from nianbao.files.report.json_schema import report_schema
from nianbao.files.report.report_file import read_report
from nianbao.files.report.serialize import report_bytes
from nianbao.files.saving.directories import user_places
from nianbao.files.saving.process import now, this_process
from nianbao.files.session.lock import acquire
from nianbao.templates import load_catalogue, load_edition
from strategies import cells, reports

EXAMPLES = Path(__file__).parents[2] / "examples"
WRONG = (EXAMPLES / "wrong-2024.toml").read_bytes()
CATALOGUE = load_catalogue()


def check(report: Report, previous: Report | None = None) -> tuple[Finding, ...]:
    return check_report(report, CATALOGUE, previous=previous, edition_for=report.edition)


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
    """Whatever rule an edition names for a comparison of two years."""
    edition = load_edition("2021")
    own = replace(edition, chains=(edition.chains[0]._replace(code="C09"),))
    header = Header(year=2024, waivers=(Waiver("C09 requests.carried_over.total@00000000", "清理时合并"),))
    assert "C90" in {finding.code for finding in check(blank_report(edition, header))}
    assert "C90" not in {finding.code for finding in check(blank_report(own, header))}


@pytest.mark.parametrize(
    ("line", "variant"),
    [
        ('"C34 overview@00000000" = "属实"', "gone"),
        ('"C34" = "属实"', "unsigned"),
        ('"记号\\"\\\\" = "属实"', "unsigned"),
        ('"C34 overview@00000000" = ""', "no_reason"),
    ],
)
def test_waivers_that_hold_for_nothing_are_said_with_their_line(line: str, variant: str) -> None:
    data = WRONG + f"\n[waivers]\n# 注释\n{line}\n".encode()
    found = [finding for finding in findings_of(read_report(data)) if finding.code == "C90"]
    assert [finding.param("variant") for finding in found] == [variant]
    assert found[0].line >= WRONG.count(b"\n") + 2
    assert found[0].severity is Severity.INFO


def test_a_waiver_is_one_line_in_the_file_and_taking_it_back_restores_the_file() -> None:
    source = read_report(WRONG)
    key = next(finding.waiver for finding in check(source.report) if finding.code == "C08")
    written = report_bytes(reduce(source.report, Waive(key, "有法定授权")), source)
    assert written == WRONG + f'\n[waivers]\n"{key}" = "有法定授权"\n'.encode()
    again = read_report(written)
    assert report_bytes(reduce(again.report, Unwaive(key)), again).strip() == WRONG.strip()


def test_comments_and_unknown_lines_among_waivers_stay() -> None:
    text = WRONG.decode() + '\n[waivers] # 我的\n"C34 x@00000001" = "甲" # 旁注\n# 下一条\n"C35 x@00000002" = "乙"\n"数" = 3\n'
    source = read_report(text.encode())
    report = reduce(reduce(source.report, Unwaive("C34 x@00000001")), Waive("C35 x@00000002", "丙"))
    written = report_bytes(reduce(report, Waive("C33 x@00000003", "丁")), source).decode()
    assert '# 下一条\n"C35 x@00000002" = "丙"\n' in written
    assert "[waivers] # 我的\n" in written
    assert '"数" = 3' in written
    assert "甲" not in written
    assert read_report(written.encode()).report.header.waivers == (Waiver("C33 x@00000003", "丁"), Waiver("C35 x@00000002", "丙"))


def test_the_schema_knows_waivers() -> None:
    schema = jsonschema.Draft7Validator(report_schema([load_edition("2021")]))

    def faults(line: str) -> int:
        document = tomllib.loads(f"[waivers]\n{line}\n")
        return sum("waivers" in error.absolute_path for error in schema.iter_errors(document))

    key = next(finding.waiver for finding in check(read_report(WRONG).report) if finding.waiver)
    assert faults(f'"{key}" = "属实"') == 0
    assert faults(f'"{key}" = ""') == 1
    assert faults('"C08" = "属实"') == 1


def test_a_file_with_windows_line_ends_keeps_them() -> None:
    source = read_report(WRONG.replace(b"\n", b"\r\n"))
    key = next(finding.waiver for finding in check(source.report) if finding.code == "C08")
    written = report_bytes(reduce(source.report, Waive(key, "有法定授权")), source)
    assert written.count(b"\n") == written.count(b"\r\n") == WRONG.count(b"\n") + 3


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


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


class Terminal:
    """The command line over one report."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self.capsys = capsys

    def check(self, *options: str) -> Outcome:
        self.capsys.readouterr()
        code = main(["check", str(self.path), *options, "--no-policy"])
        return Outcome(code, *self.capsys.readouterr())


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setattr("nianbao.cli.main.prepare_streams", lambda: None)
    monkeypatch.setenv("NIANBAO_STATE", str(tmp_path / "state"))
    path = tmp_path / "report.toml"
    path.write_bytes(WRONG)
    return Terminal(path, capsys)


def test_a_finding_is_waived_by_its_code_and_shown_as_waived_in_every_format(terminal: Terminal) -> None:
    outcome = terminal.check("--waive", "c08".upper(), "--reason", "有法定授权", "--select", "C08", "--fail-on", "info")
    assert outcome.code == 0
    assert "（已认可：有法定授权）" in outcome.out
    assert "已认可 C08 disclosure.regulations.in_force@" in outcome.err
    finding = json.loads(terminal.check("--select", "C08", "--format", "json").out)["files"][0]["findings"][0]
    assert (finding["severity"], finding["waived"]) == ("info", {"reason": "有法定授权"})
    assert finding["key"].startswith("C08 disclosure.regulations.in_force@")
    result = json.loads(terminal.check("--select", "C08", "--format", "sarif").out)["runs"][0]["results"][0]
    assert result["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "有法定授权"}]
    assert "（已认可：有法定授权）" in terminal.check("--select", "C08", "--format", "github").out


def test_taking_a_waiver_back_brings_the_finding_back(terminal: Terminal) -> None:
    terminal.check("--waive", "C08", "--reason", "有法定授权")
    outcome = terminal.check("--unwaive", "C08 disclosure.regulations.in_force", "--select", "C08", "--fail-on", "warning")
    assert outcome.code == 1
    assert terminal.path.read_bytes().strip() == WRONG.strip()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--waive", "C08"], "--reason"),
        (["--reason", "属实"], "--waive"),
        (["--waive", "C10", "--reason", "属实"], "没有可以认可的检查结果“C10”"),
        (["--unwaive", "C08"], "没有“C08”这条认可"),
        (["--waive", "C08", "--unwaive", "C08"], "不能和"),
        (["other.toml", "--waive", "C08", "--reason", "属实"], "一次只用于一个报告文件"),
    ],
)
def test_what_cannot_be_waived_is_said_and_changes_nothing(terminal: Terminal, options: list[str], said: str) -> None:
    outcome = terminal.check(*options)
    assert outcome.code == 2
    assert said in outcome.err
    assert terminal.path.read_bytes() == WRONG


def test_several_findings_of_one_code_are_listed_with_their_keys(terminal: Terminal) -> None:
    text = WRONG.decode().replace("refused_by_law               = [0,", "refused_by_law               = [-1,")
    text = text.replace("refused_security             = [0,", "refused_security             = [-1,")
    terminal.path.write_text(text, encoding="utf-8")
    outcome = terminal.check("--waive", "C16", "--reason", "属实")
    assert outcome.code == 2
    keys = [line.split("  ")[0] for line in outcome.err.splitlines() if line.startswith("C16 ")]
    assert len(keys) == 2
    assert terminal.check("--waive", keys[1], "--reason", "属实").code == 1
    assert read_report(terminal.path.read_bytes()).report.header.waivers == (Waiver(keys[1], "属实"),)


def test_a_report_open_in_an_editor_is_not_changed(terminal: Terminal) -> None:
    with acquire(terminal.path, user_places(), this_process(now())):
        outcome = terminal.check("--waive", "C08", "--reason", "属实")
    assert outcome.code == 3
    assert terminal.path.read_bytes() == WRONG
