"""Passages of a report that can be compared for copying: without figures, dates and standard sentences.

Passages are compared by their *substance*: simplified script, no punctuation, no years, and without clauses that only give
numbers and sentences that law, form and custom put in every report. The rest is what can have been copied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ..chinese.fold import fold
from ..chinese.numerals import TO_TEN
from ..ids import PREFACE
from ..report import all_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..ids import SectionId
    from ..report import Report

LEAST: Final = 24
"""Minimum substance of a passage in characters; shorter ones can be alike by chance (加强组织领导，完善工作制度)."""

_STANDARD_SENTENCES: Final = (
    # Legal basis and coverage of the report: 条例第四十九、五十条, the notice on the form, 统计期限.
    r"(?:根据|依据|依照|按照|遵照|为贯彻|落实).{0,60}(?:编制|制作|公布|发布|撰写|形成).{0,30}(?:报告|年报)",
    r"(?:根据|依据|依照|按照|遵照).{0,60}(?:条例|格式).{0,60}(?:现|特|予以|向社会)(?:予以|将|向社会)?(?:公布|公开)",
    r"(?:根据|依据|依照|按照|遵照).{0,60}(?:条例|格式).{0,60}向社会公[布开]",
    r"(?:本|此|该)(?:年度)?报告.{0,12}(?:由|包括|依照|按照|依据|根据|所列|中所列|全文|内容|电子版)",
    r"报告(?:全文|主要|内容|共){0,2}(?:包括|包含|分为|由)|总体情况.{0,9}主动公开政府信息情况|年?报告?全文.{0,40}(?:公布|公开|发布|查阅)",
    r"(?:数据|统计)(?:统计)?的?(?:期限|时限|口径)|统计的?(?:时间|范围)",
    r"(?:如|若)?(?:对|需).{0,10}(?:本|此|该)?(?:年度)?报告.{0,10}(?:疑问|意见|建议|查询|咨询)",
    r"(?:联系|咨询|监督|办公)(?:电话|地址|方式)|联系人|邮政?编码?|电子邮箱|网址(?:为|是|:)?",
    r"(?:可|请)(?:在|从|登[录陆]).{0,30}(?:查阅|查询|下载|浏览)",
    # 六: the statement on fees (国办函〔2020〕109号), and that there is nothing else to report.
    r"信息处理费|收费通知|收取.{0,8}(?:费用|检索费|复制费|邮寄费)|收费(?:和|及|与)?减免",
    r"(?:无|没有|未有|不存在)(?:任何|其[他它]|另外|需要|应当|应|需|要|报告|说明|公开|的|重要|重大){0,8}(?:事项|情况|内容)",
    # Statements of absence: 未收到, 没有发生.
    r"(?:未|没有|无)(?:收到|发生|产生|接到|出现|存在|因|被).{0,30}(?:申请|复议|诉讼|举报|投诉|追责|责任追究|纠正|败诉)",
    r"(?:未|没有|无)(?:发生|出现).{0,12}(?:情况|情形|案件)",
    # Headings inside a section.
    r"^(?:存在|面临|的|主要){0,3}(?:问题|不足|困难)(?:和|及|与)?(?:不足|困难|原因)?$",
    r"^(?:下一步)?(?:改进|整改|工作)的?(?:情况|措施|办法|方向|打算|计划)$",
)
"""Patterns of sentences found in nearly every report; sharing them is not copying."""
STANDARD: Final = re.compile("|".join(_STANDARD_SENTENCES))

_SENTENCE: Final = re.compile(r"[^。！？!?;\n]+")
_CLAUSE: Final = re.compile(r"[^,，:：、()\[\]]+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?=年|-|\]|/|\.)")
_DATE: Final = re.compile(r"\d{1,2}月(?:份|底|初|\d{1,2}日)?")
_ORDINAL: Final = re.compile(rf"^\s*(?:\(?[{TO_TEN}\d]{{1,3}}\)|[{TO_TEN}\d]{{1,2}}[.、]|第[{TO_TEN}]+[,、是]?|[{TO_TEN}]是)")
_FIGURE: Final = re.compile(rf"\d|[{TO_TEN}百两]+(?:件|条|次|份|篇|起|宗|期|人次|万)")
_NO_LETTER: Final = re.compile(r"[\W_]+")
_OWN: Final = "本机关"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a report's prose, or the whole prose of a section."""

    section: SectionId
    start: int
    """Start offset in the section's text."""
    end: int
    substance: str
    whole: bool = False
    """Whether it is the whole section, regardless of its division into paragraphs."""


@lru_cache(maxsize=2048)
def substance(text: str, agency: str = "") -> str:
    """Return the normalised text without standard parts and without the name of `agency`; empty if nothing else is left."""
    folded = fold(text).text.replace("\x01", " ")
    name = fold(agency).text
    if name:
        folded = folded.replace(name, _OWN)
    kept: list[str] = []
    for sentence in _SENTENCE.findall(_YEAR.sub("#", folded)):
        plain = _ORDINAL.sub("", sentence)
        if STANDARD.search(plain) is None:
            kept += _clauses(_DATE.sub("", plain))
    return "".join(kept)


def _clauses(sentence: str) -> Iterator[str]:
    """Yield the clauses that do not contain figures, without punctuation."""
    for clause in _CLAUSE.findall(sentence):
        if _FIGURE.search(clause) is None:
            yield _NO_LETTER.sub("", clause.replace("#", ""))


def passages(report: Report) -> Iterator[Passage]:
    """Yield the comparable passages of a report: for the preface and each section, the paragraphs and then the whole section."""
    agency = report.header.agency
    sections = [PREFACE, *(section.id for section in report.edition.sections)]
    for section, text in zip(sections, all_texts(report), strict=True):
        found = list(_paragraphs(section, text, agency))
        yield from (passage for passage in found if len(passage.substance) >= LEAST)
        together = "".join(passage.substance for passage in found)
        if len(together) >= LEAST:
            yield Passage(section, 0, len(text), together, whole=True)


def _paragraphs(section: SectionId, text: str, agency: str) -> Iterator[Passage]:
    offset = 0
    for line in text.split("\n"):
        plain = line.strip()
        if plain:
            start = offset + line.index(plain)
            yield Passage(section, start, start + len(plain), substance(plain, agency))
        offset += len(line) + 1
