"""Target of a pasted block: by its labels if it has any, else at the cursor."""

from __future__ import annotations

import pytest
from nianbao.core.ids import SectionId, parse_address
from nianbao.core.layout import layouts
from nianbao.core.report import Header, blank_report
from nianbao.tui.table.paste_plan import PastePlan, plan_paste
from rule_check import EDITION

REPORT = blank_report(EDITION, Header(agency="示例市民政局", kind="department", year=2024))
REVIEW = layouts(EDITION)[SectionId("review")]
REQUESTS = layouts(EDITION)[SectionId("requests")]
LAST = parse_address("review.litigation_after_review.total")
RESULTS = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计"
OFFICIAL = (
    "行政复议\t\t\t\t\t行政诉讼\t\t\t\t\t\t\t\t\t\n"
    f"{RESULTS}\t未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t\n"
    f"\t\t\t\t\t{RESULTS}\t{RESULTS}\n"
)
VALUES = [str(number) for number in range(1, 16)]


def pasted(text: str) -> PastePlan:
    return plan_paste(text, REVIEW, LAST, REPORT)


def values_of(plan: PastePlan) -> dict[str, object]:
    return {str(address).removeprefix("review."): value for address, value in plan.cells}


ALL = dict(
    zip(
        [
            f"{row}.{column}"
            for row in ("reconsideration", "litigation_direct", "litigation_after_review")
            for column in ("upheld", "corrected", "other", "pending", "total")
        ],
        range(1, 16),
        strict=True,
    )
)


class TestTheTableOfReviews:
    @pytest.mark.parametrize(
        "text",
        [
            OFFICIAL + "\t".join(VALUES),
            OFFICIAL.replace("\t", " | ") + " | ".join(VALUES),
            "\n".join([*OFFICIAL.split(), *VALUES]),
            "行政复议\t未经复议直接起诉\t复议后起诉\n" + "\t".join(VALUES),
            f"行政复议\t未经复议直接起诉\t复议后起诉\n{RESULTS}\n" + "\t".join(VALUES),
            OFFICIAL + "件数\t" + "\t".join(VALUES),
        ],
    )
    def test_copied_with_its_labels_it_goes_to_them_wherever_the_cursor_is(self, text: str) -> None:
        plan = pasted(text)
        assert values_of(plan) == ALL
        assert plan.left_out == ()

    def test_one_group_may_be_copied_alone(self) -> None:
        assert values_of(pasted(f"复议后起诉\n{RESULTS}\n1\t2\t3\t4\t10")) == {
            f"litigation_after_review.{column}": value
            for column, value in zip(("upheld", "corrected", "other", "pending", "total"), (1, 2, 3, 4, 10), strict=True)
        }

    def test_columns_in_another_order_are_followed(self) -> None:
        plan = pasted("行政复议\n总计\t结果维持\t结果纠正\t其他结果\t尚未审结\n10\t1\t2\t3\t4")
        assert values_of(plan)["reconsideration.total"] == 10
        assert values_of(plan)["reconsideration.pending"] == 4

    def test_rows_with_a_label_each_go_to_their_groups(self) -> None:
        plan = pasted("未经复议直接起诉\t1\t2\t3\t4\t10\n行政复议\t5\t6\t7\t8\t26")
        assert values_of(plan)["litigation_direct.total"] == 10
        assert values_of(plan)["reconsideration.upheld"] == 5

    def test_without_labels_it_goes_to_the_cursor(self) -> None:
        plan = pasted("7\t8")
        assert values_of(plan) == {"litigation_after_review.total": 7}
        assert plan.left_out == ("8",)

    def test_labels_that_do_not_fit_the_values_leave_it_to_the_cursor(self) -> None:
        assert values_of(pasted("行政复议\n7\t8")) == {"litigation_after_review.total": 7}


def test_rows_of_other_tables_go_to_their_labels_past_a_heading() -> None:
    text = "\t自然人\t商业企业\n一、本年新收政府信息公开申请数量\t3\t4\n二、上年结转政府信息公开申请数量\t1\t2"
    plan = plan_paste(text, REQUESTS, parse_address("requests.granted.other"), REPORT)
    assert {str(address): value for address, value in plan.cells} == {
        "requests.new_received.natural_person": 3,
        "requests.new_received.enterprise": 4,
        "requests.carried_over.natural_person": 1,
        "requests.carried_over.enterprise": 2,
    }
