"""Links and telephone numbers: non-government sites, sites of several places, links of another year, masked numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..finding import Severity
from .examined_text import Leftover, sentence_around
from .phrases import PUBLIC_SITES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .examined_text import ExaminedText

_LINK = (
    r"(?<![A-Za-z0-9@._\-])(?:https?://)?(?P<host>(?:[A-Za-z0-9\-]{1,40}\.){1,5}(?:cn|com|net|org|gov|edu|info|top|vip|xyz|cc))(?![A-Za-z0-9.\-]{1,2}@|[A-Za-z])"
    r"(?P<path>(?::\d{1,5})?(?:/[A-Za-z0-9_\-./?=&%#~+]{0,200})?)"
)
_ENDINGS = (".cn", ".com", ".net", ".org", ".CN", ".COM", ".gov")
_GOVERNMENT = "gov.cn"
_OFFICIAL = r"政府|政务|门户|官网|官方|公开|年报|年度报告"
_THIS_REPORT = r"年度报告|年报|本报告|电子版|下载|查阅"
_YEAR_IN_PATH = r"(?<!\d)(20[012]\d)(?=(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d)|(?!\d))"
_MASKED = r"(?:电话|热线|传真|手机|联系方式|号码)[^\n。；*＊]{0,14}[*＊]{3,}\d{0,8}"
_TELEPHONE = r"(?<![\d\-—–－])0\d{2,3}[ 　]?[-—–－)）]{0,2}[ 　]?\d{7,8}(?![\d])"


def foreign_links(passage: ExaminedText) -> Iterator[Leftover]:
    """Yield links and numbers that seem to belong to another agency or year (C64)."""
    plain = passage.plain
    if any(ending in plain for ending in _ENDINGS):
        yield from _links(passage)
    if "**" in plain or "＊＊" in plain:
        for match in re.finditer(_MASKED, plain):
            yield Leftover("C64", *match.span(), "masked")
    if "0" in plain:
        yield from _telephones(plain)


def site(host: str) -> str:
    """Return the registered domain of a host: harbin.gov.cn for xxgk.harbin.gov.cn."""
    parts = host.lower().split(".")
    keep = 3 if ".".join(parts[-2:]) in ("gov.cn", "com.cn", "org.cn", "net.cn", "edu.cn", "ac.cn") else 2
    return ".".join(parts[-keep:])


def _links(passage: ExaminedText) -> Iterator[Leftover]:
    plain, homes = passage.plain, ""
    for match in re.finditer(_LINK, plain):
        host, home = match["host"].lower(), site(match["host"])
        first, last = sentence_around(plain, *match.span())
        sentence = plain[first : match.start()] + plain[match.end() : last]
        if not home.endswith(_GOVERNMENT):
            if not host.endswith(PUBLIC_SITES) and re.search(_OFFICIAL, sentence):
                yield Leftover("C64", *match.span())
            continue
        if homes and home != homes and not _of_one_place(home, homes):
            yield Leftover("C64", *match.span(), "places", (("other", homes),), Severity.INFO)
        homes = homes or home
        years = {int(year) for year in re.findall(_YEAR_IN_PATH, match["path"])}
        if passage.year and years and max(years) < passage.year and re.search(_THIS_REPORT, sentence):
            yield Leftover("C64", *match.span(), "year", (("other", str(max(years))),))


def _of_one_place(one: str, other: str) -> bool:
    """Return whether two sites may be the old and new site of one place, or one of them is the State Council's."""
    names = [name.removesuffix(f".{_GOVERNMENT}") for name in (one, other)]
    return "www.gov.cn" in (one, other) or names[0] in names[1] or names[1] in names[0]


def _telephones(plain: str) -> Iterator[Leftover]:
    """Yield telephone numbers that are also written in another way."""
    written: dict[str, str] = {}
    for match in re.finditer(_TELEPHONE, plain):
        digits = re.sub(r"\D", "", match.group())
        shape = re.sub(r"[—–－]", "-", re.sub(r"[ 　]", "", match.group()))
        if written.setdefault(digits, shape) != shape:
            yield Leftover("C64", *match.span(), "telephone", (("other", written[digits]),), Severity.INFO)
