"""Period and body of the numbers of a clause.

The year in 比2019年 holds only up to the comma; the year in 2021年结转 belongs to 结转 alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .bodies import PERIODS, period_of_year

if TYPE_CHECKING:
    from .discourse import Clause, Discourse
    from .results import Period, Scope
    from .tokenize import ProseToken

_COMPARING = frozenset("在占居列于对向")
"""Characters before 全市 that rule it out as a subject (占全市的10%, 在全市排名第三, 向全区发布)."""
_JOINED = frozenset("及和与、")
_TELLING = frozenset((*PERIODS, "COMPARED", "UP_TO", "RISEN_TO", "WHOLE_YEAR", "WIDE", "OWN", "BELOW", "LEVEL"))
"""Notions of a year, a comparison or a body."""
_CARRYING = frozenset(("CARRY", "AND_CARRIED", "ONGOING"))


class PeriodAndBody:
    """Tracks period and body through the numbers of a clause."""

    __slots__ = ("carries", "clause", "context", "local", "part")

    def __init__(self, clause: Clause, context: Discourse) -> None:
        self.clause, self.context = clause, context
        self.carries = not clause.named.isdisjoint(_CARRYING)
        self.local: Period | None = None
        """Period from a comparison, for this number only."""
        self.part: Scope | None = None
        """Scope of a single item of a list."""

    def follow(self, tokens: list[ProseToken]) -> None:
        """Update period and scope from years, plans and bodies named in the tokens."""
        compared = up_to = False
        previous: Period | None = None
        for token in tokens:
            if token.year is None and token.notions.isdisjoint(_TELLING):
                compared = up_to = False
                previous = None
                continue
            if "SPAN" in token.notions and previous == "this":
                continue  # 2024年以来 in the report for 2024 is still this year
            period = self._period(token, up_to=up_to)
            if period is not None and (not self.carries or period in {"this", "part", "other", "plan"}):
                if compared:
                    self.local = period
                else:
                    self.context.period, self.local = period, None
            if "RISEN_TO" in token.notions or ("WHOLE_YEAR" in token.notions and self.context.period == "part"):
                self.context.period, self.local = "this", None
            previous = period
            compared = "COMPARED" in token.notions or (compared and period is not None)
            up_to = "UP_TO" in token.notions
            self._body(token)

    def _period(self, token: ProseToken, *, up_to: bool) -> Period | None:
        period: Period | None = None
        if token.year is not None and "BEFORE" not in token.notions:
            period = period_of_year(token.year, self.clause.year)
            if up_to and period == "next":
                period = "this"
        for notion in token.notions & PERIODS.keys():
            if notion != "PART_YEAR" or period in {None, "this"}:
                period = PERIODS[notion]
        return period

    def _body(self, token: ProseToken) -> None:
        context, text = self.context, self.clause.text
        if "WIDE" in token.notions:
            if self._leads(token):
                context.scope = self.clause.body.scope_of_area(text[token.start : token.end])
                context.widened = True
        elif "OWN" in token.notions:
            context.scope = "own"
        elif "BELOW" in token.notions or ("LEVEL" in token.notions and context.widened):
            named = text[token.start : token.end]
            if "BELOW" in token.notions and (named in self.clause.body.name or text[token.start - 1 : token.start] in _JOINED):
                return
            self.part = "below"
            if not context.listed:
                context.scope = "below"

    def _leads(self, area: ProseToken) -> bool:
        """Return whether 全市 is the subject of the clause: preceded only by known words (a year, 其中), not by 在, 占 or 向."""
        if self.clause.text[area.start - 1 : area.start] in _COMPARING:
            return False
        known = self.clause.begin
        for token in self.clause.tokens:
            if token.start >= area.start:
                break
            if token.start > known:
                return False
            known = max(known, token.end)
        return known >= area.start
