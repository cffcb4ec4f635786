"""Layouts and pitfalls of published reports, each in a document small enough to check by eye."""

from __future__ import annotations

from datetime import date

import pytest
from nianbao.core.ids import RowId, SectionId
from nianbao.core.importing.notes import Code, Imported
from nianbao.core.publishing.official_text import export_text
from nianbao.core.report import BLANK, NA, Cell, Header, blank_report
from nianbao.files.importing.source import read_source
from nianbao.templates import edition_ids, load_edition
from strategies import EDITIONS

TITLE = "示例市民政局2022年政府信息公开工作年度报告\n"
HEAD = TITLE + "一、总体情况\n本年度公开信息31条。\n二、主动公开政府信息情况\n"
FIRST = "第二十条第(一)项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n"


def imported(text: str, *, year: int = 0, name: str = "年报.txt") -> Imported:
    return read_source(name, text.encode(), EDITIONS, year=year)


def row(result: Imported, section: str, name: str) -> list[Cell]:
    report = result.report
    return [report.cells[at] for at in report.edition.row_cells[SectionId(section), RowId(name)]]


def codes(result: Imported) -> set[Code]:
    return {note.code for note in result.notes}


def read_rows(result: Imported) -> dict[str, list[Cell]]:
    """Return the rows in which every cell was read."""
    lost = set(result.unrecoverable)
    return {
        name: row(result, section, name)
        for section, name in result.report.edition.row_cells
        if not any(place == section or place.startswith(f"{section}.{name}") for place in lost)
    }


@pytest.mark.parametrize(
    "lines",
    [
        "规章 | 1 | 0 | 14 |\n行政规范性文件 | 2 | 3 | 25 |",
        "| 规章 | 1 | 0 | 14 |\n| 行政规范性文件 | 2 | 3 | 25 |",
        "规章 | 1 | 0 | 14 | | |\n行政规范性文件 | 2 | 3 | 25 | ||",
        "规章 |\n1 |\n0 |\n14 |\n||\n行政规范性文件 |\n2 |\n3 |\n25 |\n||",
        "规章\n|\n1\n|\n0\n|\n14\n|\n行政规范性文件\n|\n2\n|\n3\n|\n25\n|",
        "|\n规章 |\n1 |\n0 |\n14 |\n||\n|\n行政规范性文件 |\n2 |\n3 |\n25 |\n||",
        " |\n 规章  |\n 1  |\n 0  |\n 14  |\n 行政规范性文件  |\n 2  |\n 3  |\n 25  |",
        "规章\n\n1\n\n0\n\n14\n\n行政规范性文件\n\n2\n\n3\n\n25",
        "规 章\n 1\n0 \n14\n行政规范性\n文件\n2\n3\n25",
        "规章 1 0 14\n行政规范性文件 2 3 25",
        "规章(设区的市应提供,其他不填) | 1 | 0 | 14 |\n规范性文件 | 2 | 3 | 25 |",
        "規章 | 1 | 0 | 14 |\n行政規範性檔案 | 2 | 3 | 25 |",
        "規(guī)章 | 1 | 0 | 14 |\n行政規範(fàn)性文(wén)件 | 2 | 3 | 25 |",
        "规章 | １ | ０ | １４ |\n⾏政规范性⽂件 | 2 | 3件 | 25 |",
        "规章 |\n1\n\n|\n0 |\n14\n|\n行政规范性文件 |\n2 |\n3 |\n25 |",
    ],
)
def test_one_table_is_read_alike_in_many_layouts(lines: str) -> None:
    result = imported(HEAD + FIRST + lines + "\n第二十条第(五)项\n")
    assert row(result, "disclosure", "regulations") == [1, 0, 14]
    assert row(result, "disclosure", "normative_documents") == [2, 3, 25]
    assert "disclosure.regulations" not in result.unrecoverable


def test_blank_cells_stay_blank_and_strokes_not_applicable() -> None:
    result = imported(HEAD + FIRST + "规章 |\n|\n|\n|\n行政规范性文件 |\n/ |\n- |\n无 |\n行政许可 |\n| ||\n")
    assert read_rows(result) == {"regulations": [BLANK] * 3, "normative_documents": [NA] * 3, "licences": [BLANK]}


def test_only_the_total_is_filled() -> None:
    result = imported(HEAD + "一、本年新收政府信息公开申请数量 | | | | | | | 3 |\n")
    assert row(result, "requests", "new_received") == [BLANK] * 6 + [3]


