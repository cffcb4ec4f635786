"""Texts for published reports that are opened directly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

IMPORT_TITLE: Final = "从已发布的年报导入"
IMPORT_ANEW: Final = "不要这些修改，重新导入原文"
SAVE_IMPORTED: Final = "报告由原文导入，还没有自己的文件。请给报告文件取名（.toml）；原文不会改动。"
SOURCE_IS_KEPT: Final = "这是导入的原文或网页、文档，不能写成报告。请另取以 .toml 结尾的文件名。"
SOURCE_NOT_OVERWRITTEN: Final = "这是导入的原文，不能被覆盖。请另取文件名。"
NO_SOURCE: Final = "这份报告不是从原文导入的，没有原文可看"
SOURCE_UNKNOWN: Final = "（原文中没有找到对应的位置，从头显示）"

_MOST_NOTES: Final = 8


def import_read(name: str, form: str, read: int, cells: int) -> str:
    """Return the summary of what was read from a source."""
    if not cells:
        return f"{name}：按{form}版格式读入，没有统一表格，文字已归入各部分。"
    return f"{name}：按{form}版格式读入，表格 {cells} 格读出 {read} 格。"


def import_summary(read: str, unread: Sequence[tuple[str, int]], notes: Sequence[str], dropped: int, key: str) -> str:
    """Return the summary of an import; `unread` lists sections with their number of unread cells."""
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


def import_note(line: int, message: str) -> str:
    """Format a note on the import with its line in the source; 0 for none."""
    return f"原文第 {line} 行：{message}" if line else message


def unread_heading(heading: str, count: int) -> str:
    """Return a section's heading for the bar, with its number of unread cells."""
    return f"{heading}（未读出{count}格）"


def unread_here(note: str, key: str) -> str:
    """Return the status line for a cell that could not be read from the source."""
    reason = f"（{note}）" if note else ""
    return f"没有从原文读出，按 {key} 对照原文{reason}"


def source_title(name: str, line: int) -> str:
    """Return the title of the source panel."""
    place = f"第 {line} 行起" if line else SOURCE_UNKNOWN
    return f"原文 {name} {place}"


def source_line(number: int, text: str, *, here: bool) -> str:
    """Format a numbered line of the source."""
    return f"{'>' if here else ' '}{number:4d} {text.strip()}"
