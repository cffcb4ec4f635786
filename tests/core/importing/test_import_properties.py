"""Properties of every import: a cell has the source's value or is named as unread, and no contents make the import fail or hang."""

from __future__ import annotations

import random
import re
from decimal import Decimal

import pytest
from example_counts import examples
from hypothesis import example, given
from hypothesis import strategies as st
from import_renderers import LAYOUTS, LOSSLESS, damaged, docx, noisy
from nianbao.core.importing.notes import Imported
from nianbao.core.publishing.official_text import export_text
from nianbao.core.publishing.style import Borders, TextStyle
from nianbao.core.report import Cell, Report, Text
from nianbao.files.importing.docx import UnreadableDocxError
from nianbao.files.importing.source import read_source
from opencc import OpenCC
from strategies import EDITIONS
from strategies_import import exportable_reports, published_report, published_reports


def imported(source: str | bytes, name: str = "年报.txt") -> Imported:
    return read_source(name, source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source, EDITIONS)


def wrong_cells(report: Report, result: Imported) -> list[str]:
    """Return the cells with a value other than the report's that are not named as unread."""
    named = set(result.unrecoverable)
    own = result.report
    found = []
    for address, cell in zip(report.edition.addresses, report.cells, strict=True):
        text = str(address)
        if address not in own.edition.index or named & {text, text.rpartition(".")[0], address.section}:
            continue
        if own.cell(address) != cell:
            found.append(f"{text}: {own.cell(address)!r} for {cell!r}")
    return found


def unread(report: Report, result: Imported) -> int:
    return len(report.cells) - result.read


@pytest.mark.parametrize("layout", [*LAYOUTS, "docx"])
@examples(12)
@given(published_reports())
def test_no_layout_yields_a_wrong_cell(layout: str, drawn: tuple[Report, random.Random]) -> None:
    report, chance = drawn
    result = imported(docx(report, chance) if layout == "docx" else LAYOUTS[layout](report, chance))
    assert wrong_cells(report, result) == []
    if layout in (*LOSSLESS, "docx", "paragraphs", "bare_lines", "pdf"):
        assert result.report.edition is report.edition
        assert result.unrecoverable == ()
        assert result.report.cells == report.cells


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout != "data_objects"])
@examples(12)
@given(published_reports(gaps=True), st.booleans())
def test_empty_cells_and_noise_yield_no_wrong_cell(layout: str, drawn: tuple[Report, random.Random], noise: bool) -> None:
    report, chance = drawn
    text = LAYOUTS[layout](report, chance)
    result = imported(noisy(text, chance) if noise else text)
    assert wrong_cells(report, result) == []


@pytest.mark.parametrize("layout", ["pipe_rows", "full_grid", "pipe_cells", "paragraphs", "pdf", "html_page", "bare_lines"])
@examples(8)
@given(published_reports(gaps=True))
def test_damaged_labels_yield_no_wrong_cell(layout: str, drawn: tuple[Report, random.Random]) -> None:
    report, chance = drawn
    result = imported(damaged(LAYOUTS[layout](report, chance), chance))
    assert wrong_cells(report, result) == []


@pytest.mark.parametrize("layout", ["pipe_rows", "markdown", "pipe_cells", "split_pipes", "html_page"])
@examples(6)
@given(published_reports())
def test_prose_header_and_script_come_through(layout: str, drawn: tuple[Report, random.Random]) -> None:
    report, chance = drawn
    result = imported(LAYOUTS[layout](report, chance))
    assert result.report.header == report.header
    assert result.report.texts == report.texts


@examples(10)
@given(published_reports(), st.sampled_from(["pipe_rows", "pipe_cells", "paragraphs", "html_page", "pdf"]))
def test_traditional_script_reads_the_same(drawn: tuple[Report, random.Random], layout: str) -> None:
    report, chance = drawn
    result = imported(OpenCC("s2twp").convert(LAYOUTS[layout](report, chance)))
    assert wrong_cells(report, result) == []
    assert unread(report, result) == 0


@examples(40)
@given(exportable_reports(), st.integers(80, 160), st.sampled_from(list(Borders)), st.sampled_from([1, 2]), st.booleans())
def test_an_exported_text_imports_to_an_equal_report(report: Report, width: int, borders: Borders, ambiguous: int, draft: bool) -> None:
    style = TextStyle(width, borders, 2 if ambiguous == 2 else 1)
    result = imported(export_text(report, style, draft=draft).text)
    assert result.report == report
    assert result.unrecoverable == ()


@examples(60)
@given(st.binary(max_size=400))
@example(b"PK\x03\x04" + b"\0" * 30)
@example(b"\xff\xfe\x00\xd8")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        result = read_source("x", data, EDITIONS)
    except UnreadableDocxError:
        return
    assert numbers(result) <= digits(data.decode("latin-1"))


TAGS = [
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</tr>",
    "</table>",
    "<td colspan=99999999>",
    "<p>",
    "<br>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "&#x6761;",
]
WORDS = ["规章", "行政许可", "信息内容", "二、主动公开政府信息情况", "3", "0", "/", "|", "\n", " ", "（七）总计", "总计", "12件", "-5"]


@examples(80)
@given(st.lists(st.sampled_from(TAGS + WORDS), max_size=80).map("".join))
def test_any_tags_are_read_without_inventing_a_number(text: str) -> None:
    assert numbers(imported(text, "x.html")) <= digits(text)


@examples(30)
@given(st.integers(0, 2**32), st.sampled_from(sorted(LAYOUTS)), st.integers(1, 30))
def test_edited_documents_yield_no_number_that_is_not_in_them(seed: int, layout: str, edits: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - variety, not secrecy
    text = LAYOUTS[layout](published_report(chance), chance)
    for _ in range(edits):
        start = chance.randrange(len(text))
        text = text[:start] + chance.choice(["", "\n", "|", " ", "总计", text[:20]]) + text[start + chance.randrange(4) :]
    assert numbers(imported(text)) <= digits(text)


def numbers(result: Imported) -> set[str]:
    """Return the cells of a result as they may be written in a source."""
    return {written(cell) for cell in result.report.cells} - {""}


def written(cell: Cell) -> str:
    if isinstance(cell, int | Decimal):
        return str(abs(cell))
    return cell.raw if isinstance(cell, Text) else ""


def digits(text: str) -> set[str]:
    """Return every number in a source, and every substring of one: adjacent numbers may have no separator."""
    plain = re.sub(r"(?<=\d)[,，](?=\d{3})", "", text)
    whole = set(re.findall(r"\d+(?:\.\d+)?|\.\d+", plain))
    joined = re.findall(r"\d+", re.sub(r"(?<=\d)\s*\n*\s*(?=\d)", "", plain))
    pieces = {run[i:j] for run in [*whole, *joined] for i in range(min(len(run), 40)) for j in range(i + 1, min(len(run), i + 8) + 1)}
    return whole | pieces | {str(abs(Decimal(number))) for number in whole}