@pytest.mark.parametrize(("written", "value"), [("+2", 2), ("-5", -5), ("减4", -4), ("增3", 3), ("+1,036", 1036), ("０", 0)])
def test_changes_keep_their_sign(written: str, value: int) -> None:
    result = imported(
        HEAD + f"上一年项目数量 | 本年增/减 | 处理决定数量 |\n行政许可 | 9 | {written} | 7 |\n政府集中采购 | 2 | 251000元 |\n"
    )
    assert row(result, "disclosure", "licences") == [9, value, 7]
    assert [str(getattr(cell, "raw", cell)) for cell in row(result, "disclosure", "procurement")] == ["2", "251000元"]


def test_a_label_broken_over_lines_still_names_its_row() -> None:
    text = (
        "（三）\n不予\n公开\n1. 属于国家秘密 0 0 0 0 0 0 0\n2. 其他法律行政法规禁止公\n开 3 0 0 0 0 0 3\n"
        "（六）\n其他\n处理\n1. 逾期不补正 4 0 0 0 0 0 4\n2. 逾期不缴费 1 0 0 0 0 0 1\n3. 其他 5 0 0 0 0 0 5\n"
    )
    rows = read_rows(imported(HEAD + text))
    assert rows["refused_by_law"] == [3, 0, 0, 0, 0, 0, 3]
    assert rows["other_overdue_clarification"][0] == 4
    assert rows["other_overdue_fee"][0] == 1
    assert rows["other_reasons"][0] == 5


def test_too_few_values_are_not_shifted() -> None:
    result = imported(HEAD + "一、本年新收政府信息公开申请数量\n3\n\n3\n二、上年结转政府信息公开申请数量\n0\n0\n0\n0\n0\n0\n0\n")
    assert row(result, "requests", "new_received") == [BLANK] * 7
    assert "requests.new_received" in result.unrecoverable
    assert Code.COUNT in codes(result)
    assert row(result, "requests", "carried_over") == [0] * 7


def test_a_value_that_vanished_does_not_make_an_empty_total() -> None:
    row_text = "{} |\n" + "{} |\n" * 6 + "|\n"
    text = row_text.format("一、本年新收政府信息公开申请数量", 3, 0, 0, 0, 0, 3)
    text += row_text.replace("|\n|\n", "|\n0 |\n|\n").format("二、上年结转政府信息公开申请数量", 0, 0, 0, 0, 0, 0)
    result = imported(HEAD + text + "（一）予以公开 |\n")
    assert "requests.new_received" in result.unrecoverable
    assert row(result, "requests", "carried_over") == [0] * 7


def test_empty_paragraphs_stand_for_empty_cells_where_they_come_out_even() -> None:
    gap = "\n" * 14
    text = f"一、本年新收政府信息公开申请数量{gap}3\n\n二、上年结转政府信息公开申请数量" + "\n\n0" * 7 + "\n\n三、本年度办理结果\n"
    result = imported(HEAD + text)
    assert row(result, "requests", "new_received") == [BLANK] * 6 + [3]
    assert Code.GAPS in codes(result)


def test_a_row_that_the_form_does_not_have_is_named() -> None:
    rows = "规章 |\n1 |\n0 |\n14 |\n其他主动公开文件(含以本单位名义发的) |\n7 |\n0 |\n9 |\n行政规范性文件 |\n2 |\n3 |\n25 |\n"
    result = imported(HEAD + rows)
    assert row(result, "disclosure", "normative_documents") == [2, 3, 25]
    assert [note.line for note in result.notes if note.code is Code.EXTRA_ROW] == [9]
    in_lines = imported(HEAD + rows.replace(" |\n", " | ").replace("其他", "\n其他").replace("行政", "\n行政"))
    assert [note.line for note in in_lines.notes if note.code is Code.EXTRA_ROW] == [6]


def test_the_number_of_a_page_is_no_part_of_the_title() -> None:
    assert imported("Page 8 - " + HEAD).report.header.agency == "示例市民政局"


ACROSS = "四、政府信息公开行政复议、行政诉讼情况\n结果维持 |\n结果纠正 |\n其他结果 |\n尚未审结 |\n总计 |\n"


def test_a_line_of_several_rows_is_not_shifted_because_one_of_them_adds_up() -> None:
    values = "|\n0 |\n0 |\n0 |\n|\n0 |\n/ |\n3 |\n0 |\n3 |\n0 |\n1 |\n0 |\n0 |\n0 |\n|\n"
    result = imported(HEAD + ACROSS + values + "||\n五、存在的主要问题及改进情况\n无。\n")
    assert {"review.litigation_direct", "review.litigation_after_review"} <= set(result.unrecoverable)


