"""Starting this year's report from last year's, and the marks that identify carried paragraphs."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from .report import BLANK, Cell, Header, Report, all_texts, is_number, paragraphs, squeeze

if TYPE_CHECKING:
    from .edition import Edition


def paragraph_mark(paragraph: str) -> str:
    """Return a checksum of a paragraph, ignoring white space. An edit to the paragraph changes it."""
    return f"{zlib.crc32(squeeze(paragraph).encode('utf-8', errors='surrogatepass')):08x}"


def new_report_from(last: Report, edition: Edition, year: int) -> Report:
    """Return a report for `year` with the agency, kind and prose of last year's; cells are blank except 上年结转.

    上年结转 is filled only if `last` is for the year before: what was carried forward from any other year does not apply.
    Every carried paragraph is marked (`Header.carried`), so that a check can list those that nobody has edited.
    Prose of sections that the new edition lacks is appended to its last section.
    """
    header = Header(
        agency=last.header.agency,
        kind=last.header.kind,
        year=year,
        preface=last.header.preface,
        carried=tuple(dict.fromkeys(paragraph_mark(paragraph) for text in all_texts(last) for paragraph in paragraphs(text))),
    )
    texts = {section.id: last.text(section.id) for section in last.edition.sections}
    kept = [texts.pop(section.id, "") for section in edition.sections]
    left_over = [text for text in texts.values() if text.strip()]
    if left_over:
        kept[-1] = "\n".join([text for text in (kept[-1],) if text] + left_over)
    follows = last.header.year == year - 1
    return Report(edition, header, tuple(kept), _carried_cells(last, edition) if follows else (BLANK,) * len(edition.addresses))


def _carried_cells(last: Report, edition: Edition) -> tuple[Cell, ...]:
    """Return blank cells, except those that an identity between the years equates with one cell of last year's report."""
    cells: list[Cell] = [BLANK] * len(edition.addresses)
    for chain in edition.chains:
        if len(chain.left) == len(chain.right) == 1 and chain.right[0].previous and chain.relation == "=":
            there = last.edition.index.get(chain.right[0].address)
            if there is not None and is_number(last.cells[there]):
                cells[edition.index[chain.left[0].address]] = last.cells[there]
    return tuple(cells)
