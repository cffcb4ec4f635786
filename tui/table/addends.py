"""Explanation of a cell's identities: the addends of a total, or both sides of every identity it occurs in, with values. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.cell_notation import format_cell
from ...core.layout import value_text
from ...core.report import BLANK, NA
from ...core.totals import sum_of
from .. import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.edition import Equation
    from ...core.ids import Address
    from ...core.report import Report
    from ...service.examination import Examination


def explain_identities(examination: Examination, address: Address) -> tuple[frozenset[Address], str]:
    """Explain the identities of a cell.

    Returns:
        The cells to highlight, empty if the cell is in no identity; and the explanation: the addends for a total, all identities for
        another cell.
    """
    report = examination.report
    edition = report.edition
    position = edition.index[address]
    stands_in = edition.equations_of.get(position, ())
    if not stands_in:
        return frozenset(), words.NOT_A_TOTAL
    own = [equation for equation in stands_in if equation.total == position]
    chosen = sorted(own or stands_in, key=lambda equation: examination.holds(equation) is not False)
    if own:
        marked, wording = chosen[0].addends, _total_words(report, chosen[0], position, holds=examination.holds(chosen[0]))
    else:
        marked = chosen[0].cells
        wording = words.all_identities([_identity_words(report, equation, holds=examination.holds(equation)) for equation in chosen])
    return frozenset(edition.addresses[index] for index in marked if index != position), wording


def _total_words(report: Report, equation: Equation, total: int, *, holds: bool | None) -> str:
    """Describe a total and its addends; as an equation only if it holds."""
    shown = _value(report, total)
    return words.total_made_of(shown, _parts(report, equation.addends), _sum(report, equation.addends), holds=holds)


def _identity_words(report: Report, equation: Equation, *, holds: bool | None) -> str:
    sides = [_side(report, cells) for cells in (equation.left, equation.right)]
    return words.whole_identity(equation.place, sides[0], equation.relation.value, sides[1], holds=holds)


def _side(report: Report, cells: Sequence[int]) -> str:
    """Format one side of an identity: its values and, for several, their sum."""
    if len(cells) == 1:
        return _value(report, cells[0])
    return words.sum_made_of(_parts(report, cells), _sum(report, cells))


def _sum(report: Report, cells: Sequence[int]) -> str:
    made = sum_of(report.cells, cells)
    unknown = made is BLANK or any(report.cells[index] is BLANK for index in cells)
    return words.UNKNOWN_SUM if unknown else format_cell(made)


def _parts(report: Report, cells: Sequence[int]) -> str:
    """Format the values of some cells, with zeros counted instead of listed."""
    shown = [_value(report, index) for index in cells if report.cells[index] not in (0, NA)]
    return words.parts_of_sum(shown, sum(report.cells[index] == 0 for index in cells))


def _value(report: Report, index: int) -> str:
    return value_text(report.cells[index]) or words.BLANK_WORD
