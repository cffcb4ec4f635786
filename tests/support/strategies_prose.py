"""Strategies for official prose: sentences from templates with random numbers and number forms, and the facts they state."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from nianbao.core.prose import ProseReading


def spans(reading: ProseReading) -> list[tuple[int, int, str]]:
    """Return start, end and text of everything that was read."""
    facts = (*reading.facts, *reading.asides, *reading.components, *reading.implied)
    return [
        *((one.start, one.end, one.span) for one in facts),
        *((one.start, one.end, one.span) for one in reading.sums),
        *((one.start, one.end, one.span) for one in reading.percentages),
        *((one.start, one.end, one.span) for one in reading.changes),
    ]


DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789,", "０１２３４５６７８９，")
YEAR = 2023
AGENCY = "某市民政局"


@dataclass(frozen=True)
class Statement:
    """A sentence and the facts it states as (quantity, value)."""

    text: str
    facts: frozenset[tuple[str, int]]


def to_han(number: int) -> str:
    """Convert a number below a hundred million to Chinese numerals as in official prose: 12 is 十二, 105 一百零五."""
    if number == 0:
        return "零"
    high, low = divmod(number, 10_000)
    if high:
        gap = "零" if low and low < 1000 else ""
        return to_han(high) + "万" + (gap + _below_myriad(low) if low else "")
    return _below_myriad(number)


def _below_myriad(number: int) -> str:
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return written[1:] if written.startswith("一十") else written


@st.composite
def written_numbers(draw: st.DrawFn, value: int) -> str:
    """Generate a count in one of the forms that reports print."""
    forms = [str(value), f"{value} ", f" {value}", str(value).translate(FULL_WIDTH)]
    if value >= 1000:
        forms += [f"{value:,}", f"{value:,}".translate(FULL_WIDTH)]
    if value:
        forms.append(to_han(value))
    return draw(st.sampled_from(forms))


COUNTS = st.one_of(st.integers(0, 30), st.integers(31, 999), st.integers(1000, 60_000))
CLASSIFIERS = st.sampled_from(["件", "件", "件", "宗", "份"])

SINGLE: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        (
            "本机关共收到政府信息公开申请{}",
            "全年受理依申请公开{}",
            "2023年，我局新收政府信息公开申请{}",
            "本年度共接收政府信息公开申请共计{}",
            "截至12月31日，收到公民、法人和其他组织提出的政府信息公开申请{}",
        ),
        "requests.new_received.total",
    ),
    (("全年答复政府信息公开申请{}", "2023年办结依申请公开{}", "按期办结政府信息公开申请{}"), "requests.total.total"),
    (("上年结转政府信息公开申请{}", "2022年结转政府信息公开申请{}"), "requests.carried_over.total"),
    (("结转下年度继续办理政府信息公开申请{}", "结转2024年办理的政府信息公开申请{}"), "requests.carried_forward.total"),
    (("因政府信息公开被申请行政复议{}", "发生政府信息公开行政复议案件{}"), "review.reconsideration.total"),
    (("因政府信息公开被提起行政诉讼{}", "涉及政府信息公开的行政诉讼案件{}"), "review.litigation.total"),
    (("制发行政规范性文件{}", "本年度出台行政规范性文件{}"), "disclosure.normative_documents.issued"),
    (("废止行政规范性文件{}",), "disclosure.normative_documents.repealed"),
    (("现行有效行政规范性文件{}", "现有有效规范性文件{}"), "disclosure.normative_documents.in_force"),
    (("作出行政许可决定{}", "全年办理行政许可{}"), "disclosure.licences.decisions"),
    (("作出行政处罚决定{}", "实施行政处罚{}"), "disclosure.penalties.decisions"),
    (("实施行政强制{}", "采取行政强制措施{}"), "disclosure.coercion.decisions"),
    (("发出信息处理费收费通知{}",), "info_fee.notices"),
)
"""Templates that state one quantity, with the quantity."""

RESULTS = (
    ("予以公开{}", "requests.granted.total"),
    ("部分公开{}", "requests.partly_granted.total"),
    ("不予公开{}", "requests.refused.total"),
    ("无法提供{}", "requests.unavailable.total"),
    ("不予处理{}", "requests.rejected.total"),
    ("其他处理{}", "requests.other_handling.total"),
)

DISTRACTORS = (
    "2022年共收到政府信息公开申请{}件，办结{}件。",
    "上年受理依申请公开{}件，被申请行政复议{}件。",
    "2024年，计划制定行政规范性文件{}件。",
    "下一步，力争主动公开规范性文件{}件。",
    "局属事业单位收到政府信息公开申请{}件，答复{}件。",
    "全市民政系统共收到政府信息公开申请{}件。",
    "受理12345热线工单{}件，办结{}件。",
    "承办人大代表建议{}件、政协提案{}件，均已办结。",
    "2023年上半年收到政府信息公开申请{}件。",
    "自2008年《条例》施行以来，累计受理政府信息公开申请{}件。",
    "现有行政许可事项{}项、行政处罚事项{}项。",
    "举办培训班{}期，培训{}人次。",
)


@st.composite
def single_statements(draw: st.DrawFn) -> Statement:
    """Generate a sentence that states one quantity."""
    templates, quantity = draw(st.sampled_from(SINGLE))
    value = draw(COUNTS)
    number = draw(written_numbers(value)) + draw(CLASSIFIERS)
    return Statement(draw(st.sampled_from(templates)).format(number) + "。", frozenset({(quantity, value)}))


@st.composite
def result_statements(draw: st.DrawFn) -> Statement:
    """Generate a total of replies and the results that add up to it."""
    rows = draw(st.lists(st.sampled_from(RESULTS), min_size=2, max_size=6, unique=True))
    values = [draw(st.integers(0, 400)) for _ in rows]
    joint = draw(st.sampled_from(["、", "，"]))
    parts = joint.join(template.format(draw(written_numbers(value)) + "件") for (template, _), value in zip(rows, values, strict=True))
    total = sum(values)
    text = f"全年共答复政府信息公开申请{draw(written_numbers(total))}件，其中{parts}。"
    facts = {("requests.total.total", total), *((quantity, value) for (_, quantity), value in zip(rows, values, strict=True))}
    return Statement(text, frozenset(facts))


@st.composite
def distractors(draw: st.DrawFn) -> str:
    """Generate a sentence with numbers that states nothing about the report's year and agency."""
    template = draw(st.sampled_from(DISTRACTORS))
    return template.format(*(draw(st.integers(1, 5000)) for _ in range(template.count("{}"))))


@st.composite
def reports(draw: st.DrawFn) -> list[Statement]:
    """Generate several sentences in which no quantity is stated twice."""
    statements: list[Statement] = []
    said: set[str] = set()
    for statement in draw(st.lists(st.one_of(single_statements(), result_statements()), min_size=1, max_size=5)):
        quantities = {quantity for quantity, _ in statement.facts}
        if not quantities & said:
            said |= quantities
            statements.append(statement)
    return statements


ALPHABET = (
    "收到受理答复办结结转上年下年度政府信息公开申请依不予部分行政复议诉讼规范性文件许可处罚强制其中共计合计均未无没有的件条份宗起元万亿余多近约"
    "一二三十百千零〇两0123456789０９,，、；：。（）()《》“”.% \n年月日比增长占率"
)
noise = st.text(alphabet=ALPHABET, max_size=120)
"""Words, numbers and punctuation of reports in random order."""
