"""An edition is a single file: a fictitious one is opened, summed, checked, exported, saved and edited without any code."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from nianbao.core.checks.run_checks import check_report
from nianbao.core.commands import FillBlank, SetCell, SetText, reduce
from nianbao.core.ids import SectionId, parse_address
from nianbao.core.layout import layouts
from nianbao.core.publishing.official_text import export_text
from nianbao.core.report import BLANK, Header, Report, blank_report
from nianbao.files.report.report_file import read_report
from nianbao.files.report.serialize import report_bytes
from nianbao.templates import edition_for_year, load_catalogue
from repository import EXAMPLES, ROOT

MADE_UP = """
id = "2031"
first_year = 2031
notice = "某办〔2031〕1号"
title = "{agency}{year}年公开报告"

[deadlines]
department = "02-28"

[[section]]
id = "summary"
numeral = "一"
heading = "概要"
topics = [{ name = "数据开放", words = ["数据开放"] }]

[[section]]
id = "meetings"
numeral = "二"
heading = "会议公开情况"
table = "会议表"

[[section.block]]
caption = "按季度"
corner = "会议"
columns = [
  { id = "first", path = ["上半年", "一季度"] },
  { id = "second", path = ["上半年", "二季度"] },
  { id = "cost", label = "费用（万元）", kind = "amount" },
  { id = "all", label = "合计" },
  { id = "more", label = "增减", kind = "change" },
]
rows = [
  { id = "open", path = ["公开会议", "现场"] },
  { id = "online", path = ["公开会议", "网络"] },
  { id = "sum", label = "小计" },
]

[[section]]
id = "plans"
numeral = "三"
heading = "打算"
remedies = true

[[equation]]
code = "C03"
section = "meetings"
for_each = "row"
left = ["all"]
right = ["first", "second"]
total = "left"

[[equation]]
code = "C02"
section = "meetings"
for_each = "column"
left = ["sum"]
right = ["open", "online"]
total = "left"

[[equation]]
code = "C04"
section = "meetings"
for_each = "row"
rows = ["open"]
left = ["all"]
right = ["first", "second", "more"]

[[equation]]
code = "C09"
section = "meetings"
for_each = "row"
rows = ["open"]
left = ["second"]
right = ["first", "more"]
relation = ">="

[[equation]]
code = "C01"
wording = { message = "{place}的{table}：{left_sum} 比 {right_sum}。" }
section = "meetings"
for_each = "column"
left = ["online"]
right = ["open"]
relation = ">="

[[equation]]
code = "C40"
section = "meetings"
for_each = "column"
left = ["open"]
right = ["previous.online"]

