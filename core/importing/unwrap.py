"""Rejoin wrapped paragraphs where the wrapping can be recognised."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..chinese.line_break import INDENT, wrap_paragraph
from ..chinese.width import text_width
from ..publishing.style import GREATEST_WIDTH, LEAST_WIDTH
from .own_layout import is_placed
from .source_lines import SourceLine

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from ..chinese.width import Ambiguous

_MOST_COLUMNS: Final = 120
_FULL: Final = 6
"""Maximum distance in columns of a wrapped line's end from the margin."""
_RARE: Final = 4
"""At most one line in this many exceeds the margin: characters of PDF text differ in width."""
_ENOUGH: Final = 10
"""Minimum number of full lines that is not coincidence."""
_ENOUGH_TITLES: Final = 5
_TRIES: Final = 12


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The lines of a document with each paragraph on one line."""

    lines: list[SourceLine]
    exported: bool = False
    """Whether the text has the layout of `nianbao export`: lines without indentation are headings."""


def unwrap(lines: Sequence[SourceLine], titles: Collection[str], keeps_apart: Callable[[str], bool]) -> Unwrapped:
    """Join wrapped lines.

    Args:
        titles: Headings that an exported text has at the margin.
        keeps_apart: Returns whether a line never continues another: a heading, a label, a value.
    """
    groups = list(_paragraphs(lines))
    if sum(line.text in titles for line in lines) >= _ENOUGH_TITLES and _is_exported(groups, lines):
        return Unwrapped(_joined(lines, groups), exported=True)
    return Unwrapped(_join_full_lines(lines, keeps_apart))


def _paragraphs(lines: Sequence[SourceLine]) -> Iterator[list[int]]:
    """Yield the line indices of each indented paragraph: its indented first line and the unindented ones that follow."""
    group: list[int] = []
    for index, line in enumerate(lines):
        indented = line.text.startswith(INDENT)
        if line.cells is not None or not line.text.strip() or (indented and group):
            if group:
                yield group
            group = []
        if line.cells is None and (indented or (group and line.text.strip())):
            group.append(index)
    if group:
        yield group


def _is_exported(groups: Sequence[Sequence[int]], lines: Sequence[SourceLine]) -> bool:
    """Return whether wrapping the paragraphs again reproduces the lines, at one width and one ambiguous-character width."""
    long = [group for group in groups if len(group) > 1]
    if not long:
        first = next((line.text for line in lines if line.text.strip()), "")
        return is_placed(first) and all(line.cells is not None or not line.text.strip() or _short(line.text) for line in lines)
    long.sort(key=len, reverse=True)
    for ambiguous in _WAYS:
        widest = max(text_width(lines[index].text.rstrip(), ambiguous) for group in long for index in group)
        for width in range(max(widest, LEAST_WIDTH), min(widest + _TRIES, GREATEST_WIDTH) + 1):
            if all(_breaks_alike([lines[index].text for index in group], width, ambiguous) for group in long):
                return True
    return False


def _short(text: str) -> bool:
    return text_width(text.rstrip(), 2) <= GREATEST_WIDTH


_WAYS: Final[tuple[Ambiguous, ...]] = (2, 1)


def _breaks_alike(texts: Sequence[str], width: int, ambiguous: Ambiguous) -> bool:
    joined = "".join(texts)
    again = wrap_paragraph(joined[len(INDENT) :], width, ambiguous=ambiguous)
    return [line.rstrip() for line in again] == [text.rstrip() for text in texts]


def _joined(lines: Sequence[SourceLine], groups: Sequence[Sequence[int]]) -> list[SourceLine]:
    later = {index: group[0] for group in groups for index in group[1:]}
    texts: dict[int, list[str]] = {}
    for index, first in later.items():
        texts.setdefault(first, [lines[first].text]).append(lines[index].text)
    return [
        SourceLine(line.number, "".join(texts[index])) if index in texts else line for index, line in enumerate(lines) if index not in later
    ]


def _margin(widths: Sequence[int]) -> int:
    """Return the column where most lines end if hardly any exceeds it; 0 if there is no common margin."""
    counts = Counter(widths)
    best = max(counts, key=lambda width: sum(counts[width - less] for less in range(_FULL + 1)), default=0)
    near = sum(counts[best - less] for less in range(_FULL + 1))
    beyond = sum(count for width, count in counts.items() if width > best)
    return best if beyond * _RARE <= near else 0


def _join_full_lines(lines: Sequence[SourceLine], keeps_apart: Callable[[str], bool]) -> list[SourceLine]:
    """Join the lines of PDF text: most end at a common margin, and a line that does continues in the next."""
    widths = [text_width(line.text.rstrip()) if line.cells is None and "|" not in line.text else 0 for line in lines]
    margin = _margin(widths)
    full = [margin - _FULL <= width <= margin + 2 * _FULL for width in widths]
    if not 40 <= margin <= _MOST_COLUMNS or sum(full) < _ENOUGH:  # noqa: PLR2004 - narrower is a table
        return list(lines)
    result: list[SourceLine] = []
    going_on = False
    for line, is_full in zip(lines, full, strict=True):
        text = line.text.strip()
        if going_on and line.cells is None and text and "|" not in text and not line.text.startswith(INDENT) and not keeps_apart(text):
            before = result.pop()
            result.append(SourceLine(before.number, before.text.rstrip() + text))
        else:
            result.append(line)
        going_on = is_full and line.cells is None and bool(text)
    return result
