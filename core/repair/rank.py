"""Ranking of the candidate explanations of an inconsistent table: fewer and likelier slips first, in cells where they are plausible.

The score of an explanation is the negative log-odds, up to a constant: the cost of the slips it assumes, plus how much better the
corrected values fit the rest of the table than the written ones. Totals are left out of the fit, since their addends determine them.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from math import log
from typing import TYPE_CHECKING

from .search import plan_of
from .typo_model import slip_cost

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..edition import Edition
    from ..report import Cell
    from .search import Explanation, Number

SLIP = log(100)
"""Cost of any slip: about one figure in a hundred is wrong."""
TOTAL_SLIP = log(10)
"""Cost of a wrong total. Totals are wrong more often, because they are not updated when an addend changes."""
MOVE = log(100 * 4 / 0.2)
"""Cost of two adjacent cells having been swapped: a fifth of all slips, in one of four directions."""
_SPREAD = 4.0
"""Weight, in cells, of the whole table's share of non-zero cells as the prior for the share in one row or column."""

Place = tuple[int, int, int]


@lru_cache(maxsize=8)
def _places(edition: Edition) -> tuple[Place, ...]:
    """Return cell → (block, row in the block, column)."""
    blocks = [block for table in edition.tables for block in table.blocks]
    return tuple(
        (number, row, column)
        for number, block in enumerate(blocks)
        for row in range(len(block.rows))
        for column in range(len(block.columns))
    )


@lru_cache(maxsize=8)
def _totals(edition: Edition) -> frozenset[int]:
    return frozenset(equation.total for equation in plan_of(edition).equations if equation.total is not None)


class Ranking:
    """Scores for the explanations of one report; a lower score is likelier."""

    def __init__(self, edition: Edition, cells: Sequence[Cell]) -> None:
        self._written: dict[int, Number] = {cell: value for cell, value in enumerate(cells) if isinstance(value, int | Decimal)}
        self._places = _places(edition)
        self._totals = _totals(edition)
        self._filled = _Filled(self._places, self._totals, self._written)
        self._known: dict[tuple[int, Number], float] = {}

    def sorted(self, explanations: Sequence[Explanation]) -> list[Explanation]:
        """Sort explanations by score, likeliest first, and equal ones in the order of the form."""
        if len(explanations) == 1:
            return list(explanations)
        return sorted(explanations, key=lambda explanation: (round(self.score(explanation), 9), explanation))

    def score(self, explanation: Explanation) -> float:
        """Return the negative log-odds of an explanation, up to a constant."""
        alone = [self._alone(cell, meant) for cell, meant in explanation]
        best = total = sum(alone)
        for one, other in combinations(range(len(explanation)), 2):
            if self._moved(explanation[one], explanation[other]):
                fit = sum(self._fit(*explanation[place]) for place in (one, other))
                best = min(best, total - alone[one] - alone[other] + MOVE + fit)
        return best

    def _alone(self, cell: int, meant: Number) -> float:
        key = (cell, meant)
        if key not in self._known:
            slip = TOTAL_SLIP if cell in self._totals else SLIP
            self._known[key] = slip + slip_cost(meant, self._written[cell]) + self._fit(cell, meant)
        return self._known[key]

    def _fit(self, cell: int, meant: Number) -> float:
        return 0.0 if cell in self._totals else self._filled.oddity(cell, meant) - self._filled.oddity(cell, self._written[cell])

    def _moved(self, one: tuple[int, Number], other: tuple[int, Number]) -> bool:
        """Return whether two cells are adjacent in a row or column and each should hold the value of the other."""
        block, row, column = self._places[one[0]]
        other_block, other_row, other_column = self._places[other[0]]
        if block != other_block or abs(row - other_row) + abs(column - other_column) != 1:
            return False
        return one[1] == self._written[other[0]] and other[1] == self._written[one[0]]


class _Filled:
    """Share of non-zero cells in each row, column and block, without totals."""

    def __init__(self, places: Sequence[Place], totals: frozenset[int], written: Mapping[int, Number]) -> None:
        self._places = places
        self._lines: dict[tuple[int, str, int], tuple[int, int]] = {}
        for cell, value in written.items():
            if cell in totals:
                continue
            block, row, column = places[cell]
            for key in ((block, "row", row), (block, "column", column), (block, "all", 0)):
                filled, known = self._lines.get(key, (0, 0))
                self._lines[key] = (filled + bool(value), known + 1)

    def oddity(self, cell: int, value: Number) -> float:
        """Return the negative log-probability of a value in a cell: most cells are zero, and small numbers are commoner than large ones."""
        block, row, column = self._places[cell]
        filled, known = self._lines.get((block, "all", 0), (0, 0))
        share = (filled + 1) / (known + 2)
        chance = share
        for key in ((block, "row", row), (block, "column", column)):
            filled, known = self._lines.get(key, (0, 0))
            chance *= (filled + _SPREAD * share) / (known + _SPREAD) / share
        chance = min(max(chance, 0.02), 0.98)
        if not value:
            return -log(1 - chance)
        size = abs(float(value))
        return -log(chance / (size * (size + 1)))
