"""Texts of resolving a finding."""

from __future__ import annotations

from typing import Final

NO_COUNTERPART: Final = "当前位置的文字和表格没有互相矛盾之处"
NO_NUMBER_TO_PUT: Final = "这句话里没有可以直接替换的数，请改写文字"
NOT_WAIVABLE: Final = "这一处关于文件本身，不能认可"
WAIVE_TITLE: Final = "认可检查结果"
WAIVE_TEXT: Final = "确实无误才可认可。理由写进报告文件；有关的数或文字一改，认可即失效。"
WAIVE_REASON: Final = "理由"
WAIVE_NEEDS_REASON: Final = "请写明理由。"
WAIVE_DONE: Final = "已认可，问题清单中仍可查看；撤销可收回"
UNWAIVE_YES: Final = "取消认可"
UNWAIVE_DONE: Final = "已取消认可"


def number_put(written: str, right: str) -> str:
    """Return the message for a number replaced in a sentence."""
    return f"“{written}”已改为“{right}”，撤销可收回"


def waived(message: str, reason: str) -> str:
    """Return the message of a waived finding, with the reason."""
    return f"（已认可：{reason}）{message}"
