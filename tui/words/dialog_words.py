"""Texts of questions, forms and notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.chinese.width import left_aligned
from .action_words import key_name
from .pane_words import BLANK_WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CLOSE_HINT = "Esc 返回"
FORM_HINT = "Ctrl+S 确定 Tab 下一项 Esc 取消 Ctrl+U 清空"
PALETTE_TITLE = "命令"
PALETTE_HINT = "输入中文或拼音首字母，如 bc 保存"
PALETTE_NOTHING = "没有这样的命令；可输入命令中的字或拼音首字母"
HELP_TITLE = "按键"
EXPLAIN_TITLE = "问题说明"
OUTLINE_TITLE = "文字提纲"
ERROR_TITLE = "没有完成"


def palette_line(title: str, keys: Sequence[str], explanation: str, width: int) -> str:
    """Format an action in the palette: title, key, description."""
    shown = key_name(keys[0]) if keys else ""
    return f"{left_aligned(title, width)}{left_aligned(shown, 10)}{explanation}"


QUIT_TITLE = "退出"
QUIT_TEXT = "报告有未保存的修改。即使不保存，修改也留在日志中，下次打开时可以恢复。"
QUIT_SAVE = "保存并退出"
QUIT_KEEP = "不保存，下次打开时再恢复"
QUIT_DISCARD = "放弃这些修改并退出"
STAY = "继续编辑"
CANCEL = "取消"

LOCK_TITLE = "报告已被打开"
LOCK_LEAVE = "不打开"
LOCK_TAKE = "接管（对方的保存将被拒绝）"


def lock_text(name: str, owner: str) -> str:
    """Return the question about a report that another editor has open."""
    return f"{name} 正由以下用户编辑：\n{owner}\n\n两人同时编辑会互相覆盖。若确知对方已经离开，可以接管。"


def save_locked(owner: str) -> str:
    """Return the message for saving under the name of a file that another editor has open."""
    return f"没有保存：这个文件正由以下用户编辑：\n{owner}\n\n请换一个文件名，或等对方关闭之后再存。"


RECOVER_TITLE = "发现上次没有保存的修改"
RECOVER_TAKE = "恢复这些修改，继续编辑"
RECOVER_LATER = "暂不恢复，打开文件中的报告"
RECOVER_DISCARD = "不要这些修改，打开文件中的报告"


def recover_text(changes: int, when: str, details: Sequence[str], *, lost: int, more: int, alive: bool) -> str:
    """Return the question about an unfinished journal.

    Args:
        changes: Number of unsaved steps.
        when: Time of the last step.
        details: Differences that recovery would restore.
        lost: Number of damaged steps at the end.
        more: Number of further journals.
        alive: Whether the journal's editor is still running.
    """
    who = "对方的编辑器还在运行，其中" if alive else "上次编辑没有正常结束，日志中"
    lines = [f"{who}有{changes}步修改尚未保存，最后一步在 {when}。"]
    lines += details
    if lost:
        lines.append(f"日志末尾有{lost}步已损坏，不能恢复。")
    if more:
        lines.append(f"另有{more}份更早的日志，可用 nianbao recover 查看。")
    return "\n".join(lines)


def save_will_fail(reason: str) -> str:
    """Return the warning that the report cannot be saved in place."""
    return f"在原处不能保存（{reason}），可以编辑，保存时请另存"


def journals_unread(count: int) -> str:
    """Return the message about unreadable journals of the report."""
    return f"本报告另有{count}份日志不能读取，可用 nianbao recover 查看"


def difference(name: str, before: str, after: str) -> str:
    """Format a changed cell or text."""
    return f"{name}：{before or BLANK_WORD} → {after or BLANK_WORD}"


LINE_END = "⏎"
"""Mark for a line end in a text shown on one line."""


def text_difference(name: str, lengths: tuple[int, int], before: str, after: str) -> str:
    """Format a changed text: its lengths, and the context of the first difference."""
    length = f"由{lengths[0]}字变为{lengths[1]}字" if lengths[0] != lengths[1] else f"{lengths[0]}字未变"
    return f"{name}（{length}）：“{before}” → “{after}”"


def more_differences(count: int) -> str:
    """Return the number of differences that are not listed."""
    return f"……另有{count}处"


CONFLICT_TITLE = "文件已被他人修改"
CONFLICT_SAVE_AS = "把我的报告另存为新文件，两份都保留"
CONFLICT_OVERWRITE = "用我的报告覆盖（对方的内容留作备份）"


def conflict_text(name: str, details: Sequence[str]) -> str:
    """Return the question about a file changed by someone else, with the differences."""
    return "\n".join([f"{name} 在打开之后被其他程序或用户修改过，没有覆盖它。", "文件中的内容 → 我的报告：", *details])


CONFLICT_UNREADABLE = "文件现在的内容无法识别为年报。"

LOCK_LOST_TITLE = "锁已被接管"
LOCK_LOST_SAVE = "仍然保存"


def lock_lost_text(owner: str) -> str:
    """Return the question about a lock taken over by another editor."""
    return f"本报告的锁已不属于这里。现在的持有者：\n{owner}\n\n保存可能覆盖对方的修改；也可以另存为新文件。"


SAVE_AS_TITLE = "另存为"
SAVE_AS_LABEL = "文件名（含路径）"
OVERWRITE_TITLE = "文件已经存在"
OVERWRITE_YES = "覆盖它"


def overwrite_text(path: str) -> str:
    """Return the question about an existing file."""
    return f"{path} 已经存在。覆盖它时，原来的内容会留有备份。"


BAD_REPORT_SUFFIX = "报告文件的名称要以 .toml 结尾。"


def bad_suffix(known: Iterable[str]) -> str:
    """Return the message for a file name without a known suffix."""
    return f"文件名的后缀决定格式，请用：{'、'.join(known)}。"


JOURNAL_TITLE = "日志换位置"
JOURNAL_LABEL = "存放日志的文件夹"


def journal_moved(folder: str) -> str:
    """Return the message for a moved journal."""
    return f"日志改存到 {folder}，全部修改已写入"


EXPORT_TITLE = "导出文本"
EXPORT_LABEL = "导出到（含路径）"
OPEN_TITLE = "打开报告"
OPEN_LABEL = "报告文件（.toml），或要导入的网页、文本、Word、CSV"
PREVIOUS_TITLE = "打开去年报告"
PREVIOUS_LABEL = "去年的报告文件（.toml）"
COPY_FILE_TITLE = "复制到文件"
COPY_FILE_LABEL = "写入（制表符分隔，可用电子表格打开）"

HEADER_TITLE = "报告信息"
LABEL_AGENCY = "机关名称"
LABEL_KIND = "类别（↑↓ 选择）"
LABEL_YEAR = "报告年度（四位数字）"
LABEL_HEADLINE = "标题（空着则用规定的标题）"
LABEL_PUBLISHED = "公布日期（如 2025-01-20，可空）"
LABEL_PREFACE = "前言（可空）"
PREFACE_TITLE = "前言"
LABEL_PREVIOUS = "去年的报告文件（可空；用于带入文字和结转数）"
LABEL_PATH = "保存到文件"
NEW_TITLE = "新建报告"
NEW_TEXT = "填写以下各项；表格内容由年度对应的版式决定。"
BAD_YEAR = "年度应为四位数字，且有对应的版式"
KIND_AS_LAST = "同去年的报告（没有则为政府部门）"
BAD_DATE = "日期应写作 2025-01-20 的形式"
BAD_PATH = "请填写文件名"
START_TITLE = "政府信息公开工作年度报告"
START_TEXT = "没有指定报告文件。"
START_NEW = "新建一份报告"
START_OPEN = "打开已有的报告"
START_QUIT = "退出"

FIND_LABEL = "查找"
REPLACE_LABEL = "替换为"
FIND_HINT = "回车 下一处 Alt+R 替换此处 Alt+A 全部替换 Esc 返回"

PASTE_TITLE = "粘贴预览"
PASTE_APPLY = "粘贴"
MOST_LEFT_OUT = 12
"""Maximum number of values without a cell that are listed."""
PASTE_NOTHING = "粘贴的内容与表中相同，或没有可以放入的单元格"


def paste_text(lines: Sequence[str], more: int, same: int, left_out: Sequence[str], unread: int) -> str:
    """Return the preview of a paste, problems first.

    Args:
        lines: The changes listed.
        more: Number of changes not listed.
        same: Number of unchanged cells.
        left_out: Values without a cell.
        unread: Number of values that are not numbers.
    """
    parts = [f"将修改{len(lines) + more}个单元格，另有{same}个相同。"]
    if unread:
        parts.append(f"其中{unread}个不是数，将按文字放入。")
    if left_out:
        rest = "等" if len(left_out) > MOST_LEFT_OUT else ""
        parts.append(f"放不下或对不上行次的{len(left_out)}个：{'、'.join(left_out[:MOST_LEFT_OUT])}{rest}")
    parts += ["", *lines]
    if more:
        parts.append(f"……另有{more}个单元格没有列出")
    return "\n".join(parts)


def lines_shown(first: int, last: int, total: int) -> str:
    """Return the visible lines of a text that does not fit, and the keys to scroll."""
    return f"PgUp/PgDn 翻看 第{first}–{last}行，共{total}行"


def unreadable_text(name: str, message: str, line: int) -> str:
    """Return the message for a file that is not a report."""
    place = f"第{line}行：" if line else ""
    return f"{name} 不能打开。\n{place}{message}"


INTERNAL_ERROR = "编辑器遇到内部错误，已退出。所做修改都在日志中，请重新打开报告恢复；也可用 nianbao recover 查看。"


def panel_title(count: int) -> str:
    """Return the title of the findings panel."""
    return f"本部分问题{count}处（F7 全部）" if count else "本部分没有发现问题"


CHANGES_IN_JOURNAL = "报告没有保存；修改仍在编辑器中，也已记入日志。"
CHANGES_IN_MEMORY = "报告没有保存，日志也写不进：修改只在编辑器中，请先另存，不要关闭编辑器。"
TRY_AGAIN = "再试一次"
CONFLICT_GONE = "文件已被删除或移走。"
FIRST_THEME = "nianbao"
COPIED_ALL = "已送往剪贴板"
PALETTE_ONLY = "（命令）"
TABLE_HELP = (
    "单元格前的记号：! 有误  ? 存疑  : 与有误的格相关  = 合计与分项相符  + 当前合计的分项  _ 未填（与 0 不同）",
    "直接键入数字则替换，全角数字、千分位逗号、“件”“万元”均可；/ 表示不适用；Esc 只恢复当前单元格。",
)


def prose_help(switch: str, *, table: bool, preface: bool) -> list[str]:
    """Return the introduction of the help page for prose; `switch` is the key to the other part of the pane."""
    lines = ["直接书写；带下划线的文字有检查提示，光标停在上面时下方有说明。"]
    if table:
        lines.append(f"{switch} 回到表格。")
    if preface:
        lines.append(f"{switch} 转到报告的前言（第一部分之前的文字），再按一次回来。")
    return lines


def pasted(count: int) -> str:
    """Return the message for a paste."""
    return f"已粘贴{count}个单元格，撤销可收回"
