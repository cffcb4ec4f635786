"""Conversion of bytes to lines and rows: encodings, web pages, Word documents, spreadsheets, and malicious files."""

from __future__ import annotations

import io
import zipfile

import pytest
from nianbao.core.importing.box_tables import read_box_tables
from nianbao.core.importing.source_lines import GridCell, SourceLine
from nianbao.files.importing.decoding import MAX_BYTES, TooLargeError, decode_source
from nianbao.files.importing.delimited import detect_delimiter, read_delimited
from nianbao.files.importing.docx import UnreadableDocxError, read_docx
from nianbao.files.importing.html import is_html, read_html
from nianbao.files.importing.source import read_source
from strategies import EDITIONS

TEXT = "示例市民政局2022年政府信息公开工作年度报告\n规章 | 0 | 1 | 2 |\n"
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def cells(line: SourceLine) -> list[str]:
    assert line.cells is not None
    return [cell.text for cell in line.cells]


def texts(html: str) -> list[str]:
    return [line.text for line in read_html(html) if line.cells is None]


def rows(html: str) -> list[list[str]]:
    return [cells(line) for line in read_html(html) if line.cells is not None]


def word_file(body: str, name: str = "word/document.xml") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body if body.startswith("<?xml") else WORD.format(body))
    return buffer.getvalue()


def word_cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_each_encoding_is_recognised(encoding: str) -> None:
    decoded = decode_source(TEXT.encode(encoding))
    assert decoded.text == TEXT
    assert decoded.damaged == 0


def test_a_file_cut_inside_a_character_is_no_damage() -> None:
    assert decode_source(TEXT.encode()[:-1] + "条".encode()[:2]).text == TEXT[:-1]


def test_a_declared_encoding_is_believed_if_it_fits() -> None:
    page = f'<meta charset="gb2312"><p>{TEXT}</p>'
    assert decode_source(page.encode("gb18030")).text == page
    assert decode_source(page.encode("utf-8")).text == page


def test_bytes_of_no_encoding_are_replaced_and_counted() -> None:
    decoded = decode_source(TEXT.encode() + b"\xff\xff\xff" + TEXT.encode())
    assert decoded.damaged > 0
    assert TEXT in decoded.text


def test_a_source_that_is_too_large_is_refused() -> None:
    with pytest.raises(TooLargeError):
        decode_source(b"0" * (MAX_BYTES + 1))


def test_rows_are_read_despite_wrong_spans_open_tags_and_capitals() -> None:
    html = '<TABLE><TR><TD rowspan="99">三、本年度办理结果</TD><TD colspan=2><P>（一）<B>予以</B>公开</P><TD>1</TR><tr><td>2</table>'
    assert rows(html) == [["三、本年度办理结果", "（一）予以公开", "1"], ["2"]]


def test_breaks_spans_and_spaces_inside_a_cell_do_not_divide_it() -> None:
    html = "<table><tr><td>本年新<br/>制作数量</td><td><span>商业</span><span>企业</span><o:p></o:p></td><td>&nbsp;</td><td>1<br>2</td></tr></table>"
    assert rows(html) == [["本年新制作数量", "商业企业", "", "1 2"]]


def test_a_table_inside_a_table_that_lays_out_the_page_is_read() -> None:
    html = "<table><tr><td>导航</td><td>前文<table><tr><td>规章</td><td>0</td></tr></table>后文</td></tr></table>"
    assert rows(html)[0] == ["规章", "0"]
    assert "前文" in texts(html)
    assert "后文" in texts(html)


def test_scripts_styles_and_comments_say_nothing() -> None:
    html = "<p>甲</p><script>document.write('<td>5</td>')</script><style>p{}</style><!-- 乙 --><noscript>丙</noscript><p>丁</p>"
    assert texts(html) == ["甲", "丁"]


def test_a_table_in_the_string_of_a_script_is_read() -> None:
    html = 'var html="<table><tr><td rowspan=\\"2\\">规章<\\/td><td>3<\\/td><\\/tr><\\/table>";'
    assert rows(html) == [["规章", "3"]]


