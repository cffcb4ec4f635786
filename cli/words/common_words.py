"""Chinese messages of the command line, except those of the rules, which are in the catalogue."""

from __future__ import annotations

from typing import Final

PROGRAM: Final = "nianbao"
USAGE: Final = "用法："
ARGUMENTS: Final = "参数"
OPTIONS: Final = "选项"
HELP_OPTION: Final = "显示这份帮助"

UNKNOWN_ARGUMENTS: Final = r"不认识的参数：\1"
MISSING_ARGUMENTS: Final = r"缺少参数：\1"
NEEDS_VALUE: Final = r"选项 \1 后面要有一个值"
NOT_A_CHOICE: Final = "不能是“{found}”，可以是：{known}"
NO_NUMBER: Final = r"选项 \1 不能是“\2”，要是一个数"
NOT_TOGETHER: Final = r"选项 \1 不能和 \2 一起用"
TAKES_NO_VALUE: Final = r"选项 \1 后面不带值（\2）"
OUT_OF_BOUNDS: Final = r"选项 \1 \2"
WHOLE_NUMBER: Final = "不能是“{found}”，要是 {least} 到 {greatest} 之间的整数"

ABOUT: Final = "政府信息公开工作年度报告：起草、检查、发布。"
COMMANDS: Final = (
    ("edit", "在编辑器中打开或新建报告"),
    ("new", "新建报告文件，可由上年报告生成"),
    ("check", "检查报告，指出错在哪一格、应当是多少"),
    ("export", "按统一格式导出纯文本"),
    ("import", "把已发布的网页、文本、Word 转成报告文件"),
    ("facts", "列出文字里写到的数字"),
    ("similar", "查找几份报告之间雷同的段落"),
    ("diff", "列出两份报告的不同"),
    ("sum", "把几份报告的表格逐格相加"),
    ("explain", "解释一条规则：含义、依据、例子、怎样改"),
    ("rules", "列出全部规则"),
    ("schema", "输出报告文件的 JSON Schema"),
    ("recover", "列出并恢复没有保存的修改"),
)
HELP_FOOT: Final = "各命令的选项：nianbao 命令 --help。退出码：0 没有问题，1 有问题，2 用法或文件不对，3 文件正被他人编辑。"
NO_COMMAND: Final = "没有给出命令。运行 nianbao --help 查看用法。"
UNKNOWN_COMMAND: Final = "没有“{name}”这个命令。"
UNKNOWN_OPTION: Final = "没有“{name}”这个选项。"
SEE_COMMANDS: Final = "运行 nianbao --help 查看全部命令。"
STDIN_NAME: Final = "标准输入"
NO_NAME: Final = "有一个文件名是空的，请检查命令里的文件名和变量。"
STDIN_TWICE: Final = "标准输入只有一份，- 只能写一次。"
DID_YOU_MEAN: Final = "是不是 {name}？"
ERROR: Final = "错误：{message}"
SEE_HELP: Final = "运行 nianbao {command} --help 查看用法。"
INTERRUPTED: Final = "已中断。"
INTERNAL: Final = (
    "程序内部出错（{kind}）。报告文件没有被改动。请把这条命令和文件发给开发者；加上环境变量 NIANBAO_DEBUG=1 可以看到详细信息。"
)
COMMAND: Final = "命令"

