"""Consistent tables, and the errors that people make in them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from nianbao.core.edition import Relation
from nianbao.core.report import Header, Report, blank_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal

    from nianbao.core.edition import Edition
    from nianbao.core.repair.suggest import InconsistencyGroup


@dataclass(frozen=True)
class Office:
    """A kind of agency, characterised by its tables."""

    name: str
    filled: float
    """Share of non-zero cells."""
    filled_natural: float
    """The same for the column of natural persons."""
    digits: float
    """Values are distributed uniformly by logarithm up to this number of digits."""


OFFICES = (
    Office("a bureau with a few requests", 0.03, 0.15, 1),
    Office("a county", 0.1, 0.5, 1.5),
    Office("a city", 0.25, 0.95, 3),
    Office("small numbers everywhere", 0.9, 0.9, 1),
    Office("large numbers everywhere", 1, 1, 4),
)


def repeatable(seed: int | str) -> Random:
    """Return a seeded generator, for the same cases in every run."""
    return Random(seed)  # noqa: S311 - no secret


def consistent_report(edition: Edition, office: Office, random: Random) -> Report:
    """Generate a report with every count filled in and every identity satisfied."""
    cells = [0] * len(edition.addresses)

    def draw(share: float) -> int:
        return int(10 ** (random.random() * office.digits)) if random.random() < share else 0

    for index, address in enumerate(edition.addresses):
        cells[index] = draw(office.filled_natural if address.column == "natural_person" else office.filled)
    for equation in edition.equations:
        if equation.code == "C02":
            cells[equation.left[0]] = sum(cells[cell] for cell in equation.right)
    for equation in edition.equations:
        if equation.code == "C01":
            (new, carried), (total, forward) = equation.left, equation.right
            cells[forward] = min(cells[forward], cells[total] // 2)
            cells[carried] = min(cells[carried], cells[total] + cells[forward])
            cells[new] = cells[total] + cells[forward] - cells[carried]
    for equation in edition.equations:
        if equation.code in ("C03", "C04"):
            cells[equation.left[0]] = sum(cells[cell] for cell in equation.right)
    for equation in edition.equations:
        if equation.code == "C09":
            cells[equation.left[0]] += cells[equation.right[0]]
        if equation.code == "C74":
            cells[equation.left[0]] = cells[equation.right[0]]
    return blank_report(edition, Header()).with_cells(dict(enumerate(cells)))


def identities_hold(report: Report) -> bool:
    """Return whether every equality holds."""
    return all(
        sum(number(report, cell) for cell in equation.left) == sum(number(report, cell) for cell in equation.right)
        for equation in report.edition.equations
        if equation.relation is Relation.EQUAL
    )


def number(report: Report, index: int) -> int:
    value = report.cells[index]
    assert isinstance(value, int)
    return value


def one_off(value: int, random: Random) -> int | None:
    return value + random.choice((-1, 1)) if value else 1


def wrong_digit(value: int, random: Random) -> int | None:
    figures = list(str(value))
    place = random.randrange(len(figures))
    figures[place] = random.choice([figure for figure in "0123456789" if figure != figures[place]])
    return int("".join(figures))


def dropped_digit(value: int, random: Random) -> int | None:
    figures = str(value)
    place = random.randrange(len(figures))
    return int(figures[:place] + figures[place + 1 :]) if len(figures) > 1 else None


def added_digit(value: int, random: Random) -> int | None:
    figures = str(value)
    place = random.randrange(len(figures) + 1)
    return int(figures[:place] + random.choice("0123456789") + figures[place:])


def transposed_digits(value: int, random: Random) -> int | None:
    figures = str(value)
    if len(figures) == 1:
        return None
    place = random.randrange(len(figures) - 1)
    return int(figures[:place] + figures[place + 1] + figures[place] + figures[place + 2 :])


def left_out(value: int, random: Random) -> int | None:
    return 0


def anything(value: int, random: Random) -> int | None:
    return random.randrange(2 * value + 10)


SLIPS: dict[str, Callable[[int, Random], int | None]] = {
    slip.__name__: slip for slip in (one_off, wrong_digit, dropped_digit, added_digit, transposed_digits, left_out, anything)
}


def table_three(edition: Edition) -> tuple[int, ...]:
    """Return the indices of the cells of table 三."""
    return tuple(index for index, address in enumerate(edition.addresses) if address.section == "requests")


def slipped(report: Report, slip: Callable[[int, Random], int | None], random: Random, among: tuple[int, ...]) -> Report | None:
    """Return the report with one error in a random cell whose value it changes; None if many tries find none."""
    for _ in range(200):
        index = random.choice(among)
        value = number(report, index)
        written = slip(value, random)
        if written is not None and written != value:
            return report.with_cells({index: written})
    return None


def moved(report: Report, random: Random) -> Report | None:
    """Return the report with two adjacent cells of table 三 exchanged; None if many tries find no unequal pair."""
    cells = table_three(report.edition)
    width = 7
    for _ in range(2000):
        place = random.randrange(len(cells))
        sideways = random.random() < 0.5
        if sideways and place % width == width - 1:
            continue
        other = place + (1 if sideways else width)
        if other < len(cells):
            one, two = number(report, cells[place]), number(report, cells[other])
            if one != two:
                return report.with_cells({cells[place]: two, cells[other]: one})
    return None


def damaged(report: Report, kind: str, wrong_cells: int, random: Random) -> Report | None:
    """Return the report with exactly `wrong_cells` wrong cells in table 三, or None.

    `kind` is one kind of error, `mixed` for any, or `moved` for a value exchanged with its neighbour.
    """
    if kind == "moved":
        return moved(report, random)
    wrong: Report | None = report
    for _ in range(wrong_cells):
        slip = SLIPS[random.choice(tuple(SLIPS)) if kind == "mixed" else kind]
        wrong = wrong and slipped(wrong, slip, random, table_three(report.edition))
    return wrong if wrong and len(differences(report, wrong)) == wrong_cells else None


def differences(right: Report, wrong: Report) -> dict[int, int]:
    """Return the differing cells with their values in the correct report."""
    return {index: number(right, index) for index in range(len(right.cells)) if right.cells[index] != wrong.cells[index]}


def best_repair(problems: Iterable[InconsistencyGroup]) -> dict[int, int | Decimal]:
    """Return the best repair of all problems together: cell → corrected value."""
    return {change.index: change.new for problem in problems for repair in problem.candidates[:1] for change in repair.changes}


def reports(edition: Edition) -> st.SearchStrategy[Report]:
    """Generate consistent reports of all kinds of agencies."""
    return st.builds(
        lambda office, random: consistent_report(edition, office, random), st.sampled_from(OFFICES), st.randoms(use_true_random=False)
    )
