"""Suggested repairs: the cells that are probably wrong in a report with violated identities, and the values they should hold.

In table 三 every cell is in the sum of a row, the sum of a column and often in the balance, so a single wrong cell and its correct
value follow from arithmetic alone. If several explanations remain, they are ranked by likelihood. If more than `MOST_CELLS` cells of a
table would have to be wrong, no repair is suggested.

    problems = repairs(report)
    for equation in broken:
        for repair in concerning(report.edition, problems, equation):
            ...  # a repair that makes this identity hold
    report = repaired(report, problems[0].candidates[0])
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..edition import Relation
from .rank import Ranking
from .search import Budget, BudgetSpentError, Search, plan_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from decimal import Decimal

    from ..edition import Edition, Equation
    from ..report import Report
    from .search import Explanation, Number

MOST_CELLS = 3
"""Maximum number of cells that a repair changes."""
MOST_CANDIDATES = 8
"""Maximum number of repairs suggested for one problem."""
BUDGET = 4000
"""Number of cells that the search may visit for one part of a report: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The change of one cell that is probably wrong."""

    index: int
    """Index into `Report.cells`."""
    old: int | Decimal
    """The current value."""
    new: int | Decimal
    """The value it should hold."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Changes that belong together, in the order of the form. With all of them applied, the identities they touch hold."""

    changes: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class InconsistencyGroup:
    """Violated identities with a common explanation, and the candidate repairs."""

    equations: tuple[Equation, ...]
    """The violated identities, in the order of the edition."""
    candidates: tuple[Repair, ...]
    """The smallest repairs, likeliest first, at most `MOST_CANDIDATES`; empty if too much is wrong to tell.

    Each one alone makes all of `equations` hold and violates no other identity. Repairs of different groups can be applied together.
    """
    count: int
    """Number of repairs of the same size, including those beyond `candidates`."""


def find_inconsistencies(report: Report) -> tuple[InconsistencyGroup, ...]:
    """Find the inconsistencies of a report, in the order of the edition; none if all identities hold or cannot be judged.

    An identity with a blank cell, text, or a number invalid for its kind (such as a negative or fractional count) cannot be judged and is
    ignored.
    """
    plan = plan_of(report.edition)
    search = Search(plan, report.cells)
    residuals = search.residuals()
    if not residuals:
        return ()
    ranking = Ranking(report.edition, report.cells)
    found: list[InconsistencyGroup] = []
    for part in _connected(residuals, search.neighbours):
        budget = Budget(BUDGET)
        for numbers, explanations in _explained(search, {number: residuals[number] for number in part}, budget):
            candidates = tuple(_repair(search, explanation) for explanation in ranking.sorted(explanations)[:MOST_CANDIDATES])
            found.append(InconsistencyGroup(tuple(plan.equations[number] for number in numbers), candidates, len(explanations)))
    order = {id(equation): position for position, equation in enumerate(plan.equations)}
    return tuple(sorted(found, key=lambda problem: order[id(problem.equations[0])]))


def repairs_for(edition: Edition, problems: Iterable[InconsistencyGroup], equation: Equation) -> tuple[Repair, ...]:
    """Return the repairs for one violated identity, likeliest first: of each candidate, the changes connected with this identity."""
    for problem in problems:
        if equation in problem.equations:
            return tuple(dict.fromkeys(_share(edition, repair, equation) for repair in problem.candidates))
    return ()


def _explained(search: Search, residuals: Mapping[int, Number], budget: Budget) -> list[tuple[list[int], list[Explanation]]]:
    """Return the violated equations of one connected part of a report, whole or in clusters, each with its smallest explanations.

    Clusters are groups of violated equations with no cell in common between groups. Each is explained separately, unless the part as a
    whole has an explanation of fewer cells, or only the whole has one: a value moved along a row leaves two wrong columns that no cell
    connects. If the clusters need more than `MOST_CELLS` cells together, none is explained, since among so many wrong cells a small
    explanation may well be the wrong one.
    """
    clusters = _connected(residuals, lambda number: search.neighbours(number) & residuals.keys())
    apart = [(cluster, _smallest(search, {number: residuals[number] for number in cluster}, MOST_CELLS, budget)) for cluster in clusters]
    if len(clusters) == 1:
        return apart
    sizes = [len(explanations[0]) if explanations else MOST_CELLS + 1 for _, explanations in apart]
    together = _smallest(search, residuals, min(MOST_CELLS, sum(sizes) - 1), budget)
    if together:
        return [(sorted(residuals), together)]
    return apart if sum(sizes) <= MOST_CELLS else [(cluster, []) for cluster, _ in apart]


def _smallest(search: Search, residuals: Mapping[int, Number], most: int, budget: Budget) -> list[Explanation]:
    """Return all explanations with the fewest cells; empty if they need more than `most` cells or the budget is exceeded."""
    try:
        for cells in range(1, most + 1):
            explanations = search.explanations(residuals, cells, budget)
            if explanations:
                return explanations
    except BudgetSpentError:
        pass
    return []


def _connected(numbers: Iterable[int], neighbours: Callable[[int], Iterable[int]]) -> list[list[int]]:
    """Split numbers into connected components under the neighbour relation."""
    left = dict.fromkeys(numbers)
    groups: list[list[int]] = []
    while left:
        first = next(iter(left))
        reached, waiting = {first}, [first]
        while waiting:
            for other in neighbours(waiting.pop()):
                if other not in reached:
                    reached.add(other)
                    waiting.append(other)
        groups.append([number for number in left if number in reached])
        left = {number: None for number in left if number not in reached}
    return groups


def _repair(search: Search, explanation: Explanation) -> Repair:
    return Repair(tuple(Correction(cell, search.values[cell], meant) for cell, meant in explanation))


def _share(edition: Edition, repair: Repair, equation: Equation) -> Repair:
    """Return the changes to cells of an identity, and transitively those that share an identity with them."""
    reached = set(equation.cells)
    kept: dict[int, Correction] = {}
    while True:
        new = [change for change in repair.changes if change.index in reached and change.index not in kept]
        if not new:
            return Repair(tuple(kept[index] for index in sorted(kept)))
        for change in new:
            kept[change.index] = change
            for other in edition.equations_of[change.index]:
                if other.relation is Relation.EQUAL:
                    reached.update(other.cells)
