"""Every rule against its cases: `rules/CODE.toml` says what changes in a clean report and what has to be found.

A case changes a report of `rules/base` (the one of `base`, "2021" unless another is named): `header`, `cells`, `texts` give new values,
`append` adds a paragraph, `swap` replaces words of a text, `raw` replaces words of the file itself. A case about the file may give all
of it as `file` or `hex`, or name a `source` that cannot be read. `previous` is last year's report, made in the same way.
A [[fail]] lists under `find` all that its code has to report; a [[pass]] must not be reported at all.
"""

from __future__ import annotations

import ast
import errno
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pytest
from nianbao import cli, core, files
from nianbao.cli.checking import findings_of
from nianbao.core.carried import paragraph_mark
from nianbao.core.cell_text import write_cell
from nianbao.core.checks.context import Context
from nianbao.core.checks.finding import Finding
from nianbao.core.checks.header import check_header
from nianbao.core.checks.structure import check_structure
from nianbao.core.checks.wording import check_wording
from nianbao.core.edition import CellKind
from nianbao.core.report import BLANK, NA, PREFACE, Cell, Report, SectionId, Text, paragraphs, parse_address
from nianbao.files.report_file import MAX_BYTES, ReportFile, UnreadableError, read_bytes, read_report
from nianbao.files.report_text import new_document
from nianbao.templates import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = Path(__file__).parent / "rules"
CATALOGUE = load_catalogue()
CHANGES = {"name", "base", "header", "cells", "texts", "append", "swap", "raw", "carried"}
KEYS = CHANGES | {"file", "hex", "source", "previous", "draft", "find"}
FOUND = {"severity", "section", "cells", "line", "column", "expected", "actual", "message", "variant", "repair"}

PROSE_CHECKS = (partial(check_header, edition_for=None), check_structure, check_wording)
Table = dict[str, object]


@dataclass(frozen=True)
class Case:
    """One entry of a case file."""

    code: str
    fails: bool
    data: Table

    @property
    def name(self) -> str:
        return f"{self.code}-{'fail' if self.fails else 'pass'}-{self.data['name']}"

    def get(self, key: str, kind: type) -> object:
        value = self.data.get(key, kind())
        assert isinstance(value, kind), (self.name, key)
        return value


