"""Differences between two states of a report as text."""

from __future__ import annotations

from nianbao.core.report import Header, blank_report
from nianbao.templates import load_edition
from nianbao.tui.words.difference_words import differences


def test_a_text_that_differs_is_shown_where_it_begins_to() -> None:
    before = blank_report(load_edition("2021"), Header("某局", "department", 2024, preface="本报告由某局办公厅编制，数据截至年底。"))
    after = before.with_header(before.header._replace(preface="本报告由某局办公室编制，数据截至年底。"))
    assert differences(before, after) == ["前言（19字未变）：“某局办公厅编制，数据截至” → “某局办公室编制，数据截至”"]
