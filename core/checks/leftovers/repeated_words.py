"""Errors of copying and joining: repeated words, repeated punctuation, unpaired quotation marks and brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...chinese.numerals import TO_TEN
from ...chinese.punctuation import BRACKETS, CLOSING
from .examined_text import Leftover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .examined_text import ExaminedText

_SHORTEST, _LONGEST = 2, 12
"""Length of a repeated word in characters."""
_TWICE = rf"([^\W\d_a-zA-Z]{{{_SHORTEST},{_LONGEST}}}?)\1"
_REDUPLICATION = rf"(?:[{TO_TEN}百千万两几半每]\w{{1,2}}|(.)\1+)$"
"""Words that are rightly repeated: 一件一件, 一步一步, and runs of one character (层层层层)."""
_SPOKEN = frozenset(("讨论", "研究", "商量", "考虑", "学习", "休息", "打听", "琢磨", "交流", "哈哈", "多多", "常常", "嘀嗒"))
_COMPOUNDS = {
    "工作": "人员|机构|机制|小组|领导|方案|要点|制度|部门|计划|任务|流程|年度|专班|动态|规范|条例|指南|会议|站|队|量",
    "公开": "栏|专栏|专区",
    "信息": "化|员|源|系统|中心|科技|技术|公开|网",
    "管理": "员|人员|办法|部门|机构|制度|局|条例|站|系统|平台|服务",
    "服务": "中心|窗口|大厅|事项|指南|热线|平台|站|员|业|机构|人员|管理",
    "监督": "员|电话|机构|管理|检查",
    "公示": "栏",
    "审查": "员",
    "发展": "改革|和改革",
    "教育": "局|系统|部门|体育|和体育",
    "建设": "局|项目|单位|用地|工程",
    "保障": "局|部门|机制|金|对象|房|中心|性",
    "安全": "生产|监管|员|管理|事故",
    "中心": "主任|工作|城区|小学|学校|城市",
    "政府": "网|办|部门|信息|采购|工作",
    "社会": "保障|救助|组织|保险|工作|福利|事务|治理|评议|各界|公众",
    "行政": "许可|处罚|强制|复议|诉讼|审批|执法|机关|权力|服务",
    "平台": "建设",
    "领导": "小组|班子|干部|机构",
    "执法": "局|人员|大队|队伍|案卷|公示|检查",
    "资源": "局|部门|共享|管理",
}  # fmt: skip
"""Word → what may follow its second occurrence, which then begins a compound: 公开工作 + 工作人员."""

_ACTS = r"举办|组织|开展|召开|进行|推进|加强|推动|强化|落实|完善|提升|提高|制定|印发|发布|公布|邀请|参加"
_ACT_AROUND = rf"({_ACTS})(?:{_ACTS})\1"

_LETTER_TWICE = r"([的了和在是与及性我对为化共并将从被把之或而也都已由局])\1"
_RIGHT_BEFORE = {
    "了": "为", "和": "总", "在": "现实存自内", "是": "但凡可正", "及": "普涉顾波触危提遍以", "性": "男女弹理感天惯习个", "我": "自忘",
    "对": "少相大一", "为": "作成行认以变有分改视",
    "化": "优深转量净", "共": "公", "并": "合兼归吞撤一裁", "将": "即行必终", "从": "服无自听", "或": "间", "而": "因从然反进",
    "都": "成首全", "已": "而不", "由": "自理缘事", "之": "总",
}  # fmt: skip
"""Character → what may precede two of it, the first ending a word."""
_RIGHT_AFTER = {
    "局": "长面机属党办领网内务主副直系部域限势里外级所科本",
    "的": "确士", "了": "解然结却", "和": "谐平美解睦气", "在": "线职校建册编岗途场位任家地押读外内此逃籍世孕乎", "是": "否非",
    "与": "会", "及": "时早格第", "性": "别质能格情价", "我": "们",
    "对": "外象口策比接账联标照症方", "为": "民了何主政期人基企群", "化": "解工学肥验妆险危整繁", "共": "享同建治和青产有识性管用抓",
    "将": "来军", "从": "事业严简", "把": "关脉握", "由": "于", "自": "身",
}  # fmt: skip
"""Character → what may follow two of it, the second beginning a word."""

_PUNCTUATION = r"[，、；：。,;]{2,8}"

_MARKS = r"[（(《“「『〔【\[［）)》”」』〕】\]］]"
_POINT = rf"(?:^|[\n。；;：:，,、 　])[ 　]*(?:\d{{1,2}}|[{TO_TEN}]{{1,3}}|[a-zA-Z]|[①-⑳])$"
"""Text before the bracket of 1） or 一）, which needs no partner."""
_FARTHEST = 300
"""Maximum distance in characters between paired marks; beyond it the closing mark is missing."""


def doubled_words(passage: ExaminedText) -> Iterator[Leftover]:
    """Yield repeated words and punctuation (C65)."""
    plain = passage.plain
    for match in re.finditer(_TWICE, plain):
        if not _is_legitimate_repetition(match[1], plain[match.end() : match.end() + 4]):
            yield Leftover("C65", *match.span(), "", (("unit", match[1]),))
    for match in re.finditer(_ACT_AROUND, plain):
        yield Leftover("C65", *match.span(), "", (("unit", match[1]),))
    for match in re.finditer(_LETTER_TWICE, plain):
        first, last = match.span()
        if not _two_words(match[1], plain[max(0, first - 2) : first], plain[last : last + 2]):
            yield Leftover("C65", first, last, "", (("unit", match[1]),))
    for match in re.finditer(_PUNCTUATION, plain):
        yield Leftover("C65", *match.span(), "punctuation")


def _two_words(letter: str, before: str, after: str) -> bool:
    """Return whether a doubled character ends one word and begins the next, or is part of a word like 实实在在."""
    if len(set(before)) < len(before) or len(set(after)) < len(after):
        return True
    return before[-1:] in tuple(_RIGHT_BEFORE.get(letter, "")) or after[:1] in tuple(_RIGHT_AFTER.get(letter, ""))


def _is_legitimate_repetition(unit: str, after: str) -> bool:
    if re.match(_REDUPLICATION, unit) or unit in _SPOKEN:
        return True
    compound = _COMPOUNDS.get(unit)
    return compound is not None and re.match(compound, after) is not None


def unpaired_marks(passage: ExaminedText) -> Iterator[Leftover]:
    """Yield quotation marks and brackets without a partner (C77)."""
    text = passage.text
    opened: dict[str, list[int]] = {}
    alone: list[tuple[int, str]] = []
    for match in re.finditer(_MARKS, text):
        mark, at = match.group(), match.start()
        closing = BRACKETS.get(mark)
        if closing is not None:
            waiting = opened.setdefault(closing, [])
            if waiting and at - waiting[-1] > _FARTHEST:
                alone.append((waiting.pop(), "open"))
            waiting.append(at)
            continue
        waiting = opened.get(CLOSING[mark], [])
        if waiting and at - waiting[-1] <= _FARTHEST:
            waiting.pop()
        elif mark not in "）)" or not re.search(_POINT, text[max(0, at - 6) : at]):
            alone.append((at, "close"))
    alone.extend((at, "open") for waiting in opened.values() for at in waiting)
    for at, variant in sorted(alone):
        first = at if variant == "open" else max(0, at - 8)
        around = " ".join(text[first : at + 10].split("\n")[0 if variant == "open" else -1].split())
        yield Leftover("C77", at, at + 1, variant, (("around", around),))
