"""Edition of a document's tables, determined by their labels rather than by the notice that the text cites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .clean_characters import key_of
from .label_index import label_book
from .tokens import TokenKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..edition import Edition
    from .tokens import LineToken

_LEAST: Final = 4
"""Minimum length of a label in characters; a shorter one may be part of any word."""


def edition_of_tables(tokens: Sequence[LineToken], editions: Sequence[Edition]) -> Edition | None:
    """Return the edition with the most labels of its own in the document, or None on a tie or without any."""
    text = "".join(key_of(token.text) for token in tokens if token.kind is TokenKind.TEXT)
    tabled = [edition for edition in editions if edition.tables]
    scores = []
    for edition in tabled:
        others = [label_book(other) for other in tabled if other != edition]
        own = label_book(edition).distinctive.difference(*(book.distinctive | book.other_cores for book in others))
        scores.append(sum(len(core) >= _LEAST and core in text for core in own))
    if not scores or max(scores) == 0 or scores.count(max(scores)) > 1:
        return None
    return tabled[scores.index(max(scores))]


def edition_of_year(year: int, editions: Sequence[Edition], *, tables: bool) -> Edition:
    """Return the edition in force in a year: the newest without a year, the oldest for a year before all editions.

    Args:
        tables: Whether the document has tables; then only editions with tables are considered.
    """
    fitting = [edition for edition in editions if edition.tables or not tables]
    covering = [edition for edition in fitting if year and edition.covers(year)]
    newest = max(fitting, key=lambda edition: edition.first_year)
    if not covering and year and fitting and year < min(edition.first_year for edition in fitting):
        return min(fitting, key=lambda edition: edition.first_year)
    return max(covering, key=lambda edition: edition.first_year, default=newest)
