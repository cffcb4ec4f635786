"""The comments of a report file: the official labels beside ids, and what a key may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...core.edition import Block, Row

WAIVERS_COMMENT = "核对过、属实而不必改的地方，以及理由；数或文字一改即失效"
KIND_COMMENT = "government（各级人民政府） | department（政府部门）"


def block_comment(block: Block) -> str:
    """The comment over a block: its caption and its columns in order."""
    columns = "、".join(column.path[-1] for column in block.columns)
    return f"{block.caption}：{columns}" if block.caption else columns


def row_comment(block: Block, row: Row) -> str:
    """The comment behind a row: its official label, with the group where it stands in one."""
    if block.across:
        return row.name
    return "".join(row.path[1:]) if len(row.path) > 1 else row.path[0]