def test_the_mark_of_a_row_makes_up_for_no_cell_that_the_end_of_the_document_took() -> None:
    text = HEAD + ACROSS + "||\n|\n/ |\n/ |\n" + "|\n" * 6 + "3 |\n|\n|\n/ |\n|\n|\n"
    assert "review.litigation_direct" in imported(text).unrecoverable
    whole = imported(text + "|\n||\n五、存在的主要问题及改进情况\n无。\n")
    assert "review.litigation_direct" in whole.unrecoverable or row(whole, "review", "reconsideration")[0] is NA


def test_a_row_in_which_the_document_breaks_off_is_not_filled_up_with_filling() -> None:
    label = "| | （二）部分公开（区分处理的，只计这一情形，不计其他情形） | | "
    cells = "4 | | 7 | 0 | 0 | 0 | 11 |"
    place = "requests.partly_granted"
    assert place in imported(HEAD + label + cells[:-7]).unrecoverable
    assert place not in imported(HEAD + label + cells + "\n").unrecoverable


def test_a_sum_without_its_total_chooses_no_reading_of_a_line() -> None:
    values = "|\n0 |\n5 |\n3 |\n8 |\n|\n/ |\n4 |\n3 |\n|\n/ |\n/ |\n0 |\n0 |\n|\n|\n"
    result = imported(HEAD + ACROSS + values + "||\n五、存在的主要问题及改进情况\n无。\n")
    assert {"review.reconsideration", "review.litigation_direct"} <= set(result.unrecoverable)


def test_identities_choose_no_reading_in_a_table_that_breaks_them() -> None:
    shifted = "（一）予以公开 | | 1 | 0 | 0 | 0 | 2 | 3 | |\n"
    other = "一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | {} |\n"
    chosen = imported(HEAD + other.format(3) + shifted)
    assert row(chosen, "requests", "granted") == [BLANK, 1, 0, 0, 0, 2, 3]
    assert Code.IDENTITY in codes(chosen)
    assert "requests.granted" in imported(HEAD + other.format(9) + shifted).unrecoverable


def test_the_misspelt_label_of_a_row_gives_none_to_the_row_before() -> None:
    empty = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    text = f"1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\n0\n0\n0\n0\n0\n0\n0\n{empty}\n3.其的\n1\n0\n0\n0\n0\n0\n1\n"
    result = imported(HEAD + text)
    assert row(result, "requests", "other_overdue_clarification") == [0] * 7
    assert "requests.other_overdue_fee" in result.unrecoverable


def test_a_table_that_breaks_off_in_a_number_does_not_yield_it() -> None:
    rows = ["信息内容\t本年制发件数\t本年废止件数\t现行有效件数", "规章\t1\t0\t14", "行政规范性文件\t2\t3\t25"]
    text = HEAD + "\n".join([*rows[:1] * 4, *rows])
    assert row(imported(text + "\n"), "disclosure", "normative_documents") == [2, 3, 25]
    for broken in (text[:-1], text[:-2]):
        assert "disclosure.normative_documents" in imported(broken).unrecoverable


def test_digits_that_stand_together_may_hide_an_empty_cell() -> None:
    text = "规章000\n行政规范性文件390\n一、本年新收政府信息公开申请数量300003\n"
    result = imported(HEAD + FIRST + text)
    assert row(result, "disclosure", "regulations") == [0, 0, 0]
    assert "disclosure.normative_documents" in result.unrecoverable


def test_digits_that_stand_together_are_read_where_only_one_reading_is_left() -> None:
    text = "规章000\n行政规范性文件12100\n一、本年新收政府信息公开申请数量140000014\n二、上年结转政府信息公开申请数量0000000\n"
    result = imported(HEAD + FIRST + text)
    assert row(result, "disclosure", "regulations") == [0, 0, 0]
    assert "disclosure.normative_documents" in result.unrecoverable
    assert row(result, "requests", "new_received") == [14, 0, 0, 0, 0, 0, 14]
    assert row(result, "requests", "carried_over") == [0] * 7
    assert {Code.GLUED, Code.IDENTITY} <= codes(result)