@cache
def cases() -> tuple[Case, ...]:
    found = []
    for path in sorted(RULES.glob("[CF]*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        assert set(data) <= {"pass", "fail"}, path
        for key in ("fail", "pass"):
            found += [Case(path.stem, key == "fail", entry) for entry in data.get(key, [])]
    return tuple(found)


class Refusing:
    """A path that the system does not open."""

    def __init__(self, error: OSError | ValueError) -> None:
        self.error = error

    def open(self, _mode: str) -> BinaryIO:
        raise self.error


SOURCES = {
    "missing": FileNotFoundError(2, "No such file"),
    "directory": IsADirectoryError(21, "Is a directory"),
    "permission": PermissionError(13, "Permission denied"),
    "device": OSError(5, "Input/output error"),
    "loop": OSError(errno.ELOOP, "Too many levels of symbolic links"),
}


@cache
def base_text(name: str) -> str:
    return (RULES / "base" / f"{name}.toml").read_text(encoding="utf-8")


def as_cell(value: object) -> Cell:
    if isinstance(value, str):
        return {"": BLANK, "/": NA}.get(value, Text(value))
    assert isinstance(value, int | Decimal)
    return value


def entries(value: object) -> Iterator[tuple[str, object]]:
    assert isinstance(value, dict)
    yield from value.items()


def text_of(report: Report, section: str) -> str:
    return report.header.preface if section == PREFACE else report.text(SectionId(section))


def with_text(report: Report, section: str, text: str) -> Report:
    if section == PREFACE:
        return report.with_header(replace(report.header, preface=text))
    return report.with_text(SectionId(section), text)


def changed(data: Table) -> Report:
    """The base report with a case's changes."""
    report = read_report(base_text(str(data.get("base", "2021"))).encode()).report
    for key, value in entries(data.get("header", {})):
        assert hasattr(report.header, key)
        assert not isinstance(value, date) or key == "published"
        new = None if value == "" and key == "published" else value
        report = report.with_header(replace(report.header, **{key: new}))  # type: ignore[arg-type] # the case knows the type
    for key, value in entries(data.get("cells", {})):
        report = report.with_cell(parse_address(key), as_cell(value))
    for section, text in entries(data.get("texts", {})):
        report = with_text(report, section, str(text))
    for section, text in entries(data.get("append", {})):
        report = with_text(report, section, f"{text_of(report, section)}\n{text}".strip())
    swaps = data.get("swap", [])
    assert isinstance(swaps, list)
    for section, old, new in swaps:
        assert old in text_of(report, section), (data["name"], old)
        report = with_text(report, section, text_of(report, section).replace(old, new))
    for section in data.get("carried", []):  # type: ignore[attr-defined] # a list of sections
        marks = tuple(paragraph_mark(paragraph) for paragraph in paragraphs(text_of(report, section)))
        report = report.with_header(replace(report.header, carried=report.header.carried + marks))
    return report


def content(case: Case) -> bytes:
    """The bytes of a case's file."""
    if "hex" in case.data:
        return bytes.fromhex(str(case.data["hex"]))
    if "file" in case.data:
        return str(case.data["file"]).encode()
    if case.data.get("source") == "large":
        return b"#" * (MAX_BYTES + 1)
    touched = set(case.data) & (CHANGES - {"name", "base", "raw"})
    text = new_document(changed(case.data)) if touched else base_text(str(case.data.get("base", "2021")))
    raw = case.data.get("raw", [])
    assert isinstance(raw, list)
    for old, new in raw:
        assert old in text, (case.name, old)
        text = text.replace(old, new, 1)
    return text.encode()


def examine(case: Case, folder: Path) -> tuple[ReportFile | None, tuple[Finding, ...]]:
    """The file as read and everything found in it."""
    source = case.data.get("source")
    try:
        if source in SOURCES:
            read_bytes(Refusing(SOURCES[str(source)]))  # type: ignore[arg-type] # all that is asked of a path is to open
        path = folder / "report.toml"
        path.write_bytes(content(case))
        read = read_report(read_bytes(path))
    except UnreadableError as error:
        return None, (error.finding,)
    previous = changed(case.data["previous"]) if "previous" in case.data else None  # type: ignore[arg-type] # a table
    return read, findings_of(read, previous=previous, draft=bool(case.data.get("draft")))


def folder_text(folder: Path) -> str:
    """The file of a case that no report could be read from; nothing where there was none."""
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
        "expected": finding.expected is not None and write_cell(finding.expected) == str(wanted.get("expected")),
        "actual": finding.actual is not None and write_cell(finding.actual) == str(wanted.get("actual")),
        "message": str(wanted.get("message")) in message,
        "variant": finding.param("variant") == wanted.get("variant"),
        "repair": bool(finding.repairs) and write_cell(finding.repairs[0][0].after) == str(wanted.get("repair")),
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
    """A message is a sentence, and names the cell it is about by its official label."""
    message = CATALOGUE.message(finding)
    assert message.endswith(("。", "？", "> 新文件", ".toml"))
    assert "None" not in message
    if read is None or not finding.cells or finding.code in {problem.code for problem in read.problems}:
        return  # What is wrong in the file itself is named as the file names it.
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
    for package in (core, files, cli):
        for folder in package.__path__:
            for path in sorted(Path(folder).rglob("*.py")):
                yield path, ast.parse(path.read_text(encoding="utf-8"))


def given(call: ast.Call) -> Iterator[ast.expr]:
    """What a call gives as `variant`, by keyword or in a dictionary."""
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


def test_codes_in_use_are_in_the_catalogue_and_the_other_way_round() -> None:
    used = {
        node.value
        for _, module in sources()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and len(node.value) == 3
        and node.value[0] in "CF"
        and node.value[1:].isdigit()
    }
    data = (Path(next(iter(core.__path__))).parent / "templates").glob("2*.toml")
    used |= {equation["code"] for path in data for equation in tomllib.loads(path.read_text(encoding="utf-8")).get("equation", [])}
    assert used - set(CATALOGUE) == set()
    assert set(CATALOGUE) - used == set()


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
    findings = tuple(finding for check in PROSE_CHECKS for finding in check(Context(report, CATALOGUE)))
    assert len(findings) < 200
