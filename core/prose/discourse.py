"""What a reader carries along from clause to clause: topic, year, body, open lists, what was received."""

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
"""The topics that say the talk is of requests for information."""
_PASSING = frozenset(("POSTS", "POWER", "ATTRIBUTE"))
_PLAIN_RESULTS = frozenset(RESULTS) - {"SECRET", "QUERY", "THIRD_PARTY", "NOT_EXIST"}


class Clause(NamedTuple):
    """A phrase where it stands, and whose report it is part of."""

    text: str
    sentence: int
    place: int
    phrase: Phrase
    tokens: list[ProseToken]
    """The phrase's tokens, causes taken out."""
    named: frozenset[str]
    """All that they name."""
    following: str
    """The stop before the next phrase."""
    year: int | None
    body: Body

    @property
    def begin(self) -> int:
        """Where the clause's text begins, behind the last stop."""
        place = self.tokens[0].start
        while place and self.text[place - 1] not in CLAUSE_STOPS:
            place -= 1
        return place


class Discourse:
    """The reader's memory. All of it belongs to the sentence, but for the topic, the total and the mentions."""

    topic: str = "NONE"
    line: int = -1
    period: Period = "this"
    scope: Scope = "own"
    widened: bool = False
    """Whether the sentence speaks of the whole area (全市), so that 本级 is only a part."""
    under: str = ""
    """The quantity of the last total of requests, for the list that divides it."""
    total: int | Decimal = 0
    """The last total of requests received."""
    received: bool = False
    """Whether the sentence has said how many requests were received."""
    asked: bool = False
    """Whether a clause without numbers has spoken of requests, not of answers, in this sentence."""
    reviewed: bool = False
    """Whether a clause without numbers has spoken of reviews in this sentence."""
    open: Mention | None = None
    """A number of the list so far undescribed, for a clause behind it to describe (2件申请…，申请人逾期未补正)."""
    listed: bool = False
    announced: bool = False
    """Whether a phrase without numbers has opened a list (其中：)."""
    items: int = 0
    """How many numbers the open list has had since its last semicolon, 1 after one that parts items."""
    unit: str = ""
    """The unit of the list's first number."""
    group: int = 0
    """How many semicolons the sentence has had."""
    posting: str = ""
    """The unit under which published items were counted, empty where none were."""
    outside: list[tuple[bool, Period, Scope]]
    """For each open bracket, whether a list was open outside it, and the year and body there."""
    interrupted: list[ProseToken]
    """The words ahead of a bracket, for a number behind it (印发文件（含修订2件）21件)."""
    queue: tuple[str, ...] = ()
    """The quantities that 分别为 has announced and that still wait for their number."""
    years: tuple[Period, ...] = ()
    """Their periods, where it has announced years (2022年、2023年分别收到20件、25件)."""
    powers: bool = False
    """Whether the sentence is about the power list (事项, 职权)."""
    informed: bool = False
    """Whether the sentence has spoken of 政府信息公开."""
    review_body: bool = False
    """Whether the paragraph speaks of the agency as a review body, whose cases are not against itself."""
    mentions: list[Mention]

    def __init__(self) -> None:
        self.outside, self.interrupted, self.mentions = [], [], []

    def begin(self, sentence: Sentence) -> None:
        """Start a sentence: the year and the body are the report's again; a new paragraph forgets a foreign topic."""
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
        """Step into or out of brackets: a list, a year and a body named inside end with them; those outside go on."""
        while len(self.outside) > depth:
            self.listed, self.period, self.scope = self.outside.pop()
        while len(self.outside) < depth:
            self.outside.append((self.listed, self.period, self.scope))

    def pass_semicolon(self) -> None:
        """A semicolon ends a list whose items are parted by commas, and the talk of another body."""
        self.scope = "own"
        self.group += 1
        if self.items > 1:
            self.listed, self.items = False, 0


def _speaks_of_results(sentence: Sentence) -> bool:
    """Whether the results that a sentence lists tell that it is about requests, where nothing else does."""
    if sentence.notions.isdisjoint(_PLAIN_RESULTS):
        return False
    results = sum(bool(token.notions & _PLAIN_RESULTS) for phrase in sentence.phrases for token in phrase.tokens)
    return results > 1 and not any(
        token.notions & {"FOREIGN", "DOC_ATTRIBUTE"} and "COMPLAINT" not in token.notions for token in sentence.phrases[0].tokens
    )
