"""Passages that two reports have in common: side by side as text, or as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from ...core.chinese.fold import fold
from ...core.chinese.line_break import NO_LINE_START
from ...core.chinese.width import left_aligned, text_width
from ...core.publishing.printable import clean_line
from ...core.similarity.overlap import copied_sections, percent, shares
from ...service.words.report_words import SEVERITIES
from ...templates import load_edition
from ..words import common_words, similar_words
from .check_text import section_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...core.checks.finding import Severity
    from ...core.ids import SectionId
    from ...core.similarity.overlap import Match, Overlap
    from ..similar.sources import ComparedReport, Sources

GAP: Final = " | "
HANGING: Final = 2
"""Columns at the end of a line reserved for a full stop or comma."""
INDENT: Final = "    "


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports with their matches and the resulting finding."""

    one: ComparedReport
    other: ComparedReport
    overlap: Overlap
    code: str
    severity: Severity

    @property
    def matches(self) -> tuple[Match, ...]:
        """Matching paragraphs; for a section without any, the match of the whole section, as its paragraphs may be split differently."""
        by_paragraph = {match.one.section for match in self.overlap.matches if not match.one.whole}
        return tuple(match for match in self.overlap.matches if not match.one.whole or match.one.section not in by_paragraph)


def copied(one: ComparedReport, other: ComparedReport, overlap: Overlap) -> dict[SectionId, float]:
    """Return the sections of `one` that are wholly copied in `other`, else those of `other` copied in `one`, with the share copied."""
    return copied_sections(one.passages, overlap.matches) or copied_sections(other.passages, overlap.matches, first=False)


def pair_text(pair: Pair, read: Sources, width: int, *, brief: bool = False) -> str:
    """Return a pair as text: both reports, the share of each section in common, and the matching paragraphs side by side.

    Args:
        pair: The pair.
        read: Source of the passages' text.
        width: Width in columns.
        brief: Whether to omit the paragraphs.
    """
    one, other = pair.one, pair.other
    lines = [_named(similar_words.PAIR, one), _named(similar_words.PAIR_OTHER, other)]
    whole = copied_sections(one.passages, pair.overlap.matches)
    for section, share in shares(one.passages, pair.overlap.matches).items():
        if share:
            pattern = similar_words.SECTION_COPIED if section in whole else similar_words.SECTION_SHARED
            level = SEVERITIES[pair.severity]
            lines.append("  " + pattern.format(level=level, code=pair.code, title=_title(one, section), percent=percent(share)))
    if not brief:
        for match in pair.matches:
            lines += ["", *_side_by_side(pair, read, match, width)]
    return "".join(line.rstrip() + "\n" for line in [*lines, ""])


def _named(pattern: str, source: ComparedReport) -> str:
    header = source.header
    agency, year = header.agency or common_words.NO_AGENCY, header.year or common_words.NO_YEAR
    return pattern.format(path=clean_line(source.path), agency=clean_line(agency), year=year)


def _title(source: ComparedReport, section: SectionId) -> str:
    return section_title(load_edition(source.edition), section)


def _side_by_side(pair: Pair, read: Sources, match: Match, width: int) -> Iterator[str]:
    left, right = read.place_of(pair.one.path, match.one), read.place_of(pair.other.path, match.other)
    column = (width - len(INDENT) - len(GAP)) // 2
    yield INDENT + similar_words.PASSAGE.format(percent=percent(match.similarity))
    heads = []
    for source, passage, place in ((pair.one, match.one, left), (pair.other, match.other, right)):
        pattern = similar_words.PASSAGE_PLACE if place.line else similar_words.PASSAGE_TITLE
        heads.append(pattern.format(title=_title(source, passage.section), line=place.line))
    for one, other in _columns([(heads[0], heads[1])], column):
        yield INDENT + left_aligned(one, column) + GAP + other
    for one, other in _columns(aligned(clean_line(left.text), clean_line(right.text)), column):
        yield INDENT + left_aligned(one, column) + GAP + other


def aligned(left: str, right: str) -> list[tuple[str, str]]:
    """Align two texts character by character; the side that lacks a piece is empty.

    Characters are compared after folding of script and spelling, and returned unchanged.
    """
    one, other = fold(left), fold(right)

    def pieces(text: str, places: Sequence[int], start: int, end: int) -> list[str]:
        bounds = [places[at] for at in range(start, end)] + [places[end] if end < len(places) else len(text)]
        return [text[bounds[at] : bounds[at + 1]] for at in range(end - start)]

    found: list[tuple[str, str]] = []
    for _, first, last, start, end in SequenceMatcher(None, one.text, other.text, autojunk=False).get_opcodes():
        ours, theirs = pieces(left, one.places, first, last), pieces(right, other.places, start, end)
        found += zip_longest(ours, theirs, fillvalue="")
    heads = left[: one.places[0]], right[: other.places[0]]
    return [heads, *found] if any(heads) else found


def _columns(pieces: Sequence[tuple[str, str]], width: int) -> Iterator[tuple[str, str]]:
    """Lay out aligned pieces in lines of two columns, each piece at the same offset on both sides."""
    lines, used = ["", ""], 0
    for pair in pieces:
        for piece in _split(pair, width):
            wide = max(text_width(side) for side in piece)
            # Punctuation that may not start a line uses the reserved columns.
            starts_none = any(side[:1] in NO_LINE_START for side in piece if side)
            if used + wide > (width if starts_none else width - HANGING):
                yield lines[0], lines[1]
                lines, used = ["", ""], 0
            lines = [line + side + " " * (wide - text_width(side)) for line, side in zip(lines, piece, strict=True)]
            used += wide
    if used:
        yield lines[0], lines[1]


def _split(pair: tuple[str, str], width: int) -> Iterator[tuple[str, str]]:
    """Split a piece into characters if it is wider than a line."""
    if max(text_width(side) for side in pair) <= width:
        yield pair
        return
    yield from zip_longest(*pair, fillvalue="")


def document(sources: Sequence[ComparedReport], pairs: Sequence[Pair], read: Sources, *, brief: bool = False) -> dict[str, object]:
    """Return the JSON document."""
    files = [
        {"path": source.path, "edition": source.edition, "agency": source.header.agency, "year": source.header.year or None}
        for source in sources
    ]
    errors = sum(pair.severity.value == "error" for pair in pairs)
    return {
        "files": files,
        "pairs": [_pair_data(pair, read, brief=brief) for pair in pairs],
        "summary": {"files": len(files), "pairs": len(pairs), "errors": errors},
    }


def _pair_data(pair: Pair, read: Sources, *, brief: bool) -> dict[str, object]:
    sides = ((pair.one, True, "sections"), (pair.other, False, "other_sections"))
    data: dict[str, object] = {"code": pair.code, "severity": pair.severity.value, "path": pair.one.path, "other": pair.other.path}
    for source, first, name in sides:
        whole = copied_sections(source.passages, pair.overlap.matches, first=first)
        data[name] = [
            {"section": section, "share": round(share, 4), "copied": section in whole}
            for section, share in shares(source.passages, pair.overlap.matches, first=first).items()
            if share
        ]
    if not brief:
        data["passages"] = [_match_data(pair, read, match) for match in pair.matches]
    return data


def _match_data(pair: Pair, read: Sources, match: Match) -> dict[str, object]:
    one, other = read.place_of(pair.one.path, match.one), read.place_of(pair.other.path, match.other)
    return {
        "similarity": round(match.similarity, 4),
        "section": match.one.section,
        "line": one.line,
        "text": one.text,
        "other_section": match.other.section,
        "other_line": other.line,
        "other_text": other.text,
    }
