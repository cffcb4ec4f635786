"""Paragraphs that were broken into lines, put together again where it can be told."""

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
"""A broken line ends at most so many columns before the margin."""
_RARE: Final = 4
"""At most one line in so many goes beyond the margin: characters of PDF text are not of one width."""
_ENOUGH: Final = 10
"""So many full lines are no chance."""
_ENOUGH_TITLES: Final = 5
_TRIES: Final = 12


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The lines of a document, paragraphs on one line each."""

    lines: list[SourceLine]
    exported: bool = False
    """Whether the text is laid out as `nianbao export` does it: what is not indented is a heading."""


def unwrap(lines: Sequence[SourceLine], titles: Collection[str], keeps_apart: Callable[[str], bool]) -> Unwrapped:
    """Join what was broken.

    `titles` are the headings that an exported text has at the margin. `keeps_apart` says of a line that it goes on from
    nothing: a heading, a label, a value.
    """
    groups = list(_paragraphs(lines))
    if sum(line.text in titles for line in lines) >= _ENOUGH_TITLES and _is_exported(groups, lines):
        return Unwrapped(_joined(lines, groups), exported=True)
    return Unwrapped(_join_full_lines(lines, keeps_apart))


def _paragraphs(lines: Sequence[SourceLine]) -> Iterator[list[int]]:
    """Indices of the lines of each indented paragraph: the indented line and those after it that are not."""
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
    """Whether breaking the paragraphs again gives the same lines: at one width, and in one way of counting columns."""
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
    """Where most lines end, if hardly any goes beyond; 0 where the lines have no common end."""
    counts = Counter(widths)
    best = max(counts, key=lambda width: sum(counts[width - less] for less in range(_FULL + 1)), default=0)
    near = sum(counts[best - less] for less in range(_FULL + 1))
    beyond = sum(count for width, count in counts.items() if width > best)
    return best if beyond * _RARE <= near else 0


def _join_full_lines(lines: Sequence[SourceLine], keeps_apart: Callable[[str], bool]) -> list[SourceLine]:
    """Lines as PDF text has them: most end at the same margin, and those that do go on in the next."""
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
