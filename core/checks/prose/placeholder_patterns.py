"""Patterns of gaps in a draft: placeholders that were not replaced, and missing numbers.

A pattern is compiled only if a cheap test shows that it could match; most texts need none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from ...chinese.numerals import DIGITS, TO_TEN

if TYPE_CHECKING:
    from collections.abc import Iterator

Patterns = tuple[tuple[tuple[str, ...] | Callable[[str], bool], str], ...]
"""For each kind of gap, a cheap test (any of these words, or a predicate) and the pattern."""

LEAD = 4
"""Characters shown before a sign whose number is missing."""

_TO_FILL = r"(?:填写|填报|待填|待补|待定|待核|此处|请(?:填|输入|补|写)|XX|××|\*\*)"
_WHAT = r"(?:具体|机关|单位|部门)?(?:数量|数字|名称|日期|金额|件数|条数|年份)"


def _cut_short(text: str) -> bool:
    return "关于" in text and ("的\n" in text or text.rstrip().endswith("的"))


PLACEHOLDERS: Patterns = (
    # XX and ××, except masked digits of a telephone or identity card number and letters of a word.
    (
        ("X", "Ｘ", "×", "xxx"),
        r"20(?:[XＸ×x]{2}|\d[XＸ×])(?=年|[]〕)）])|[XＸ×](?<![A-Za-z0-9XＸ×].)[XＸ×]++(?![A-Za-z0-9])|x(?<![A-Za-z0-9].)xx++(?![A-Za-z0-9])",
    ),
    (("__", "＿＿"), r"[_＿](?<![A-Za-z0-9_＿].)[_＿]++(?![A-Za-z0-9])"),
    # ○○ for a name, but not the years 二○○八 and 二〇〇八.
    (("○○", "〇〇", "●●", "□□"), rf"[○〇●□](?<![{DIGITS}○〇●□].)[○〇●□]++(?![{DIGITS}])"),
    (("??", "？？"), r"[?？]{2,}+"),
    (("某某",), r"某某+(?=[局县市区镇乡省年办委厅]|街道|单位|机关|文件)"),
    # X月X日; a single X only before a unit, since elsewhere it may be a person's name.
    (
        ("N", "Ｎ", "X", "Ｘ"),
        r"[XＸ](?<![A-Za-z0-9Ａ-Ｚ].)月(?:[XＸ]日)?|[NＮXＸ](?<![A-Za-z0-9+＋ＸＮ].)(?=[件条次篇份起宗期场万日]|个(?![人体股别性税]))",
    ),
    (("TODO", "TBD", "FIXME", "todo"), r"(?<![A-Za-z])(?:TODO|TBD|FIXME|todo)(?![A-Za-z])"),
    # The title may continue on the next line.
    (
        _cut_short,
        r"关于[ 　]?20\d\d[ 　]?年度?[^，。；：“”《》\n]{0,20}的(?=[ 　]*(?:$|\n(?![ 　]*(?:工作|年度)?(?:报告|年报|公告|通知|说明))))",
    ),
    # 有待完善 and 亟待核实 are not placeholders.
    (("待",), r"待(?<![有亟尚等期仍还].)(?:补充|填写?|核实|确定|定|完善|确认|统计|补)(?=[\s，。；、）)】\]件条万元]|$)"),
    (
        ("【", "[", "［"),
        r"[【\[［](?:[^】\]］\n]{0,12}" + _TO_FILL + r"[^】\]］\n]{0,16}|" + _WHAT + r")[】\]］]|[【［][\s　]{0,9}[】］]",
    ),
    (
        ("填写", "待填", "待补", "此处", "待定", "待核", "（）", "()", "（ ", "（　", "( "),
        r"[（(](?:[ 　]{0,9}|[^）)\n]{0,3}" + _TO_FILL + r"[^）)\n]{0,20})[）)]",
    ),
    (("**", "＊＊"), r"[*＊](?<![0-9A-Za-z*＊].)[*＊]++(?=[条件篇次份年月日县市区局镇乡])"),
    (("年 ", "年　"), r"年[ 　]{1,8}月[ 　]{1,8}日"),
)

_MASKED = r"(?:申请人|原告|被告|当事人|举报人|市民|村民|群众|网民|居民|公民)[\u4e00-\u9fff]{0,2}$"
"""Words before a name that was masked on purpose."""

_NO_UNIT = (
    r"(?:(?<![文条案信要事证稿附邮软来部零物急密函批备构配快每这该各首逐某何类组几数])件|(?<![头词信面线链逐每各几数])条"
    r"|(?<![长开全首每各几数])篇|(?<![人首多层档场批依逐屡再每年项车几数])次|人次|(?<![祖正教大每各])宗)"
)
"""A unit whose number is missing. The lookbehinds exclude words such as 文件 and 条件."""
_WORDS_OF_THEIR_OWN = frozenset(f"文案信稿事证条零{TO_TEN}百千万两几多数余每")
"""Characters that form a word or a number with a following unit."""
_COUNTED = (
    r"(?:共|累计|总计|全年|合计)(?:主动|新增|依法|及时|开展|对外|组织)?"
    r"(?:公开|发布|受理|收到|接到|制发|制定|印发|办理|答复|办结|审结|开展|举办|召开|发放|推送|回应|解读|更新|编发|刊发|废止|培训)"
    rf"[^\d\n，。；、：（(零〇{TO_TEN}百千万两几多数若XＸ×_某N○余]{{0,10}}?" + _NO_UNIT + r"(?=[，。；,;])"
)
_UNITS = "条件篇次宗"
_STOPS = "，。；,;"


def _lacks_a_number(text: str) -> bool:
    """Return whether a unit before a stop follows neither a digit nor one of `_WORDS_OF_THEIR_OWN`: a quick test before the pattern."""
    if not any(word in text for word in ("共", "累计", "总计", "全年", "合计")):
        return False
    for unit in _UNITS:
        for stop in _STOPS:
            at = text.find(unit + stop)
            while at > 0:
                before = text[at - 1]
                spaced = before.isspace() and text[max(0, at - 2)].isdigit()
                if not spaced and not before.isdigit() and before not in _WORDS_OF_THEIR_OWN:
                    return True
                at = text.find(unit + stop, at + 1)
    return False


def _lacks_a_percentage(text: str) -> bool:
    at = text.find("%")
    while at > 0:
        if "\u4e00" <= text[at - 1] <= "\u9fff":
            return True
        at = text.find("%", at + 1)
    return "％" in text


MISSING_NUMBERS: Patterns = (
    (_lacks_a_number, _COUNTED),
    (("文件件", "案件件", "稿件件", "信息条"), r"(?:(?:文件|案件|稿件)件|信息条)(?=[，。；,;])"),
    (
        ("申请件",),
        rf"(?:共|全年|年度?|累计)[^\d\n，。；没未无零〇{TO_TEN}百千两]{{0,6}}(?:收到|受理|接到)[^\d\n，。；的一二三四五]{{0,8}}申请件(?=[，。；,;])",
    ),
    (("现行有效",), r"(?:共有|共|尚有|现有)(?:仍)?现行有效的?(?:行政)?规范性文件(?=[，。；,;])"),
    # A bare noun phrase as a clause among counts, or as a whole sentence: its number is missing.
    (
        ("有效的规范性文件。", "有效规范性文件。", "有效的行政规范性文件。", "有效行政规范性文件。", "有效的规范性文件；"),
        r"(?:(?<=[。；\n])|(?<=\d件[，；、])|(?<=\d 件[，；、]))现行有效的?(?:行政)?规范性文件(?=[。；])",
    ),
    (_lacks_a_percentage, rf"[%％](?<=[\u4e00-\u9fff].)(?<![几百数零{TO_TEN}分].)"),
    (
        ("额元", "取元", "费元", "用元", "计元", "万元，", "万元。", "为元", "币元"),
        r"(?:金额|收取|收费|费用|共计|合计)(?:为|共计|共)?(?:人民币)?万?元(?=[，。；,;])",
    ),
    (("自年", "至年", "截止年"), r"[自至止]年(?=\d{1,2}\s*月)"),
    (("  ", "　　"), r"[ 　](?<=[\u4e00-\u9fff].)[ 　]{1,20}(?:条|件|篇|份|次|人次|万元|元)(?=[，。；、,;])"),
)


def find_gaps(patterns: Patterns, text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans matched by any of the patterns, in order and without overlaps. Masked names of persons are skipped."""
    taken = 0
    for start, end in sorted(
        match.span() for betrayed, pattern in patterns if _may_match(betrayed, text) for match in re.finditer(pattern, text)
    ):
        if start >= taken and not _masked(text, start, end):
            taken = end
            yield start, end


def _may_match(betrayed: tuple[str, ...] | Callable[[str], bool], text: str) -> bool:
    return betrayed(text) if callable(betrayed) else any(map(text.__contains__, betrayed))


def gap_excerpt(text: str, start: int, end: int) -> str:
    """Return the text of a gap for a message, with the words before it if it is only a sign."""
    part = text[start - LEAD if text[start] in "%％ 　" and start > LEAD else start : end]
    return " ".join(part.split()) or part


def _masked(text: str, start: int, end: int) -> bool:
    """Return whether a placeholder is the masked name of a person: 申请人张××, 李××女士."""
    if text[start] not in "XＸ×*＊某○":
        return False
    return text.startswith(("先生", "女士"), end) or re.search(_MASKED, text[max(0, start - 8) : start]) is not None
