"""The few words that an exported text has of its own; what imports such a text knows them by these names."""

from __future__ import annotations

from typing import Final

DRAFT: Final = "【草稿】"
"""What the first and the last line of a draft start with."""
OPEN: Final = "尚有{places}。"
OPEN_CELLS: Final = "{cells}个数据未填写"
OPEN_SECTIONS: Final = "{sections}个部分没有文字"
AND: Final = "、"
NOTHING_OPEN: Final = "数据和文字均已填写，尚未定稿。"

MISSING: Final = "＿＿＿＿"
"""Stands in the title for an agency or a year that the report does not give."""
DATE: Final = "{year}年{month}月{day}日"
"""成文日期 in the form of GB/T 9704-2012, 7.3.5.4: Arabic figures without leading zeros."""
