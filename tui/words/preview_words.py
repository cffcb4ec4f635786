"""Texts of the preview."""

from __future__ import annotations

from typing import Final

PREVIEW_TITLE: Final = "预览：将要公布的全文"
PREVIEW_LINES: Final = "框线以中文字体为准，本终端里显得不齐（B 换直线）"
"""Shown if this terminal's width of box-drawing characters differs from that of the Chinese fonts the text is laid out for."""
PREVIEW_TOO_WIDE: Final = "表格宽于 80 列，按 → 向右看"
DRAFT_PREVIEW: Final = "预览（草稿：有未填或错误）"


def preview_title(*, unfinished: bool) -> str:
    """Return the title of the preview."""
    return DRAFT_PREVIEW if unfinished else PREVIEW_TITLE
