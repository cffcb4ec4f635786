"""Accuracy of the first repair: random errors of each kind in random tables, for each kind of agency.

    python bench/repair_accuracy.py [cases per agency] [kind of error …]

The three figures per agency are percentages: the first repair is correct; the correct repair is among the candidates; no repair is
suggested.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from nianbao.core.repair.suggest import find_inconsistencies
from nianbao.templates import load_edition

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from strategies_repair import OFFICES, SLIPS, Office, best_repair, consistent_report, damaged, differences, repeatable

if TYPE_CHECKING:
    from nianbao.core.report import Report

KINDS = (*SLIPS, "mixed", "moved")


def cases(kind: str, wrong_cells: int, office: Office, wanted: int) -> list[tuple[Report, Report]]:
    """Return pairs of a correct and a corrupted report; fewer than wanted if such errors are rarely possible for the agency."""
    random = repeatable(f"{kind} {wrong_cells} {office.name}")
    editions = [load_edition("2021"), load_edition("2019")]
    found: list[tuple[Report, Report]] = []
    for _ in range(4 * wanted):
        right = consistent_report(random.choice(editions), office, random)
        wrong = damaged(right, kind, wrong_cells, random)
        if wrong is not None:
            found.append((right, wrong))
        if len(found) == wanted:
            break
    return found


def measure(kind: str, wrong_cells: int, wanted: int) -> str:
    """Return one line of the table."""
    figures = []
    count = first_sum = 0
    longest = 0.0
    for office in OFFICES:
        pairs = cases(kind, wrong_cells, office, wanted)
        first = among = silent = 0
        for right, wrong in pairs:
            truth = differences(right, wrong)
            start = perf_counter()
            problems = find_inconsistencies(wrong)
            longest = max(longest, perf_counter() - start)
            best = best_repair(problems)
            first += best == truth
            among += best == truth or any(
                {change.index: change.new for change in repair.changes} == truth for problem in problems for repair in problem.candidates
            )
            silent += not best
        count += len(pairs)
        first_sum += first
        shares = [100 * part / len(pairs) for part in (first, among, silent)] if pairs else []
        figures.append(" ".join(f"{share:6.2f}" for share in shares) or " " * 20)
    return (
        f"{kind:18}{wrong_cells} | {' | '.join(figures)} | all {100 * first_sum / count:6.2f} of {count}, longest {1000 * longest:.1f} ms"
    )


def main() -> None:
    """Print the table."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    print(" " * 20, " | ".join(f"{office.name:20.20}" for office in OFFICES))
    for kind in sys.argv[2:] or KINDS:
        for wrong_cells in (2,) if kind == "moved" else (1, 2, 3):
            print(measure(kind, wrong_cells, wanted), flush=True)


if __name__ == "__main__":
    main()
