"""Words from the report of another body: 我局 in a town's, another bureau's name, a government's duties, a superior's account.

Superior and subordinate bodies are rightly named in every report. Only a name in the place of the body's own counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...chinese.agency_names import kind_of, same_body
from ..finding import Severity
from .examined_text import Leftover, sentence_around
from .phrases import SLOGANS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .examined_text import ExaminedText

_SELF = (
    r"(?<![自由忘敌])[我本](?:局(?!限|面|部|势|里|域|长|外|级)|厅(?!堂)|镇(?!定|静|江|村|区|辖)|乡(?!村|镇|亲|土|里|情|本)|街道|委(?!局"
    r"|员|办|托|屈|任|派)|县(?!区|级|域|乡))"
)
_ALLOWED: dict[str, str] = {"镇": "镇县", "乡": "乡县", "街道": "街县", "局": "局县", "厅": "厅", "委": "委县", "政府": "县"}
"""Kind of body → the nouns it may use for itself (我镇). 我县 has a check of its own."""
_NOUNS = "局厅镇乡街委县"
_SHORTEST_NAME, _LONGEST_NAME = 3, 13  # characters of a bureau's name within its district
_CONTACT = r"(?:请|可|敬请|直接)?(?:与|联系|向)(?P<name>\w{4,30}?)(?:联系|咨询|反映)"
_ASKED = r"疑问|电话|地址|邮编|邮箱"
_PRESENTED = (
    r"(?:现(?:向社会)?(?:公布|公开|发布|将)|特(?:向社会)?(?:公布|公开|发布|编制))(?P<name>\w{4,24}?)[ 　]?20\d\d[ 　]?年度?政府信息公开"
)
_GOVERNMENT = ("政府", "政务公开", "信息公开", "人民", "服务中心")
_DUTIES = (
    r"(?:以|代表|履行|承担|做好|制发|办理)?[省市县区州]政府及(?:其|[省市县区州]政府)办公[室厅]"
    r"|代表[省市县区]政府(?:共|累计)?(?:受理|办理|答复|收到)|以[省市县区]政府(?:名义|和[省市县区]政府办公[室厅]名义)"
)
_ABOVE_A_TOWN = (
    r"(?:指导|督促|要求|推动|组织|督导|通报|考核)[^。；，\n]{0,6}(?:各县（?市?[、，]?区?）?|各县区|各县市区|各市县|各市州"
    r"|各县\(市、区\)|各区县)"
)
_ELSEWHERE = r"(?:一些|部分|少数|个别|有的)(?:地区|地方|市县|县区|市州|省份)"
_CHANNEL = r"(?:公众号|微信|网站|官网|微博|门户网|抖音|客户端|政务新媒体)"


def other_bodies(passage: ExaminedText) -> Iterator[Leftover]:
    """Yield names or duties of another body in the place of the report's own (C61)."""
    if not passage.agency:
        return
    yield from _speaking_as_another(passage)
    yield from _another_named(passage)
    yield from _others_duties(passage)
    yield from _superiors_channel(passage)


def _speaking_as_another(passage: ExaminedText) -> Iterator[Leftover]:
    """Yield self-references of another kind of body: 我局 in a town's report, 我镇 in a bureau's."""
    plain, agency = passage.plain, passage.agency
    kind = kind_of(agency)
    if not kind or ("我" not in plain and "本" not in plain):
        return
    wrong = {noun for noun in _NOUNS if noun not in _ALLOWED[kind] and (noun == "县" or noun not in agency)}
    told: set[str] = set()
    for match in re.finditer(_SELF, plain) if any(f"我{noun}" in plain or f"本{noun}" in plain for noun in wrong) else ():
        noun = match.group()[1]
        if noun in told or noun not in wrong:
            continue
        told.add(noun)
        yield Leftover("C61", *match.span(), "self")
    if kind in ("局", "委", "政府") and "县" not in agency and any(area in agency for area in "市区旗") and "我县" in plain:
        at = plain.index("我县")
        yield Leftover("C61", at, at + 2, "self")


def _another_named(passage: ExaminedText) -> Iterator[Leftover]:
    """Yield another body's name in the sentence that presents the report or names a contact."""
    plain = passage.plain
    for word, pattern, beside in (("联系", _CONTACT, _ASKED), ("信息公开", _PRESENTED, "")):
        if word not in plain:
            continue
        for match in re.finditer(pattern, plain):
            name = match["name"]
            if same_body(name, passage.agency) or any(part in name for part in _GOVERNMENT):
                continue
            if re.search(beside, plain[max(0, match.start() - 40) : match.end() + 60]):
                yield Leftover("C61", *match.span("name"))


def _others_duties(passage: ExaminedText) -> Iterator[Leftover]:
    """Yield duties of a government in a town's or bureau's report, of a county in a town's, and slogans of another trade."""
    plain, kind = passage.plain, kind_of(passage.agency)
    below = kind in ("镇", "乡", "街道")
    if (below or kind in ("局", "委")) and "司法" not in passage.agency and any(word in plain for word in ("政府及", "代表", "名义")):
        for match in re.finditer(_DUTIES, plain):
            yield Leftover("C61", *match.span(), "duty")
    if below and "各" in plain:
        for match in re.finditer(_ABOVE_A_TOWN, plain):
            yield Leftover("C61", *match.span(), "duty")
    if passage.problems and (below or kind in ("局", "委")) and ("地区" in plain or "地方" in plain or "县" in plain or "省份" in plain):
        for match in re.finditer(_ELSEWHERE, plain):
            yield Leftover("C61", *match.span(), "general", severity=Severity.INFO)
    if kind in ("局", "委", "厅", ""):
        for slogan, trade in SLOGANS:
            if slogan in plain and trade not in passage.agency:
                at = plain.index(slogan)
                yield Leftover("C61", at, at + len(slogan), "slogan", (("trade", trade),))


def _superiors_channel(passage: ExaminedText) -> Iterator[Leftover]:
    """Yield the superior body's account named as one's own: 市民政局公众号 in the report of a district's 民政局."""
    if kind_of(passage.agency) != "局":
        return
    own = next((name for name in _name_without_district(passage.agency)), "")
    if not own or own not in passage.plain:
        return
    for match in re.finditer(rf"市{own}{_CHANNEL}", passage.plain):
        first, last = sentence_around(passage.plain, *match.span())
        sentence = passage.plain[first:last]
        if re.search(r"途径|渠道|刊发|发布|公开|通过|依托", sentence) and not re.search(r"转发|报送|推送至|推荐|上报|投稿|转载", sentence):
            yield Leftover("C61", *match.span(), "channel")


def _name_without_district(agency: str) -> Iterator[str]:
    """Yield a district bureau's name without the district."""
    for at, letter in enumerate(agency, start=1):
        if letter in "区县旗" and agency.endswith("局") and _SHORTEST_NAME <= len(agency) - at <= _LONGEST_NAME and agency[at:].isalnum():
            yield agency[at:]
