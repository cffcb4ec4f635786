"""Comments in a report file and descriptions in its schema: official labels beside ids, and what each key holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ...core.edition import Block, Row

WAIVERS_COMMENT = "核对过、属实而不必改的地方，以及理由；数或文字一改即失效"
KIND_COMMENT = "government（各级人民政府） | department（政府部门）"
REPORT_TITLE: Final = "政府信息公开工作年度报告"
WAIVERS_DESCRIPTION: Final = "核对过、属实而不必改的地方：检查结果的记号 = 理由；数或文字一改即失效"
KEY_DESCRIPTIONS: Final = {
    "agency": "机关全称",
    "kind": KIND_COMMENT,
    "year": "报告的年度",
    "title": "标题；不写则用统一的标题",
    "published": "公布日期，如 2025-01-24（不加引号）",
    "preface": "第一部分之前的文字",
    "carried": "沿用上年、尚未修改或确认的段落的记号",
}
"""What each key of `[report]` holds."""


def block_comment(block: Block) -> str:
    """Return the comment above a block: its caption and its columns in order."""
    columns = "、".join(column.path[-1] for column in block.columns)
    return f"{block.caption}：{columns}" if block.caption else columns


def row_comment(block: Block, row: Row) -> str:
    """Return the comment after a row: its official label, with its group if it has one."""
    if block.across:
        return row.name
    return "".join(row.path[1:]) if len(row.path) > 1 else row.path[0]
