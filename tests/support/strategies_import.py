"""Strategies for published reports, to test the importer: figures with or without empty cells, and realistic prose."""

from __future__ import annotations

import random
from decimal import Decimal

from hypothesis import strategies as st
from nianbao.core.edition import CellKind, Edition
from nianbao.core.report import BLANK, NA, Cell, Header, Report
from strategies import EDITIONS, WITH_TABLES, balanced

PREFACE = "本报告按照条例的要求编制，统计期限为一年。"
PROSE = "本年度共公开信息12条。\n下一步将继续做好各项工作。"


@st.composite
def published_reports(draw: st.DrawFn, *, gaps: bool = False) -> tuple[Report, random.Random]:
    """Generate a report and a random source; with `gaps` some cells are blank or not applicable, else all have figures."""
    chance = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - variety, not secrecy
    return published_report(chance, gaps=gaps), chance


def published_report(chance: random.Random, *, gaps: bool = False) -> Report:
    """Generate the report from a random source."""
    edition = chance.choice(WITH_TABLES)
    sparse, largest = chance.choice([0, 0.3, 0.9]), chance.choice([9, 99, 5000])
    values: list[Cell] = [_value(kind, 0 if chance.random() < sparse else chance.randint(0, largest), largest) for kind in edition.kinds]
    cells = list(balanced(edition, values)) if chance.random() < 0.7 else values
    if gaps:
        share = chance.choice([0.05, 0.5, 0.95])
        cells = [_gap(chance) if chance.random() < share else cell for cell in cells]
    texts = tuple(PROSE if section.table is None else chance.choice(["", "本年度情况见下表。"]) for section in edition.sections)
    header = Header("示例市民政局", "department", edition.first_year + 1, preface=PREFACE)
    return Report(edition, header, texts, tuple(cells))


def _value(kind: CellKind, number: int, largest: int) -> Cell:
    if kind is CellKind.AMOUNT and number % 2:
        return Decimal(number) / 100
    return number - largest // 2 if kind is CellKind.CHANGE else number


def _gap(chance: random.Random) -> Cell:
    return NA if chance.random() < 0.2 else BLANK


def plain_paragraphs() -> st.SearchStrategy[str]:
    """Generate prose with figures, brackets and letters, in paragraphs without surrounding white space."""
    words = st.text(st.sampled_from("关于政府信息公开工作年度报告依申请处理一二三百本机关局县，。、；：“”（）《》AB 12%"), max_size=150)
    return st.lists(words.map(str.strip).filter(bool), max_size=3).map("\n".join)


@st.composite
def exportable_reports(draw: st.DrawFn) -> Report:
    """Generate reports that lose nothing when printed: no text in cells, no custom title."""
    edition: Edition = draw(st.sampled_from(EDITIONS))
    seed = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - variety, not secrecy
    cells = [_value(kind, seed.randint(0, 3000), 3000) if seed.random() < 0.8 else _gap(seed) for kind in edition.kinds]
    agency = draw(st.sampled_from(["示例市民政局", "样例县样例镇人民政府"]))
    header = Header(
        agency,
        "government" if agency.endswith("政府") else "department",
        draw(st.integers(edition.first_year, edition.last_year or 2030)),
        published=draw(st.none() | st.dates()),
        preface=draw(plain_paragraphs()),
    )
    return Report(edition, header, tuple(draw(plain_paragraphs()) for _ in edition.sections), tuple(cells))
