"""Metadata from a document's own text: title, agency, year, publication date."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from ..chinese.agency_names import AGENCY_LINE, is_government
from ..chinese.numerals import HAN_YEAR, written_year
from .clean_characters import plain_spaces, simplified

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_TITLE: Final = 60
_LONGEST_AGENCY: Final = 30
_CHINESE_YEAR: Final = re.compile(HAN_YEAR)
_YEAR: Final = r"(?P<year>(?:19|20)\d{2})年?"
_TITLE: Final = re.compile(r"(?:(?:信息|政务)公开.{0,12}(?:报告|年报|总结)|年度报告|年报)(?:[(（].{1,12}[)）])?$")
_NO_TITLE: Final = re.compile(r"[。；;！!]|^根据|^按照|^本报告|[:：].*报告.*[:：]|>|通知|目录|^附件")
_AGENCY_FIRST: Final = re.compile(
    rf"^(?:关于)?(?P<agency>.*?)(?:关于)?{_YEAR}(?:年度?|度)?(?P<after>.*?)(?:关于)?(?:的)?(?:政府|政务)?信?息?公开"
)
_NO_YEAR: Final = re.compile(r"^(?:关于)?(?P<agency>.+?)(?:关于)?(?:政府|政务)信息公开")
_BODY: Final = re.compile(
    r"(?:现?特?向社会公布|现公布|现将|公布|编制的?|发布)(?:(?:19|20)\d{2}年度?)?(?P<agency>[\u3400-\u9fff（）()]{2,28}?)(?:关于)?(?:(?:19|20)\d{2}年度?)?的?(?:政府|政务)信息公开"
)
_BODY_LATER: Final = re.compile(
    r"(?:做好|加强|编制|推进)(?P<one>[\u3400-\u9fff]{3,24}?)(?:政府|政务)信息公开|与(?P<two>[\u3400-\u9fff]{3,24}?[局厅委办府会院处站署馆镇乡])(?:办公室|综合科|信息科|政策法规科)?联系"
)
_NO_AGENCY: Final = re.compile(r"我|本|全|各|其|该|有关|相关|单位|年度|报告|工作|情况|要求|规定|通知|条例|办法|公开|信息|根据|按照")
_PERIOD: Final = re.compile(r"(?:自|从|为|期限|时限|是)?((?:19|20)\d{2})年?0?1月0?1日")
_DATE: Final = re.compile(r"((?:19|20)\d{2})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?")
_PUBLISHED: Final = re.compile(rf"(?:发布日期|发布时间|公开日期|发文日期|时间|日期)\s*[:：|]?\s*{_DATE.pattern}")
_SOURCE: Final = re.compile(r"(?:发布机构|信息来源|来源|发文机关|公开机构|发布单位)\s*[:：|]\s*(?P<agency>[\u3400-\u9fff（）()]{2,30})")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Metadata found, and the lines that contain nothing else."""

    title: str = ""
    agency: str = ""
    year: int = 0
    published: date | None = None
    lines: frozenset[int] = frozenset()
    """Indices of the lines that contain only the title or an agency."""


def compact(text: str) -> str:
    """Return a text without spaces and with years in Arabic digits."""
    joined = "".join(plain_spaces(text).split())
    return _CHINESE_YEAR.sub(lambda found: str(written_year(found[0])), joined)


def read_metadata(head: Sequence[tuple[int, str]], body: str, tail: Sequence[str]) -> Metadata:
    """Read the metadata of a document.

    Args:
        head: Lines before the first section, as (index, text).
        body: The whole text.
        tail: The last lines.
    """
    titles = [(index, _unnamed(compact(text))) for index, text in head if _is_title(text)]
    title, agency, year = "", "", 0
    for _, text in titles:
        found_agency, found_year = split_title(text)
        if not title or (found_agency and not agency) or (found_year and not year):
            title = text if not title or found_agency else title
        agency, year = agency or found_agency, year or found_year
    lines = {index for index, _ in titles}
    for index, text in head:
        plain = compact(text)
        if _is_agency(plain) and (not agency or plain in (agency, title) or agency in plain):
            if titles and not agency:
                agency = plain
            lines.add(index)
    agency = agency or _agency_in(body) or _agency_of_source(head)
    return Metadata(title, agency, year or _year_in(body), _published(head, tail), frozenset(lines))


def is_agency(text: str) -> bool:
    """Return whether a line consists of an agency's name."""
    return _is_agency(compact(text))