# check
CHECK_ABOUT: Final = "检查年报文件。标准输出是检查结果，标准错误是说明。"
FILES: Final = "年报文件或文件夹；- 表示标准输入"
FORMAT: Final = "输出格式：text（默认）、json、sarif、github"
FAIL_ON: Final = "遇到哪一级就以 1 退出：error（默认）、warning、info、never"
SELECT: Final = "只报告这些规则，逗号分隔，如 C01,C02；C4 表示 C40 至 C49"
IGNORE: Final = "不报告这些规则"
DRAFT: Final = "报告还在起草：空格和空的部分只作提示"
PREVIOUS: Final = "上一年度的报告文件，或者放有这些文件的文件夹（默认在报告所在的文件夹里按机关名称和年度寻找）"
NO_PREVIOUS: Final = "不寻找上一年度的报告，不做跨年核对"
JOBS: Final = "同时使用几个处理器（默认 0，自动）"
NO_CODES: Final = "选项后面要写规则的代码，如 C01,C02。"
UNKNOWN_CODES: Final = "没有这些规则：{codes}。运行 nianbao rules 查看全部规则。"
NO_FILES: Final = "{path}：文件夹里没有年报文件（*.toml）。"
SKIPPED: Final = "{path}：不是年报文件，已跳过。"
PREVIOUS_UNREADABLE: Final = "上年报告 {path} 无法使用：{message}"
PREVIOUS_FOUND: Final = "{path}：已与同一文件夹里的上年报告 {previous} 核对。"
PREVIOUS_MISSING: Final = "{path}：在 {folder} 里没有找到本机关上一年度的报告，没有做跨年核对。"
FILE_LINE: Final = "{path}（{agency}，{year}，{edition} 版格式）"
UNREADABLE_LINE: Final = "{path}（无法使用）"
NO_AGENCY: Final = "未写机关名称"
NO_YEAR: Final = "未写"
YEAR_OF: Final = "{year} 年度"
NO_YEAR_OF: Final = "未写年度"
PREFACE: Final = "前言"
SUGGESTION: Final = "建议：{changes}"
SUGGESTION_OR: Final = "或者：{changes}"
MORE_SUGGESTIONS: Final = "（另有 {count} 种可能）"
CHANGE: Final = "{cell}由 {before} 改为 {after}"
BLANK_SHOWN: Final = "空"
NOTHING_SHOWN: Final = "“/”"
VERDICTS: Final = {
    "clean": "{path}：没有发现问题，可以发布。",
    "selected": "{path}：所选的规则没有发现问题。",
    "draft": "{path}：没有发现问题（按草稿检查）。",
    "by_policy": "{path}：按规则文件没有错误。",
}
"""Messages by verdict; the other verdicts are evident from the findings."""
SUMMARY: Final = "共检查 {files} 个文件：错误 {errors}，警告 {warnings}，提示 {infos}。"

# export
EXPORT_ABOUT: Final = "按统一格式的版式导出纯文本。"
REPORT_FILE: Final = "年报文件；- 表示标准输入"
OUT: Final = "写到这个文件，后缀决定格式（默认写到标准输出）"
WIDTH: Final = "每行的宽度，80 到 160 个半角字符（默认 80）"
BORDERS: Final = "表格线：unicode（默认）或 ascii"
AMBIGUOUS: Final = "“”—·─ 这些字符占几个半角宽：2（默认，中文字体）或 1（多数终端）"
EXPORT_FORMAT: Final = "导出的格式：text（纯文本）；不给时看 OUT 的后缀，.txt、.text 为纯文本"
EXPORT_FORCE: Final = "覆盖已有的文件（报告文件除外；原来的内容留有备份）"
EXPORT_DRAFT: Final = "标明是草稿，并写明还有几处没有填"
ASCII_USED: Final = "表格太宽，{width} 个半角字符放不下中文宽度的表格线，已改用 ASCII 表格线。"
TOO_WIDE: Final = "表格里的数太长，有的行超过了 {width} 个半角字符。"
EXPORTED_WITH_ERRORS: Final = "这份报告有 {errors} 处错误，不应当发布。运行 nianbao check {path} 查看。第一处：{message}"
SAME_FILE: Final = "{path} 就是报告文件本身，不能用导出的文字覆盖它。"
SAME_SOURCE: Final = "{path} 就是所依据的报告，不能用新的报告覆盖它。请给另一个文件名。"
FILE_EXISTS: Final = "{path} 已经存在。要覆盖它，请加 --force（原来的内容会留有备份）。"
BACKUP_KEPT: Final = "原来的内容留有备份：{path}。"
BACKUP_NOT_KEPT: Final = "{path} 原来的内容没有能留下备份。"
OUTPUT_LOCKED: Final = "{path} 正在编辑器里打开：{owner}。没有写入；请换一个文件名，或者等对方关闭后再试。"
EXPORT_SUFFIX_UNKNOWN: Final = "不能从后缀 {suffix} 看出导出的格式：{path}。可用的后缀：{known}；或者用 --format 写明格式。"
EXPORT_SUFFIX_MISSING: Final = "{path} 没有后缀，看不出导出的格式。请加上后缀（{known}），或者用 --format 写明格式。"
REPORT_SUFFIX_UNKNOWN: Final = "报告文件的后缀只能是 .toml，不能是 {suffix}：{path}。"
REPORT_SUFFIX_MISSING: Final = "{path} 没有后缀；报告文件请加上后缀 .toml。"
NOT_A_FILE_OUTPUT: Final = "这不是普通文件；要写到标准输出，请写 -。"
WRITTEN: Final = "已写入 {path}。"
CANNOT_WRITE: Final = "不能写入 {path}：{reason}"

