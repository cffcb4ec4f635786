"""Which of several explanations of a wrong table is the likeliest: fewer and commoner slips first, in cells where they would be at home.

The score of an explanation is the negative logarithm of its odds, up to what all explanations share: the slips that it asks for, and
how well what cells ought to hold fits the rest of the table better than what they do hold. A total has no say in the second, being what
its addends make it.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from math import log
from typing import TYPE_CHECKING

from .search import plan_of
from .typo_model import surprise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..edition import Edition
    from ..report import Cell
    from .search import Explanation, Number

SLIP = log(100)
"""What any slip costs: about one figure in a hundred is wrong."""
TOTAL_SLIP = log(10)
"""Totals are wrong more often: they are forgotten when an addend changes."""
MOVE = log(100 * 4 / 0.2)
"""What it costs that two neighbours changed places: a slip of a fifth part of all, towards one of four sides."""
_SPREAD = 4.0
"""How many cells' worth of evidence the whole table weighs against one row or column, when it is asked how often a cell there is zero."""

Place = tuple[int, int, int]


@lru_cache(maxsize=8)
def _places(edition: Edition) -> tuple[Place, ...]:
    """Cell → (block, row in the block, column)."""
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
    """Scores explanations of one report; lower is likelier."""

    def __init__(self, edition: Edition, cells: Sequence[Cell]) -> None:
        self._written: dict[int, Number] = {cell: value for cell, value in enumerate(cells) if isinstance(value, int | Decimal)}
        self._places = _places(edition)
        self._totals = _totals(edition)
        self._filled = _Filled(self._places, self._totals, self._written)
        self._known: dict[tuple[int, Number], float] = {}

    def sorted(self, explanations: Sequence[Explanation]) -> list[Explanation]:
        """The explanations, likeliest first; those that are equally likely in the order of the form."""
        if len(explanations) == 1:
            return list(explanations)
        return sorted(explanations, key=lambda explanation: (round(self.score(explanation), 9), explanation))

    def score(self, explanation: Explanation) -> float:
        """The negative logarithm of its odds, up to a constant."""
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
            self._known[key] = slip + surprise(meant, self._written[cell]) + self._fit(cell, meant)
        return self._known[key]

    def _fit(self, cell: int, meant: Number) -> float:
        return 0.0 if cell in self._totals else self._filled.oddity(cell, meant) - self._filled.oddity(cell, self._written[cell])

    def _moved(self, one: tuple[int, Number], other: tuple[int, Number]) -> bool:
        """Whether two cells side by side, or one above the other, ought to hold what the other holds."""
        block, row, column = self._places[one[0]]
        other_block, other_row, other_column = self._places[other[0]]
        if block != other_block or abs(row - other_row) + abs(column - other_column) != 1:
            return False
        return one[1] == self._written[other[0]] and other[1] == self._written[one[0]]


class _Filled:
    """How often the cells of a row and of a column hold anything but zero, totals aside."""

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
        """The negative logarithm of the chance that this cell holds this value: most cells are zero, and small numbers are commoner."""
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
