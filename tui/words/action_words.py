"""Titles and descriptions of the actions, and the names of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.chinese.numerals import DIGITS

if TYPE_CHECKING:
    from collections.abc import Mapping

ACTIONS: Mapping[str, tuple[str, str]] = {
    "help": ("帮助", "列出当前位置可用的全部按键。"),
    "palette": ("命令", "按中文或拼音首字母查找并执行任何操作。"),
    "save": ("保存", "把报告写入文件；原文件另存为备份。"),
    "undo": ("撤销", "撤销上一步修改，表格、文字和报告信息通用，保存之后仍可撤销。"),
    "redo": ("重做", "恢复刚撤销的修改。"),
    "repaint": ("重绘屏幕", "屏幕被其他程序弄乱时，重新画一遍。"),
    "suspend": ("挂起", "暂时回到命令行；在那里输入 fg 返回。Ctrl+Z 在编辑器中是撤销。"),
    "theme": ("切换配色", "在终端配色、浅色、深色之间切换。"),
    "quit": ("退出", "退出编辑器；有未保存的修改时先询问。"),
    **{f"section_{number}": (f"第{numeral}部分", f"转到第{numeral}部分。") for number, numeral in enumerate(DIGITS, 1)},
    "previous_section": ("上一部分", "转到上一部分。"),
    "next_section": ("下一部分", "转到下一部分。"),
    "switch_part": ("表格文字", "在本部分的表格和文字之间切换；第一部分还有前言。"),
    "find": ("查找替换", "在各部分的文字中查找和替换。"),
    "findings": ("问题清单", "列出检查发现的全部问题。"),
    "next_finding": ("下一处问题", "转到下一处问题所在的单元格或段落。"),
    "previous_finding": ("上一处问题", "转到上一处问题所在的单元格或段落。"),
    "explain": ("问题说明", "说明当前位置的问题：含义、依据和改法。"),
    "go_across": ("文表对照", "在文字和与它矛盾的单元格之间来回。"),
    "put_table_number": ("用表中数", "把这句话里的数改为表格中的数；可用撤销收回。"),
    "judge": ("认可", "当前的问题确实无误时认可它，写明理由；再用一次则取消。"),
    "repair": ("采用改法", "采用程序建议的改法；可用撤销收回。"),
    "preview": ("预览发布稿", "查看将要公布的全文，并可导出。"),
    "accept_totals": ("采用合计", "用算得的数替换本表中与分项不符的合计。"),
    "fill_zero": ("其余填零", "把本表尚未填写的单元格全部填为零，一步可撤销。"),
    "header": ("报告信息", "修改机关名称、类别、年度、标题和前言。"),
    "outline": ("文字提纲", "按（一）1. 等层次列出本部分的小标题，选中即转到。"),
    "external_editor": ("外部编辑", "用 $EDITOR 指定的编辑器修改本部分文字。"),
    "confirm_carried": ("确认沿用", "确认当前段落沿用去年的文字，不再提示。"),
    "source_text": ("对照原文", "在下方显示导入的原文，跟着光标走；再按一次收起。"),
    "previous_year": ("打开去年报告", "指定去年的报告文件，用于对照和衔接检查。"),
    "save_as": ("另存为", "把报告保存到另一个文件。"),
    "move_journal": ("日志换位置", "日志写不进时，把它改存到另一个文件夹。"),
    "export": ("导出", "把将要公布的全文写入文本文件。"),
    "open": ("打开", "打开另一份报告；网页、文本、Word、CSV 直接导入。"),
    "new": ("新建", "新建一份报告。"),
    "edit_cell": ("修改", "修改当前单元格，保留原有内容；直接键入数字则替换。"),
    "below": ("向下", "转到下面的单元格；正在填写时先确认。"),
    "right_of": ("向右", "转到右边的单元格，行末转到下一行；正在填写时先确认。"),
    "left_of": ("向左", "转到左边的单元格，行首转到上一行；正在填写时先确认。"),
    "clear_cell": ("清空", "清空当前单元格或选中的区域；空白与零不同。"),
    "addends": ("合计分项", "标出构成当前合计的各个分项，以及所在的勾稽关系。"),
    "copy_block": ("复制", "复制选中的单元格，可粘贴到电子表格。"),
    "copy_to_file": ("复制到文件", "把选中的单元格写入制表符分隔的文本文件。"),
    "paste_block": ("粘贴", "把最近复制的单元格粘贴到当前位置，先预览后确认。"),
    "up": ("上移", "转到上面的单元格。"),
    "down": ("下移", "转到下面的单元格。"),
    "left": ("左移", "转到左边的单元格。"),
    "right": ("右移", "转到右边的单元格。"),
    "row_start": ("行首", "转到本行第一格。"),
    "row_end": ("行末", "转到本行最后一格。"),
    "page_up": ("上翻", "向上翻一屏。"),
    "page_down": ("下翻", "向下翻一屏。"),
    "first_cell": ("表首", "转到表格第一格。"),
    "last_cell": ("表末", "转到表格最后一格。"),
    "select_up": ("向上选", "向上扩大选中区域。"),
    "select_down": ("向下选", "向下扩大选中区域。"),
    "select_left": ("向左选", "向左扩大选中区域。"),
    "select_right": ("向右选", "向右扩大选中区域。"),
    "select_all": ("全选", "选中整张表的单元格。"),
    "goto_finding": ("转到", "转到这一问题所在的单元格或段落。"),
    "explain_finding": ("说明", "说明这一问题：含义、依据和改法。"),
    "judge_finding": ("认可", "这一问题确实无误时认可它，写明理由；再用一次则取消。"),
    "repair_finding": ("采用改法", "采用程序对这一问题建议的改法。"),
    "next_section_findings": ("下一部分", "转到下一部分的问题。"),
    "close_findings": ("返回", "返回编辑。"),
    "export_preview": ("导出", "把预览的全文写入文件。"),
    "copy_preview": ("复制全文", "把预览的全文送到本机剪贴板。"),
    "preview_borders": ("换框线", "在制表符框线和加减号直线之间切换；导出用所见的一种。"),
    "preview_draft": ("草稿标记", "在首尾加上或去掉草稿标记；导出用所见的一种。"),
    "close_preview": ("返回", "返回编辑。"),
}
"""Action id → title and description."""

SCOPES: Mapping[str, str] = {
    "app": "任何位置",
    "main": "编辑报告时",
    "table": "在表格中",
    "prose": "在文字中",
    "findings": "在问题清单中",
    "preview": "在预览中",
}

_KEY_NAMES: Mapping[str, str] = {
    "enter": "回车",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "delete": "Delete",
    "backspace": "退格",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "space": "空格",
    "equals_sign": "=",
}


def key_name(key: str) -> str:
    """Format a textual key name for the screen and the documentation."""
    *modifiers, last = key.split("+")
    name = _KEY_NAMES.get(last, last.upper() if modifiers or (last.startswith("f") and last[1:].isdigit()) else last)
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name])
