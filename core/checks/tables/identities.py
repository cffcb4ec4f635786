"""Identities (勾稽关系) within one report: every linear equation of the edition.

An equation with invalid cells is open. It is reported only if no values of those cells could satisfy it.
"""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from ...cell_notation import format_cell
from ...edition import CellKind, Relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from decimal import Decimal

    from ...edition import Edition, Equation
    from ..context import CheckContext
    from ..finding import Finding


def check_identities(context: CheckContext) -> Iterator[Finding]:
    """Report every identity that does not hold."""
    for equation, left, right, known in violations(context.report.edition, context.numbers):
        yield _finding(context, equation, left, right, partial=not known)


def violations(edition: Edition, numbers: Sequence[int | Decimal | None]) -> Iterator[tuple[Equation, int | Decimal, int | Decimal, bool]]:
    """Yield each equation that does not hold, as (equation, left sum, right sum, all cells known).

    Args:
        numbers: One value for each cell of the edition, None if unknown. Unknown cells count as 0 in the sums.
    """
    for equation, left_of, right_of in _compiled(edition):
        try:
            left, right = left_of(numbers), right_of(numbers)
        except TypeError:
            open_sums = _provably_wrong(equation, numbers, edition.kinds)
            if open_sums is not None:
                yield equation, *open_sums, False
            continue
        if not holds(equation.relation, left, right):
            yield equation, left, right, True


def holds(relation: Relation, left: int | Decimal, right: int | Decimal) -> bool:
    """Return whether a relation holds between two sums."""
    if relation is Relation.EQUAL:
        return left == right
    if relation is Relation.AT_LEAST:
        return left >= right
    return left != right or not left


@lru_cache(maxsize=16)
def _compiled(edition: Edition) -> tuple[tuple[Equation, Callable[..., int | Decimal], Callable[..., int | Decimal]], ...]:
    return tuple((equation, _sum(equation.left), _sum(equation.right)) for equation in edition.equations)


def _sum(positions: tuple[int, ...]) -> Callable[[Sequence[int | Decimal | None]], int | Decimal]:
    """Return a function that sums these cells of a sequence of numbers. It raises TypeError if one of them is None."""
    if len(positions) == 1:
        only = positions[0]
        return lambda numbers: 0 + numbers[only]  # type: ignore[operator] # the TypeError is the answer
    get = itemgetter(*positions)
    return lambda numbers: sum(get(numbers))


def _provably_wrong(
    equation: Equation, numbers: Sequence[int | Decimal | None], kinds: Sequence[CellKind]
) -> tuple[int | Decimal, int | Decimal] | None:
    """Return the sums of the known cells if no valid values of the unknown ones could satisfy the equation; otherwise None."""
    if any(numbers[position] is None and kinds[position] is CellKind.CHANGE for position in equation.cells):
        return None
    left_known = [value for position in equation.left if (value := numbers[position]) is not None]
    right_known = [value for position in equation.right if (value := numbers[position]) is not None]
    left, right = sum(left_known), sum(right_known)
    left_open, right_open = len(left_known) < len(equation.left), len(right_known) < len(equation.right)
    if equation.relation is Relation.EQUAL and left_open != right_open:
        wrong = left > right if left_open else right > left
        return (left, right) if wrong else None
    if equation.relation is Relation.AT_LEAST and right_open and not left_open:
        return (left, right) if left < right else None
    return None


def _finding(context: CheckContext, equation: Equation, left: int | Decimal, right: int | Decimal, *, partial: bool) -> Finding:
    edition, cells = context.report.edition, context.report.cells
    named: dict[str, str] = {edition.addresses[position].column: format_cell(cells[position]) for position in equation.cells}
    info = edition.cells[equation.cells[0]]
    ordered = equation.cells if equation.total is None else (equation.total, *equation.addends)
    total = None if equation.total is None else cells[equation.total]
    total_sum: int | Decimal = right if equation.total in equation.left else left
    from .identity_words import wording  # noqa: PLC0415 - start-up: needed where something is wrong

    variant = "partial" if partial else ""
    words = {
        **named,
        "variant": variant,
        "table": info.table.name,
        "place": equation.place,
        "left": format_cell(left),
        "right": format_cell(right),
        "left_sum": format_cell(left),
        "right_sum": format_cell(right),
        "difference": format_cell(max(left, right) - min(left, right)),
        "total": "" if total is None else format_cell(total),
        "sum": format_cell(total_sum),
    }
    words["wording"] = wording(equation.wording, variant)
    if not words["wording"]:
        words |= _names(context, equation)
        if equation.total is None:
            words |= {"total": format_cell(left), "sum": format_cell(right)}
    return context.finding(
        equation.code,
        words,
        cells=tuple(edition.addresses[position] for position in ordered),
        expected=None if total is None or partial else total_sum,
        actual=total,
    )


def _names(context: CheckContext, equation: Equation) -> dict[str, str]:
    """Return the further parameters of a message that names cells by their labels."""
    from .identity_words import Term, names_of  # noqa: PLC0415 - as above

    edition, cells = context.report.edition, context.report.cells
    left, right = ([Term(edition.cells[at], format_cell(cells[at])) for at in side] for side in (equation.left, equation.right))
    words = names_of(left, right)
    of_left = equation.total is None or equation.total in equation.left
    total, rest = ("left", "right") if of_left else ("right", "left")
    words["total_name"], words["sum_name"] = words[f"{total}_name"], words[f"{rest}_list"]
    return words
