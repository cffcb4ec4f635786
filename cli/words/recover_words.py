"""Chinese messages of `nianbao recover`."""

from __future__ import annotations

from typing import Final

ABOUT: Final = "列出没有保存的修改，并恢复到文件。编辑器中断（断线、断电、被结束）时，改动都在日志里。"
FILE: Final = "报告文件，或列出的日志文件；不给时只列出"
OUT: Final = "恢复到这个文件（后缀 .toml），原文件和日志都不动"
LIST: Final = "只列出（没有给出文件时也是这样）；给文件夹时连同其中的日志一起列出"
DISCARD: Final = "不要这些修改：日志移到存档文件夹"
FORCE: Final = "文件已被他人改动或已不在时也写入（原内容留有备份）；用 -o 时覆盖已有的文件"
FORMAT: Final = "列出的格式：text（默认）或 json"

NOTHING: Final = "没有未保存的修改。"
NOTHING_FOR: Final = "{path}：没有未保存的修改。"
ENTRY_SINCE: Final = "{opened} 打开，最后改动 {changed}，{user}，{host}"
ENTRY_CHANGES: Final = "没有保存的修改 {count} 处。{state}"
ENTRY_NEW: Final = "新建的报告。{state}"
ENTRY_LOST: Final = "日志有损坏：其后的 {count} 条记录不能恢复。"
ENTRY_ALIVE: Final = "编辑器还在运行。"
ENTRY_ELSEWHERE: Final = "在另一台机器上打开的，无法得知编辑器是否还在运行。"
ENTRY_JOURNAL: Final = "日志：{path}"
LISTED: Final = "共 {count} 份。恢复：nianbao recover 报告文件；另存：加 -o 新文件；不要：加 --discard。"

STATES: Final = {
    "as_opened": "报告文件还是打开时的内容。",
    "as_saved": "报告文件是最后一次保存的内容。",
    "never_saved": "报告还没有存成文件。",
    "missing": "报告文件已经不在了。",
    "changed": "报告文件后来被他人改动过。",
    "unreadable": "报告文件现在无法读取。",
}

RESTORED: Final = "已恢复 {count} 处修改，写入 {path}。"
RESTORED_COPY: Final = "已恢复 {count} 处修改，写入 {path}。日志仍保留；不再需要时运行 nianbao recover {source} --discard。"
LOST: Final = "日志有损坏，其后的 {count} 条记录没有恢复。日志保留在 {path}。"
MORE: Final = "另有 {count} 份较早的日志没有恢复，运行 nianbao recover --list 查看。"
CHANGED: Final = "{path} 后来被他人改动过，没有写入。请用 -o 恢复到另一个文件，比较后再决定；确定要用恢复的内容代替它，请加 --force。"
GONE: Final = "{path} 已经不在了，没有写入。请用 -o 恢复到另一个文件；要写回原处，请加 --force。"
UNREADABLE: Final = "{path} 现在不能读作年报文件，没有写入。请用 -o 恢复到另一个文件。"
SAME_FILE: Final = "-o 要给另一个文件；恢复到原来的文件不用加 -o。"
LOCKED: Final = "{path} 正在编辑器里打开：{owner}。可以用 -o 恢复到另一个文件。"
STILL_OPEN: Final = "{path} 的编辑器还在运行，日志没有动。"
DISCARDED: Final = "已不再保留 {path} 的修改。日志移到 {kept}。"
REMOVED: Final = "已删除 {path} 的日志。"
BAD_JOURNAL: Final = "日志 {path} 不能使用：{reason}"
FOLDER_GONE: Final = (
    "有日志曾移到 {path}，现在打不开这个文件夹。在移动磁盘上的，请接上后再试；不要了，运行 nianbao recover 报告文件 --discard。"
)
FOLDERS_FORGOTTEN: Final = "不再寻找 {path} 在其他文件夹中的日志。"
TOGETHER: Final = "{first} 不能和 {second} 一起用"
NEEDS_FILE: Final = "{option} 要同时给出报告文件。"