def test_numbers_lost_with_repeated_lines_are_not_read_as_zero() -> None:
    result = imported(
        HEAD
        + "第二十条第(一)项\n\n信息内容\n\n本年制发件数\n\n本年废止件数\n\n现行有效件数\n\n规章\n\n0\n\n\n\n\n\n行政规范性文件\n\n\n\n\n\n7\n"
    )
    assert {"disclosure.regulations", "disclosure.normative_documents"} <= set(result.unrecoverable)


def test_a_row_whose_label_is_lost_is_known_by_its_place() -> None:
    text = "第二十条第\n\n信息内容\n\n本年制发件数\n\n本年废止件数\n\n现行有效件数\n\n \n\n1\n\n0\n\n4\n\n行政规范性文件\n\n3\n\n0\n\n5\n"
    result = imported(HEAD + text)
    assert row(result, "disclosure", "regulations") == [1, 0, 4]
    assert Code.LABEL_LOST in codes(result)


def test_labels_are_recognised_without_numerals_and_brackets() -> None:
    zeros = " | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
    text = f"其他处理 | 申请人无正当理由逾期不补正{zeros}申请人逾期未按收费通知要求缴纳费用{zeros}其他 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n总计{zeros}结转下年度继续办理{zeros}"
    rows = read_rows(imported(HEAD + text))
    assert rows["other_reasons"] == [1, 0, 0, 0, 0, 0, 1]
    assert rows["total"] == [0] * 7


def test_a_column_called_other_is_no_row() -> None:
    result = imported(HEAD + "三、收到和处理政府信息公开申请情况\n法律服务机构\n其他\n3\n0\n0\n0\n0\n0\n3\n")
    assert "other_reasons" not in read_rows(result)


def test_an_e_book_page_with_vertical_letters_is_read() -> None:
    text = (
        "Page 9 - 2022年报\nP. 9\n四、结转下年度继续办理 1 0 0 0 0 0 1\n四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n"
        "未经复议直接起诉 复议后起诉\n结 结 其 尚\n果 果 他 未 总\n维 纠 结 审 计\n持 正 果 结\n1 0 0 1 2 0 0 0 0 0 0 3 0 0 3\n"
    )
    result = imported(text, year=2022)
    assert row(result, "requests", "carried_forward") == [1, 0, 0, 0, 0, 0, 1]
    assert row(result, "review", "reconsideration") == [1, 0, 0, 1, 2]
    assert row(result, "review", "litigation_after_review") == [0, 3, 0, 0, 3]


@pytest.mark.parametrize("count", [5, 10, 14, 16])
def test_table_four_needs_all_fifteen_numbers(count: int) -> None:
    result = imported(
        HEAD
        + "四、政府信息公开行政复议、行政诉讼情况\n行政复议行政诉讼\n| "
        + " | ".join(["1"] * count)
        + " |\n五、存在的主要问题及改进情况\n"
    )
    assert not any(place in read_rows(result) for place in ("reconsideration", "litigation_direct"))


def test_rows_of_a_group_that_lost_their_labels_are_read_in_order() -> None:
    values = "".join(f"{number} |\n0 |\n0 |\n0 |\n0 |\n0 |\n{number} |\n" for number in range(1, 9))
    result = imported(HEAD + f"(三)不予公开 |\n{values}(四)无法提供 |\n1 |\n")
    assert row(result, "requests", "refused_state_secret") == [1, 0, 0, 0, 0, 0, 1]
    assert row(result, "requests", "refused_administrative_query") == [8, 0, 0, 0, 0, 0, 8]
    assert Code.GROUP_IN_ORDER in codes(result)
    assert "requests.unavailable_not_held" in result.unrecoverable


def test_one_value_merged_over_all_columns_is_not_spread() -> None:
    result = imported(HEAD + "一、本年新收政府信息公开申请数量 |\n|\n4 |\n|||||||\n二、上年结转政府信息公开申请数量 |\n")
    assert {"requests.new_received", "requests.carried_over"} <= set(result.unrecoverable)


def test_a_total_printed_in_another_column_does_not_move_the_values() -> None:
    text = "自然人 |\n法人或其他组织 |\n|\n商业企业 |\n科研机构 |\n社会公益组织 |\n法律服务机构 |\n其他 |\n总计 |\n一、本年新收政府信息公开申请数量 |\n0 |\n0 |\n0 |\n0 |\n1 |\n0 |\n0 |\n"
    assert row(imported(HEAD + text), "requests", "new_received") == [0, 0, 0, 0, 1, 0, 0]


