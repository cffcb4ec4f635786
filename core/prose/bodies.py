"""Attribution of numbers: period relative to the report's year, and scope relative to the reporting agency.

全区 is the report's own body in the report of the district, but a wider area in the report of one of its bureaus.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ..chinese.agency_names import AREA, BODY_END, GOVERNMENT_END, in_order, stem_of
from ..chinese.fold import fold
from ..lazy_regex import lazy_pattern

if TYPE_CHECKING:
    from .results import Period, Scope

_BRACKETS = lazy_pattern(r"\(.*?\)|\[.*?\]")
_LEAD = lazy_pattern(r"^(?:其中|全年|本年度?|今年|年内|共|累计|一是|同时|此外|另外|\d+年度?|截至\S*?[日前底])+")
_TRAIL = lazy_pattern(r"(?:全年|本年度?|今年|年内|共|累计|总计|一共|也|均|已|\d+年度?)+$")
_SHORTEST, _LONGEST = 2, 16  # characters: shortest and longest name of a body
_RELATION = lazy_pattern(r"通过|向|在|对|从|经|由|代表|为|按|据|关于|涉及|针对|因|及|和|与|等|以|于|的|有")


class Body(NamedTuple):
    """The reporting agency, as far as its name determines what its numbers cover."""

    name: str
    government: bool
    level: str
    """省, 市, 县, 区, 镇 …; empty if the name does not say."""

    def scope_of_area(self, area: str) -> Scope:
        """Return the scope of numbers about 全市, 全区, 全系统 …."""
        level = area[1:]
        if not self.name or level in {"系统", "行业", "辖区"}:
            return "own"
        if not self.government:
            return "own" if level == "国" and self.name.startswith(("国家", "中国")) else "wider"
        alike = not self.level or level[0] == self.level[0] or {level[0], self.level[0]} <= {"镇", "乡"}
        if alike or ("区" in self.name and level == "区"):
            return "own"
        return "wider" if _RANK.get(level[0], 9) < _RANK.get(self.level[0], 9) else "below"

    def owns(self, subject: str) -> bool:
        """Return whether a subject is this agency: its name, a short form of it, or 我局 and the like."""
        if not self.name or re.search(r"[我本全各该]", subject):
            return True
        return any(in_order(part, self.name) or in_order(self.name, part) for part in re.split(r"[、及和与]", subject) if part)


_RANK = {"国": 0, "省": 1, "市": 2, "州": 2, "盟": 2, "县": 3, "区": 3, "旗": 3, "街": 4, "镇": 4, "乡": 4}


@lru_cache(maxsize=64)
def body_of(agency: str | None) -> Body:
    """Derive the body from the agency's name. An unknown agency owns every number."""
    name = _BRACKETS.sub("", fold(agency or "").text)
    government = GOVERNMENT_END.search(name) is not None
    areas = AREA.findall(stem_of(name))
    return Body(name, government, areas[-1] if areas and government else "")


def foreign_subject(text: str, body: Body) -> bool:
    """Return whether the text before the verb names another body as the subject (其中，市公安局收到…)."""
    subject = _TRAIL.sub("", _LEAD.sub("", text))
    if not _SHORTEST <= len(subject) <= _LONGEST or BODY_END.search(subject) is None or _RELATION.search(subject) is not None:
        return False
    return not body.owns(subject)


def period_of_year(year: int, report_year: int | None) -> Period:
    """Classify a year relative to `report_year`."""
    if report_year is None or year == report_year:
        return "this"
    if year == report_year - 1:
        return "last"
    return "next" if year == report_year + 1 else "other"


PERIODS: dict[str, Period] = {
    "THIS_YEAR": "this",
    "LAST_YEAR": "last",
    "NEXT_YEAR": "next",
    "PART_YEAR": "part",
    "SPAN": "other",
    "PLAN": "plan",
}
"""Notion of time → period."""
