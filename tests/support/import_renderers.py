"""Renderers of a report in the layouts of published documents, as test data for the importer.

Each renderer takes a report and a random source and returns the document's text. They are independent of the importer.
"""

from __future__ import annotations

import html
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from nianbao.core.edition import CellKind
from nianbao.core.ids import SectionId
from nianbao.core.layout import PlacedCell, Role, layouts, value_text
from nianbao.core.report import BLANK, Report

Render = Callable[[Report, random.Random], str]
TableText = Callable[[Sequence[Sequence[PlacedCell]], Report, random.Random], Iterator[str]]

_HALF = str.maketrans("（），：", "(),:")


def rows_of(report: Report, section: SectionId) -> list[list[PlacedCell]]:
    """Return the cells of a table by the row on which they begin."""
    cells = layouts(report.edition)[section].cells
    return [list(row) for _, row in groupby(cells, key=lambda cell: cell.row)]


def document(report: Report, chance: random.Random, table: TableText, *, blank_lines: bool = False) -> str:
    """Render title, preface, and sections with headings, prose and tables."""
    header = report.header
    lines = [report.edition.title_of(header.agency, header.year)]
    lines += header.preface.split("\n") if header.preface else []
    for section, text in zip(report.edition.sections, report.texts, strict=True):
        lines.append(section.title)
        lines += text.split("\n") if text else []
        if section.table is not None:
            lines += table(rows_of(report, section.id), report, chance)
    return ("\n\n" if blank_lines else "\n").join(lines) + "\n"


def _texts(row: Sequence[PlacedCell], report: Report) -> list[str]:
    return [cell.text(report).translate(_HALF) for cell in row]


def pipe_rows(report: Report, chance: random.Random) -> str:
    """A row per line; columns lost to merged cells become pipes at the end (L01)."""

    def table(rows: Sequence[Sequence[PlacedCell]], report: Report, chance: random.Random) -> Iterator[str]:
        spare = chance.choice([0, 1])
        for row in rows:
            padding = sum(cell.columns - 1 for cell in row) * spare
            yield " | ".join(_texts(row, report)) + " |" + (" " + "|" * padding if padding else "")

    return document(report, chance, table)


def markdown(report: Report, chance: random.Random) -> str:
    """As `pipe_rows`, with a leading pipe and a rule below the first row (L02)."""

    def table(rows: Sequence[Sequence[PlacedCell]], report: Report, chance: random.Random) -> Iterator[str]:
        for number, row in enumerate(rows):
            padding = sum(cell.columns - 1 for cell in row)
            yield "| " + " | ".join(_texts(row, report)) + " | " + "|" * padding
            if number == 0:
                yield "|" + "---|" * (len(row) + padding)

    return document(report, chance, table)


def full_grid(report: Report, chance: random.Random) -> str:
    """A spreadsheet's grid with pipes: merged cells leave empty cells, also before the values."""

    def table(rows: Sequence[Sequence[PlacedCell]], report: Report, chance: random.Random) -> Iterator[str]:
        columns = max(cell.column + cell.columns for row in rows for cell in row)
        for row in rows:
            grid = [""] * columns
            for cell in row:
                grid[cell.column] = cell.text(report)
            yield "| " + " | ".join(grid) + " |"

    return document(report, chance, table)


def pipe_cells(report: Report, chance: random.Random) -> str:
    """A cell per line, terminated by a pipe; an empty cell is a single pipe, the end of a row two or more (L03)."""

    def table(rows: Sequence[Sequence[PlacedCell]], report: Report, chance: random.Random) -> Iterator[str]:
        padded = chance.random() < 0.7
        for row in rows:
            for text in _texts(row, report):
                yield f"{text} |" if text else "|"
            padding = sum(cell.columns - 1 for cell in row)
            if padding > 1 and padded:
                yield "|" * padding

    return document(report, chance, table)


def split_pipes(report: Report, chance: random.Random) -> str:
    """A cell per line, its pipe on the next line (L04)."""

    def table(rows: Sequence[Sequence[PlacedCell]], report: Report, chance: random.Random) -> Iterator[str]:
        for row in rows:
            for text in _texts(row, report):
                yield from ([text, "|"] if text else ["|"])

    return document(report, chance, table)


def leading_pipes(report: Report, chance: random.Random) -> str:
    """A line with a pipe before each row (L05)."""

    def table(rows: Sequence[Sequence[PlacedCell]], report: Report, chance: random.Random) -> Iterator[str]:
        for row in rows:
            yield "|"
            for text in _texts(row, report):
                yield f"{text} |" if text else "|"
            yield "||"

    return document(report, chance, table)


def spaced_pipes(report: Report, chance: random.Random) -> str:
    """A line break, a space, the cell, two spaces, a pipe (L06)."""

    def table(rows: Sequence[Sequence[PlacedCell]], report: Report, chance: random.Random) -> Iterator[str]:
        for row in rows:
            yield "|"
            for text in _texts(row, report):
                yield f" {text}  |"

    return document(report, chance, table)