def test_a_mention_of_a_tag_is_no_page() -> None:
    assert not is_html("根据<政府信息公开条例>编制，<p> 一次。")
    assert is_html("<p>一</p><p>二</p>")


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 200_000,
        "<table><tr><td>" * 50_000,
        "<td colspan=999999999>" * 50_000 + "x",
        "<table>" * 30_000 + "</table>" * 30_000,
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]>" + "&a;" * 100_000,
        "<p" + " a=b" * 200_000,
        "<" * 300_000,
        "<p>" + "&#" * 100_000,
    ],
    ids=["depth", "open cells", "spans", "tables", "entities", "attributes", "brackets", "references"],
)
def test_hostile_pages_come_to_an_end(hostile: str) -> None:
    assert read_source("x.html", hostile.encode(), EDITIONS).read == 0


@pytest.mark.parametrize(
    "hostile",
    [
        "|" * 500_000,
        "| " * 300_000,
        "1 " * 300_000,
        "一、" * 200_000,
        "规章" + "0" * 400_000,
        "\n" * 500_000,
        "（" * 100_000,
        "- " * 100_000,
    ],
)
def test_hostile_texts_come_to_an_end(hostile: str) -> None:
    assert read_source("x.txt", hostile.encode(), EDITIONS).read == 0


def test_paragraphs_tables_and_merged_cells_of_a_word_document_are_read() -> None:
    merged = word_cell("三、本年度办理结果", '<w:vMerge w:val="restart"/>')
    going_on = word_cell("", "<w:vMerge/>")
    body = (
        "<w:p><w:r><w:t>一、</w:t></w:r><w:r><w:t>总体情况</w:t></w:r></w:p>"
        f"<w:tbl><w:tr>{merged}{word_cell('（一）予以公开', chr(60) + 'w:gridSpan w:val=' + chr(34) + '2' + chr(34) + '/>')}{word_cell('1')}</w:tr>"
        f"<w:tr>{going_on}{word_cell('（二）部分公开')}{word_cell('2')}</w:tr></w:tbl>"
        "<w:p><w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:ins><w:r><w:t>加入</w:t></w:r></w:ins></w:p>"
    )
    lines = read_docx(word_file(body))
    assert [line.text for line in lines if line.cells is None] == ["一、总体情况", "加入"]
    assert [line.cells for line in lines if line.cells is not None] == [
        (GridCell("三、本年度办理结果"), GridCell("（一）予以公开", 2), GridCell("1")),
        (GridCell("（二）部分公开"), GridCell("2")),
    ]


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(UnreadableDocxError):
        read_docx(word_file("<w:p>" + " " * (40 * 1024 * 1024) + "</w:p>"))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 nothing more",
        word_file("x", name="other.xml"),
        word_file('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        word_file("<w:p>" * 5000 + "</w:p>" * 5000),
        word_file("<w:p>"),
    ],
    ids=["cut", "no document", "entities", "depth", "broken"],
)
def test_what_is_no_sound_word_document_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocxError):
        read_docx(data)


def test_a_spreadsheet_saved_as_text_is_read_by_its_delimiter() -> None:
    csv = '第二十条第（一）项,,,\n规章,0,"1,234",2\n说明：\n'
    assert detect_delimiter(csv, "年报.csv") == ","
    lines = read_delimited(csv, ",")
    assert [line.text for line in lines if line.cells is None] == ["第二十条第（一）项", "说明："]
    assert cells(lines[1]) == ["规章", "0", "1,234", "2"]
    assert detect_delimiter("规章\t0\t1\t2\n" * 6, "年报.txt") == "\t"
    assert detect_delimiter("没有制表符\n" * 6, "年报.txt") == ""


def test_a_drawn_table_is_read_whatever_was_broken() -> None:
    drawn = ["┌────┬──┬──┐", "│规章│ 1│+2│", "├────┤  ├──┤", "│行政│  │-3│", "│许可│  │  │", "└────┴──┴──┘"]
    lines = read_box_tables([SourceLine(number, text) for number, text in enumerate(drawn, 1)])
    assert [cells(line) for line in lines] == [["规章", "1", "+2"], ["行政许可", "-3"]]
