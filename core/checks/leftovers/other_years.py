"""Years in the prose other than the report's: text kept from last year, and plans that were not updated.

Many other years are legitimate: comparisons, plans, history (自2019年以来), names and numbers of documents, publication
dates. A year counts as a leftover only if the sentence reports the body's own work of that year as this report's and does not
also mention the report's year.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...chinese.agency_names import OWN, same_body
from ...chinese.numerals import HAN_YEAR, TO_TEN, written_year
from .examined_text import Leftover, sentence_around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .examined_text import ExaminedText

_ANY_YEAR = r"(?<!\d)20\d\d(?= {0,2}年|　{1,2}年)"
_ASIDE = (
    r"《[^《》\n]{1,120}》|〈[^〈〉\n]{1,80}〉|[〔\[［﹝][^〕\]］﹞\n]{1,20}[〕\]］﹞]|“[^“”\n]{1,60}”"
    r"|https?://[^\s，。；）)]{1,200}|[（(][^（）()\n]{1,60}[)）]"
)
"""Titles, document numbers, quotations, links and brackets: years inside them do not date the sentence."""

_COMPARING = (
    "同比", "环比", "相比", "对比", "同期", "上年", "去年", "上一年", "往年", "历年", "以往", "近三年", "近年", "近两年", "近几年",
    "连续", "分别", "逐年", "三年来", "比20", "较20", "结转", "遗留", "年均", "今年", "本年",
    "获评", "荣获", "评为", "考评", "第三方评估", "排名", "表彰", "表扬", "考核结果", "考核中",
)  # fmt: skip
"""A sentence with one of these mentions several years on purpose, or an assessment of an earlier year."""
_BEFORE_OTHERS = (
    r"(?:[自从比较与和同及、到至于由对年—–\-~～]|以及|相对|始|原|继|延续|获|截[至止]|针对|关于|印发|发布|根据|按照|落实|依据)[ 　]?$"
)
_AFTER_OTHERS = (
    r"[ 　]?年?度?(?:以来|起|开始|始|至|到|[—–\-~～、和与及或]|底|初|末|版|以前|之前|前|以后|之后|后|修订|新修订|同期|结转|新增的|(?:上"
    r"|下)半年)"
)
_DATE = r"(?:[ 　]?\d{1,2}[ 　]?月(?:[ 　]?\d{1,2}[ 　]?日|份|底|初|[上中下]旬)?)"

_COUNTED = (
    r"(?:主动公开|公开|发布|受理|收到|接到|接收|新收|办理|答复|办结|发出|收取|制发|废止|举办|召开|组织|开展|更新|推送|编发|回应|处理"
    r"|共有|未收到|未发生"
    r"|未收取|未出现|没有收到|没有发生|无依申请|无行政复议|未产生|未接到|未受理)(?!的)"
)
"""Verbs for actions of a body that its report counts."""
_EVENTS = r"(?:举办|召开|组织|开展|收到|受理|接到|参加)(?!的)"
_TOTAL = r"(?:共|累计|总计|合计|一共|均|已|全年|年内|期间|并)?"
_FIGURE = (
    rf"\d[ 　]?(?:余|多)?[ 　]?(?:件|条|份|篇|次|期|项|场|万|元|人|起|宗|个|部)|申请|复议|诉讼|零|[{TO_TEN}百千两]+余?(?:件"
    r"|条|次|期|起)"
)
_PLANNED = r"将|计划|拟|预计|力争|争取|确保|目标|下一步|今后|打算|规划|设想|要"
_GAINED = r"(?:截至|截止到?|截止至)[ 　]?$"
_PRESENTING = r"(?:现|特|兹)(?:将|就|公布|公开|发布|向社会|编制)[^。；\n]{0,40}$"
_REPORT = r"[ 　]?年度?[^。；，\n]{0,24}(?:报告|情况|年报)"

OLDEST = 3
"""Text is copied from the last three years; a year before that is history."""


def other_years(passage: ExaminedText) -> Iterator[Leftover]:
    """Yield years that seem to be kept from last year's text (C76)."""
    year, plain = passage.year, passage.plain
    if not year or "年" not in plain:
        return
    years = _ANY_YEAR if "二" not in plain else f"{_ANY_YEAR}|{HAN_YEAR}"
    found = [(match.start(), match.end(), written_year(match.group())) for match in re.finditer(years, plain)]
    if not found:
        return
    others = any(number != year for _, _, number in found)
    if not others and "将" not in plain and "划" not in plain and "打算" not in plain and "思路" not in plain:
        return
    open_text = re.sub(_ASIDE, lambda match: "\x02" * len(match.group()), plain)
    for start, end, number in found:
        if open_text[start] == "\x02":
            continue
        variant = _plan(open_text, end, start) if number == year else _leftover(passage, open_text, start, end, number)
        if variant is not None:
            yield Leftover("C76", start, end + 1, variant, (("other", str(number)), ("words", _words(passage.text, start))))