def test_images_leave_the_tables_missing() -> None:
    text = "二、主动公开政府信息情况\n主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n问题是人手不足。\n"
    result = imported(TITLE + "一、总体情况\n概况。\n" + text)
    assert result.unrecoverable == ("disclosure", "requests", "review")
    assert {Code.IMAGE, Code.ABSENT_TABLE} <= codes(result)
    assert result.report.texts == ("概况。", "", "", "", "问题是人手不足。", "")


def test_headings_inside_one_paragraph_divide_it_into_sections() -> None:
    text = "一、总体情况 本局做了工作。 二、主动公开政府信息情况 三、收到和处理政府信息公开申请情况 四、政府信息公开行政复议、行政诉讼情况 五、存在的主要问题及改进情况 人手不足。 六、其他需要报告的事项 无。"
    assert imported(TITLE + text).report.texts == ("本局做了工作。", "", "", "", "人手不足。", "无。")


def test_headings_are_recognised_worded_otherwise_and_without_numerals() -> None:
    worded = imported(TITLE + "一、概述\n甲。\n五、政府信息公开工作存在的主要问题及改进情况\n乙。\n六、其他需要说明的情况\n丙。\n")
    assert worded.report.texts == ("甲。", "", "", "", "乙。", "丙。")
    bare = imported(TITLE + "总体情况\n甲。\n存在的主要问题及改进情况\n乙。\n其他需要报告的事项\n丙。\n")
    assert bare.report.texts == ("甲。", "", "", "", "乙。", "丙。")


def test_a_sub_heading_is_no_heading() -> None:
    text = "一、总体情况\n（一）主动公开情况\n甲。\n1.主动公开情况\n乙。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
    assert imported(TITLE + text).report.texts[0] == "（一）主动公开情况\n甲。\n1.主动公开情况\n乙。"


def test_prose_beside_a_table_stays_with_its_section() -> None:
    result = imported(
        HEAD + "行政处罚决定39件，不存在其他情况。\n" + FIRST + "规章 | 0 | 0 | 0 |\n表后说明。\n三、收到和处理政府信息公开申请情况\n"
    )
    assert result.report.texts[1] == "行政处罚决定39件，不存在其他情况。\n表后说明。"
    assert "disclosure.penalties" in result.unrecoverable


def test_the_page_around_the_report_is_dropped_and_listed() -> None:
    text = (
        "您当前所在位置: 首页 > 公开年报\n索 引 号 | ab123 | 发布机构 | 某县政府 |\n发布日期：2023-01-12\n字号: 大 中 小\n"
        + HEAD
        + "关联稿件:\n-\n扫一扫在手机打开当前页\n"
    )
    result = imported(text)
    assert result.report.header.published is not None
    assert result.report.header.published.isoformat() == "2023-01-12"
    assert result.report.texts[0] == "本年度公开信息31条。"
    assert result.report.header.preface == ""
    dropped = " ".join(note.text for note in result.notes if note.code is Code.DROPPED)
    assert all(word in dropped for word in ("您当前", "字号", "关联稿件", "扫一扫"))


@pytest.mark.parametrize(
    ("first_lines", "agency", "year"),
    [
        ("示例市民政局2022年政府信息公开工作年度报告", "示例市民政局", 2022),
        ("2022年示例市民政局政府信息公开工作年度报告", "示例市民政局", 2022),
        ("示例市民政局关于2022年度政府信息公开工作的年度报告", "示例市民政局", 2022),
        ("样例镇人民政府\n2022年政府信息公开工作年度报告", "样例镇人民政府", 2022),
        ("示例市民政局二〇二二年政府信息公开工作年度报告", "示例市民政局", 2022),
        ("现向社会公布样例镇2022年度政府信息公开工作年度报告。", "样例镇", 2022),
        ("根据条例编制本报告，统计期限自2022年1月1日起至2022年12月31日止。", "", 2022),
    ],
)
def test_agency_and_year_are_read_where_they_are_stated(first_lines: str, agency: str, year: int) -> None:
    header = imported(first_lines + "\n一、总体情况\n概况。\n").report.header
    assert (header.agency, header.year) == (agency, year)


def test_agency_and_date_at_the_end_go_into_the_header() -> None:
    result = imported("一、总体情况\n概况。\n六、其他需要报告的事项\n无其他事项。\n示例市民政局\n2023年1月9日\n")
    assert result.report.header.agency == "示例市民政局"
    assert str(result.report.header.published) == "2023-01-09"
    assert result.report.texts[-1] == "无其他事项。"