# new
NEW_ABOUT: Final = "新建年报文件，按年度选用统一格式。"
NEW_OUT: Final = "新文件的名称，后缀 .toml（默认写到标准输出）"
AGENCY: Final = "机关全称"
KIND: Final = "government（各级人民政府）或 department（政府部门，默认）"
YEAR: Final = "报告的年度（默认：用 --from 时为其下一年，否则 7 月起为当年，之前为上一年）"
FROM: Final = "上一年度的报告：沿用机关、类别和文字，上年结转照上年的结转下年度填好；更早年度的报告也可以，上年结转就空着"
FORCE: Final = "覆盖已有的文件（原来的内容留有备份）"
NEW_MADE: Final = "新建 {year} 年度的报告，用 {edition} 版格式。"
NEW_DATED: Final = (
    "新建 {year} 年度的报告，用 {edition} 版格式。年度按今天的日期：7 月起为当年，之前为上一年；要别的年度，请用 --year 给出。"
)

# explain, rules
EXPLAIN_ABOUT: Final = "解释一条规则。"
CODE: Final = "规则的代码，如 C01"
RULES_ABOUT: Final = "列出全部规则。"
RULES_FORMAT: Final = "输出格式：text（默认）或 json"
UNKNOWN_CODE: Final = "没有规则 {code}。运行 nianbao rules 查看全部规则。"
MEANING: Final = "含义"
CLAUSE: Final = "依据"
LAW: Final = "（法规或统一格式）"
CUSTOM: Final = "（惯例或常理，不是法规）"
YEARS: Final = "跨年"
COMPARES_YEARS: Final = "与上年的报告比较。没有上年的报告时，要比较的内容不检查，已有的认可照样保留。"
EXAMPLE: Final = "例子"
MEND: Final = "怎样改"
LEVEL: Final = "级别"
LEVEL_DRAFT: Final = "（起草时为{draft}）"

# schema
SCHEMA_ABOUT: Final = "输出报告文件的 JSON Schema，供编辑器补全和检查。"
SCHEMA_EDITION: Final = "只输出这一版格式的 Schema（默认包括各版）"

# facts
FACTS_ABOUT: Final = "列出报告的文字里写到的件数、合计和百分比，以及它们各指表中的哪一格。"
FACTS_FILE: Final = "年报文件，或者纯文本；- 表示标准输入"
FACTS_YEAR: Final = "报告的年度（纯文本需要；年报文件里有）"
FACTS_AGENCY: Final = "机关名称（纯文本可以给出，用来分清本机关和其他机关的数）"
FACTS_FORMAT: Final = "输出格式：text（默认）或 json"
FACTS_NONE: Final = "没有读到与表格有关的数。"
FACT_LINE: Final = "{line:>5}  {name} = {value}{mark}  “{span}”"
FACT_APPROXIMATE: Final = "（约数）"
FACT_ZERO: Final = "（写明没有）"
SUM_LINE: Final = "{line:>5}  合计 {total} {relation} {parts}  “{span}”"
PERCENTAGE_LINE: Final = "{line:>5}  {part} ÷ {whole} {relation} {stated}%  “{span}”"
QUANTITIES: Final = {
    "requests.handled_input": "新收与上年结转合计",
    "requests.refused": "不予公开",
    "requests.unavailable": "无法提供",
    "requests.rejected": "不予处理",
    "requests.other_handling": "其他处理",
    "requests.granted_and_partly": "予以公开与部分公开合计",
    "review.litigation": "行政诉讼",
    "info_fee.notices": "信息处理费收费通知（件）",
    "info_fee.amount": "信息处理费（元）",
}
