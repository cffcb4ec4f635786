"""Hypothesis strategies: consistent reports, arbitrary reports, commands, Chinese prose."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from nianbao.core.commands import (
    AcceptTotals,
    ApplyRepair,
    ChangeHeader,
    ClearCells,
    Command,
    ConfirmCarried,
    FillBlank,
    PasteBlock,
    ReplaceText,
    SetCell,
    SetHeader,
    SetText,
    Unwaive,
    Waive,
    text_of,
)
from nianbao.core.edition import CellKind, Edition, Relation
from nianbao.core.ids import PREFACE, parse_address
from nianbao.core.report import BLANK, NA, Cell, Header, Report, Text, Waiver, in_key_order
from nianbao.core.totals import sum_of, total_equations
from nianbao.templates import edition_ids, load_edition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from nianbao.core.ids import Address

EDITIONS: Sequence[Edition] = tuple(load_edition(name) for name in edition_ids())
WITH_TABLES: Sequence[Edition] = tuple(edition for edition in EDITIONS if edition.tables)

HAN = "关于政府信息公开工作年度报告总体情况主动依申请处理件条一二三四五六七八九十百千万年月日本机关局镇县区市省"
PUNCTUATION = "，。、；：？！“”‘’（）《》〔〕——……·％【】"
OTHER = "AaZz09 １２３４ -_/\\\"'#[]{}=,.\t"


def editions(*, tables: bool = False) -> st.SearchStrategy[Edition]:
    """Generate one of the official editions."""
    return st.sampled_from(WITH_TABLES if tables else EDITIONS)


def chinese_text(max_size: int = 60) -> st.SearchStrategy[str]:
    """Generate prose as people type it, with characters that are special in TOML and terminals."""
    return st.text(st.sampled_from(HAN + PUNCTUATION + OTHER + "\n"), max_size=max_size)


def any_text(max_size: int = 40) -> st.SearchStrategy[str]:
    """Generate any text that a file can hold."""
    return st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=max_size)


def cells(kind: CellKind) -> st.SearchStrategy[Cell]:
    """Generate any value that a person or a script may put in a cell of this kind."""
    whole: st.SearchStrategy[Cell] = st.integers(-3, 10**6)
    amount: st.SearchStrategy[Cell] = st.decimals(Decimal(-1), Decimal(10**6), places=4, allow_nan=False, allow_infinity=False)
    words: st.SearchStrategy[Cell] = st.sampled_from(["１２", "1,234", "12件", "251000元", "三件", "?", "无数据"]).map(Text)
    numbers = st.one_of(whole, amount) if kind in (CellKind.AMOUNT, CellKind.MONEY) else whole
    return st.one_of(numbers, numbers, st.just(BLANK), st.just(NA), words)


def waivers() -> st.SearchStrategy[tuple[Waiver, ...]]:
    """Generate waivers for findings that need not exist, with arbitrary reasons."""
    keys = st.builds(
        "{} {}@{:08x}".format, st.sampled_from(["C41", "C52"]), st.sampled_from(["overview", "a.b.c"]), st.integers(0, 2**32 - 1)
    )
    found = st.builds(Waiver, keys, chinese_text(12))
    return st.lists(found, max_size=3, unique_by=lambda waiver: waiver.key).map(in_key_order)


@st.composite
def headers(draw: st.DrawFn, edition: Edition) -> Header:
    """Generate a header that fits the edition."""
    last = edition.last_year or edition.first_year + 8
    return Header(
        agency=draw(st.sampled_from(["示例市民政局", "样例县样例镇人民政府", "某“特殊”名称\\机关"])),
        kind=draw(st.sampled_from(["government", "department"])),
        year=draw(st.integers(edition.first_year, last)),
        title=draw(st.one_of(st.just(""), chinese_text(20).filter(lambda text: "\n" not in text))),
        published=draw(st.one_of(st.none(), st.dates())),
        preface=draw(chinese_text()),
        carried=tuple(draw(st.lists(st.text("0123456789abcdef", min_size=8, max_size=8), max_size=3, unique=True))),
    )


@st.composite
def reports(draw: st.DrawFn, edition: Edition | None = None) -> Report:
    """Generate any report: arbitrary cells and texts."""
    chosen = edition or draw(editions())
    values = tuple(draw(cells(kind)) for kind in chosen.kinds)
    texts = tuple(draw(chinese_text()) for _ in chosen.sections)
    header = draw(headers(chosen))._replace(waivers=draw(waivers()))
    return Report(chosen, header, texts, values)


@st.composite
def sparse_reports(draw: st.DrawFn, edition: Edition | None = None) -> Report:
    """Generate a report with few values: what is drawn after it has as much room to vary as the report itself."""
    chosen = edition or draw(editions())
    report = Report(
        chosen, draw(headers(chosen))._replace(waivers=draw(waivers())), ("",) * len(chosen.sections), (BLANK,) * len(chosen.kinds)
    )
    places = draw(st.lists(st.integers(0, len(chosen.kinds) - 1), max_size=6, unique=True)) if chosen.kinds else []
    values = {at: draw(cells(chosen.kinds[at])) for at in places}
    section = draw(st.sampled_from(chosen.sections)).id
    return report.with_cells(values).with_text(section, draw(chinese_text()))


@st.composite
def consistent_reports(draw: st.DrawFn, edition: Edition | None = None, largest: int = 5000) -> Report:
    """Generate a report with every cell filled and every identity satisfied."""
    chosen = edition or draw(editions(tables=True))
    seed = draw(st.randoms(use_true_random=False))
    values: list[Cell] = [0] * len(chosen.addresses)
    sparse = draw(st.sampled_from([0.0, 0.3, 0.9]))
    for position, kind in enumerate(chosen.kinds):
        number = 0 if seed.random() < sparse else seed.randint(0, largest)
        values[position] = Decimal(number) / 100 if kind is CellKind.AMOUNT else number
        if kind is CellKind.CHANGE:
            values[position] = number - largest // 2
    report = Report(chosen, draw(headers(chosen)), ("",) * len(chosen.sections), balanced(chosen, values))
    assert not list(broken(report))
    return report


def balanced(edition: Edition, values: list[Cell]) -> tuple[Cell, ...]:
    """Satisfy totals and other identities by setting the totals, then a cell that each identity leaves free."""
    totals = dict(total_equations(edition))
    for _ in range(2):
        for total, equations in totals.items():
            values[total] = sum_of(values, equations[0].addends)
        for equation in edition.equations:
            left, right = (sum(_number(values[at]) for at in side) for side in (equation.left, equation.right))
            if equation.relation is Relation.EQUAL and equation.total is None and left != right:
                _level(equation.left, equation.right, values, totals)
            elif equation.relation is Relation.AT_LEAST and left < right:
                values[equation.left[0]] = _number(values[equation.left[0]]) + right - left
            elif equation.relation is Relation.DIFFERENT and left == right and left:
                values[equation.left[0]] = _number(values[equation.left[0]]) + 1
    return tuple(values)


def _level(left: Sequence[int], right: Sequence[int], values: list[Cell], totals: Mapping[int, object]) -> None:
    """Add the difference of two sides to the last cell that is not a total, on the smaller side if it has one."""
    difference = sum(_number(values[at]) for at in left) - sum(_number(values[at]) for at in right)
    side, other = (right, left) if difference > 0 else (left, right)
    free = [at for at in side if at not in totals]
    target = free[-1] if free else other[-1]
    values[target] = _number(values[target]) + max(difference, -difference)


def _number(value: Cell) -> int | Decimal:
    return value if isinstance(value, int | Decimal) else 0


def broken(report: Report) -> list[str]:
    """Return the violated identities, by a straightforward computation."""
    found = []
    for equation in report.edition.equations:
        left, right = (sum(_number(report.cells[at]) for at in side) for side in (equation.left, equation.right))
        wrong = {
            Relation.EQUAL: left != right,
            Relation.AT_LEAST: left < right,
            Relation.DIFFERENT: left == right and bool(left),
        }[equation.relation]
        if wrong:
            found.append(f"{equation.code} {equation.place}: {left} {right}")
    return found


def _header_fields() -> st.SearchStrategy[tuple[tuple[str, str | int | date | None], ...]]:
    texts = st.tuples(st.sampled_from(["agency", "title", "preface"]), chinese_text(8))
    years = st.tuples(st.just("year"), st.integers(2008, 2030))
    days = st.tuples(st.just("published"), st.one_of(st.none(), st.dates()))
    return st.lists(st.one_of(texts, years, days), min_size=1, max_size=3).map(tuple)


def commands(report: Report) -> st.SearchStrategy[Command]:
    """Generate any command that is valid for this report."""
    edition = report.edition
    sections = st.sampled_from([section.id for section in edition.sections])
    texts = st.one_of(sections, st.just(PREFACE))
    found: list[st.SearchStrategy[Command]] = [
        st.builds(SetText, texts, chinese_text(20)),
        texts.flatmap(lambda section: _replacements(report, section)),
        st.builds(SetHeader, st.sampled_from(["agency", "kind", "title"]), chinese_text(8)),
        st.builds(SetHeader, st.just("year"), st.integers(2008, 2030)),
        st.builds(ChangeHeader, _header_fields()),
        st.builds(SetHeader, st.just("published"), st.one_of(st.none(), st.dates())),
        st.builds(ConfirmCarried, st.lists(st.sampled_from(report.header.carried or ("00000000",)), max_size=2).map(tuple)),
        st.builds(FillBlank, sections),
        waivers().filter(bool).map(lambda found: Waive(found[0].key, found[0].reason + "属实")),
        st.builds(Unwaive, st.sampled_from([waiver.key for waiver in report.header.waivers] or [""])),
    ]
    if edition.addresses:
        addresses = st.sampled_from(edition.addresses)
        amounts = [at for at, kind in enumerate(edition.kinds) if kind in (CellKind.AMOUNT, CellKind.MONEY)]
        anywhere = st.integers(0, len(edition.addresses) - 1)
        pairs = (st.one_of(anywhere, st.sampled_from(amounts)) if amounts else anywhere).flatmap(
            lambda at: cells(edition.kinds[at]).map(lambda value: (edition.addresses[at], value))
        )
        blocks = st.lists(pairs, min_size=1, max_size=5, unique_by=lambda pair: pair[0]).map(tuple)
        found += [
            pairs.map(lambda pair: SetCell(*pair)),
            st.builds(PasteBlock, blocks),
            st.builds(ApplyRepair, blocks),
            st.builds(ClearCells, st.lists(addresses, max_size=4, unique=True).map(tuple)),
            st.builds(AcceptTotals, st.lists(addresses, max_size=4, unique=True).map(tuple)),
        ]
    return st.one_of(found)


def _replacements(report: Report, section: str) -> st.SearchStrategy[Command]:
    text = text_of(report, section)  # type: ignore[arg-type] # drawn from the edition's own ids
    return st.tuples(st.integers(0, len(text)), st.integers(0, len(text)), chinese_text(6)).map(
        lambda drawn: ReplaceText(section, min(drawn[:2]), max(drawn[:2]), drawn[2])  # type: ignore[arg-type] # as above
    )


def address(text: str) -> Address:
    """Parse `section.row.column`."""
    return parse_address(text)
