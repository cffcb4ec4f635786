"""Accuracy of the prose reader: facts, zero statements, sums and percentages compared with hand-labelled sentences.

    python bench/prose_facts.py [FILE.jsonl] [--misses]

The file has one item per line, in the format described in docs/prose.md. A fact is found if quantity and value agree, wrong if a
labelled quantity has another value, spurious if the quantity is not labelled.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from nianbao.core.prose import Fact, ProseReading, read_prose

DEFAULT = Path(__file__).resolve().parents[1].parent / "shared" / "narrative" / "facts.dev.jsonl"
UNLISTED = (
    "requests.refused_security.total",
    "requests.rejected_publication.total",
    "requests.rejected_excessive.total",
    "requests.other_reasons.total",
)
"""Rows of the form for which there is no label."""
Item = dict[str, Any]


def number(value: Decimal | float | str) -> Decimal:
    return Decimal(str(value))


def wanted(item: Item) -> list[tuple[str, Decimal]]:
    """Return the required (quantity, value) pairs: facts and zero statements."""
    facts = [(fact["quantity"], number(fact["value"])) for fact in item["facts"]]
    return [*facts, *((zero["quantity"], Decimal(0)) for zero in item["zero_facts"])]


def tolerated(item: Item) -> set[tuple[str, Decimal | None]]:
    """Return the permitted pairs: implied facts, sums of components, rows without a label (any value, None)."""
    allowed: set[tuple[str, Decimal | None]] = {(fact["quantity"], number(fact["value"])) for fact in item.get("implied_facts", [])}
    sums: dict[str, Decimal] = {}
    for part in item.get("components", []):
        sums[part["quantity"]] = sums.get(part["quantity"], Decimal(0)) + number(part["value"])
    allowed |= set(sums.items())
    if item.get("unlisted_rows"):
        allowed |= {(quantity, None) for quantity in UNLISTED}
    return allowed


class Tally:
    """Counts over all items, and lines describing the errors."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.by_quantity: dict[str, Counter[str]] = {}
        self.confusion: Counter[tuple[str, str]] = Counter()
        self.lines: list[str] = []

    def of(self, quantity: str) -> Counter[str]:
        return self.by_quantity.setdefault(quantity, Counter())

    def add(self, item: Item, reading: ProseReading) -> None:
        self.counts["items"] += 1
        problems = [*self.facts(item, reading), *self.sums(item, reading), *self.percentages(item, reading)]
        if problems:
            self.lines.append(f"{item['id']} {item.get('report_year')} {item.get('agency')}: {item['text']}")
            self.lines += [f"    {problem}" for problem in problems]

    def facts(self, item: Item, reading: ProseReading) -> list[str]:
        problems: list[str] = []
        want, allowed = wanted(item), tolerated(item)
        labelled = {quantity for quantity, _ in want}
        got = [(fact.quantity, number(fact.value), fact) for fact in reading.facts]
        used: set[int] = set()
        for quantity, value in want:
            hit = next(
                (place for place, (other, amount, _) in enumerate(got) if place not in used and (other, amount) == (quantity, value)), None
            )
            self.counts["facts"] += 1
            self.of(quantity)["labelled"] += 1
            if hit is not None:
                used.add(hit)
                self.counts["found"] += 1
                self.of(quantity)["found"] += 1
                continue
            problems.append(f"missed   {quantity} = {value}")
            for other, amount, _ in got:
                if amount == value and (other, amount) not in want:
                    self.confusion[quantity, other] += 1
        strange = False
        for place, (quantity, value, fact) in enumerate(got):
            if place in used or (quantity, value) in want or (quantity, value) in allowed or (quantity, None) in allowed:
                continue
            if quantity in labelled:
                self.counts["wrong"] += 1
                self.of(quantity)["wrong"] += 1
                problems.append(f"wrong    {quantity} = {value}  {fact.span}")
            else:
                strange = True
                self.of(quantity)["spurious"] += 1
                problems.append(f"spurious {quantity} = {value}  {fact.span}")
        self.counts["spurious items"] += strange
        return problems

    def sums(self, item: Item, reading: ProseReading) -> list[str]:
        problems = []
        got = [(number(found.total), sorted(map(number, found.parts)), found.correct) for found in reading.sums]
        for label in item["sums"]:
            want = (number(label["total"]), sorted(map(number, label["parts"])), label["correct"])
            self.counts["sums"] += 1
            same = [found for found in got if found[0] == want[0] and found[2] == want[2]]
            if want in got:
                self.counts["sums judged"] += 1
                self.counts["sums exact"] += 1
            elif same:
                self.counts["sums judged"] += 1
                problems.append(f"sum with other parts {label['total']} = {label['parts']}: {[list(map(str, found[1])) for found in same]}")
            else:
                problems.append(f"sum missed {label['total']} = {label['parts']} {label['correct']}")
        labelled = {number(label["total"]) for label in item["sums"]}
        for found in reading.sums:
            if number(found.total) not in labelled:
                kind = "extra sums" if found.correct else "extra wrong sums"
                self.counts[kind] += 1
                problems.append(f"{kind} {found.total} = {list(map(str, found.parts))}")
        return problems

    def percentages(self, item: Item, reading: ProseReading) -> list[str]:
        problems = []
        got = [(number(found.part), number(found.whole), number(found.stated), found.correct) for found in reading.percentages]
        labels = [
            (number(label["part"]), number(label["whole"]), number(label["stated"]), label["correct"]) for label in item["percentages"]
        ]
        for want in labels:
            self.counts["percentages"] += 1
            if want in got:
                self.counts["percentages judged"] += 1
            else:
                problems.append(f"percentage missed {want}")
        for found in got:
            if found not in labels:
                self.counts["extra percentages" if found[3] else "extra wrong percentages"] += 1
                problems.append(f"extra percentage {found}")
        return problems

    def report(self) -> str:
        count = self.counts

        def share(part: int, whole: int) -> str:
            return f"{part}/{whole} = {100 * part / whole:.1f} %" if whole else "none"

        lines = [
            f"items                 {count['items']}",
            f"facts and zeros found {share(count['found'], count['facts'])}",
            f"wrong values          {share(count['wrong'], count['facts'])}",
            f"items with spurious   {share(count['spurious items'], count['items'])}",
            f"sums as labelled      {share(count['sums judged'], count['sums'])}  (with the same parts {share(count['sums exact'], count['sums'])})",
            f"  not labelled        {count['extra sums']} correct, {count['extra wrong sums']} wrong",
            f"percentages           {share(count['percentages judged'], count['percentages'])}",
            f"  not labelled        {count['extra percentages']} correct, {count['extra wrong percentages']} wrong",
            "",
            f"{'quantity':48}{'labelled':>9}{'found':>7}{'wrong':>7}{'spurious':>9}",
        ]
        for quantity, tally in sorted(self.by_quantity.items()):
            lines.append(f"{quantity:48}{tally['labelled']:9}{tally['found']:7}{tally['wrong']:7}{tally['spurious']:9}")
        if self.confusion:
            lines += ["", "read as another quantity:"]
            lines += [f"  {right} -> {other}: {times}" for (right, other), times in self.confusion.most_common()]
        return "\n".join(lines)


def in_span(fact: Fact, text: str) -> bool:
    return text[fact.start : fact.end] == fact.span


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--misses", action="store_true", help="show every item that was not read as labelled")
    options = parser.parse_args()
    tally = Tally()
    read_prose("一件。", year=None)  # the vocabulary is built once
    characters, seconds = 0, 0.0
    for line in options.file.read_text(encoding="utf-8").splitlines():
        item: Item = json.loads(line)
        begun = time.perf_counter()
        reading = read_prose(item["text"], year=item.get("report_year"), agency=item.get("agency"))
        characters, seconds = characters + len(item["text"]), seconds + time.perf_counter() - begun
        misplaced = [fact.span for fact in reading.facts if not in_span(fact, item["text"])]
        if misplaced:
            tally.lines.append(f"{item['id']}: misplaced spans {misplaced}")
        tally.add(item, reading)
    print(tally.report())
    print(f"\n5,000 characters of such sentences (each full of numbers): {5000 * seconds / max(characters, 1) * 1000:.1f} ms")
    if options.misses:
        print("", *tally.lines, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
