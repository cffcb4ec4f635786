"""Fixed phrases of the exported text, which the importer recognises."""

from __future__ import annotations

from typing import Final

DRAFT: Final = "【草稿】"
"""Prefix of the first and the last line of a draft."""
OPEN: Final = "尚有{places}。"
OPEN_CELLS: Final = "{cells}个数据未填写"
OPEN_SECTIONS: Final = "{sections}个部分没有文字"
AND: Final = "、"
NOTHING_OPEN: Final = "数据和文字均已填写，尚未定稿。"

MISSING: Final = "＿＿＿＿"
"""Placeholder in the title for an agency or year that the report does not give."""
DATE: Final = "{year}年{month}月{day}日"
"""成文日期 in the format of GB/T 9704-2012, 7.3.5.4: Arabic numerals without leading zeros."""
