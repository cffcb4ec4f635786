"""Waivers in a report file: one line each, with everything around it preserved."""

from __future__ import annotations

import tomllib

import jsonschema
import pytest
from examined import findings_of
from nianbao.core.checks.finding import Severity
from nianbao.core.commands import Unwaive, Waive, reduce
from nianbao.core.report import Waiver
from nianbao.files.report.json_schema import report_schema
from nianbao.files.report.report_file import read_report
from nianbao.files.report.serialize import report_bytes
from nianbao.templates import load_edition
from repository import EXAMPLES
from rule_check import check

WRONG = (EXAMPLES / "wrong-2024.toml").read_bytes()


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
