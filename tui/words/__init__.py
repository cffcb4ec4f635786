"""All Chinese texts of the editor under one name; each module has the texts of one kind of screen element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...service.words.report_words import *  # noqa: F403 - as above
from .action_words import *  # noqa: F403 - every screen's words under one name
from .command_words import *  # noqa: F403 - as above
from .decision_words import *  # noqa: F403 - as above
from .dialog_words import *  # noqa: F403 - as above
from .pane_words import *  # noqa: F403 - as above
from .preview_words import *  # noqa: F403 - as above
from .source_words import *  # noqa: F403 - as above

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HINT_FIRST = "每一步都已记入日志，断线不丢；F1 列出全部按键，Ctrl+P 按拼音首字母找命令"
NOT_A_NUMBER = "这不是数，已按文字保留，检查时会提示"
NOTHING_TO_UNDO = "没有可以撤销的修改"
NOTHING_TO_REDO = "没有可以重做的修改"
NOTHING_TO_FILL = "本表没有未填的单元格"
NO_TABLE_HERE = "本部分没有表格"
NOTHING_CARRIED = "当前段落不是沿用去年的文字"
CONFIRMED = "已确认沿用"
NO_HEADINGS = "本部分文字中没有（一）、1. 这样的小标题"
NOTHING_COPIED = "还没有复制过单元格"
PASTED_NOTHING = "粘贴的内容里没有字，没有改动"
NO_OTHER_PART = "本部分只有文字，没有表格可切换"
TOTALS_RIGHT = "本表合计与分项相符"
NOT_A_TOTAL = "当前单元格不是合计，也不在勾稽关系之中"
NO_EDITOR = "没有设置 $VISUAL 或 $EDITOR，不能使用外部编辑器"
CANNOT_SUSPEND = "当前环境不能挂起"
EDITOR_UNCHANGED = "外部编辑器没有修改文字"


def editor_failed(command: str, reason: str) -> str:
    """Return the message about an external editor that cannot be started."""
    return f"外部编辑器 {command} 不能运行（{reason}）。请检查环境变量 VISUAL 和 EDITOR。"


def in_parts(count: int) -> str:
    """Return the number of texts changed by a step, as a suffix."""
    return f"，涉及{count}个部分的文字"


def undone(changes: Sequence[str]) -> str:
    """Return the message for an undo, with the changes, which may be in a section that is not shown."""
    return "：".join(["已撤销", *(["".join(changes)] if changes else [])])


def redone(changes: Sequence[str]) -> str:
    """Return the message for a redo, with the changes."""
    return "：".join(["已重做", *(["".join(changes)] if changes else [])])


def policy_wrong(path: str, line: int, key: str) -> str:
    """Return the message for an invalid policy file."""
    return f"规则文件 {path} 第{line}行有误，没有采用，{key} 列出"


THEME_NAMES: Mapping[str, str] = {"nianbao": "终端配色", "nianbao-light": "浅色", "nianbao-dark": "深色"}


def theme_now(name: str) -> str:
    """Return the message for a change of theme."""
    return f"配色：{THEME_NAMES[name]}"


def key_refused(character: str) -> str:
    """Return the message for a character that starts no value."""
    return f"“{character}”不能填入表格，请键入数字；输入法请切换到英文状态"


def normalised(written: str, value: str) -> str:
    """Return the message for a typed value that was normalised."""
    return f"“{written}”已规范为 {value}"


def filled(count: int) -> str:
    """Return the message for cells filled with zero."""
    return f"已将{count}个未填单元格填为零（合计按分项计算），撤销可收回"


def totals_accepted(count: int) -> str:
    """Return the message for replaced totals."""
    return f"已按分项改正{count}处合计，撤销可收回"


def copied(cells: int) -> str:
    """Return the message for cells copied to the clipboard."""
    return f"已复制{cells}格到剪贴板（终端需支持 OSC 52）"


def copied_to(cells: int, path: str) -> str:
    """Return the message for cells written to a file."""
    return f"已将{cells}格写入 {path}"


def replaced(count: int, sections: int) -> str:
    """Return the message for replaced occurrences."""
    return f"已替换{count}处，涉及{sections}个部分；撤销一次全部收回"


def found_at(position: int, count: int) -> str:
    """Return the number of the occurrence shown."""
    return f"第{position}处，共{count}处"


def not_found(text: str) -> str:
    """Return the message for a text that does not occur."""
    return f"各部分文字中没有“{text}”"


def saved_to(name: str) -> str:
    """Return the message for a save."""
    return f"已保存到 {name}"


SAVED_WITHOUT_BACKUP = "已保存，但原文件的备份写不进状态文件夹"
SECOND_READER_REFUSED = "另一个程序（tomlkit）读不了它，别的软件可能也读不了"
SECOND_READER_DIFFERS = "另一个程序（tomlkit）读出的内容不同，请核对"
SAVED_DOUBTFUL_TITLE = "已保存，但请核对"


def exported_to(path: str, errors: int) -> str:
    """Return the message for an export, with a warning if the report should not be published yet."""
    warning = f"；报告仍有{errors}处错误，请勿直接发布" if errors else ""
    return f"已导出到 {path}{warning}"


def journal_stopped(reason: str) -> str:
    """Return the warning that changes are in memory only."""
    return f"日志写不进（{reason}），请尽快保存、另存，或用命令“日志换位置”"


JOURNAL_GOES_ON = "日志恢复正常，全部修改已写入磁盘"
REFUSED = "这一步没有做成，年报没有改动；请换一种方式修改"
