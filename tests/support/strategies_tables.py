"""Strategies for tables of any shape, arbitrary reports, and styles of an exported text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st
from nianbao.core.edition import Block, CellKind, Column, Edition, Row, Section, Table
from nianbao.core.ids import Address, ColumnId, RowId, SectionId
from nianbao.core.publishing.style import Borders, TextStyle
from nianbao.core.report import BLANK, NA, Cell, Header, Report, Text, blank_report
from nianbao.templates import load_edition

OFFICIAL = ("2008", "2019", "2021")
WORDS = ("申请", "数量", "（一）", "本年度", "“三安全”", "1.", "结果、", "其他情形", "增/减", "ABC", "：单位")

labels = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("".join)
paths = st.lists(labels, min_size=1, max_size=3).map(tuple)
styles = st.builds(TextStyle, width=st.integers(80, 160), borders=st.sampled_from(Borders), ambiguous=st.sampled_from((1, 2)))
words_of_prose = st.sampled_from(
    ("公开", "政府信息", "，", "。", "“一网通办”", "《条例》", "（一）", "1,234", "件", "98.5%", "——", "……", " ", "http://a.cn/b?c=1", "A")
)
paragraphs_of_prose = st.lists(words_of_prose, min_size=1, max_size=60).map("".join)
prose = st.lists(paragraphs_of_prose, max_size=3).map("\n".join)


@st.composite
def blocks(draw: st.DrawFn, number: int = 0) -> Block:
    across = draw(st.booleans())
    rows = draw(st.lists(paths, min_size=1, max_size=3 if across else 6, unique=True))
    columns = draw(st.lists(paths, min_size=1, max_size=4 if across else 7, unique=True))
    return Block(
        rows=tuple(Row(RowId(f"b{number}r{place}"), path, path[-1]) for place, path in enumerate(sorted(rows))),
        columns=tuple(Column(ColumnId(f"c{place}"), path, path[-1]) for place, path in enumerate(sorted(columns))),
        caption=draw(st.one_of(st.just(""), labels)),
        corner=draw(st.one_of(st.just(""), labels)),
        across=across,
    )


@st.composite
def tables(draw: st.DrawFn, section: str = "figures") -> Table:
    count = draw(st.integers(1, 3))
    return Table(SectionId(section), "表", tuple(draw(blocks(number)) for number in range(count)))


def edition_of(table: Table) -> Edition:
    """Return an edition with a section for this table and a section of prose."""
    sections = (
        Section(table.section, "一", "数据", table, text_required=False),
        Section(SectionId("words"), "二", "文字"),
    )
    addresses = tuple(Address(table.section, row.id, column.id) for block, row in table.rows() for column in block.columns)
    return Edition("made", 2021, None, "", "{agency}{year}年报告", sections, addresses, (), (), {})


editions = st.one_of(st.sampled_from(OFFICIAL).map(load_edition), tables().map(edition_of))


def cell_values(kind: CellKind) -> st.SearchStrategy[Cell]:
    whole = st.one_of(st.integers(0, 9), st.integers(0, 99_999))
    if kind is CellKind.CHANGE:
        return st.one_of(st.just(BLANK), st.just(NA), whole, whole.map(lambda number: -number))
    if kind is CellKind.COUNT:
        return st.one_of(st.just(BLANK), st.just(NA), whole, st.just(Text("见附表")))
    amounts = st.decimals(0, 10**6, places=4, allow_nan=False).map(lambda number: number.normalize() + 0)
    return st.one_of(st.just(BLANK), st.just(NA), whole, amounts, st.just(Text("251000元")))


@st.composite
def reports(draw: st.DrawFn, of: st.SearchStrategy[Edition] = editions) -> Report:
    """Generate a report of any edition with arbitrary contents: a few values distributed over all cells."""
    edition = draw(of)
    pools = {kind: draw(st.lists(cell_values(kind), min_size=1, max_size=4)) for kind in CellKind}
    spread = draw(st.randoms(use_true_random=False))
    header = Header(
        agency=draw(st.sampled_from(("示例市民政局", "示例自治州人民政府", ""))),
        year=draw(st.sampled_from((2024, 2010, 0))),
        title=draw(st.sampled_from(("", "年度报告"))),
        published=draw(st.sampled_from((None, date(2025, 1, 9)))),
        preface=draw(prose),
    )
    return replace(
        blank_report(edition, header),
        texts=tuple(draw(prose) for _ in edition.sections),
        cells=tuple(spread.choice(pools[info.kind]) for info in edition.cells),
    )


def sample_report(edition_id: str) -> Report:
    """Return a fixed report of an official edition, with prose and numbers of one to five digits."""
    edition = load_edition(edition_id)
    numbers = (0, 3, 12, 0, 470, 0, 0, 10_825, 1, 0, 26)
    special: dict[CellKind, Cell] = {CellKind.AMOUNT: Decimal("18.871"), CellKind.CHANGE: 5, CellKind.MONEY: Text("251000元")}
    cells = [special.get(info.kind, numbers[place * 7 % 11]) for place, info in enumerate(edition.cells)]
    texts = {
        "overview": "本机关全年主动公开政府信息1,286条，其中“一网通办”栏目312条，占24.3%；受理申请26件，均在法定期限内答复。\n"
        "（一）主动公开。围绕群众关心的养老、救助、殡葬服务（含收费标准），通过门户网站 http://www.example.gov.cn/zwgk/ 和公众号发布。\n"
        "（二）监督保障。开展培训2次……",
        "disclosure": "主动公开的具体数据见下表——",
        "problems": "一是解读形式单一；二是更新不够及时。下一步将增加图解，每周检查一次。",
    }
    return Report(
        edition,
        Header("示例市民政局", "department", 2024, "", date(2025, 1, 20), "根据《中华人民共和国政府信息公开条例》编制本报告。"),
        tuple(texts.get(section.id, "") for section in edition.sections),
        tuple(cells),
    )
