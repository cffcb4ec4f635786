"""Words about a published report that is opened directly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

IMPORT_TITLE: Final = "从已发布的年报导入"
IMPORT_FAILURES: Final[Mapping[str, str]] = {
    "missing": "没有这个文件。",
    "unreadable": "文件读不了。",
    "too_large": "文件超过 16 MB，不像一份年报。",
    "bad_docx": "不是能安全读取的 Word 文档（.docx）。",
    "binary": "是旧版 Word（.doc）、PDF 或其他二进制文件，请另存为 .docx、.html 或 .txt 再打开。",
    "failed": "程序出错，其余功能不受影响。",
    "unusable": "没有认出年报的任何标题或表格。",
}
"""Why a file gives no report → cause and what to do."""
IMPORT_ANEW: Final = "不要这些修改，重新导入原文"
SAVE_IMPORTED: Final = "报告由原文导入，还没有自己的文件。请给报告文件取名（.toml）；原文不会改动。"
SOURCE_IS_KEPT: Final = "这是导入的原文或网页、文档，不能写成报告。请另取以 .toml 结尾的文件名。"
SOURCE_NOT_OVERWRITTEN: Final = "这是导入的原文，不能被覆盖。请另取文件名。"
NO_SOURCE: Final = "这份报告不是从原文导入的，没有原文可看"
SOURCE_UNKNOWN: Final = "（原文中没有找到对应的位置，从头显示）"

IMPORT_NOTES: Final[Mapping[str, str]] = {
    "count": "标签后面的数值个数和表格的列数对不上，没有读",
    "ambiguous": "数值放进各列的办法不止一种，没有读",
    "contradiction": "在原文中出现不止一次而数值不同，没有读",
    "unreadable": "格子里的内容不是数",
    "other_unit": "表头的单位和统一格式不同，没有读",
    "absent_row": "原文中没有这一行",
    "absent_table": "原文中没有这张表，可能是图片",
    "identity": "数值不止一种可能，取勾稽关系成立的一种",
    "glued": "数字连在一起，逐位读出",
    "gaps": "按空行的多少认出空格子",
    "label_lost": "行标签丢失，按位置认定",
    "group_in_order": "组内各行的标签丢失，按统一格式的顺序读出",
    "columns_by_name": "表格是数据对象，按行名和列名取值",
    "normalised": "写法已规范",
    "extra_row": "统一格式没有的行，没有读入",
    "copies": "原文有几个年度并排，只取了一个",
    "edition_year": "表格的版本和报告年度不一致",
    "edition_notice": "文中引用的文件和表格的版本不一致",
    "edition_guessed": "从表格看不出版本，按年度认定",
    "heading_by_number": "标题与统一格式不同，按序号认定",
    "dropped": "不是报告内容，已略去",
    "image": "标题下面只有重复的标题，表格应是图片",
    "pinyin": "略去了转换程序留下的注音",
    "radicals": "把部首字符换成了通常的汉字",
    "signature": "文末的署名和日期已放进报告信息",
    "encoding": "有些字节不能解码",
    "simplified": "文字已转成简体",
    "refused": "原文有一部分过长，没有读",
}
"""Note code → what is said of it; front ends each have their own words."""
_MOST_NOTES: Final = 8
_QUOTED: Final = 24


def import_failed(name: str, reason: str, detail: str) -> str:
    """Why a published report could not be read."""
    more = f"（{detail}）" if detail else ""
    return f"{name} 不能导入。\n{IMPORT_FAILURES[reason]}{more}"


def import_read(name: str, form: str, read: int, cells: int) -> str:
    """How much of a source was read."""
    if not cells:
        return f"{name}：按{form}版格式读入，没有统一表格，文字已归入各部分。"
    return f"{name}：按{form}版格式读入，表格 {cells} 格读出 {read} 格。"


def import_summary(read: str, unread: Sequence[tuple[str, int]], notes: Sequence[str], dropped: int, key: str) -> str:
    """What was understood of a source: `unread` has the sections with the number of their cells that were not read."""
    lines = [read, f"按 {key} 在下方对照原文；原文不会改动，保存时另取 .toml 文件名。"]
    if unread:
        lines.append("没有读出（表中以 ? 标出，填写后标记消失）：")
        lines += [f"  {title}：{count} 格" for title, count in unread]
    if notes:
        lines += ["说明：", *(f"  {note}" for note in notes[:_MOST_NOTES])]
        if len(notes) > _MOST_NOTES:
            lines.append(f"  ……另有 {len(notes) - _MOST_NOTES} 条")
    if dropped:
        lines.append(f"另有 {dropped} 行不是报告内容（导航、页码等），已略去。")
    return "\n".join(lines)


def import_note(code: str, line: int, text: str) -> str:
    """A remark on the import."""
    place = f"原文第 {line} 行：" if line else ""
    quoted = f"　“{text[:_QUOTED]}”" if text else ""
    return f"{place}{IMPORT_NOTES[code]}{quoted}"


def unread_heading(heading: str, count: int) -> str:
    """A section's heading in the bar, with the number of its cells that were not read."""
    return f"{heading}（未读出{count}格）"


def unread_here(note: str, key: str) -> str:
    """The cell under the cursor could not be read from the source."""
    reason = f"（{note}）" if note else ""
    return f"没有从原文读出，按 {key} 对照原文{reason}"


def source_title(name: str, line: int) -> str:
    """Over the source's lines."""
    place = f"第 {line} 行起" if line else SOURCE_UNKNOWN
    return f"原文 {name} {place}"


def source_line(number: int, text: str, *, here: bool) -> str:
    """A line of the source with its number."""
    return f"{'>' if here else ' '}{number:4d} {text.strip()}"
