"""Repairs: which cells are probably wrong where a report's identities do not hold, and what they ought to hold.

In table 三 each cell stands in a row's sum, in a column's sum and often in the balance; one wrong cell among right ones is found by
arithmetic alone, and its value with it. Where more than one explanation remains, they are given likeliest first. Where more than
`MOST_CELLS` cells of a table would have to be wrong, nothing is said of it.

    problems = repairs(report)
    for equation in broken:
        for repair in concerning(problems, equation):
            ...  # what would make this identity hold
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
"""The most cells that one repair changes."""
MOST_CANDIDATES = 8
"""The most repairs given for one problem."""
BUDGET = 4000
"""How many cells the search may look at for one part of a report: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell that is probably wrong."""

    index: int
    """Into `Report.cells`."""
    old: int | Decimal
    """What it holds."""
    new: int | Decimal
    """What it ought to hold."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Changes that belong together, in the order of the form: with all of them made, the identities they touch hold."""

    changes: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class InconsistencyGroup:
    """Violated identities with one common explanation, and what that may be."""

    equations: tuple[Equation, ...]
    """The violated identities, in the order of the edition."""
    candidates: tuple[Repair, ...]
    """The smallest repairs, likeliest first, at most `MOST_CANDIDATES`; empty where too much is wrong to say. Each alone makes all of
    `equations` hold and breaks no other identity. Repairs of several problems may be made together."""
    count: int
    """How many equally small repairs there are, those not among the candidates included."""


def repairs(report: Report) -> tuple[InconsistencyGroup, ...]:
    """The problems of a report, in the order of the edition; none where all identities hold or cannot be judged.

    An identity with a blank, words, a negative or a fraction in one of its cells cannot be judged: it is neither violated nor kept.
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


def concerning(edition: Edition, problems: Iterable[InconsistencyGroup], equation: Equation) -> tuple[Repair, ...]:
    """What would make one violated identity hold, likeliest first: of each candidate, the changes that hang together with this identity."""
    for problem in problems:
        if equation in problem.equations:
            return tuple(dict.fromkeys(_share(edition, repair, equation) for repair in problem.candidates))
    return ()


def repaired(report: Report, repair: Repair) -> Report:
    """The report with a repair made."""
    return report.with_cells({change.index: change.new for change in repair.changes})


def _explained(search: Search, residuals: Mapping[int, Number], budget: Budget) -> list[tuple[list[int], list[Explanation]]]:
    """The violated equations of one part of a report, taken together or in clusters, each with the smallest explanations.

    Clusters are equations without a common cell between them. Each is explained for itself, unless the part as a whole has an explanation
    of fewer cells, or only that: a value moved along a row leaves two columns wrong that no cell connects. Where the clusters need more
    than `MOST_CELLS` cells between them, none is explained: among so many wrong cells what looks like few may well be others.
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
    """All explanations with the fewest cells; none where they would need more than `most`, or the budget is spent first."""
    try:
        for cells in range(1, most + 1):
            explanations = search.explanations(residuals, cells, budget)
            if explanations:
                return explanations
    except BudgetSpentError:
        pass
    return []


def _connected(numbers: Iterable[int], neighbours: Callable[[int], Iterable[int]]) -> list[list[int]]:
    """These numbers in groups: two are in one where a path of neighbours leads from one to the other."""
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
    """The changes that stand in an identity, and those that share an identity with one of them, and so on."""
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