def _words(text: str, start: int) -> str:
    """Return the beginning of the statement, for the message."""
    return " ".join(re.split(r"[。\n]", text[start : start + 24], maxsplit=1)[0].split())


def _leftover(passage: ExaminedText, text: str, start: int, end: int, number: int) -> str | None:
    """Return the variant of the message if the year is a leftover, or None if it is legitimate."""
    year = passage.year
    before, after = text[max(0, start - 60) : start], text[end : end + 80]
    if re.search(_PRESENTING, before) and re.match(_REPORT, after):
        return "report"
    if not year - OLDEST <= number <= year + 1:
        return None
    first, last = sentence_around(text, start, end)
    sentence = text[first:last]
    if str(year) in sentence or any(word in sentence for word in _COMPARING):
        return None
    rest = text[end:last]
    if number > year:
        counted = re.search(r"\d[ ]?[件条]", rest) and not re.search(_PLANNED, sentence)
        return "ahead" if counted and _reports(passage, before, rest, dated=False) else None
    if re.search(_GAINED, before):
        return "until" if re.match(r"[ 　]?年[ 　]?(?:12[ 　]?月[ 　]?31[ 　]?日|12[ 　]?月底|年?底|末)", rest) else None
    if re.search(_BEFORE_OTHERS, before) or re.match(_AFTER_OTHERS, rest):
        return None
    return "" if _reports(passage, before, rest, dated=True) else None


def _reports(passage: ExaminedText, before: str, rest: str, *, dated: bool) -> bool:
    """Return whether the words around a year report the body's own work in it.

    Args:
        dated: Whether a month or day after the year is accepted.
    """
    opened = re.match(rf"[ 　]?年度?({_DATE})?[ 　]?[，,]?[ 　]?", rest)
    if opened is None or (opened[1] and not dated):
        return False
    said = rest[opened.end() :]
    at_start = not before.strip(" 　") or before[-1] in " 　" or before[-1] in "。；;！？!?\n：:，,）)、．.』”\x02"
    subject = _subject(passage, said)
    if opened[1]:
        return at_start and re.match(rf"{_TOTAL}{_EVENTS}", said[subject:]) is not None
    if at_start and subject and opened.group().rstrip()[-1] in "，,年度":
        return True
    if not at_start and not re.search(rf"(?:{OWN}|网站|公众号|平台|专栏|全年)$", before):
        return False
    counted = re.match(rf"{_TOTAL}[，,]?{_TOTAL}{_COUNTED}", said)
    return counted is not None and re.search(_FIGURE, re.split(r"[。；\n]", said[:60], maxsplit=1)[0]) is not None


def _subject(passage: ExaminedText, said: str) -> int:
    """Return the length of the words that name the body itself (我局, 全县, its name), or 0 if there are none."""
    own = re.match(OWN, said)
    if own is not None:
        return own.end()
    named = re.match(r"\w{1,14}?(?:局|委员会|委|镇|乡|街道|政府|中心|厅)(?=\W|[共主累坚认严积按深全围依继高紧贯加公收受未无])", said)
    if named is not None and passage.agency and same_body(named.group(), passage.agency, strict=True):
        return named.end()
    return 0


def _plan(text: str, end: int, start: int) -> str | None:
    """Return the variant for a plan for the report's own year, which must be last year's plan, or None."""
    before, rest = text[max(0, start - 8) : start], text[end : end + 60]
    if before and before.rstrip(" 　")[-1:] not in "。；;\n：:）)、，,．.\x02":
        return None
    going_on = rf"[ 　]?年度?[ 　]?[，,]?(?:{OWN})?将(?:继续|进一步|持续|不断|着力|重点)(?![^。；，]{{0,30}}(?:作为|纳入|列入))"
    heading = r"[ 　]?年度?的?(?:下一步)?(?:工作)?(?:计划|打算|思路|设想)(?=[ 　]*(?:[。：:\n]|$))"
    return "plan" if re.match(rf"{going_on}|{heading}", rest) else None
