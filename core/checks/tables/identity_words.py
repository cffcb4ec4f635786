"""Names of the sides of an identity by the labels of their cells, for editions that supply no wording."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...edition import CellInfo, Wording

MOST_NAMED = 4
"""With more cells than this, only the first is named, followed by their number."""
_AND = "加"
_MANY = "“{first}”等 {count} 项"
_LAST_YEARS = "上年的"
_ROW, _COLUMN = "行", "列"


class Term(NamedTuple):
    """A cell of an identity with its displayed value. `previous` marks a cell of last year's report."""

    info: CellInfo
    value: str
    previous: bool = False


def names_of(left: Sequence[Term], right: Sequence[Term]) -> dict[str, str]:
    """Return message parameters for both sides of an identity.

    Returns:
        For each side, `left_name` and `left_list` (labels) and `left_said` (labels with values), likewise `right_…`; and
        `line`, 行 or 列: 行 if all cells share a row.
    """
    infos = [term.info for term in (*left, *right)]
    in_row = len({info.row.id for info in infos}) == 1
    in_column = len({info.column.id for info in infos}) == 1

    def label(term: Term) -> str:
        name = term.info.column.name if in_row else term.info.row.name if in_column else term.info.name
        return f"{_LAST_YEARS}{name}" if term.previous else name

    words = {"line": _ROW if in_row else _COLUMN}
    for side, terms in (("left", left), ("right", right)):
        labels = [label(term) for term in terms]
        few = len(terms) <= MOST_NAMED
        words[f"{side}_name"] = _AND.join(labels) if few else _MANY.format(first=labels[0], count=len(labels))
        words[f"{side}_list"] = "、".join(labels) if few else words[f"{side}_name"]
        said = [f"{name} {term.value}" for name, term in zip(labels, terms, strict=True)]
        words[f"{side}_said"] = f" {_AND}".join(said) if few else words[f"{side}_name"]
    return words


def wording(patterns: Wording, variant: str) -> str:
    """Return the edition's pattern for a variant of a message, or an empty string. An empty `variant` is the main message."""
    return next((pattern for name, pattern in patterns if name == (variant or "message")), "")
