"""Messages about errors in an edition's file: one sentence with the file, the position and the expected value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ...templates import EditionError

SENTENCE: Final = "格式版本的数据文件 {file} 有错：{place}{trouble}。"
NUMBERED: Final = "第 {number} 个 {key}"
OF: Final = " 的 "
AT: Final = " "
LINE: Final = "第 {line} 行第 {column} 列"
TYPES: Final = {
    "str": "文字（写在引号里）",
    "int": "整数",
    "bool": "true 或 false",
    "list": "列表",
    "dict": "表",
    "strings": "文字的列表",
}
TROUBLES: Final = {
    "missing": "没有写",
    "type": "应当是{wanted}",
    "syntax": "不合 TOML 的写法（{reason}）",
    "encoding": "编码不是 UTF-8",
    "system": "打不开，请检查文件是否存在、是否有读取的权限",
    "folder": "没有这个文件夹，请改正环境变量 NIANBAO_TEMPLATES",
    "file_name": "文件名只能用字母和数字",
    "id": "写的是“{found}”，应当和文件名一样是“{wanted}”",
    "name": "不能是“{found}”：只能用英文字母、数字、_ 和 -，不能全是数字，也不能和报告文件里已有的名称相同",
    "years": "早于 first_year",
    "twice": "里“{name}”出现了两次",
    "block": "要有 rows 和 columns，都不能是空的",
    "label": "的 label 或 path 里有空的文字",
    "choice": "不能是“{found}”，可以是：{known}",
    "quantity": "里没有一行或一列同时有“{name}”的各格",
    "cell": "写到的“{name}”在表格里没有",
    "line": "写到的 {names} 不在同一行或同一列里",
    "empty": "是空的，至少要有一格",
    "previous": "不能以上一年的格（{name}）开头，请写在 right 里",
    "total": "只能是 left 或 right，而且那一边只能有一格",
    "table": "写的“{name}”没有表格",
    "day": "不能是“{found}”，应当是某月某日，如 03-31",
    "code": "写的规则“{found}”不存在，运行 nianbao rules 查看全部规则",
    "rule_twice": "规则 {found} 在 {other} 中已有，同一规则不能写两次",
    "wording": "写的规则 {found} 不能用在这里：它的说明里要用到 {names}",
    "circle": "里合计互相包含，“{name}”由它自己相加得来",
}


def edition_sentence(error: EditionError) -> str:
    """Return the message for an error in an edition's file."""
    values = {**error.values, "wanted": TYPES.get(error.values.get("wanted", ""), error.values.get("wanted", ""))}
    place = _place(error)
    at = re.search(r"^(.*) \(at line (\d+), column (\d+)\)$", values.get("reason", ""))
    if at is not None:
        values["reason"], place = at[1], LINE.format(line=at[2], column=at[3])
    trouble = TROUBLES[error.kind].format_map(values)
    return SENTENCE.format(file=error.file, place=f"{place}{AT}" if place else "", trouble=trouble)


def _place(error: EditionError) -> str:
    """Format a path such as ("equation", 2, "relation") with counting from one: the third equation's relation."""
    words: list[str] = []
    for part in error.place:
        if isinstance(part, int):
            words[-1] = NUMBERED.format(number=part + 1, key=words[-1])
        else:
            words.append(part)
    return OF.join(words)
