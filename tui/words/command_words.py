"""Texts of the editor's command line and of start-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .action_words import key_name

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_TERMINAL = "编辑器需要在终端中运行；要检查或导出报告，请用 nianbao check 或 nianbao export。"


def dumb_terminal(term: str) -> str:
    """Return the message for a terminal type that cannot show the editor."""
    shown = term or "（未设置）"
    return (
        f"当前终端类型 TERM={shown} 不能显示编辑画面；请换用普通终端，"
        "或设置 TERM=xterm-256color 后再试；要检查或导出报告，请用 nianbao check 或 nianbao export。"
    )


def plain_title(text: str) -> str:
    """Replace square brackets in a dialog's title, where they would be read as markup."""
    return text.replace("[", "［").replace("]", "］")


EDIT_ABOUT = "在终端里编辑年报：填表、写文字、随时核对、保存和导出"
EDIT_FILE = "年报文件（.toml）；不存在则新建，不给则询问；.html、.txt、.docx、.csv 直接导入"
EDIT_PREVIOUS = "上一年度的报告文件，用于对照和跨年核对（不给则在同一文件夹中查找）"
EDIT_AMBIGUOUS = "“”—…─ 这些字符在本终端占几列：auto（默认，启动时询问终端）、1 或 2"
EDIT_BORDERS = "表格和对话框的线：unicode（默认）或 ascii"


KEYMAP_NO_TABLE = "keys 应是一张表：[keys]"
KEYMAP_CUT_OFF = "最后一行没有写完"
KEYMAP_NO_TEXT = "不是 UTF-8 文本"
KEYMAP_NO_ACCESS = "没有权限或磁盘出错"
KEYMAP_NO_WORDS = "按键要写在引号里"
KEYMAP_NO_KEY = "没有这样的按键"
KEYMAP_IS_TEXT = "单个字符会妨碍输入文字"


def keymap_line(line: int) -> str:
    """Return the location of a TOML syntax error in the keymap."""
    return f"第{line}行写法有误"


def keymap_unreadable(name: str, reason: str) -> str:
    """Return the complaint about a keymap that cannot be used at all."""
    return f"按键配置 {name} 无法读取（{reason}），使用默认按键"


def keymap_bad_key(title: str, keys: str, reason: str) -> str:
    """Return the complaint about invalid keys of an action."""
    return f"按键配置中“{title}”的 {keys} 无效（{reason}），仍用默认按键"


def keymap_unknown(names: Sequence[str]) -> str:
    """Return the complaint about unknown actions."""
    return f"按键配置中有不认识的操作：{'、'.join(names)}"


def keymap_same_byte(other: str) -> str:
    """Return the complaint about a key that the terminal encodes like another one."""
    return f"终端分不清它与{key_name(other)}"


def keymap_clash(title: str, key: str, other: str) -> str:
    """Return the complaint about a key that another action has."""
    return f"按键配置中“{title}”的 {key_name(key)} 已用于“{other}”，“{title}”仍用默认按键"


def startup_complaints(complaints: Sequence[str], help_key: str) -> list[str]:
    """Reduce the complaints to one line: a single one in full, else their number and the first; the help page lists all."""
    if len(complaints) < 2:  # noqa: PLR2004 - more than one
        return list(complaints)
    return [f"启动时有{len(complaints)}处配置未采用，{help_key} 列出全部；第一处：{complaints[0]}"]
