"""Leftover prose: findings and their spans, no findings in careful prose, and linear time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.checks.context import CheckContext
from nianbao.core.checks.finding import Finding
from nianbao.core.checks.leftovers.list_of_sections import telling_pairs
from nianbao.core.checks.leftovers.scan_passages import MOST, SHOWN
from nianbao.core.checks.run_checks import CHECKS
from nianbao.core.chinese.agency_names import kind_of, same_body
from nianbao.core.ids import PREFACE, SectionId
from nianbao.core.report import Header, Report, blank_report
from nianbao.templates import load_edition
from rule_check import CATALOGUE
from strategies import EDITIONS, any_text, chinese_text

FAMILIES = tuple(check for check in CHECKS if hasattr(check, "__wrapped__"))
"""Checks run by `leftover_check`."""
BUREAU = Header(agency="示例市园林局", kind="department", year=2024)
TOWN = Header(agency="示例县清溪镇人民政府", kind="government", year=2024)

CLEAN = (
    "全年主动公开政府信息 326 条，其中网站 210 条、公众号 116 条。",
    "2024年，共举办培训两次，参训人员及时及早掌握了新要求。",
    "与2023年相比，申请减少 4 件；2022年同期为 9 件。",
    "2025年，将把公开要求写进考核办法，力争解读率达到百分之百。",
    "自2019年以来，查阅点一直对外开放。",
    "按照《2023年政务公开工作要点》和示政办〔2023〕8号文件逐条落实。",
    "公开了2023年度部门决算和2023年信息公开年报各一份。",
    "市政府办公室来人指导，省主管部门组织了抽查。",
    "群众扫一扫二维码就能查到办事指南，网站首页的浏览次数逐月公布。",
    "把群众的事一件一件办好，层层压实责任，取得了实实在在的成效。",
    "本报告依照国办公开办函〔2021〕30号编制，依据是《政府信息公开条例》（国务院令第711号）。",
    "年报电子版可在 www.shili.gov.cn 下载，电话 0123-6543210。",
    "1）更新目录；2）修订指南（含三级目录）。",
    "申请人填写联系方式即可，材料打印由窗口承担。",
    "“政府开放日”请来代表三十人，设在在建的查阅点也一并开放。",
    "报告数据由办公室汇总，分为三类逐项核对。",
)
"""Careful prose without leftovers."""

LEFT_OVER = {
    "C59": "体例依照年度报告格式（试行）。",
    "C63": "该部分以表格形式报告。",
    "C64": "市政府网站（http://www.shili-city.net）全文公开。",
    "C65": "及时公开公开事项。",
    "C66": "扫一扫在手机打开当前页",
    "C68": "公开⽬录。",
    "C76": "2023年，我局办理申请两件。",
    "C77": "通过园林之窗”公众号发布。",
}


def with_prose(header: Header, **texts: str) -> Report:
    report = blank_report(load_edition("2021"), header._replace(preface=texts.pop("preface", "")))
    for section, text in texts.items():
        report = report.with_text(SectionId(section), text)
    return report


def left_over(report: Report) -> list[Finding]:
    context = CheckContext(report, CATALOGUE)
    return [finding for check in FAMILIES for finding in check(context)]


def text_at(report: Report, finding: Finding) -> str:
    assert finding.span is not None
    text = report.header.preface if finding.span.section == PREFACE else report.text(finding.span.section)
    return text[finding.span.start : finding.span.end]


@pytest.mark.parametrize("sentence", CLEAN)
@pytest.mark.parametrize("section", ["preface", "overview", "problems"])
def test_careful_prose_is_not_accused(sentence: str, section: str) -> None:
    for header in (BUREAU, TOWN):
        assert left_over(with_prose(header, **{section: sentence})) == []


@given(st.lists(st.sampled_from(CLEAN), max_size=6), st.sampled_from(["", "\n"]))
def test_careful_sentences_side_by_side_are_not_accused_either(sentences: list[str], between: str) -> None:
    # A number or link that occurs twice is written the same way; sentences may be combined in any order.
    assert left_over(with_prose(BUREAU, overview=between.join(sentences))) == []


@pytest.mark.parametrize("code", LEFT_OVER)
@given(st.lists(st.sampled_from(CLEAN), max_size=4), st.lists(st.sampled_from(CLEAN), max_size=4))
def test_careful_sentences_around_change_no_finding(code: str, before: list[str], after: list[str]) -> None:
    alone = with_prose(BUREAU, overview=LEFT_OVER[code])
    among = with_prose(BUREAU, overview="\n".join([*before, LEFT_OVER[code], *after]))
    assert [(finding.code, text_at(alone, finding)) for finding in left_over(alone)] == [
        (finding.code, text_at(among, finding)) for finding in left_over(among)
    ]
    assert {finding.code for finding in left_over(among)} == {code}


@given(st.sampled_from(EDITIONS), st.data())
def test_every_finding_has_its_place_and_its_words(edition: object, data: st.DataObject) -> None:
    pieces = st.one_of(st.sampled_from([*LEFT_OVER.values(), *CLEAN]), chinese_text(20), any_text(20))
    texts = [("".join(data.draw(st.lists(pieces, max_size=3)))) for _ in edition.sections]  # type: ignore[attr-defined] # an edition
    header = data.draw(st.sampled_from([BUREAU, TOWN, Header()]))._replace(preface=texts[0])
    report = replace(blank_report(edition, header), texts=tuple(texts))  # type: ignore[arg-type] # an edition
    for finding in left_over(report):
        assert finding.span is not None
        assert finding.section == finding.span.section
        text = report.header.preface if finding.section == PREFACE else report.text(finding.span.section)
        assert 0 <= finding.span.start < finding.span.end <= len(text)
        assert len(finding.param("found")) <= SHOWN
        assert CATALOGUE.message(finding).endswith(("。", "？"))


@pytest.mark.parametrize(
    ("year", "edition", "cited", "found"),
    [
        (2018, "2008", "国务院令第492号", False),
        (2019, "2019", "国务院令第492号", True),
        (2020, "2019", "国办公开办函〔2019〕60号", False),
        (2021, "2021", "国办公开办函〔2019〕60号", True),
        (2020, "2019", "国办公开办函〔2021〕30号", True),
        (2021, "2021", "国办公开办函〔2021〕30号", False),
        (2017, "2008", "国务院令第711号", True),
    ],
)
def test_a_citation_is_right_in_its_years(year: int, edition: str, cited: str, found: bool) -> None:
    report = blank_report(load_edition(edition), BUREAU._replace(year=year, preface=f"依据是{cited}。"))
    assert [finding.code for finding in left_over(report)] == (["C59"] if found else [])


@given(st.integers(2019, 2030), st.integers(2005, 2035))
def test_only_years_close_to_the_reports_are_taken_for_leftovers(year: int, other: int) -> None:
    header = BUREAU._replace(year=year)
    codes = [finding.code for finding in left_over(with_prose(header, overview=f"{other}年，我局共办理申请 3 件。"))]
    expected = year - 3 <= other <= year + 1 and other != year
    assert codes == (["C76"] if expected else [])


@pytest.mark.parametrize(
    ("agency", "kind"),
    [
        ("示例市民政局", "局"),
        ("示例省教育厅", "厅"),
        ("示例县清溪镇人民政府", "镇"),
        ("清溪镇", "镇"),
        ("青山乡人民政府", "乡"),
        ("柳荫街道办事处", "街道"),
        ("示例市卫生健康委员会", "委"),
        ("示例市发展和改革委员会（市粮食局）", "委"),
        ("示例县人民政府", "政府"),
        ("示例经济开发区管理委员会", ""),
        ("示例市人民政府办公室", ""),
        ("", ""),
    ],
)
def test_an_agencys_name_tells_what_it_is(agency: str, kind: str) -> None:
    assert kind_of(agency) == kind


@pytest.mark.parametrize("name", ["市卫健委", "示例市卫生健康委员会", "卫生健康委办公室", "综合科"])
def test_a_short_name_may_mean_the_agency(name: str) -> None:
    assert same_body(name, "示例市卫生健康委员会")


@pytest.mark.parametrize("name", ["市教育局", "清溪镇人民政府", "市发改委"])
def test_another_body_is_another_body(name: str) -> None:
    assert not same_body(name, "示例市卫生健康委员会")


@pytest.mark.parametrize("edition", [edition for edition in EDITIONS if edition.tables], ids=lambda edition: edition.id)
def test_every_section_of_the_form_is_told_by_its_heading(edition: object) -> None:
    for section, pairs in telling_pairs(edition):
        assert any(pair in section.heading for pair in pairs), section.heading


LONG = ("公开", "信息化", "一件", "（", "”", "《", "2023年，我局", "2023年", "报告由", "现将", "www.a.cn/2020/", "我局", "来源：\n")
LONGER = (
    "*电话**",
    "&nbsp;",
    "⼀",
    "請",
    "请与县局联系",
    "《条例》第三十条",
    "（注：此",
    "扫一扫在手机打开",
    "0123-6543210",
    "<a ",
    "。",
    "2023年将",
)


@pytest.mark.parametrize("unit", [*LONG, *LONGER])
def test_no_long_text_takes_long_or_drowns_the_reader(unit: str) -> None:
    # Quadratic time would take minutes here.
    text = unit * (100_000 // len(unit))
    findings = left_over(with_prose(TOWN, preface=text, overview=text, problems=text))
    assert len(findings) <= 3 * MOST * len(FAMILIES)