def test_two_years_side_by_side_are_told_apart() -> None:
    text = "年报比对 2021 vs 2022\n" + HEAD
    for numbers in ("3 0 0 0 0 0 3", "5 0 0 0 0 0 5"):
        text += f"一、本年新收政府信息公开申请数量 {numbers}\n二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0\n"
    assert row(imported(text), "requests", "new_received")[0] == 5
    assert row(imported(text, year=2021), "requests", "new_received")[0] == 3
    assert Code.COPIES in codes(imported(text))


def test_a_row_given_twice_with_different_values_is_not_chosen_from() -> None:
    row_text = "一、本年新收政府信息公开申请数量 | {0} | 0 | 0 | 0 | 0 | 0 | {0} |\n"
    zeros = "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
    result = imported(HEAD + row_text.format(1) + zeros + row_text.format(2))
    assert "requests.new_received" in result.unrecoverable
    assert Code.CONTRADICTION in codes(result)


def test_a_comparison_of_years_is_no_table_of_the_form() -> None:
    result = imported(HEAD + "指标名称 2021年 2022年 增减值\n行政规范性文件 109 50 -59\n行政许可 3\n")
    assert "disclosure" in result.unrecoverable or "disclosure.normative_documents" in result.unrecoverable


def test_rows_that_the_form_does_not_have_are_named() -> None:
    result = imported(
        HEAD + FIRST + "规章 | 0 | 0 | 0 |\n行政规范性文件 | 2 | 0 | 19 |\n其他主动公开文件 | 186 | 0 | 255 |\n行政许可 | 4 |\n"
    )
    assert row(result, "disclosure", "normative_documents") == [2, 0, 19]
    assert [note.text for note in result.notes if note.code is Code.EXTRA_ROW] == ["其他主动公开文件 | 186 | 0 | 255 |"]


def test_the_edition_goes_by_the_labels_of_the_tables() -> None:
    text = (
        HEAD.replace("一、总体", "依据国办公开办函〔2021〕30号编制。\n一、总体")
        + "本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n规章 | 0 | 0 | 4 |\n"
    )
    result = imported(text)
    assert result.report.edition.id == "2019"
    assert {Code.EDITION_YEAR, Code.EDITION_NOTICE} <= codes(result)


def test_a_report_of_the_old_regulation_is_prose() -> None:
    result = imported("示例市民政局2013年度政府信息公开工作报告\n一、主动公开政府信息的情况\n甲。\n五、存在的主要问题及改进措施\n乙。\n")
    assert result.report.edition.id == "2008"
    assert result.unrecoverable == ()
    assert result.report.texts == ("甲。", "", "", "", "乙。", "")


def test_an_amount_in_another_unit_than_the_form_is_not_taken() -> None:
    result = imported(HEAD + "信息内容 | 本年收费金额(单位:元) |\n行政事业性收费 | 251000 |\n")
    assert "disclosure.fees" in result.unrecoverable
    assert Code.OTHER_UNIT in codes(result)


def test_what_is_no_number_leaves_its_cell_alone_empty() -> None:
    result = imported(HEAD + FIRST + "规章 | 约10 | 0 | 4 |\n")
    assert row(result, "disclosure", "regulations") == [BLANK, 0, 4]
    assert "disclosure.regulations.issued" in result.unrecoverable


def test_a_document_that_breaks_off_in_a_number_does_not_end_in_a_cell() -> None:
    result = imported(HEAD + "信息内容 | 本年收费金额(单位:万元) |\n行政事业性收费 | 12")
    assert "disclosure.fees" in result.unrecoverable


def test_data_objects_are_read_with_columns_in_any_order() -> None:
    text = "{'第二十条第（一）项': {规章: {现行有效件数: 841, 本年制发件数: 117}}, '三、（三）不予公开-1.属于国家秘密': {'总计': 2, '自然人': 2}}"
    result = imported(text.replace(", '三", ",\n'三"))
    assert row(result, "disclosure", "regulations") == [117, BLANK, 841]
    assert "disclosure.regulations.repealed" in result.unrecoverable
    assert row(result, "requests", "refused_state_secret") == [2, BLANK, BLANK, BLANK, BLANK, BLANK, 2]


def test_an_exported_report_without_a_word_keeps_its_edition() -> None:
    header = Header("示例市民政局", "department", 2013, published=date(2014, 1, 20))
    report = blank_report(load_edition("2008"), header)
    result = read_source("report.txt", export_text(report).text.encode(), [load_edition(name) for name in edition_ids()])
    assert result.report == report
