"""Messages about importing a published report: refusals, and one message per note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...core.ids import Address, ColumnId, RowId, SectionId
from ...templates import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...core.edition import Edition
    from ...core.importing.notes import ImportNote
    from ...files.report.report_file import UnreadableError

REFUSED: Final = "{name}：不能导入。{reason}"

NOTES: Final[Mapping[str, str]] = {
    "count": "标签后面的数值个数和表格的列数对不上，没有读",
    "ambiguous": "数值放进各列的办法不止一种，没有读",
    "contradiction": "在原文中出现不止一次而数值不同，没有读",
    "unreadable": "格子里的内容不是数",
    "other_unit": "表头的单位和统一格式不同，没有读",
    "absent_row": "原文中没有这样的行",
    "absent_table": "原文中没有这张表（可能是图片）",
    "identity": "数值连在一起或位置不止一种可能，按勾稽关系只有一种成立，取这一种",
    "glued": "数字连在一起，个数正好等于列数，逐位读出",
    "gaps": "按空行的多少认出空格子",
    "label_lost": "行标签丢失，按位置认定",
    "group_in_order": "组内各行的标签丢失，数值个数正好，按统一格式的顺序读出",
    "columns_by_name": "表格是数据对象，按行名和列名取值",
    "normalised": "写法已规范",
    "extra_row": "统一格式没有的行，没有读入",
    "copies": "原文有几个年度并排，取了 {text}",
    "edition_year": "表格的版本和报告年度不一致（版本、年度：{text}）",
    "edition_notice": "文中引用的文件（{text}）和表格的版本不一致",
    "edition_guessed": "从表格看不出版本，按年度定为 {text} 年版",
    "heading_by_number": "标题与统一格式不同，按序号认定",
    "dropped": "不是报告内容，已略去",
    "image": "标题下面只有重复的标题，表格应是图片，请对照原文补填",
    "pinyin": "略去了转换程序留下的注音 {text} 处",
    "radicals": "把部首字符换成了通常的汉字",
    "signature": "文末的署名和日期已放进报告开头的栏目",
    "encoding": "有些字节不能解码（编码、个数：{text}）",
    "simplified": "文字已转成简体",
    "refused": "原文有一部分过长，没有读",
}
"""Messages by note code. `{text}` is the source text; without the placeholder, the source text is quoted after the message."""
AT_PLACES: Final = "{places}：{message}"
QUOTED: Final = "{message}　原文：“{text}”"
BETWEEN: Final = "、"
MORE_PLACES: Final = "{places}等 {count} 行"
CELL: Final = "{row}的{column}"
_MOST_PLACES: Final = 6
_MOST_TEXT: Final = 60
"""Maximum number of characters quoted from the source."""


def refusal_sentence(name: str, error: UnreadableError) -> str:
    """Return why a file cannot be imported, and the remedy."""
    return REFUSED.format(name=name, reason=load_catalogue().message(error.finding))


def note_sentence(note: ImportNote, edition: Edition) -> str:
    """Return a note's message with the rows and cells concerned."""
    if not note.places:
        return note_message(note)
    return AT_PLACES.format(places=places_named(note.places, edition), message=note_message(note))


def note_message(note: ImportNote) -> str:
    """Return a note's message without its places, for use where they are shown anyway."""
    sentence = NOTES[note.code.value]
    message = sentence.format(text=note.text)
    return QUOTED.format(message=message, text=note.text[:_MOST_TEXT]) if note.text and "{text}" not in sentence else message


def places_named(places: Sequence[str], edition: Edition) -> str:
    """Return the official names of the first few tables, rows and cells."""
    names = BETWEEN.join(place_name(place, edition) for place in places[:_MOST_PLACES])
    return MORE_PLACES.format(places=names, count=len(places)) if len(places) > _MOST_PLACES else names


def place_name(place: str, edition: Edition) -> str:
    """Return the official name of a table, row or cell."""
    parts = place.split(".")
    section = edition.section(SectionId(parts[0]))
    if len(parts) == 1:
        return section.table.name if section.table is not None else section.title
    info = edition.cells[cells_of(place, edition)[0]]
    if len(parts) == 2:  # noqa: PLR2004 - section and row
        return info.row.name
    return CELL.format(row=info.row.name, column=info.column.name)


def cells_of(place: str, edition: Edition) -> tuple[int, ...]:
    """Return the indices of the cells of a row, or of a single cell."""
    parts = place.split(".")
    if len(parts) == 2:  # noqa: PLR2004 - section and row
        return edition.row_cells[SectionId(parts[0]), RowId(parts[1])]
    return (edition.index[Address(SectionId(parts[0]), RowId(parts[1]), ColumnId(parts[2]))],)