[[equation]]
code = "C41"
section = "meetings"
for_each = "row"
rows = ["online"]
left = ["first", "second"]
right = ["previous.all", "more"]
"""
OF_THE_REAL_FORM = (
    "（七）",
    "总计",
    "自然人",
    "办理结果",
    "结转",
    "新收",
    "现行有效",
    "制发",
    "废止",
    "尚未审结",
    "维持",
    "件数",
    "项目数量",
)


@pytest.fixture
def folder(own_editions: Path) -> Path:
    (own_editions / "2031.toml").write_text(MADE_UP, encoding="utf-8")
    return own_editions


def filled() -> Report:
    report = blank_report(edition_for_year(2031), Header("示例市司法局", "department", 2031, preface="前言"))
    report = reduce(report, SetCell(parse_address("meetings.open.first"), 3))
    return reduce(report, SetCell(parse_address("meetings.online.second"), 4))


def nianbao(*argv: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "nianbao", *argv], capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.mark.usefixtures("folder")
def test_its_year_picks_it() -> None:
    shipped = [tomllib.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "templates").glob("2*.toml")]
    of_2030 = max(
        (form for form in shipped if form["first_year"] <= 2030 <= form.get("last_year", 2030)), key=lambda form: form["first_year"]
    )
    assert edition_for_year(2035).id == "2031"
    assert edition_for_year(2030).id == of_2030["id"]


@pytest.mark.usefixtures("folder")
def test_its_totals_are_live() -> None:
    report = filled()
    totals = {
        name: report.cell(parse_address(f"meetings.{name}"))
        for name in ("open.all", "online.all", "sum.first", "sum.second", "sum.all", "sum.cost")
    }
    assert totals == {"open.all": 3, "online.all": 4, "sum.first": 3, "sum.second": 4, "sum.all": 7, "sum.cost": BLANK}


@pytest.mark.usefixtures("folder")
def test_it_is_saved_and_read_back_and_edited_in_place() -> None:
    report = filled()
    source = read_report(report_bytes(report))
    assert source.report == report
    assert 'open   = [3, "", "", 3, ""]' in source.text
    edited = reduce(source.report, SetText(SectionId("plans"), "问题：会议少。改进情况：多开。"))
    assert read_report(report_bytes(edited, source)).report == edited


@pytest.mark.usefixtures("folder")
def test_it_is_exported_with_its_merged_headers() -> None:
    text = export_text(reduce(filled(), FillBlank(SectionId("meetings")))).text
    for label in ("示例市司法局2031年公开报告", "一、概要", "二、会议公开情况", "按季度", "上半年", "一季度", "公开", "小计"):
        assert label in text
    spans = {cell.text(filled()): (cell.rows, cell.columns) for cell in layouts(edition_for_year(2031))[SectionId("meetings")].cells}
    assert spans["上半年"] == (1, 2)
    assert spans["公开会议"] == (2, 1)
    assert spans["小计"] == (1, 2)


def test_the_command_line_creates_and_checks_it(folder: Path) -> None:
    path = folder / "report.toml"
    assert nianbao("new", str(path), "--agency", "示例市司法局", "--year", "2031").returncode == 0
    report = reduce(read_report(path.read_bytes()).report, FillBlank(SectionId("meetings")))
    report = report.with_cell(parse_address("meetings.open.all"), 5).with_text(SectionId("summary"), "全年平稳。")
    path.write_bytes(report_bytes(report, read_report(path.read_bytes())))
    outcome = nianbao("check", str(path), "--format", "json")
    findings = json.loads(outcome.stdout)["files"][0]["findings"]
    by_code = {finding["code"]: finding for finding in findings}
    assert by_code["C03"]["cells"][0] == "meetings.open.all"
    assert by_code["C03"]["expected"] == 0
    assert by_code["C03"]["message"] == "会议表“现场”一行：合计填 5，一季度、二季度相加得 0，相差 5。"
    assert "数据开放" in by_code["C51"]["message"]
    assert by_code["C50"]["section"] == "plans"
    assert "三、打算" in by_code["C50"]["message"]


@pytest.mark.usefixtures("folder")
def test_its_messages_are_in_its_own_words() -> None:
    edition = edition_for_year(2031)
    header = Header("示例市司法局", "department", 2031, preface="前言")
    rows = {"open": (3, 1, 0, 5, 0), "online": (1, 1, 0, 2, 0), "sum": (4, 2, 0, 6, 0)}
    columns = ("first", "second", "cost", "all", "more")
    values = {f"meetings.{row}.{column}": value for row, line in rows.items() for column, value in zip(columns, line, strict=True)}
    report = blank_report(edition, header).with_cells({edition.index[parse_address(name)]: value for name, value in values.items()})
    last = report.with_header(header._replace(year=2030)).with_cell(parse_address("meetings.online.all"), 4)
    found = check_report(report, load_catalogue(), previous=last, edition_for=edition)
    messages = [load_catalogue().message(finding) for finding in found if finding.cells]
    assert {
        "会议表“现场”一行：合计填 5，一季度、二季度相加得 4，相差 1。",
        "会议表“合计”一列：小计填 6，现场、网络相加得 7，相差 1。",
        "会议表“现场”一行：合计填 5，一季度、二季度、增减相加得 4，相差 1。",
        "会议表“现场”：二季度 1，少于一季度 3 加增减 0。",
        "会议表“一季度”一列：现场 3，上年的网络 1，两者对不上。",
        "会议表“网络”一行：一季度 1 加二季度 1，上年的合计 4 加增减 0，两者对不上。",
        "一季度的会议表：1 比 3。",
    } <= set(messages)
    assert [message for message in messages if any(word in message for word in OF_THE_REAL_FORM)] == []


@pytest.mark.usefixtures("folder")
def test_a_blank_that_may_be_negative_proves_nothing() -> None:
    edition = edition_for_year(2031)
    report = blank_report(edition, Header("示例市司法局", "department", 2031))
    for column, value in (("first", 3), ("second", 2), ("all", 4)):
        report = report.with_cell(parse_address(f"meetings.open.{column}"), value)
    codes = [finding.code for finding in check_report(report, load_catalogue(), edition_for=edition)]
    assert "C04" not in codes
    assert "C09" not in codes
    assert "C04" in [f.code for f in check_report(report.with_cell(parse_address("meetings.open.more"), 0), load_catalogue())]


def test_last_years_report_of_another_edition_is_compared_as_far_as_it_goes(folder: Path) -> None:
    path = folder / "report.toml"
    path.write_bytes(report_bytes(filled()))
    old = EXAMPLES / "department-2024.toml"
    outcome = nianbao("check", str(path), "--previous", str(old), "--format", "json")
    codes = [finding["code"] for finding in json.loads(outcome.stdout)["files"][0]["findings"]]
    assert "C46" in codes
    assert "C40" not in codes


def test_a_broken_edition_file_is_named(folder: Path) -> None:
    (folder / "2031.toml").write_text(MADE_UP.replace('id = "open"', 'id = "closed"'), encoding="utf-8")
    outcome = nianbao("new", "--year", "2031")
    assert outcome.returncode == 2
    assert "2031.toml" in outcome.stderr