def paragraphs(report: Report, chance: random.Random) -> str:
    """A cell per paragraph; empty cells are dropped or become empty paragraphs (L07)."""
    kept = chance.random() < 0.5

    def table(rows: Sequence[Sequence[PlacedCell]], report: Report, chance: random.Random) -> Iterator[str]:
        for row in rows:
            for text in _texts(row, report):
                if text or kept:
                    yield text

    return document(report, chance, table, blank_lines=True)


def bare_lines(report: Report, chance: random.Random) -> str:
    """A cell per line without separators; empty cells are dropped."""

    def table(rows: Sequence[Sequence[PlacedCell]], report: Report, chance: random.Random) -> Iterator[str]:
        for row in rows:
            yield from (text for text in _texts(row, report) if text)

    return document(report, chance, table)


def collapsed(report: Report, chance: random.Random) -> str:
    """No separator between the cells of a row (L08)."""

    def table(rows: Sequence[Sequence[PlacedCell]], report: Report, chance: random.Random) -> Iterator[str]:
        for row in rows:
            yield "".join(_texts(row, report))

    return document(report, chance, table)


def without_repetitions(report: Report, chance: random.Random) -> str:
    """Paragraphs without those that occurred before, numbers included (L09)."""
    seen: set[str] = set()
    kept = []
    for line in paragraphs(report, chance).split("\n"):
        if line and line in seen:
            continue
        seen.add(line)
        kept.append(line)
    return "\n".join(kept)


def pdf(report: Report, chance: random.Random) -> str:
    """Words separated by spaces; long labels are split, and the numbers follow the last part (L11)."""

    def table(rows: Sequence[Sequence[PlacedCell]], report: Report, chance: random.Random) -> Iterator[str]:
        for row in rows:
            labels = [cell for cell in row if cell.role is not Role.VALUE]
            values = " ".join(cell.text(report) for cell in row if cell.role is Role.VALUE)
            if labels and labels[-1].role is Role.HEADER:
                yield " ".join(cell.label for cell in labels)
                continue
            for cell in labels[:-1]:
                yield from (cell.label if len(cell.label) < 5 else [cell.label[:3], cell.label[3:]])
            label = labels[-1].label.replace(".", ". ") if labels else ""
            width = chance.choice([12, 16, 60])
            pieces = [label[start : start + width] for start in range(0, len(label), width)] or [""]
            yield from pieces[:-1]
            yield f"{pieces[-1]} {values}".strip()

    return document(report, chance, table)


def html_page(report: Report, chance: random.Random) -> str:
    """A web page with merged cells, surrounding navigation and the tags that editors leave (L14)."""
    escape = html.escape
    wrap = chance.choice(["{}", "<p>{}</p>", "<p align=center><span lang=EN-US>{}</span><o:p></o:p></p>", "<FONT>{}</FONT>"])
    tag = chance.choice(["td", "TD"])
    wrong = chance.random() < 0.3

    def cell_text(cell: PlacedCell) -> str:
        text = cell.text(report)
        if not text:
            return chance.choice(["&nbsp;", "", " ", "<p></p>"])
        if cell.role is not Role.VALUE and len(text) > 3 and chance.random() < 0.3:
            middle = chance.randrange(1, len(text))
            join = chance.choice(["<br/>", "<br>", "</span><span>", " "])
            return wrap.format(escape(text[:middle]) + join + escape(text[middle:]))
        return wrap.format(escape(text))

    def table(rows: Sequence[Sequence[PlacedCell]], report: Report, chance: random.Random) -> Iterator[str]:
        yield "<table border=1><tbody>"
        for row in rows:
            yield "<tr>"
            for cell in row:
                rowspan = cell.rows + (chance.randrange(3) if wrong and cell.rows > 1 else 0)
                yield f'<{tag} colspan="{cell.columns}" rowspan="{rowspan}">{cell_text(cell)}</{tag}>'
            yield "</tr>" if chance.random() < 0.9 else ""
        yield "</tbody></table>"

    body = [f"<h1>{escape(report.edition.title_of(report.header.agency, report.header.year))}</h1>"]
    body += [f"<p>{escape(line)}</p>" for line in report.header.preface.split("\n") if line]
    for section, text in zip(report.edition.sections, report.texts, strict=True):
        body.append(f"<p><strong>{escape(section.title)}</strong></p>")
        body += [f"<p>{escape(line)}</p>" for line in text.split("\n") if line]
        if section.table is not None:
            body += table(rows_of(report, section.id), report, chance)
    inside = "\n".join(body)
    if chance.random() < 0.5:
        inside = f"<table><tr><td>导航</td></tr><tr><td>{inside}</td></tr></table>"
    return (
        "<html><head><title>x</title><script>var a = '<td>5</td>';</script></head><body><div>首页 &gt; 公开年报</div>"
        f"{inside}<div>扫一扫在手机打开当前页</div></body></html>"
    )


