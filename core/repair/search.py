"""Exact search for the few wrong cells that explain the residuals of an edition's linear identities.

A wrong cell causes the same residual in each of its identities. The search finds every set of a given number of cells, with the error
of each, that makes all identities hold. It rests on two facts:

- Violated identities without a common cell need one wrong cell each. If there are as many of them as cells to find, each contains
  exactly one, and the error of that cell is the residual of the identity.
- In any other set of wrong cells, one is the only wrong cell of some identity, and its error is the residual of that identity. The
  exceptions are *knots*: cells of which every identity contains another (two cells that share two identities, three that share one
  pairwise). The statutory tables have none, because a row and a column meet in one cell; for editions that do, the small linear
  system of the knot is solved.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from ..edition import CellKind, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..edition import Edition, Equation
    from ..report import Cell

Number = int | Decimal
Explanation = tuple[tuple[int, Number], ...]
"""Wrong cells, in the order of the form, each with the value it should hold."""

LIMIT = 10**18
"""Bound on the values of cells. No count or amount in a report comes near it; a cell beyond it is treated as not holding a valid number."""


class BudgetSpentError(Exception):
    """The search visited as many cells as its budget allows, without a conclusive result."""


@dataclass(slots=True)
class Budget:
    """Number of cells that a search may still visit: a bound on its running time that is the same on every machine."""

    left: int

    def spend(self, nodes: int) -> None:
        """Deduct visited cells; raise BudgetSpentError if the budget is exceeded."""
        self.left -= nodes
        if self.left < 0:
            raise BudgetSpentError


@dataclass(frozen=True, slots=True)
class Plan:
    """An edition's identities, indexed for the search. An equation's number is its position in `equations`."""

    equations: tuple[Equation, ...]
    """Identities whose relation is equality."""
    members: tuple[tuple[tuple[int, int], ...], ...]
    """Equation → its cells with their coefficients: 1 on the left side, -1 on the right."""
    terms: Mapping[int, tuple[tuple[int, int], ...]]
    """Cell → the equations it occurs in, with its coefficient."""
    families: tuple[int, ...]
    """Sets of equations, as bit masks, without a common cell: the rows of table 三 are one family, its columns another."""
    knots: tuple[tuple[int, ...], ...]
    """Two or three cells whose errors can only be found together."""
    kinds: tuple[CellKind, ...]
    """Type of values of each cell."""


@lru_cache(maxsize=8)
def plan_of(edition: Edition) -> Plan:
    """Index the identities of an edition; cached."""
    equations = tuple(equation for equation in edition.equations if equation.relation is Relation.EQUAL)
    members = tuple(_coefficients(equation) for equation in equations)
    terms: dict[int, list[tuple[int, int]]] = {}
    for number, cells in enumerate(members):
        for cell, coefficient in cells:
            terms.setdefault(cell, []).append((number, coefficient))
    sets = [frozenset(cell for cell, _ in cells) for cells in members]
    return Plan(
        equations,
        members,
        {cell: tuple(found) for cell, found in terms.items()},
        _families(sets),
        _knots(sets),
        tuple(info.kind for info in edition.cells),
    )


def _coefficients(equation: Equation) -> tuple[tuple[int, int], ...]:
    found: dict[int, int] = {}
    for sign, side in ((1, equation.left), (-1, equation.right)):
        for cell in side:
            found[cell] = found.get(cell, 0) + sign
    return tuple((cell, coefficient) for cell, coefficient in found.items() if coefficient)


def _families(sets: Sequence[frozenset[int]]) -> tuple[int, ...]:
    families: list[tuple[set[int], int]] = []
    for number, cells in enumerate(sets):
        for position, (taken, bits) in enumerate(families):
            if taken.isdisjoint(cells):
                families[position] = (taken | cells, bits | 1 << number)
                break
        else:
            families.append((set(cells), 1 << number))
    return tuple(bits for _, bits in families)


def _knots(sets: Sequence[frozenset[int]]) -> tuple[tuple[int, ...], ...]:
    shared = {(one, other): both for one, other in combinations(range(len(sets)), 2) if (both := sets[one] & sets[other])}
    beside: dict[int, set[int]] = {}
    for one, other in shared:
        beside.setdefault(one, set()).add(other)
    knots = {pair for both in shared.values() for pair in combinations(sorted(both), 2)}
    triangles = {
        tuple(sorted({a, b, c}))
        for (one, other), both in shared.items()
        for third in beside[one] & beside.get(other, set())
        for a in both
        for b in shared[one, third]
        for c in shared[other, third]
        if len({a, b, c}) == 3  # noqa: PLR2004 - the corners of a triangle
    }
    return tuple(sorted(knots)) + tuple(sorted(triangles))


def is_valid_number(value: Cell, kind: CellKind) -> bool:
    """Return whether a cell holds a valid number of its kind. If it does not, its identities cannot be judged."""
    if isinstance(value, Decimal):
        return kind in (CellKind.AMOUNT, CellKind.MONEY) and value.is_finite() and 0 <= value < LIMIT
    if not isinstance(value, int):
        return False
    return -LIMIT < value < LIMIT if kind is CellKind.CHANGE else 0 <= value < LIMIT


class Search:
    """Search among the cells of one report. Equations with a cell that holds no valid number are excluded."""

    def __init__(self, plan: Plan, cells: Sequence[Cell]) -> None:
        self._plan = plan
        self.values: dict[int, Number] = {}
        """Values of the cells that occur in identities and hold a valid number."""
        for cell in plan.terms:
            value = cells[cell]
            if isinstance(value, (int, Decimal)) and is_valid_number(value, plan.kinds[cell]):
                self.values[cell] = value
        usable = [all(cell in self.values for cell, _ in members) for members in plan.members]
        self.usable = tuple(number for number, known in enumerate(usable) if known)
        self._budget = Budget(0)

    @cached_property
    def _terms(self) -> dict[int, tuple[tuple[int, int], ...]]:
        """Cell → the usable equations it occurs in, with its coefficient."""
        usable = set(self.usable)
        every = {cell: tuple(term for term in self._plan.terms[cell] if term[0] in usable) for cell in self.values}
        return {cell: terms for cell, terms in every.items() if terms}

    @cached_property
    def _alike(self) -> dict[int, list[int]]:
        """Set of equations, as a bit mask → the cells that occur in exactly these."""
        found: dict[int, list[int]] = {}
        for cell, terms in self._terms.items():
            found.setdefault(sum(1 << number for number, _ in terms), []).append(cell)
        return found

    def residuals(self) -> dict[int, Number]:
        """Return the usable equations that do not hold, with their residuals: the left side minus the right side."""
        found: dict[int, Number] = {}
        for number in self.usable:
            difference = sum(coefficient * self.values[cell] for cell, coefficient in self._plan.members[number])
            if difference:
                found[number] = difference
        return found

    def neighbours(self, number: int) -> set[int]:
        """Return the usable equations that share a cell with this one, itself included."""
        return {other for cell, _ in self._plan.members[number] for other, _ in self._terms[cell]}

    def explanations(self, residuals: Mapping[int, Number], cells: int, budget: Budget) -> list[Explanation]:
        """Return every way to make these equations hold by changing exactly `cells` cells and no others.

        A set of cells among which the error could be divided in any proportion is not an explanation.

        Raises:
            BudgetSpentError: The search would take too long.
        """
        self._budget = budget
        found: dict[Explanation, None] = {}
        bits = sum(1 << number for number in residuals)
        for chosen in self._explain(dict(residuals), bits, cells, ()):
            found[tuple(sorted(chosen))] = None
        return list(found)

    def _explain(self, residuals: dict[int, Number], bits: int, left: int, chosen: Explanation) -> Iterator[Explanation]:
        counts = [(bits & family).bit_count() for family in self._plan.families]
        if max(counts) > left:
            return
        if left == 1:
            yield from self._single(residuals, bits, chosen)
            return
        tight = bits & sum(family for count, family in zip(counts, self._plan.families, strict=True) if count == left)
        if tight:
            pivot = min(_numbers(tight), key=lambda number: len(self._plan.members[number]))
            yield from self._through(pivot, residuals, bits, left, chosen)
            return
        for number in residuals:
            yield from self._through(number, residuals, bits, left, chosen)
        for knot in self._plan.knots:
            if len(knot) <= left:
                yield from self._untied(knot, residuals, bits, left, chosen)

    def _single(self, residuals: Mapping[int, Number], bits: int, chosen: Explanation) -> Iterator[Explanation]:
        """Yield explanations in which a single cell accounts for all remaining residuals."""
        cells = self._alike.get(bits, ())
        self._budget.spend(1 + len(cells))
        for cell in cells:
            terms = self._terms[cell]
            number, coefficient = terms[0]
            delta = _quotient(-residuals[number], coefficient)
            if delta is None or any(residuals[other] != -factor * delta for other, factor in terms[1:]):
                continue
            meant = self._meant(cell, delta, chosen)
            if meant is not None:
                yield (*chosen, (cell, meant))

    def _through(self, number: int, residuals: Mapping[int, Number], bits: int, left: int, chosen: Explanation) -> Iterator[Explanation]:
        """Continue the search with each cell of one equation as the only wrong cell of that equation."""
        members = self._plan.members[number]
        self._budget.spend(len(members))
        residual = residuals[number]
        for cell, coefficient in members:
            delta = _quotient(-residual, coefficient)
            if delta is None:
                continue
            meant = self._meant(cell, delta, chosen)
            if meant is not None:
                after, after_bits = self._after(residuals, bits, ((cell, delta),))
                if after:
                    yield from self._explain(after, after_bits, left - 1, (*chosen, (cell, meant)))

    def _untied(
        self, knot: tuple[int, ...], residuals: Mapping[int, Number], bits: int, left: int, chosen: Explanation
    ) -> Iterator[Explanation]:
        """Continue the search with the unique solution, if any, for the cells of a knot in the equations that two of them share."""
        self._budget.spend(len(knot))
        if any(cell not in self._terms for cell in knot):
            return
        deltas = _solved(self._system(knot, residuals))
        if deltas is None:
            return
        steps: list[tuple[int, Number]] = []
        explained = chosen
        for cell, fraction in zip(knot, deltas, strict=True):
            delta = _number(fraction)
            meant = None if delta is None else self._meant(cell, delta, explained)
            if delta is None or meant is None:
                return
            steps.append((cell, delta))
            explained = (*explained, (cell, meant))
        after, after_bits = self._after(residuals, bits, steps)
        if left > len(knot) and after:
            yield from self._explain(after, after_bits, left - len(knot), explained)
        elif left == len(knot) and not after:
            yield explained

    def _system(self, knot: tuple[int, ...], residuals: Mapping[int, Number]) -> list[list[Fraction]]:
        rows: dict[int, list[Fraction]] = {}
        for place, cell in enumerate(knot):
            for number, coefficient in self._terms[cell]:
                row = rows.setdefault(number, [Fraction(0)] * len(knot) + [Fraction(-residuals.get(number, 0))])
                row[place] += coefficient
        return [row for row in rows.values() if sum(map(bool, row[:-1])) > 1]

    def _meant(self, cell: int, delta: Number, chosen: Explanation) -> Number | None:
        """Return the value that the cell should hold; None if the value is invalid for it or the cell was already chosen."""
        meant = self.values[cell] + delta
        kind = self._plan.kinds[cell]
        if isinstance(meant, Decimal) and kind in (CellKind.COUNT, CellKind.CHANGE) and meant == meant.to_integral_value():
            meant = int(meant)
        if not delta or not is_valid_number(meant, kind) or any(cell == other for other, _ in chosen):
            return None
        return meant

    def _after(self, residuals: Mapping[int, Number], bits: int, steps: Iterable[tuple[int, Number]]) -> tuple[dict[int, Number], int]:
        after = dict(residuals)
        for cell, delta in steps:
            for number, coefficient in self._terms[cell]:
                residual = after.get(number, 0) + coefficient * delta
                if residual:
                    after[number] = residual
                    bits |= 1 << number
                else:
                    del after[number]
                    bits &= ~(1 << number)
        return after, bits


def _numbers(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _quotient(amount: Number, coefficient: int) -> Number | None:
    if coefficient == 1:
        return amount
    if coefficient == -1:
        return -amount
    return _number(Fraction(amount) / coefficient)


def _number(fraction: Fraction) -> Number | None:
    """Convert a fraction to an integer or an exact decimal; None if it is neither."""
    if fraction.denominator == 1:
        return fraction.numerator
    decimal = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    return decimal if Fraction(decimal) == fraction else None


def _solved(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """Solve a linear system by elimination; the last column is the right side. None unless there is exactly one solution."""
    unknowns = len(rows[0]) - 1 if rows else 0
    for place in range(unknowns):
        pivot = next((row for row in rows[place:] if row[place]), None)
        if pivot is None:
            return None
        rows.remove(pivot)
        pivot = [value / pivot[place] for value in pivot]
        rows = [[value - row[place] * by for value, by in zip(row, pivot, strict=True)] for row in rows]
        rows.insert(place, pivot)
    if not unknowns or any(row[-1] for row in rows[unknowns:]):
        return None
    return [row[-1] for row in rows[:unknowns]]
