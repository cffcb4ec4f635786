"""Every Chinese word of `nianbao import`: options, the report on what was understood, and a sentence for each note."""

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
CANNOT_READ: Final = "{path}：读不了（{reason}）。"
MISSING: Final = "没有这个文件"
FOLDER: Final = "这是一个文件夹，请给出其中的文件"
NO_PERMISSION: Final = "没有读取的权限"
IS_REPORT: Final = "{path}：这已经是报告文件，不用导入；可以直接用 nianbao check 检查。"
TOO_LARGE: Final = "文件超过 16 MB，不像一份年报"
BAD_DOCX: Final = "不是能安全读取的 Word 文档（.docx）"
OLD_DOC: Final = "是旧版 Word（.doc）或其他二进制文件，请另存为 .docx 或 .txt"
NOTHING_USABLE: Final = "{path}：没有认出年报的任何标题或表格，没有写出文件。"

WHOLE: Final = "{path}：{edition}年版，{agency}{year}，{read} 个数据全部读出。"
LOST: Final = "{path}：{edition}年版，{agency}{year}，{total} 个数据读出 {read} 个，其余留空。"
NO_TABLES: Final = "{path}：{edition}年版（没有统一表格），{agency}{year}，文字已归入各部分。"
NO_AGENCY: Final = "（机关不详）"
NO_YEAR: Final = "（年度不详）"
YEAR_OF: Final = "{year}年"
TABLE_WHOLE: Final = "  {name}：{total} 个数据全部读出"
TABLE_PART: Final = "  {name}：{total} 个数据读出 {read} 个；没有读出：{rows}"
TABLE_ABSENT: Final = "  {name}：原文中没有这张表（可能是图片），{total} 个数据留空，请对照原文补填"
ROWS_MORE: Final = "{rows}等 {count} 行"
ROW: Final = "{row}"
CELL: Final = "{row}的{column}"
BETWEEN: Final = "、"
TEXTS: Final = "  文字：{sections}"
TEXT_ABSENT: Final = "  没有文字的部分：{sections}"
LINE: Final = "  第 {line} 行：{message}"
WHOLE_DOCUMENT: Final = "  全文：{message}"
QUOTED: Final = "{message}　原文：“{text}”"
MORE_NOTES: Final = "  另有 {count} 条同类说明（--format json 可看全部）。"
SUMMARY: Final = "共 {files} 份：完整 {whole} 份，有缺 {lost} 份，不能用 {unusable} 份。"
PROGRESS: Final = "正在导入 {bar} {done}/{total}"

NOTES: Final = {
    "count": "{places}：标签后面的数值个数和表格的列数对不上，没有读",
    "ambiguous": "{places}：数值放进各列的办法不止一种，没有读",
    "contradiction": "{places}：在原文中出现不止一次而数值不同，没有读",
    "unreadable": "{places}：格子里的内容不是数",
    "other_unit": "{places}：表头的单位和统一格式不同，没有读",
    "absent_row": "原文中没有这些行：{places}",
    "absent_table": "{places}：原文中没有这张表（可能是图片）",
    "identity": "{places}：数值连在一起或位置不止一种可能，按勾稽关系只有一种成立，取这一种",
    "glued": "{places}：数字连在一起，个数正好等于列数，逐位读出",
    "gaps": "{places}：按空行的多少认出空格子",
    "label_lost": "{places}：行标签丢失，按位置认定",
    "group_in_order": "{places}：组内各行的标签丢失，数值个数正好，按统一格式的顺序读出",
    "columns_by_name": "表格是数据对象，按行名和列名取值",
    "normalised": "{places}：写法已规范",
    "extra_row": "统一格式没有的行，没有读入",
    "copies": "原文有几个年度并排，取了 {text}",
    "edition_year": "表格的版本和报告年度不一致（版本、年度：{text}）",
    "edition_notice": "文中引用的文件（{text}）和表格的版本不一致",
    "edition_guessed": "从表格看不出版本，按年度定为 {text} 年版",
    "heading_by_number": "标题与统一格式不同，按序号认定",
    "dropped": "不是报告内容，已略去",
    "image": "{places}：标题下面只有重复的标题，表格应是图片，请对照原文补填",
    "pinyin": "略去了转换程序留下的注音 {text} 处",
    "radicals": "把部首字符换成了通常的汉字",
    "signature": "文末的署名和日期已放进报告开头的栏目",
    "encoding": "有些字节不能解码（编码、个数：{text}）",
    "simplified": "文字已转成简体",
    "refused": "原文有一部分过长，没有读",
}
"""Note code → sentence; `{places}` are rows or cells by their official labels, `{text}` is what stands in the source."""

PLAIN_NOTES: Final = frozenset({"copies", "edition_year", "edition_notice", "edition_guessed", "pinyin", "encoding"})
"""Notes whose sentence holds their text already."""
