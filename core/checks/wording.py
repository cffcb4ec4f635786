"""Placeholders left over, numbers that are missing, enumerations that skip."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from .enumerations import enumeration_faults
from .finding import Severity, Span
from .letters import reading_copy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .context import Context
    from .finding import Finding

MOST = 20
"""Findings of one kind in one text; a text with more is no report yet, and twenty show that."""

LEAD = 4
"""Characters shown before a sign whose number is missing."""

_TO_FILL = r"(?:填写|填报|待填|待补|待定|待核|此处|请(?:填|输入|补|写)|XX|××|\*\*)"
_WHAT = r"(?:具体|机关|单位|部门)?(?:数量|数字|名称|日期|金额|件数|条数|年份)"
_PLACEHOLDERS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (triggers, re.compile(pattern))
    for triggers, pattern in (
        # XX and ××; not the masked figures of a telephone or an identity card, not letters of a word.
        (
            ("X", "Ｘ", "×", "xxx"),
            r"20(?:[XＸ×x]{2}|\d[XＸ×])(?=年|[]〕)）])|[XＸ×](?<![A-Za-z0-9XＸ×].)[XＸ×]++(?![A-Za-z0-9])|x(?<![A-Za-z0-9].)xx++(?![A-Za-z0-9])",
        ),
        (("__", "＿＿"), r"[_＿](?<![A-Za-z0-9_＿].)[_＿]++(?![A-Za-z0-9])"),
        # ○○ for a name; 二○○八 and 二〇〇八 are years.
        (("○○", "〇〇", "●●", "□□"), r"[○〇●□](?<![一二三四五六七八九○〇●□].)[○〇●□]++(?![一二三四五六七八九])"),
        (("??", "？？"), r"[?？]{2,}+"),
        (("某某",), r"某某+(?=[局县市区镇乡省年办委厅]|街道|单位|机关|文件)"),
        (("N", "Ｎ"), r"[NＮ](?<![A-Za-z+＋].)(?=[件条次篇份起宗个期场万])"),
        # 有待完善, 亟待核实 are no placeholders.
        (("待",), r"待(?<![有亟尚等期仍还].)(?:补充|填写?|核实|确定|定|完善|确认|统计|补)(?=[\s，。；、）)】\]件条万元]|$)"),
        (
            ("【", "[", "［"),
            r"[【\[［](?:[^】\]］\n]{0,12}" + _TO_FILL + r"[^】\]］\n]{0,16}|" + _WHAT + r")[】\]］]|[【［][\s　]{0,9}[】］]",
        ),
        (("（", "("), r"[（(](?:[ 　]{0,9}|[^）)\n]{0,3}" + _TO_FILL + r"[^）)\n]{0,20})[）)]"),
        (("**", "＊＊"), r"[*＊](?<![0-9A-Za-z*＊].)[*＊]++(?=[条件篇次份年月日县市区局镇乡])"),
        (("年 ", "年　"), r"年[ 　]{1,8}月[ 　]{1,8}日"),
    )
)
"""What betrays each kind of placeholder at little cost, and its pattern."""

_MASKED = re.compile(r"(?:申请人|原告|被告|当事人|举报人|市民|村民|群众|网民|居民|公民)[\u4e00-\u9fff]{0,2}$")
"""Before a person's name that was made unreadable on purpose."""

_NO_UNIT = (
    r"(?:(?<![文条案信要事证稿附邮软来部零物急密函批备构配快每这该各首逐某何类组几数])件|(?<![头词信面线链逐每各几数])条"
    r"|(?<![长开全首每各几数])篇|(?<![人首多层档场批依逐屡再每年项车几数])次|人次|(?<![祖正教大每各])宗)"
)
"""A unit whose number is missing; 文件 and 条件 are words of their own."""
_MISSING_NUMBERS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (triggers, re.compile(pattern))
    for triggers, pattern in (
        (
            ("共", "累计", "总计", "全年", "合计"),
            r"(?:共|累计|总计|全年|合计)(?:主动|新增|依法|及时|开展|对外|组织)?"
            r"(?:公开|发布|受理|收到|接到|制发|制定|印发|办理|答复|办结|审结|开展|举办|召开|发放|推送|回应|解读|更新|编发|刊发|废止|培训)"
            r"[^\d\n，。；、：（(零〇一二三四五六七八九十百千万两几多数若XＸ×_某N○余]{0,10}?" + _NO_UNIT + r"(?=[，。；,;])",
        ),
        (("文件件", "案件件", "稿件件", "信息条"), r"(?:(?:文件|案件|稿件)件|信息条)(?=[，。；,;])"),
        (
            ("申请件",),
            r"(?:共|全年|年度?|累计)[^\d\n，。；没未无零〇一二三四五六七八九十百千两]{0,6}(?:收到|受理|接到)[^\d\n，。；的一二三四五]{0,8}申请件(?=[，。；,;])",
        ),
        (("现行有效",), r"(?:共有|共|尚有|现有)(?:仍)?现行有效的?(?:行政)?规范性文件(?=[，。；,;])"),
        (("%", "％"), r"[%％](?<=[\u4e00-\u9fff].)(?<![几百数零一二三四五六七八九十分].)"),
        (("元",), r"(?:金额|收取|收费|费用|共计|合计)(?:为|共计|共)?(?:人民币)?万?元(?=[，。；,;])"),
        (("自年", "至年", "截止年"), r"[自至止]年(?=\d{1,2}\s*月)"),
        (("  ", "　　"), r"[ 　](?<=[\u4e00-\u9fff].)[ 　]{1,20}(?:条|件|篇|份|次|人次|万元|元)(?=[，。；、,;])"),
    )
)


def check_wording(context: Context) -> Iterator[Finding]:
    """Findings about the wording of every text."""
    for name, value in (("agency", context.report.header.agency), ("title", context.report.header.title)):
        for start, end in _places(_PLACEHOLDERS, value):
            yield context.finding("C34", {"found": value[start:end]}, key=("report", name))
    for section, text in context.texts():
        if not text:
            continue
        copy = reading_copy(text)
        for variant, patterns in (("", _PLACEHOLDERS), ("number", _MISSING_NUMBERS)):
            for start, end in itertools.islice(_places(patterns, copy), MOST):
                shown = text[start - LEAD if text[start] in "%％ 　" and start > LEAD else start : end]
                words = {"variant": variant, "found": " ".join(shown.split()) or shown}
                yield context.finding("C34", words, span=Span(section, start, end))
        for fault in itertools.islice(enumeration_faults(copy), MOST):
            words = {"variant": fault.variant, "found": fault.shown, "wanted": fault.wanted}
            severity = Severity.INFO if fault.variant == "mixed" else None
            yield context.finding("C55", words, span=Span(section, fault.start, fault.end), severity=severity)


def _places(patterns: Sequence[tuple[tuple[str, ...], re.Pattern[str]]], text: str) -> Iterator[tuple[int, int]]:
    """Where any of the patterns stands in a text, in order and without overlaps."""
    taken = 0
    for start, end in sorted(
        match.span() for triggers, pattern in patterns if any(trigger in text for trigger in triggers) for match in pattern.finditer(text)
    ):
        if start >= taken and not _masked(text, start, end):
            taken = end
            yield start, end


def _masked(text: str, start: int, end: int) -> bool:
    """Whether a placeholder is a person's name made unreadable: 申请人张××, 李××女士."""
    if text[start] not in "XＸ×*＊某○":
        return False
    return text.startswith(("先生", "女士"), end) or _MASKED.search(text[max(0, start - 8) : start]) is not None
