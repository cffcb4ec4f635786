"""What the form does not print but sense or another law asks: rule-making power, cases without requests, units of money."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from ..cell_text import money_in_wan, write_cell
from ..edition import CellKind
from ..report import parse_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .context import Context
    from .finding import Finding

_RULE_MAKERS = re.compile(
    r"^(?:中华人民共和国|国务院|国家|中国|审计署|海关总署|应急管理部)"
    r"|^[^省市县区州]{2,8}(?:部|委员会|总局|总署)$"
    r"|(?:省|自治区|自治州|市)(?:级|本级)?(?:人民政府|政府)?(?:办公厅|办公室)?$"
)
"""Agencies that may make 规章: central departments and governments of provinces, cities with districts and autonomous prefectures.

A county-level city cannot be told from a city with districts by its name, so both pass (立法法 第九十一、九十三条).
"""
_BELOW = re.compile(r"(?:市|省|州|自治区).+(?:区|县|旗|镇|乡|街道)|[县区旗镇乡](?:人民政府|政府)|街道办事处")

HUGE_AMOUNT = 1_000_000
"""万元: a department that takes more than 100 亿元 in fees or purchases is rare enough to ask."""


def check_plausibility(context: Context) -> Iterator[Finding]:
    """Findings that rest on sense or on other law."""
    yield from _rule_making(context)
    yield from _contested_without_requests(context)
    yield from _units(context)


def may_make_rules(agency: str) -> bool:
    """Whether an agency of this name can have the power to make 规章."""
    return _RULE_MAKERS.search(agency) is not None and _BELOW.search(agency) is None


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
    if context.report.header.kind != "department" or context.previous is not None:
        return
    for position, kind in enumerate(context.report.edition.kinds):
        if kind in (CellKind.AMOUNT, CellKind.MONEY):
            value = context.report.cells[position]
            amount = money_in_wan(value)
            if amount is not None and amount >= HUGE_AMOUNT:
                info = context.report.edition.cells[position]
                words = {"cell": info.name, "value": format(Decimal(amount), "f")}
                yield context.finding("C12", words, cells=(info.address,), actual=value)
