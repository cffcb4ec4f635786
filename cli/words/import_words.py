"""Chinese messages of `nianbao import`: options and the import report."""

from __future__ import annotations

from typing import Final

ABOUT: Final = "把已发布的年报（网页、纯文本、Word、CSV）转成报告文件。读不出来的格子留空并逐一列出，绝不猜测。"
SOURCES: Final = "已发布的年报：.html、.txt、.docx、.csv、.tsv；- 表示标准输入"
OUT: Final = "写到哪个文件，后缀 .toml；给文件夹时每份各写一个 .toml；不给时写到标准输出"
FORMAT: Final = "说明的格式：text（默认，写到标准错误）；json（写到标准输出，给程序用，要同时给 -o）"
YEAR: Final = "报告年度：原文没有写明时用它；两年并排时按它取"
AGENCY: Final = "机关名称：原文没有写明或读错时用它"
KIND: Final = "government（各级人民政府）或 department（政府部门）"
SIMPLIFY: Final = "把繁体文字转成简体"
FORCE: Final = "覆盖已有的文件（原来的内容留有备份）"
JOBS: Final = "同时使用几个处理器（默认 0，自动）"
QUIET: Final = "每份只说一行"

JSON_NEEDS_OUT: Final = "--format json 把说明写到标准输出，所以要用 -o 给出报告文件写到哪里。"
MANY_NEED_FOLDER: Final = "一次转多份时，请用 -o 给出一个文件夹，如 -o 报告/。"
NO_FOLDER: Final = "文件夹 {path} 不存在，也建不了。"

WHOLE: Final = "{path}：{edition}年版，{agency}{year}，{read} 个数据全部读出。"
LOST: Final = "{path}：{edition}年版，{agency}{year}，{total} 个数据读出 {read} 个，其余留空。"
NO_TABLES: Final = "{path}：{edition}年版（没有统一表格），{agency}{year}，文字已归入各部分。"
NO_AGENCY: Final = "（机关不详）"
NO_YEAR: Final = "（年度不详）"
YEAR_OF: Final = "{year}年"
TABLE_WHOLE: Final = "  {name}：{total} 个数据全部读出"
TABLE_PART: Final = "  {name}：{total} 个数据读出 {read} 个；没有读出：{rows}"
TABLE_ABSENT: Final = "  {name}：原文中没有这张表（可能是图片），{total} 个数据留空，请对照原文补填"
TEXT_ABSENT: Final = "  没有文字的部分：{sections}"
LINE: Final = "  第 {line} 行：{message}"
WHOLE_DOCUMENT: Final = "  全文：{message}"
MORE_NOTES: Final = "  另有 {count} 条同类说明（--format json 可看全部）。"
SUMMARY: Final = "共 {files} 份：完整 {whole} 份，有缺 {lost} 份，不能用 {unusable} 份。"
PROGRESS: Final = "正在导入 {bar} {done}/{total}"
