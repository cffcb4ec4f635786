"""Comments in a report file: official labels beside ids, and the values allowed for a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...core.edition import Block, Row

WAIVERS_COMMENT = "核对过、属实而不必改的地方，以及理由；数或文字一改即失效"
KIND_COMMENT = "government（各级人民政府） | department（政府部门）"


def block_comment(block: Block) -> str:
    """Return the comment above a block: its caption and its columns in order."""
    columns = "、".join(column.path[-1] for column in block.columns)
    return f"{block.caption}：{columns}" if block.caption else columns


def row_comment(block: Block, row: Row) -> str:
    """Return the comment after a row: its official label, with its group if it has one."""
    if block.across:
        return row.name
    return "".join(row.path[1:]) if len(row.path) > 1 else row.path[0]
