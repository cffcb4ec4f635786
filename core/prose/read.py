"""Reading a text: the one entry to this room."""

from __future__ import annotations

from ..chinese.fold import fold, unwrap
from .clauses import sentences
from .facts import state_facts
from .implied import imply_facts
from .mentions import read_mentions
from .percentages import read_changes, read_percentages
from .reading import Reading
from .scope import body_of
from .sums import read_sums
from .zeros import state_zeros


def read_prose(text: str, *, year: int | None, agency: str | None = None) -> Reading:
    """What a report's prose states about its year and its agency.

    `year` is the year the report is about and `agency` its name; without them no number is set aside as another year's or
    another body's for what only they could tell.
    """
    folded = fold(unwrap(text))
    found = sentences(folded.text)
    body = body_of(agency)
    mentions = read_mentions(folded.text, found, year, body)
    stated = state_facts(text, folded, found, mentions)
    zeros, other_zeros = state_zeros(text, folded, found, year, body)
    counted = {(fact.quantity, fact.clause) for fact in stated.facts}
    zeros = [zero for zero in zeros if (zero.quantity, zero.clause) not in counted]
    implied = imply_facts(text, folded, found, mentions)
    stated.complete(implied)
    facts = sorted([*stated.facts, *zeros], key=lambda fact: (fact.start, fact.end))
    sums = read_sums(text, folded, found, mentions)
    percentages = read_percentages(text, folded, mentions)
    changes = read_changes(text, folded, mentions)
    return Reading(
        facts=tuple(facts),
        sums=tuple(sums),
        percentages=tuple(percentages),
        changes=tuple(changes),
        asides=(*stated.asides, *other_zeros),
        components=tuple(stated.components),
        implied=tuple(implied),
    )