def tab_separated(report: Report, chance: random.Random) -> str:
    """A spreadsheet saved as text."""

    def table(rows: Sequence[Sequence[PlacedCell]], report: Report, chance: random.Random) -> Iterator[str]:
        columns = max(cell.column + cell.columns for row in rows for cell in row)
        for row in rows:
            grid = [""] * columns
            for cell in row:
                grid[cell.column] = cell.text(report)
            yield "\t".join(grid)

    return document(report, chance, table)


def data_objects(report: Report, chance: random.Random) -> str:
    """The tables as JSON with labels as keys (L24)."""
    data: dict[str, dict[str, dict[str, object]]] = {}
    for info, cell in zip(report.edition.cells, report.cells, strict=True):
        if cell is BLANK:
            continue
        value: object = value_text(cell, info.kind) if not isinstance(cell, int) or info.kind is CellKind.CHANGE else cell
        row = "-".join(info.row.path)
        data.setdefault(info.block.caption or info.table.name, {}).setdefault(row, {})[info.column.path[-1]] = value
    return "const data = " + json.dumps(data, ensure_ascii=False, indent=2) + ";\n"


def docx(report: Report, _chance: random.Random) -> bytes:
    """A Word document with merged cells."""
    escape = html.escape
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>".format
    body = [paragraph(escape(report.edition.title_of(report.header.agency, report.header.year)))]
    body += [paragraph(escape(line)) for line in report.header.preface.split("\n") if line]
    for section, text in zip(report.edition.sections, report.texts, strict=True):
        body.append(paragraph(escape(section.title)))
        body += [paragraph(escape(line)) for line in text.split("\n") if line]
        if section.table is not None:
            body.append(_word_table(report, section.id))
    main = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{''.join(body)}</w:body></w:document>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", main)
    return buffer.getvalue()


def _word_table(report: Report, section: SectionId) -> str:
    layout = layouts(report.edition)[section]
    lines = []
    for row in range(layout.rows):
        cells = []
        column = 0
        while column < layout.columns:
            cell = layout.cells[layout.owners[row][column]]
            merge = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>' if cell.row == row else "<w:vMerge/>"
            text = html.escape(cell.text(report)) if cell.row == row else ""
            cells.append(
                f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.columns}"/>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>'
            )
            column += cell.columns
        lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


LAYOUTS: dict[str, Render] = {
    render.__name__: render
    for render in (
        pipe_rows,
        markdown,
        full_grid,
        pipe_cells,
        split_pipes,
        leading_pipes,
        spaced_pipes,
        paragraphs,
        bare_lines,
        collapsed,
        without_repetitions,
        pdf,
        html_page,
        tab_separated,
        data_objects,
    )
}

LOSSLESS = (
    "pipe_rows",
    "markdown",
    "full_grid",
    "pipe_cells",
    "split_pipes",
    "leading_pipes",
    "spaced_pipes",
    "html_page",
    "tab_separated",
    "data_objects",
)
"""Layouts without loss of information if no cell is empty."""


def noisy(text: str, chance: random.Random) -> str:
    """Add the noise of converters, crawlers and typists: brackets, spaces, digits, radicals, truncation."""
    if chance.random() < 0.3:
        text = text.replace("（", "(").replace("）", ")").replace("：", ":")
    if chance.random() < 0.3:
        text = text.replace("第二十条第（", "第二十条 第（").replace("规章", "规 章").replace("商业企业", "商业 企业")
    if chance.random() < 0.2:
        text = text.replace("人", "⼈").replace("行", "⾏").replace("一", "⼀")
    if chance.random() < 0.2:
        text = "您当前所在位置: 首页 > 公开年报\n字号: 大 中 小\n" + text + "扫一扫在手机打开当前页\n"
    if chance.random() < 0.2:
        text = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if chance.random() < 0.2:
        text = text[: chance.randrange(len(text))]
    return text


def damaged(text: str, chance: random.Random) -> str:
    """Corrupt the labels: misspelt, truncated, spaced out, without numbering. Figures stay unchanged."""

    def word(found: re.Match[str]) -> str:
        label = found[0]
        if chance.random() < 0.7 or len(label) < 2:
            return label
        at = chance.randrange(len(label))
        other = chance.choice("的政府数量申请公开其他件项号")
        return chance.choice(
            [
                label[:at] + label[at + 1 :],
                label[:at] + " " + label[at:],
                label[:at] + other + label[at:],
                label[: max(2, at)],
                label[:at] + other + label[at + 1 :],
            ]
        )

    lines = []
    for line in text.split("\n"):
        changed = re.sub(r"[\u4e00-\u9fff“”、，]+", word, line)
        share = chance.random()
        if share < 0.3:
            changed = re.sub(r"[（(]([一二三四五六七])[）)]", r"\1" if share < 0.15 else "", changed)
        elif share < 0.45:
            changed = re.sub(r"\d\.(?=[\u4e00-\u9fff])", "", changed)
        lines.append(changed)
    return "\n".join(lines)
