"""Entry point of the package: read the prose of a report."""

from __future__ import annotations

from ..chinese.fold import fold, unwrap
from .assemble_facts import state_facts
from .bodies import body_of
from .denials import find_stated_zeros
from .find_mentions import read_mentions
from .implied_facts import find_implied_facts
from .percentages import read_changes, read_percentages
from .results import ProseReading
from .sums import read_sums
from .tokenize import split_sentences


def read_prose(text: str, *, year: int | None, agency: str | None = None) -> ProseReading:
    """Extract what the prose of a report states.

    Args:
        text: Prose as in the report, unfolded.
        year: Year the report is about. None if unknown: only words like 上年 then mark a number as another year's.
        agency: Name of the reporting agency. None if unknown: a wider area then counts as the report's own.
    """
    folded = fold(unwrap(text))
    found = split_sentences(folded.text)
    body = body_of(agency)
    mentions = read_mentions(folded.text, found, year, body)
    stated = state_facts(text, folded, found, mentions)
    zeros, other_zeros = find_stated_zeros(text, folded, found, year, body)
    counted = {(fact.quantity, fact.clause) for fact in stated.facts}
    zeros = [zero for zero in zeros if (zero.quantity, zero.clause) not in counted]
    implied = find_implied_facts(text, folded, found, mentions)
    stated.complete(implied)
    facts = sorted([*stated.facts, *zeros], key=lambda fact: (fact.start, fact.end))
    sums = read_sums(text, folded, found, mentions)
    percentages = read_percentages(text, folded, mentions)
    changes = read_changes(text, folded, mentions)
    return ProseReading(
        facts=tuple(facts),
        sums=tuple(sums),
        percentages=tuple(percentages),
        changes=tuple(changes),
        asides=(*stated.asides, *other_zeros),
        components=tuple(stated.components),
        implied=tuple(implied),
    )
