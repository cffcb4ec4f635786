"""Classification and comparison of agency names.

All functions expect names in simplified script.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ..lazy_regex import lazy_pattern

OWN: Final = (
    r"(?:(?:我|本)(?:[局厅镇乡县市区省州盟旗院所站校]|街道办事处|街道办|街道|街|办事处|委局|委|办公室|办|中心|单位|机关|部门|政府|地区)"
    r"|全[市县区镇乡局省街州系统旗盟委厅]{1,2}|各级各部门)"
)
"""Pattern of the words with which an agency refers to itself or its area."""

GOVERNMENT_END: Final = lazy_pattern(
    r"(?:人民政府|政府|管理委员会|管委会|街道|街道办事处|镇|乡|县|区|市|州|省|旗|盟)(?:办事处|办公室|办公厅|党政办公室|办)?$"
)
"""End of the name of a government or of its office."""
AREA: Final = lazy_pattern(r"[省市县区州旗盟镇乡]|街道")
"""Administrative levels in a name."""
BODY_END: Final = lazy_pattern(r"(?:局|委员会|委|厅|县|区|镇|乡|街道|街道办|街道办事处|分局|支队|大队|开发区|园区|派出所|公司)$")
"""End of the name of a body that may report numbers of its own."""
AGENCY_LINE: Final = lazy_pattern(
    r"[\u3400-\u9fff（）()]{2,40}(?:政府|局|厅|委|委员会|办|办公室|办公厅|街道|办事处|镇|乡|中心|院|处|站|会|分局|支队|大队|所|区|县|市|管委会|部|署|馆|校|公司|集团)"
)
"""A line that consists of an agency's name."""

_NAMED = r"\w{2}(?:局|委员会|委(?!员)|厅|街道|镇(?!政府|人民)|镇|乡)"
_TOWNSHIP = r"(?:[镇乡](?:人民政府|政府)?|街道(?:办事处|办)?|苏木(?:人民政府)?)$"
_REMARK = r"[（(][^）)]{0,20}[)）]|\s+"
_OFFICE = r"(?:人民政府|政府)?(?:办公厅|办公室)?(?:本级|机关|汇总)?$"
_PLACE = r"(?:[^省市县区]{1,6}省|[^省市县区]{2,8}自治区)?(?:[^省市县区]{2,12}州|(?![^市]*州[^市]{2,}市)[^省市县区]{1,8}市)?"
"""A province or region, an autonomous prefecture, or a city, with or without its province, and no lower level.

A county-level city named alone cannot be told from a city with districts, so it matches; named after its prefecture or city it does
not (立法法 第九十三条).
"""
_CENTRAL = ("中华人民共和国", "国务院", "国家", "中国", "全国", "审计署", "海关总署", "新疆生产建设兵团")
_MINISTRY = r"[^省市县区州旗镇]{2,9}(?:部|总署)"
_BRANCH = r"[省市县区州旗镇]|局.+局$|(?:分行|支行|分署|监管局|调查队|办事处|海关|专员办|总队|站)$"
"""Parts of a name that a central department does not have and its local branches do."""
_NO_PLACES = r"市场|城乡|地方"


@lru_cache(maxsize=64)
def kind_of(agency: str) -> str:
    """Return the kind of an agency by its name: 镇, 乡, 街道, 局, 厅, 委 or 政府; empty if the name does not tell."""
    name = re.sub(r"[（(][^（）()]*[）)]$", "", agency)
    if re.search(r"(?:管理|管|工作)委员会$|管委会$|办公[室厅]$", name):
        return ""
    name = re.sub(r"(?:人民)?政府$", "", name)
    for ending, kind in (("街道办事处", "街道"), ("街道", "街道"), ("街道办", "街道"), ("委员会", "委")):
        if name.endswith(ending):
            return kind
    if name[-1:] in "镇乡局厅委":
        return name[-1:]
    return "政府" if name[-1:] in "省市县区州盟旗" else ""


@lru_cache(maxsize=512)
def same_body(name: str, agency: str, *, strict: bool = False) -> bool:
    """Return whether a name may refer to the agency.

    The distinguishing part of the name (统计 in 市统计局) must be a subsequence of the agency's name. A name without such a part may refer
    to any agency, unless `strict`.
    """
    telling = [match.group() for match in re.finditer(_NAMED, name)]
    if not telling:
        return not strict or in_order(name, agency)
    own = telling[-1]
    return in_order(re.sub(r"(?:委员会|委|局|厅|街道|镇|乡)$", "", own), agency)


def in_order(short: str, long: str) -> bool:
    """Return whether a short name is a subsequence of a long one (市城管局 in 杭州市城市管理局)."""
    letters = iter(long)
    return all(letter in letters for letter in short)


def is_government(agency: str) -> bool:
    """Return whether a name is that of a government, a street office or an administrative committee, not of a department."""
    return re.search(r"(?:政府|[镇乡省市县区州盟旗]|街道|街道办|办事处|管委会|管理委员会)$", agency) is not None


def is_township(agency: str) -> bool:
    """Return whether a name is that of a township or a street office."""
    return re.search(_TOWNSHIP, agency) is not None


def stem_of(agency: str) -> str:
    """Remove the words for governments and their offices: 示例市人民政府办公室 becomes 示例市."""
    return re.sub(r"(?:人民政府|政府|办事处|管理委员会|管委会|办公室|办公厅)", "", agency)


def may_make_rules(agency: str) -> bool:
    """Return whether an agency of this name may issue 规章: central departments, provinces, prefectures, cities with districts."""
    name = re.sub(_REMARK, "", agency)
    place = re.sub(_OFFICE, "", name)
    if place and re.fullmatch(_PLACE, place) is not None:
        return True
    plain = re.sub(_NO_PLACES, "", name)
    return re.fullmatch(_MINISTRY, plain) is not None or (plain.startswith(_CENTRAL) and re.search(_BRANCH, plain) is None)
