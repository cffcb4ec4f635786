"""What the form does not print but sense or another law asks: rule-making power, cases without requests, units of money."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..cell_text import money_in_wan, write_cell
from ..edition import CellKind
from ..report import parse_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .context import Context
    from .finding import Finding

_REMARK = re.compile(r"[（(][^）)]{0,20}[)）]|\s+")
_OFFICE = re.compile(r"(?:人民政府|政府)?(?:办公厅|办公室)?(?:本级|机关|汇总)?$")
_PLACE = re.compile(
    r"(?:[^省市县区]{1,6}省|[^省市县区]{2,8}自治区)?(?:[^省市县区]{2,12}州|(?![^市]*州[^市]{2,}市)[^省市县区]{1,8}市)?",
)
"""A province or region, an autonomous prefecture, or a city, with or without its province, and nothing below.

A county-level city standing alone cannot be told from a city with districts, so it passes; behind its prefecture or city it does not
(立法法 第九十三条).
"""
_CENTRAL = ("中华人民共和国", "国务院", "国家", "中国", "全国", "审计署", "海关总署", "新疆生产建设兵团")
_MINISTRY = re.compile(r"[^省市县区州旗镇]{2,9}(?:部|总署)")
_BRANCH = re.compile(r"[省市县区州旗镇]|局.+局$|(?:分行|支行|分署|监管局|调查队|办事处|海关|专员办|总队|站)$")
"""What a central department's name does not hold, but that of its branch somewhere does."""
_NO_PLACES = re.compile(r"市场|城乡|地方")

HUGE_AMOUNT = 1_000_000
"""万元: a department that takes more than 100 亿元 in fees or purchases is rare enough to ask."""
HUGE_FOR_TOWNSHIP = 10_000
"""万元: the same for a township or a street office."""
_TOWNSHIP = re.compile(r"(?:[镇乡](?:人民政府|政府)?|街道(?:办事处|办)?|苏木(?:人民政府)?)$")


def check_plausibility(context: Context) -> Iterator[Finding]:
    """Findings that rest on sense or on other law."""
    yield from _rule_making(context)
    yield from _contested_without_requests(context)
    yield from _units(context)


def may_make_rules(agency: str) -> bool:
    """Whether an agency of this name may make 规章: central departments, provinces, prefectures, cities with districts."""
    name = _REMARK.sub("", agency)
    place = _OFFICE.sub("", name)
    if place and _PLACE.fullmatch(place) is not None:
        return True
    plain = _NO_PLACES.sub("", name)
    return _MINISTRY.fullmatch(plain) is not None or (plain.startswith(_CENTRAL) and _BRANCH.search(plain) is None)


def _rule_making(context: Context) -> Iterator[Finding]:
    agency = context.report.header.agency
    if not agency or may_make_rules(agency):
        return
    rows = context.report.edition.settings.get("rule_making", ())
    for position, address in enumerate(context.report.edition.addresses):
        value = context.numbers[position]
        if value and f"{address.section}.{address.row}" in rows:
            name = context.report.edition.cells[position].name
            words = {"cell": name, "value": write_cell(value), "agency": agency}
            yield context.finding("C08", words, cells=(address,), expected=0, actual=value)


def _contested_without_requests(context: Context) -> Iterator[Finding]:
    edition = context.report.edition
    groups = [[parse_address(name) for name in edition.settings.get(group, ())] for group in ("received", "contested")]
    received, contested = ([context.numbers[edition.index[address]] for address in group] for group in groups)
    if not received or any(value is None or value for value in received):
        return
    cases = sum(value for value in contested if value)
    if cases:
        cells = tuple(address for address, value in zip(groups[1], contested, strict=True) if value)
        yield context.finding("C07", {"value": write_cell(cases)}, cells=cells)


def _units(context: Context) -> Iterator[Finding]:
    header = context.report.header
    township = _TOWNSHIP.search(header.agency) is not None
    if context.previous is not None or (header.kind != "department" and not township):
        return
    limit = HUGE_FOR_TOWNSHIP if township else HUGE_AMOUNT
    for position, kind in enumerate(context.report.edition.kinds):
        if kind in (CellKind.AMOUNT, CellKind.MONEY):
            value = context.report.cells[position]
            amount = money_in_wan(value)
            if amount is not None and amount >= limit:
                info = context.report.edition.cells[position]
                words = {"cell": info.name, "value": format(amount, "f")}
                yield context.finding("C12", words, cells=(info.address,), actual=value)
