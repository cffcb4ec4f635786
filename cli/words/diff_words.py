"""Chinese messages of `nianbao diff` and `nianbao sum`."""

from __future__ import annotations

from typing import Final

DIFF_ABOUT: Final = "列出两份报告的不同：哪一格由多少变成多少，哪几段文字改了。可以比较两年的报告，也可以比较一份报告的两稿。"
BEFORE: Final = "先前的报告；- 为标准输入"
AFTER: Final = "后来的报告；- 为标准输入"
ONLY: Final = "只列出表格（tables）或只列出文字（prose）"
FORMAT: Final = "输出格式：text（默认）或 json"

SAME: Final = "两份报告没有不同。"
DIFFERENT: Final = "不同之处：报告信息 {fields} 项，表格 {cells} 格，文字 {paragraphs} 处。"
OTHER_EDITION: Final = "两份报告的格式版本不同（{before} 版与 {after} 版）：只在一个版本里有的格，另一边写“没有这一格”。"

HEADER: Final = "报告信息"
PREFACE: Final = "正文前的文字"
FIELDS: Final = {"agency": "机关", "kind": "机关类别", "year": "年度", "title": "标题", "published": "发布日期"}
CHANGED: Final = "{name}：{before} → {after}"
CHANGED_BY: Final = "{name}：{before} → {after}（{change}）"
EMPTY: Final = "（空）"
NO_CELL: Final = "（没有这一格）"

SUM_ABOUT: Final = "把同一年、同一版格式的几份报告的表格逐格相加，成为一份新报告（没有文字）。县级以上政府汇总所属机关的数据时用。"
FILES: Final = "报告文件，或放有报告的文件夹"
OUT: Final = "写到这个文件，后缀 .toml；不给时写到标准输出"
AGENCY: Final = "汇总报告的机关名称"
KIND: Final = "汇总报告的机关类别：government（默认）或 department"
FORCE: Final = "文件已存在时覆盖（原来的内容留有备份）"

ONE_REPORT: Final = "至少要有两份报告才能相加。"
SEVERAL_EDITIONS: Final = "不能相加，格式版本不同：{first} 是 {one} 版，{other} 是 {two} 版。"
SEVERAL_YEARS: Final = "不能相加，年度不同：{first} 是 {one} 年，{other} 是 {two} 年。请只给同一年度的报告。"
NO_YEAR: Final = "不能相加：{path} 没有写年度。"
SAME_TWICE: Final = "同一份报告给了两次：{first}，{other}。"
OWN_PART: Final = "{path} 是要相加的报告之一，不能用汇总覆盖它。请写到别的文件。"
WRONG_PART: Final = "{path} 的表格有 {count} 处错误，汇总的数也就不对。运行 nianbao check 查看并改正，再相加。"
NO_TABLES: Final = "{edition} 版没有表格，没有可以相加的数。"
ADDED: Final = "{count} 份报告相加（{year} 年度，{edition} 版格式）。"
TWICE: Final = "同一机关有两份报告，数重复计算了：{agency}（{first}，{other}）。"
LACKING: Final = "{name}没有相加，留空：{path} 里{value}。"
LACKING_BLANK: Final = "空着"
LACKING_WORDS: Final = "写的是“{words}”"
MORE_LACKING: Final = "另有 {count} 格同样留空。"
