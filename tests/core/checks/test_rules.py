"""Every rule: its cases (`rule_cases`), its wording and its place in the code."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from examined import findings_of
from nianbao import cli, core, files, service
from nianbao.core.cell_notation import format_cell
from nianbao.core.checks.context import CheckContext
from nianbao.core.checks.finding import Finding
from nianbao.core.checks.prose.placeholders import check_wording
from nianbao.core.checks.report.header import check_header
from nianbao.core.checks.report.sections import check_structure
from nianbao.core.edition import CellKind
from nianbao.core.ids import PREFACE
from nianbao.files.report.report_file import ReportFile, read_report
from rule_cases import KEYS, RULES, Case, Table, base_text, cases, examine, with_text
from rule_check import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator

FOUND = {"severity", "section", "cells", "line", "column", "expected", "actual", "message", "variant", "repair"}
PROSE_CHECKS = (check_header, check_structure, check_wording)


def folder_text(folder: Path) -> str:
    """Return the file of a case that no report could be read from; empty if there is one."""
    path = folder / "report.toml"
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def fits(finding: Finding, wanted: Table, lines: list[str]) -> bool:
    message = CATALOGUE.message(finding)
    holds: dict[str, bool] = {
        "severity": finding.severity == wanted.get("severity"),
        "section": finding.section == wanted.get("section"),
        "cells": [str(address) for address in finding.cells] == wanted.get("cells"),
        "line": finding.line == wanted.get("line")
        if isinstance(wanted.get("line"), int)
        else 0 < finding.line <= len(lines) and str(wanted.get("line")) in lines[finding.line - 1],
        "column": finding.column == wanted.get("column"),
        "expected": finding.expected is not None and format_cell(finding.expected) == str(wanted.get("expected")),
        "actual": finding.actual is not None and format_cell(finding.actual) == str(wanted.get("actual")),
        "message": str(wanted.get("message")) in message,
        "variant": finding.param("variant") == wanted.get("variant"),
        "repair": bool(finding.repairs) and format_cell(finding.repairs[0][0].after) == str(wanted.get("repair")),
    }
    return all(holds[key] for key in wanted)


def described(finding: Finding) -> str:
    cells = " ".join(str(address) for address in finding.cells)
    return f"{finding.code} {finding.severity} {finding.line}:{finding.column} {cells} {CATALOGUE.message(finding)}"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_rule_finds_what_it_should_and_nothing_else(case: Case, tmp_path: Path) -> None:
    assert set(case.data) <= KEYS
    read, findings = examine(case, tmp_path)
    found = [finding for finding in findings if finding.code == case.code]
    shown = "\n".join(described(finding) for finding in findings)
    wanted = case.get("find", list)
    assert isinstance(wanted, list)
    if not case.fails:
        assert found == [], shown
        assert read is not None or case.code.startswith("F"), shown
        return
    assert wanted, "a case that fails says what has to be found"
    assert len(found) == len(wanted), shown
    lines = (folder_text(tmp_path) if read is None else read.text).split("\n")
    for entry in wanted:
        assert set(entry) <= FOUND
        assert any(fits(finding, entry, lines) for finding in found), f"{entry}\n{shown}"
    for finding in found:
        check_words(finding, read)


def check_words(finding: Finding, read: ReportFile | None) -> None:
    """Check that a message is a sentence, and names its cell by the official label."""
    message = CATALOGUE.message(finding)
    assert message.endswith(("。", "？", "> 新文件", ".toml"))
    assert "None" not in message
    if read is None or not finding.cells or finding.code in {problem.code for problem in read.problems}:
        return  # Problems of the file itself use the names in the file.
    infos = [read.report.edition.info(address) for address in finding.cells]
    assert any(info.table.name in message for info in infos), message
    if len({info.row.id for info in infos}) == 1:
        assert infos[0].row.name in message, message
    if len({info.column.id for info in infos}) == 1 and not infos[0].block.across:
        assert infos[0].column.name in message, message


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_code_has_cases_and_words(code: str) -> None:
    own = [case for case in cases() if case.code == code]
    assert sum(case.fails for case in own) >= 2
    assert sum(not case.fails for case in own) >= 2
    assert len({case.name for case in own}) == len(own)
    rule = CATALOGUE[code]
    assert all((rule.title, rule.message, rule.clause, rule.explain, rule.example, rule.mend))
    assert not rule.title.endswith("。")
    assert rule.explain.endswith("。")


def test_every_case_file_is_about_a_rule() -> None:
    assert {case.code for case in cases()} == set(CATALOGUE)


def test_every_variant_of_a_message_is_shown_by_a_case(tmp_path: Path) -> None:
    shown = {
        (finding.code, finding.param("variant"))
        for case in cases()
        if case.fails
        for finding in examine(case, tmp_path)[1]
        if finding.code == case.code
    }
    missing = [(code, variant) for code, rule in CATALOGUE.items() for variant in rule.variants if (code, variant) not in shown]
    assert missing == []


@pytest.mark.parametrize("kind", ["department", "government"])
@pytest.mark.parametrize("name", sorted(path.stem for path in (RULES / "base").glob("*.toml")))
def test_the_base_reports_are_clean(name: str, kind: str) -> None:
    read = read_report(base_text(name).replace('"department"', f'"{kind}"').encode())
    assert read.report.header.kind == kind
    assert [described(finding) for finding in findings_of(read)] == []


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for package in (core, files, service, cli):
        for folder in package.__path__:
            for path in sorted(Path(folder).rglob("*.py")):
                yield path, ast.parse(path.read_text(encoding="utf-8"))


def given(call: ast.Call) -> Iterator[ast.expr]:
    """Return the values that a call passes as `variant`, by keyword or in a dictionary."""
    for keyword in call.keywords:
        if keyword.arg == "variant":
            yield keyword.value
    for node in ast.walk(call):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "variant":
                    yield value


def test_every_variant_named_by_the_code_is_in_the_catalogue_and_the_other_way_round() -> None:
    unknown = []
    words: set[str] = {kind.value for kind in CellKind}
    for path, module in sources():
        words |= {node.value for node in ast.walk(module) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call) and node.args):
            code = call.args[0]
            if not (isinstance(code, ast.Constant) and code.value in CATALOGUE):
                continue
            named = {value.value for value in given(call) if isinstance(value, ast.Constant)} - {""}
            unknown += [(path.name, call.lineno, name) for name in named if name not in CATALOGUE[str(code.value)].variants]
    assert unknown == []
    assert [(code, name) for code, rule in CATALOGUE.items() for name in rule.variants if name not in words] == []


ENDLESS = {
    "（一）": 20_000, "共": 50_000, "一是": 30_000, "X": 50_000, "1.\n": 20_000, "今后": 30_000, "1月1日至": 20_000, "年 ": 30_000, "统计": 30_000,
    "全年收到": 20_000, "②": 30_000, "（三）\n": 20_000, "待": 50_000, "公开%": 20_000, "（": 50_000, "【": 50_000, " ": 50_000, "開": 50_000,
}  # fmt: skip


@pytest.mark.parametrize("piece", ENDLESS)
def test_no_text_takes_long_or_drowns_the_reader(piece: str) -> None:
    report = read_report(base_text("2021").encode()).report
    text = "2024年1月1日" + piece * ENDLESS[piece]
    for section in (PREFACE, "overview", "problems"):
        report = with_text(report, section, text)
    findings = tuple(finding for check in PROSE_CHECKS for finding in check(CheckContext(report, CATALOGUE)))
    assert len(findings) < 200