def read_date(text: str) -> date | None:
    """Return the date if a line consists of one, as a signature does; otherwise None."""
    found = _DATE.fullmatch(compact(text).strip("()（）"))
    return _day(found[1], found[2], found[3]) if found else None


def cites(text: str, notice: str) -> bool:
    """Return whether a text cites a notice by its number: 〔2019〕60号, in any brackets."""
    number = re.search(r"〔(\d{4})〕(\d+)号", notice)
    if number is None:
        return False
    return re.search(rf"[〔\[【(（]\s*{number[1]}\s*[〕\]】)）]\s*{number[2]}\s*号", text) is not None


def years_in_order(text: str) -> list[int]:
    """Return the years whose reports are printed side by side, as named in the heading of the comparison."""
    found = re.search(r"((?:19|20)\d{2})\s*年?\s*(?:vs|VS|与|和|/|、)\s*((?:19|20)\d{2})", text)
    return [int(found[1]), int(found[2])] if found else []


def kind_of(agency: str) -> str:
    """Return `government` or `department` according to the agency's name; empty for an empty name."""
    if not agency:
        return ""
    return "government" if is_government(simplified(agency)) else "department"


def split_title(title: str) -> tuple[str, int]:
    """Return the agency and the year in a title; empty and 0 if not given."""
    plain = compact(title)
    comparable = simplified(plain)
    found = _AGENCY_FIRST.search(comparable)
    if found is not None:
        year = int(found["year"])
        for group in ("agency", "after"):
            start, end = found.span(group)
            name = plain[start:end].strip("的:：") if len(plain) == len(comparable) else found[group].strip("的:：")
            if len(name) > 1 and not _NO_AGENCY.search(simplified(name)):
                return name, year
        return "", year
    found = _NO_YEAR.search(comparable)
    if found is not None and not _NO_AGENCY.search(found["agency"]) and _is_agency(found["agency"]):
        return found["agency"], 0
    return "", 0


def _unnamed(text: str) -> str:
    """Remove a leading field name (标题：) and page number from a title."""
    return re.sub(r"^(?:[Pp]age\d+[-—–_]+)?[#•·*\s]*(?:标题|標題|名称|信息名称|题名)?[:：]?", "", text)


def _is_title(text: str) -> bool:
    plain = simplified(compact(text))
    return len(plain) <= _LONGEST_TITLE and _TITLE.search(plain) is not None and _NO_TITLE.search(plain) is None


def _is_agency(plain: str) -> bool:
    comparable = simplified(plain)
    return len(plain) <= _LONGEST_AGENCY and AGENCY_LINE.fullmatch(comparable) is not None and _NO_AGENCY.search(comparable) is None


def _agency_in(body: str) -> str:
    plain = compact(body[:4000])
    comparable = simplified(plain)
    for found in _BODY.finditer(comparable):
        start, end = found.span("agency")
        name = plain[start:end] if len(plain) == len(comparable) else found["agency"]
        if not _NO_AGENCY.search(simplified(name)):
            return name + "人民政府" if name + "人民政府" in plain else name
    for found in _BODY_LATER.finditer(comparable):
        start, end = found.span("one" if found["one"] else "two")
        name = plain[start:end] if len(plain) == len(comparable) else plain[0:0]
        if _is_agency(name):
            return name
    return ""


def _agency_of_source(head: Sequence[tuple[int, str]]) -> str:
    for _, text in head:
        found = _SOURCE.search(plain_spaces(text))
        if found is not None and _is_agency(found["agency"]):
            return found["agency"]
    return ""


def _year_in(body: str) -> int:
    plain = simplified(compact(body))
    found = _PERIOD.search(plain)
    if found is not None:
        return int(found[1])
    years = Counter(re.findall(r"(20\d{2})年", plain))
    if not years:
        return 0
    year, times = years.most_common(1)[0]
    return int(year) if times > 1 or len(years) == 1 else 0


def _published(head: Sequence[tuple[int, str]], tail: Sequence[str]) -> date | None:
    plain = [simplified(plain_spaces(text)) for _, text in head]
    for text in plain:
        found = _PUBLISHED.search(text)
        if found is not None and "成文" not in text[: found.start()][-4:]:
            return _day(found[1], found[2], found[3])
    for text in plain:
        found = re.fullmatch(rf"\s*[(（]?{_DATE.pattern}[)）]?(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?\s*", text)
        if found is not None:
            return _day(found[1], found[2], found[3])
    for text in reversed(tail):
        day = read_date(text)
        if day is not None:
            return day
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
