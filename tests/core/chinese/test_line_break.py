"""Chinese line breaking: permitted break positions, and characters that may not start or end a line."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nianbao.core.chinese.line_break import (
    NO_LINE_END,
    NO_LINE_START,
    break_offsets,
    longest_unit,
    wrap,
    wrap_centred,
    wrap_label,
    wrap_paragraph,
)
from nianbao.core.chinese.width import Ambiguous, text_width

ambiguous_widths = st.sampled_from((1, 2))
chinese = st.lists(
    st.sampled_from(
        ("公", "开", "信", "，", "。", "（", "）", "“", "”", "《", "》", "、", "—", "…", "1", "23", "件", "ab", " ", "\u3000", "\u0301")
    ),
    max_size=80,
).map("".join)
any_text = st.one_of(chinese, st.text(max_size=80))
plain_chinese = st.text(st.sampled_from("公开政府信息年度报告"), min_size=1, max_size=80)


@given(any_text, st.integers(-3, 40), ambiguous_widths)
@example("", 0, 1)
@example("\u0301" * 50 + "公开" * 9, 2, 1)
def test_the_lines_of_any_text_join_to_the_text(text: str, width: int, ambiguous: Ambiguous) -> None:
    assert "".join(wrap(text, width, ambiguous=ambiguous)) == text


@given(any_text, st.integers(2, 40), ambiguous_widths)
def test_no_line_is_wider_than_the_width(text: str, width: int, ambiguous: Ambiguous) -> None:
    assert all(text_width(line, ambiguous) <= width for line in wrap(text, width, ambiguous=ambiguous))


@given(any_text, st.integers(-3, 40), ambiguous_widths)
def test_offsets_ascend_inside_the_text(text: str, width: int, ambiguous: Ambiguous) -> None:
    offsets = break_offsets(text, width, ambiguous=ambiguous)
    assert offsets == sorted(set(offsets))
    assert all(0 < offset < len(text) for offset in offsets)


@given(chinese, st.integers(2, 40), ambiguous_widths)
def test_no_line_starts_or_ends_wrongly_where_another_place_would_do(text: str, width: int, ambiguous: Ambiguous) -> None:
    for line, following in zip(lines := wrap(text, width, ambiguous=ambiguous), lines[1:], strict=False):
        if following[0] in NO_LINE_START or line[-1] in NO_LINE_END:
            places = [place for place in range(1, len(line)) if line[place] != "\u0301"]
            assert all(line[place] in NO_LINE_START or _base(line, place) in NO_LINE_END for place in places)


def _base(line: str, place: int) -> str:
    """Return the character before a position, skipping combining marks."""
    return line[:place].rstrip("\u0301")[-1:]


@given(plain_chinese, st.integers(2, 40))
def test_plain_chinese_fills_every_line(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(len(line) == width // 2 for line in lines[:-1])


@given(st.lists(st.sampled_from(("公开", "2024", "1,234.5", "WWW", "98.5%", "，")), max_size=40), st.integers(12, 40))
def test_numbers_and_words_stay_whole(pieces: list[str], width: int) -> None:
    text = "".join(piece + ("公" if piece.isascii() else "") for piece in pieces)
    for line, following in zip(lines := wrap(text, width), lines[1:], strict=False):
        assert not (line[-1].isascii() and following[0].isascii())


@given(any_text, st.integers(2, 40), ambiguous_widths)
def test_a_mark_stays_with_its_character(text: str, width: int, ambiguous: Ambiguous) -> None:
    assert all(line[0] != "\u0301" for line in wrap(text, width, ambiguous=ambiguous)[1:])


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("主动公开政府信息，共三条。", 16, ["主动公开政府信", "息，共三条。"]),
        ("主动公开（依法）信息", 10, ["主动公开", "（依法）信", "息"]),
        ("依据《条例》第二十条", 6, ["依据", "《条", "例》第", "二十条"]),
        ("共计1234567件", 10, ["共计", "1234567件"]),
        ("网址www.example.gov.cn", 10, ["网址", "www.exampl", "e.gov.cn"]),
        ("增长50%，其中", 8, ["增长", "50%，其", "中"]),
        ("公开——服务", 4, ["公", "开——", "服务"]),
        ("hello world", 8, ["hello ", "world"]),
        ("2024 年度", 5, ["2024 ", "年度"]),
        ("本年增/减", 8, ["本年", "增/减"]),
    ],
)
def test_lines_break_as_a_careful_typist_would(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_a_paragraph_starts_with_two_empty_characters() -> None:
    assert wrap_paragraph("政府信息公开", 10) == ["\u3000\u3000政府信", "息公开"]


def test_an_indent_never_stands_alone_on_a_line() -> None:
    assert wrap_paragraph("www.example.gov.cn", 18)[0].strip()


def test_a_label_breaks_between_its_phrases() -> None:
    assert wrap_centred("（三）不予公开", 6, 2) == ("（三）", "不予", "公开")
    assert wrap_centred("本年收费金额（单位：万元）", 18, 2, 2) == ("本年收费金额", "（单位：万元）")
    assert wrap_centred("社会公益组织", 10, 2) == ("社会公", "益组织")


@given(any_text, st.integers(2, 40), ambiguous_widths, st.integers(1, 5))
def test_a_centred_label_loses_nothing_but_spaces(text: str, width: int, ambiguous: Ambiguous, room: int) -> None:
    lines = wrap_centred(text, width, ambiguous, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, ambiguous) <= width for line in lines)
    assert len(lines) <= max(room, len(wrap_label(text, width, ambiguous)))


@given(any_text, ambiguous_widths)
def test_the_longest_unit_fits_where_nothing_is_cut(text: str, ambiguous: Ambiguous) -> None:
    assert longest_unit(text, ambiguous) <= text_width(text, ambiguous)


@pytest.mark.parametrize("unit", ["公开，", "word ", "\u0301", "）", "（", "a", "公\u0301", " ", "\u3000"])
@pytest.mark.parametrize("width", [2, 80])
def test_a_very_long_paragraph_of_anything_is_broken_too(unit: str, width: int) -> None:
    """Looking back further than the current line would take hours here."""
    text = unit * (200_000 // len(unit))
    lines = wrap(text, width)
    assert sum(map(len, lines)) == len(text)
