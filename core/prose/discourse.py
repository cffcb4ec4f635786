"""Discourse state carried from clause to clause: topic, year, body, open lists, requests received."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..chinese.punctuation import CLAUSE_STOPS
from .quantity_patterns import RESULTS

if TYPE_CHECKING:
    from decimal import Decimal

    from .bodies import Body
    from .mention import Mention
    from .results import Period, Scope
    from .tokenize import Phrase, ProseToken, Sentence

OWN_TOPICS = frozenset(("REQUEST", "ASKING"))
"""Topics of information requests."""
_PASSING = frozenset(("POSTS", "POWER", "ATTRIBUTE"))
_PLAIN_RESULTS = frozenset(RESULTS) - {"SECRET", "QUERY", "THIRD_PARTY", "NOT_EXIST"}


class Clause(NamedTuple):
    """A phrase with its position and the reporting year and body."""

    text: str
    sentence: int
    place: int
    phrase: Phrase
    tokens: list[ProseToken]
    """The tokens of the phrase, without causes."""
    named: frozenset[str]
    """Union of their notions."""
    following: str
    """The separator before the next phrase."""
    year: int | None
    body: Body

    @property
    def begin(self) -> int:
        """Offset of the clause's text: after the last stop."""
        place = self.tokens[0].start
        while place and self.text[place - 1] not in CLAUSE_STOPS:
            place -= 1
        return place


class Discourse:
    """Discourse state. Reset per sentence, except for topic, total and mentions."""

    topic: str = "NONE"
    line: int = -1
    period: Period = "this"
    scope: Scope = "own"
    widened: bool = False
    """Whether the sentence is about the whole area (全市), so that 本级 is only a part."""
    under: str = ""
    """Quantity of the last total of requests, for the list that divides it."""
    total: int | Decimal = 0
    """The last total of requests received."""
    received: bool = False
    """Whether the sentence has stated how many requests were received."""
    asked: bool = False
    """Whether a clause without numbers in this sentence was about requests, not answers."""
    reviewed: bool = False
    """Whether a clause without numbers in this sentence was about reviews."""
    open: Mention | None = None
    """A list number still without description, to be described by a later clause (2件申请…，申请人逾期未补正)."""
    listed: bool = False
    announced: bool = False
    """Whether a phrase without numbers has opened a list (其中：)."""
    items: int = 0
    """Count of numbers in the open list since its last semicolon; 1 after a semicolon that separates items."""
    unit: str = ""
    """Unit of the first number of the list."""
    group: int = 0
    """Count of semicolons in the sentence so far."""
    posting: str = ""
    """Unit in which published items are counted; empty if none were."""
    outside: list[tuple[bool, Period, Scope]]
    """Stack, one entry per open bracket: whether a list was open outside it, and period and scope there."""
    interrupted: list[ProseToken]
    """Tokens before a bracket, for a number after it (印发文件（含修订2件）21件)."""
    queue: tuple[str, ...] = ()
    """Quantities announced by 分别为 that still wait for their number."""
    years: tuple[Period, ...] = ()
    """Their periods, if years were announced (2022年、2023年分别收到20件、25件)."""
    powers: bool = False
    """Whether the sentence is about the power list (事项, 职权)."""
    informed: bool = False
    """Whether the sentence has mentioned 政府信息公开."""
    review_body: bool = False
    """Whether the paragraph is about the agency as a review body, whose cases are not cases against itself."""
    mentions: list[Mention]

    def __init__(self) -> None:
        self.outside, self.interrupted, self.mentions = [], [], []

    def begin(self, sentence: Sentence) -> None:
        """Start a sentence: reset year and body to the report's; drop a foreign topic at a new paragraph."""
        opening = sentence.phrases[0].tokens if sentence.phrases else []
        continued = bool(opening) and "WITHIN" in opening[0].notions
        if not continued:
            self._start_afresh(new_paragraph=sentence.line != self.line)
        if self.topic == "NONE" and _speaks_of_results(sentence):
            self.topic = "REQUEST"
        self.powers = "POWER" in sentence.notions
        self.line = sentence.line
        self.listed = self.announced = False
        self.group = 0
        self.outside.clear()
        self.interrupted = []
        self.queue = ()
        self.years = ()
        self.asked = self.reviewed = False
        self.open = None

    def _start_afresh(self, *, new_paragraph: bool) -> None:
        if new_paragraph:
            self.review_body = False
        if self.topic in _PASSING or (new_paragraph and self.topic not in OWN_TOPICS):
            self.topic = "NONE"
        self.period, self.scope = "this", "own"
        self.received = self.widened = self.informed = False
        self.posting = ""

    def enter(self, depth: int) -> None:
        """Enter or leave brackets. Leaving restores the list, year and body from outside."""
        while len(self.outside) > depth:
            self.listed, self.period, self.scope = self.outside.pop()
        while len(self.outside) < depth:
            self.outside.append((self.listed, self.period, self.scope))

    def pass_semicolon(self) -> None:
        """Handle a semicolon: it ends a list with comma-separated items, and the scope of another body."""
        self.scope = "own"
        self.group += 1
        if self.items > 1:
            self.listed, self.items = False, 0


def _speaks_of_results(sentence: Sentence) -> bool:
    """Return whether the results listed in a sentence show that it is about requests, when it names no topic."""
    if sentence.notions.isdisjoint(_PLAIN_RESULTS):
        return False
    results = sum(bool(token.notions & _PLAIN_RESULTS) for phrase in sentence.phrases for token in phrase.tokens)
    return results > 1 and not any(
        token.notions & {"FOREIGN", "DOC_ATTRIBUTE"} and "COMPLAINT" not in token.notions for token in sentence.phrases[0].tokens
    )
