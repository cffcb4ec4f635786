"""The numbers of a text, each with what stands beside it, the topic it falls under, its period and its body.

One pass from left to right, carrying the topic (依申请公开, 行政复议, 规范性文件 …), the year and the body from clause to clause,
as a reader does. What a number means is decided by the rows of rules.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from .clauses import Token
from .rules import ANSWERED, BY_CHANNEL, DECISIONS, DOCUMENTS, HANDLED, NEW, OVER, RESULTS, REVIEWS, TOPICS, Measure, Rule, fitting
from .scope import PERIODS, Body, foreign_subject, period_of_year

if TYPE_CHECKING:
    from decimal import Decimal

    from .clauses import Phrase, Sentence
    from .numerals import Numeral
    from .reading import Period, Scope

_VERBS = frozenset(("RECEIVE", "ANSWER", "HANDLE", "ISSUE", "DECIDE"))
_MARKS = frozenset(("WITHIN",))
_OWN_TOPICS = frozenset(("REQUEST", "ASKING"))
_RESULT_NOTIONS = frozenset((*RESULTS, "COMPLAINT"))


_COMPARING = frozenset("在占居列于对向")
"""Before 全市: no subject (占全市的10%, 在全市排名第三, 向全区发布)."""
_REVIEW_TOTALS = frozenset((f"{prefix}.total",) for prefix in REVIEWS.values())
_AMONG = re.compile(r"[^,;:。在]{0,6}中[,:]?")
"""Behind a total whose parts follow: 19件中，48件申请中."""
_PAIR = 2
_NAME = 2  # unknown characters before 申请 that the context may excuse


@dataclass(slots=True)
class Mention:
    """A number in its place."""

    number: Numeral
    sentence: int
    phrase: int
    depth: int
    before: str
    """The stop that its phrase follows; 、 where the number follows one inside it."""
    start: int
    """Where its description begins."""
    end: int
    """Where its description ends: the number's own end, or further right where what it counts follows it."""
    notions: frozenset[str]
    topic: str
    period: Period
    scope: Scope
    listed: bool
    """Whether 其中, 包括, a colon or a bracket opened the list it stands in."""
    opens: bool
    """Whether the list opens with it."""
    group: int
    """Which of the sentence's parts between semicolons it stands in."""
    ordinal: bool
    """Whether 一是, 二是 or the like leads its phrase."""
    first: bool = False
    """Whether it is described by what follows it (318件予以公开)."""
    rule: Rule | None = None
    quantities: tuple[str, ...] = ()
    kind: str = ""


@dataclass(slots=True)
class _State:
    """What a reader carries along."""

    topic: str = "NONE"
    line: int = -1
    period: Period = "this"
    scope: Scope = "own"
    listed: bool = False
    outside: list[tuple[bool, Period, Scope]] = field(default_factory=list)
    """For each open bracket, whether a list was open outside it, and the year and body there."""
    group: int = 0
    interrupted: list[Token] = field(default_factory=list)
    """The words ahead of a bracket, for a number behind it (印发文件（含修订2件）21件)."""
    announced: bool = False
    """Whether a phrase without numbers has opened a list (其中：)."""
    items: int = 0
    """How many numbers the open list has had since its last semicolon, 1 after one that parts items."""
    unit: str = ""
    """The unit of the list's first number."""
    posting: bool = False
    review_body: bool = False
    powers: bool = False
    """Whether the sentence is about the power list (事项, 职权)."""
    informed: bool = False
    """Whether the sentence has spoken of 政府信息公开."""
    queue: tuple[str, ...] = ()
    """The quantities that 分别为 has announced and that still wait for their number."""
    years: tuple[Period, ...] = ()
    """Their periods, where it has announced years (2022年、2023年分别收到20件、25件)."""
    under: str = ""
    received: bool = False
    total: int | Decimal = 0
    """The last total of requests received."""
    widened: bool = False
    mentions: list[Mention] = field(default_factory=list)


def read_mentions(text: str, found: list[Sentence], year: int | None, body: Body) -> list[Mention]:
    """Every number of the sentences, in order, with the quantities it states."""
    state = _State()
    for index, sentence in enumerate(found):
        _begin(state, sentence)
        for place, phrase in enumerate(sentence.phrases):
            following = sentence.phrases[place + 1].before if place + 1 < len(sentence.phrases) else ""
            _PhraseReader(text, index, place, phrase, following, state, year, body).read()
    return state.mentions


def _begin(state: _State, sentence: Sentence) -> None:
    """Start a sentence: the year and the body are the report's again; a new paragraph forgets a foreign topic."""
    opening = sentence.phrases[0].tokens if sentence.phrases else []
    continued = bool(opening) and "WITHIN" in opening[0].notions
    if sentence.line != state.line and not continued:
        state.review_body = False
        if state.topic not in _OWN_TOPICS:
            state.topic = "NONE"
    if state.topic in {"POSTS", "POWER", "ATTRIBUTE"} and not continued:
        state.topic = "NONE"
    if not continued:
        state.period, state.scope = "this", "own"
        state.posting = state.received = state.widened = state.informed = False
    if state.topic == "NONE" and _speaks_of_results(sentence):
        state.topic = "REQUEST"
    state.powers = any("POWER" in token.notions for phrase in sentence.phrases for token in phrase.tokens)
    state.line = sentence.line
    state.listed = False
    state.outside.clear()
    state.interrupted = []
    state.group = 0
    state.announced = False
    state.queue = state.years = ()


_PLAIN_RESULTS = frozenset(RESULTS) - {"SECRET", "QUERY", "THIRD_PARTY", "NOT_EXIST"}


def _speaks_of_results(sentence: Sentence) -> bool:
    """Whether the results that a sentence lists tell that it is about requests, where nothing else does."""
    named = [token.notions & _PLAIN_RESULTS for phrase in sentence.phrases for token in phrase.tokens if token.notions & _PLAIN_RESULTS]
    foreign = any(token.notions & {"FOREIGN", "DOC_ATTRIBUTE"} and "COMPLAINT" not in token.notions for token in sentence.phrases[0].tokens)
    return len(named) > 1 and not foreign


class _PhraseReader:
    """One phrase read in the light of those before it."""

    __slots__ = ("body", "following", "index", "local", "part", "phrase", "place", "state", "text", "tokens", "year")

    def __init__(
        self, text: str, index: int, place: int, phrase: Phrase, following: str, state: _State, year: int | None, body: Body
    ) -> None:
        self.text, self.index, self.place, self.phrase, self.following = text, index, place, phrase, following
        self.state, self.year, self.body = state, year, body
        self.tokens = _without_causes(_plain_items(phrase.tokens, text))
        self.local: Period | None = None
        self.part: Scope | None = None

    def read(self) -> None:
        """Note the phrase's numbers and carry its topic on."""
        self._brackets()
        if self.phrase.before == ";":
            self._semicolon()
        carries = any(token.notions & {"CARRY", "AND_CARRIED", "ONGOING"} for token in self.tokens)
        numbers = [place for place, token in enumerate(self.tokens) if token.number is not None]
        for token in self.tokens:
            self.state.review_body = self.state.review_body or "REVIEW_BODY" in token.notions
            self.state.informed = self.state.informed or bool(token.notions & {"INFO", "APPLICATION"})
        begun = 0
        for order, place in enumerate(numbers):
            upto = numbers[order + 1] if order + 1 < len(numbers) else len(self.tokens)
            left = self._left(numbers[order - 1] if order else None, place)
            right = _until_stop(self.tokens[place + 1 : upto])
            self.part = None
            self._time(self.tokens[begun:place], carries=carries)
            begun = place + 1
            if order + 1 < len(numbers) and _notion("FROM", left) and _notion("RISEN_TO", self.tokens[place + 1 : upto]):
                self.local = "last"
            if not order and self.phrase.before == ")" and not left:
                left = self.state.interrupted
            self._mention(self.tokens[place], left, right, last=order + 1 == len(numbers))
        self._time(self.tokens[begun:], carries=carries)
        if not numbers:
            self._carry_topic()
        if self.following == "(":
            self.state.interrupted = [] if numbers else self.tokens

    def _brackets(self) -> None:
        """A list, a year and a body named inside brackets end with them; those outside go on."""
        state, outside = self.state, self.state.outside
        while len(outside) > self.phrase.depth:
            state.listed, state.period, state.scope = outside.pop()
        while len(outside) < self.phrase.depth:
            outside.append((state.listed, state.period, state.scope))

    def _semicolon(self) -> None:
        """A semicolon ends a list whose items are parted by commas, and the talk of another body."""
        state = self.state
        state.scope = "own"
        state.group += 1
        if state.items > 1:
            state.listed, state.items = False, 0

    def _left(self, previous: int | None, place: int) -> list[Token]:
        """The words that may describe the number from the left."""
        if previous is None:
            return self.tokens[:place]
        left = self.tokens[previous + 1 : place]
        for back in range(len(left) - 1, -1, -1):
            if left[back].stop:
                return left[back + 1 :]
        return left

    def _time(self, tokens: list[Token], *, carries: bool) -> None:
        """Follow the year, the plan and the body; 比2019年 holds only up to the comma, 2021年结转 names no other year's number."""
        compared = up_to = False
        for token in tokens:
            period: Period | None = None
            if token.year is not None:
                period = None if "BEFORE" in token.notions else period_of_year(token.year, self.year)
                if up_to and period == "next":
                    period = "this"
            for notion in token.notions:
                period = PERIODS.get(notion, period)
            if "PART_YEAR" in token.notions and (token.year is None or period_of_year(token.year, self.year) == "this"):
                period = "part"
            if period is not None and (not carries or period in {"this", "part", "other", "plan"}):
                if compared:
                    self.local = period
                else:
                    self.state.period, self.local = period, None
            if "RISEN_TO" in token.notions:
                self.state.period, self.local = "this", None
            compared = "COMPARED" in token.notions or (compared and period is not None)
            up_to = "UP_TO" in token.notions
            self._body(token)

    def _body(self, token: Token) -> None:
        state = self.state
        if "WIDE" in token.notions and self.text[token.start - 1 : token.start] not in _COMPARING:
            state.scope = self.body.scope_of_area(self.text[token.start : token.end])
            state.widened = True
        elif "OWN" in token.notions:
            state.scope = "own"
        elif (
            "BELOW" in token.notions and self.text[token.start : token.end] not in self.body.name and self.text[token.start - 1 : token.start] not in {"及", "和", "与", "、"}
        ) or (
            "LEVEL" in token.notions and state.widened
        ):
            self.part = "below"
            if not state.listed:
                state.scope = "below"

    def _carry_topic(self) -> None:
        """A clause without numbers brings its topic; a foreign one only where it announces what follows (a colon)."""
        topic = head_topic(self.tokens)
        own = topic in _OWN_TOPICS or topic in {"RECON", "LITIG", "NORM", "RULES", "FEE", "ADMIN_FEE"}
        if topic == "ASKING" and self.state.topic == "REQUEST":
            return
        if topic and (own or self.following == ":"):
            self.state.topic = topic
        if _notion("AMONG", self.tokens) and not _notion("ANSWER", self.tokens) and not self.state.under:
            self.state.under = NEW
        if any("WITHIN" in token.notions for token in self.tokens) and (self.state.mentions or self.state.under):
            self.state.listed = self.state.announced = True

    def _mention(self, token: Token, left: list[Token], right: list[Token], *, last: bool) -> None:
        number = token.number
        if number is None:
            return
        state = self.state
        opens = self._opens(left)
        if opens:
            state.items, state.unit = 1, number.unit
        elif state.listed and number.unit == state.unit and self._before(token) != ";":
            state.items += 1
        state.listed = (state.listed and not _notion("FURTHER", left)) or opens
        start = self._start(left, token)
        mention = Mention(
            number, self.index, self.place, self.phrase.depth, self._before(token), start, number.end,
            frozenset(), state.topic, self.local or state.period, self.part or state.scope, state.listed, opens, state.group, self.phrase.ordinal,
        )
        state.mentions.append(mention)
        mention.notions = frozenset().union(*(word.notions for word in left))
        unitless = not number.unit and not right and (not number.value or (state.listed and state.received and state.topic in _OWN_TOPICS))
        if number.unit == "%" or "CHANGE" in mention.notions:
            mention.rule = self._compared(left, mention)
        if number.counts or number.money or unitless:
            self._interpret(mention, left, right)
            if last and not mention.first:
                self._topic_behind(right)
        if last and _AMONG.fullmatch(self.text, mention.number.end, self.tokens[-1].end + 1 + (self.tokens[-1] is token)):
            state.announced = state.listed = True  # 无法提供的19件中，…

    def _compared(self, left: list[Token], mention: Mention) -> Rule | None:
        """What a comparison is about: of 新收申请数量比上年增长25%，达到25件 the second number is the quantity of the first."""
        for place, token in enumerate(left):
            if token.notions & {"COMPARED", "CHANGE"}:
                return fitting(self._notions(left[:place], mention, first=False), "count") if place else None
        return None

    def _topic_behind(self, right: list[Token]) -> None:
        """What follows the last number of a phrase may bring the next topic (5件申请的答复中)."""
        topic = head_topic(right)
        if topic in {"REQUEST", "RECON", "LITIG"}:
            self.state.topic = topic

    def _opens(self, left: list[Token]) -> bool:
        """Whether a list opens here: 其中 or 包括 beside the number or just ahead, or a bracket or a colon after another number."""
        earlier = self.state.mentions[-1] if self.state.mentions else None
        announced, self.state.announced = self.state.announced, False
        if announced or any("WITHIN" in token.notions for token in left):
            return True
        fresh = earlier is None or (earlier.sentence, earlier.phrase) != (self.index, self.place)
        return fresh and (self.phrase.before == "(" or (self.phrase.before == ":" and earlier is not None and earlier.sentence == self.index))

    def _before(self, token: Token) -> str:
        """The stop ahead of the number: 、 where one stands behind another number of its phrase."""
        counted = False
        stop = self.phrase.before
        for other in self.tokens:
            if other.start >= token.start:
                break
            counted = counted or other.number is not None
            if other.stop and counted:
                stop = other.stop
        return stop

    def _start(self, left: list[Token], token: Token) -> int:
        """Where the number's description begins: behind the stop or the number ahead."""
        place = token.start
        stops = ",;:、()。\n"
        floor = 0
        for mention in reversed(self.state.mentions):
            floor = mention.number.end
            break
        first = left[0].start if left else token.start
        place = first
        while place > floor and self.text[place - 1] not in stops:
            place -= 1
        return place

    def _interpret(self, mention: Mention, left: list[Token], right: list[Token]) -> None:
        """Find what the number states: by the words ahead of it, then by those around it."""
        state = self.state
        fee = {"T:FEE", "T:ADMIN_FEE"} & {f"T:{head_topic(left)}"} and not mention.number.unit
        measure: Measure = "money" if mention.number.money or fee else "count"
        own = self._notions(left, mention, first=False)
        figure = [Token(mention.number.start, mention.number.end, number=mention.number)]
        rule = fitting(own, measure)
        topic = head_topic(left)
        years = [token for token in left if token.year is not None] if "RESPECTIVELY" in own else []
        if len(years) > 1 and rule is not None:
            periods = [period_of_year(token.year, self.year) for token in years if token.year is not None]
            mention.period, state.years = periods[0], tuple(periods[1:])
            state.queue = rule.quantities[:1] * len(state.years)
        described = right
        if rule is not None and mention.number.value and not {"EACH", "RESPECTIVELY"} & own and _both_reviews(left):
            mention.notions, mention.topic = own, topic
            return
        if rule is not None and not topic and head_topic(right) == "FOREIGN":
            rule = None
        if rule is None and right and topic not in {"FOREIGN", "POSTS", "POWER"} and not ({"CHANGE", "ASSERTED"} & own):
            own = self._notions([*left, *figure, *right], mention, first=True)
            rule = fitting(own, measure)
            topic = head_topic([*left, *right]) or topic
            if rule is not None:
                mention.first = True
                mention.end = max(mention.number.end, described[-1].end)
        if state.queue and not topic and not rule:
            mention.quantities, state.queue = state.queue[:1], state.queue[1:]
            mention.topic, mention.kind = state.topic, "RESPECTIVELY"
            if state.years:
                mention.period, state.years = state.years[0], state.years[1:]
            return
        if rule is None and topic in DOCUMENTS and "BARE" in own:
            rule = self._same_status(mention, topic)
        if rule is None and not mention.number.value:
            rule = self._jointly_none(left, mention, measure)
        if rule is None and not topic and _is_ellipsis(left, right):
            rule = self._same_as_before(mention)
        mention.notions = own
        mention.topic = topic or state.topic
        several = _names(left) if {"EACH", "RESPECTIVELY"} & own or not mention.number.value else ()
        if len(several) > 1 and rule is not None:
            if "RESPECTIVELY" in own:
                several, state.queue = several[:1], several[1:]
            mention.rule, mention.kind, mention.quantities = rule, rule.kind, several
            self._follow(mention)
        elif rule is None and topic in {"", "POSTS"} and {"INFO", "LISTED"} <= own and (measure == "count"):
            self._narrowed(mention)
        elif rule is not None:
            mention.rule, mention.kind = rule, rule.kind
            mention.quantities = rule.quantities if rule.kind != BY_CHANNEL else self._same_total(mention)
            if measure == "count" and self._foreign(left):
                mention.scope = "below"
            self._follow(mention)
        self._remember_topic(mention, topic)

    def _same_status(self, mention: Mention, topic: str) -> Rule | None:
        """公开规章0件、规范性文件0件: the verb of the first serves the second."""
        if len(self.state.mentions) < _PAIR:
            return None
        ahead = self.state.mentions[-2]
        if ahead.sentence != mention.sentence or not ahead.quantities or ahead.rule is None:
            return None
        prefix, _, status = ahead.quantities[0].rpartition(".")
        if prefix not in DOCUMENTS.values():
            return None
        return replace(ahead.rule, quantities=(f"{DOCUMENTS[topic]}.{status}",))

    def _same_total(self, mention: Mention) -> tuple[str, ...]:
        """网上申请3件、纸质申请36件: the second number is of the same kind as the first."""
        for earlier in reversed(self.state.mentions[:-1]):
            if earlier.sentence == mention.sentence and earlier.quantities in {(NEW,), (ANSWERED,)}:
                return earlier.quantities
        return (NEW,)

    def _narrowed(self, mention: Mention) -> None:
        """行政诉讼案件23件，其中涉政府信息公开3件: only the latter are the form's."""
        if len(self.state.mentions) < _PAIR:
            return
        wider = self.state.mentions[-2]
        if wider.sentence == mention.sentence and wider.quantities[:1] in _REVIEW_TOTALS:
            mention.quantities, wider.quantities = wider.quantities, ()
            mention.rule, mention.kind, mention.topic = wider.rule, wider.kind, wider.topic

    def _jointly_none(self, left: list[Token], mention: Mention, measure: Measure) -> Rule | None:
        """Of A和B 0件, A is none too, whatever B is."""
        for place, token in enumerate(left):
            if token.stop or self.text[token.start : token.end] in {"和", "及", "与", "以及"}:
                return fitting(self._notions(left[:place], mention, first=False), measure)
        return None

    def _same_as_before(self, mention: Mention) -> Rule | None:
        """Of 由18件增至26件 or 2022年121件、2023年134件, the later numbers state what the first does."""
        for earlier in reversed(self.state.mentions[:-1]):
            if earlier.sentence != mention.sentence:
                return None
            if earlier.rule is not None and earlier.number.unit in {mention.number.unit, "%"}:
                return earlier.rule
        return None

    def _foreign(self, left: list[Token]) -> bool:
        for token in left:
            if token.notions & _VERBS:
                begin = self._clause_begin()
                return foreign_subject(self.text[begin : token.start], self.body)
        return False

    def _clause_begin(self) -> int:
        place = self.tokens[0].start
        while place and self.text[place - 1] not in ",;:、()。\n":
            place -= 1
        return place

    def _notions(self, tokens: list[Token], mention: Mention, *, first: bool) -> frozenset[str]:
        """The notions beside a number, with the derived ones of rules.py."""
        state = self.state
        found: set[str] = set()
        for token in tokens:
            found |= token.notions
            if token.year is not None and self.year is not None:
                if token.year != self.year:
                    found.add("FUTURE" if token.year > self.year else "PAST")
                elif "CARRY" in found:  # 结转至2024年 in the report for 2024
                    found.add("PAST")
        topic = head_topic(tokens)
        if topic == "ASKING" and state.topic in {"RECON", "LITIG"}:
            topic = state.topic
        elif topic == "ASKING" and not self._plain_asking(tokens):
            topic = "FOREIGN"
        if topic:
            found.add(f"T:{topic}")
        found.add(f"C:{state.topic}")
        found.add(f"IN:{topic or state.topic}")
        if first:
            found.add("FIRST")
        if state.listed:
            found.add("LISTED")
        if state.posting and state.listed:
            found.add("POSTING")
        if state.received:
            found.add("C:RECEIVED")
        if state.under:
            found.add(f"UNDER:{state.under}")
        if self._strange(topic, tokens):
            found.add("STRANGE")
        if self._free(tokens, mention):
            found.add("FREE")
        if sum(bool(token.notions) for token in tokens) == 1 and tokens[-1].end == mention.number.start and tokens[0].start == mention.start:
            found.add("BARE")
        if mention.number.unit == "项" and state.powers:
            found |= {"POWER", "POWER_LIST"}
        ahead = state.mentions[-_PAIR] if len(state.mentions) > 1 else mention
        if ahead.kind in DECISIONS and ahead.sentence == mention.sentence and "ITEMS" in ahead.notions:
            found.add("DECIDED")
        found.discard("REVIEW_BODY")
        if (state.review_body or "JUDGED" in found) and not state.informed and not {"INFO", "APPLICATION"} & found:
            found.add("REVIEW_BODY")
        return frozenset(found)

    def _strange(self, topic: str, tokens: list[Token]) -> bool:
        if self.state.topic == "ATTRIBUTE" and not any(token.notions & {"RECEIVE", "ANSWER"} for token in tokens):
            return True
        if topic in {"FOREIGN", "POWER", "ATTRIBUTE"}:
            results = any(token.notions & _RESULT_NOTIONS for token in tokens)
            return not (results and (self.state.topic in _OWN_TOPICS or any("COMPLAINT" in token.notions for token in tokens)))
        return not topic and self.state.topic in {"FOREIGN", "POSTS", "POWER"}

    def _plain_asking(self, tokens: list[Token]) -> bool:
        """Whether a bare 申请 can only be one for information: nothing unknown or foreign stands with it."""
        known = self.state.topic in _OWN_TOPICS
        for place, token in enumerate(tokens):
            if "ASKING" in token.notions:
                ahead = tokens[:place]
                if any(other.notions & {"FOREIGN", "LICENCE", "PENALTY", "COERCION", "RECON", "LITIG", "ADMIN_FEE", "PUBLIC_INTEREST"} for other in ahead):
                    return False
                return token.start - (ahead[-1].end if ahead else self._clause_begin()) <= (_NAME if known else 0)
        return True

    def _free(self, tokens: list[Token], mention: Mention) -> bool:
        """Whether no unknown word stands between the verb and the number."""
        verb = None
        for token in tokens:
            if token.start < mention.number.start and token.notions & {"ANSWER", "HANDLE"}:
                verb = token
        if verb is None:
            return False
        known = verb.end
        for token in tokens:
            if verb.end <= token.start < mention.number.start:
                if token.start > known + 1:
                    return False
                known = token.end
        return mention.number.start - known <= 1

    def _follow(self, mention: Mention) -> None:
        """What this number means for those after it, and for the total ahead of it."""
        state = self.state
        quantity = mention.quantities[0]
        if quantity == OVER and mention.number.value and mention.listed:
            self._holds_carried(mention)
        if mention.period == "this" and mention.scope == "own":
            if quantity in {NEW, HANDLED}:
                state.received, state.total = True, mention.number.value
            if quantity in {NEW, HANDLED, ANSWERED, "requests.rejected.total"}:
                state.under = quantity
        elif quantity in {NEW, HANDLED, ANSWERED}:
            state.under = ""

    def _holds_carried(self, mention: Mention) -> None:
        """收到57件（含上年结转1件） counts both: what was new and what was carried over."""
        if mention.before == ";":
            return
        between: list[int | Decimal] = []
        for earlier in reversed(self.state.mentions[:-1]):
            if earlier.sentence != mention.sentence:
                return
            if earlier.quantities and earlier.quantities[0] in {NEW, ANSWERED} and "NEW" not in earlier.notions:
                if between and sum(between) == earlier.number.value:
                    return
                if earlier.quantities == (ANSWERED,) and "ANSWER" in earlier.notions:
                    return
                earlier.quantities = (HANDLED,)
                self.state.under = HANDLED
                return
            if (not earlier.listed and earlier.quantities) or earlier.before == ";":
                return
            between.append(earlier.number.value)

    def _remember_topic(self, mention: Mention, topic: str) -> None:
        state = self.state
        if state.topic == "ATTRIBUTE" and "STRANGE" in mention.notions:
            return
        if topic == "ASKING":
            topic = "REQUEST" if mention.rule is not None and mention.quantities[0].startswith("requests.") else "FOREIGN"
            if state.topic in _OWN_TOPICS:
                topic = "REQUEST"
        if mention.quantities and mention.quantities[0].startswith("requests."):
            topic = "REQUEST"
        if topic == "FOREIGN" and "NORM_PLACE" in mention.notions:
            topic = "NORM"
        beside = self.text[mention.start : mention.number.start]
        if (beside == "主动公开" or (mention.listed and "主动公开" in beside)) and not state.received:
            topic = "ATTRIBUTE"
        if topic == "FOREIGN" and mention.rule is None and mention.listed and state.topic in _OWN_TOPICS and mention.number.value <= state.total:
            return
        if topic == "POSTS" and state.topic in _OWN_TOPICS and mention.number.unit != "条":
            return
        if topic:
            state.topic = topic
        if topic == "POSTS" and mention.number.counts:
            state.posting = True


def head_topic(tokens: list[Token]) -> str:
    """The topic of the last word that names one; empty where none does."""
    for token in reversed(tokens):
        for notion, topic in TOPICS.items():
            if notion in token.notions:
                return topic
    return ""


_NOUNS = frozenset((*REVIEWS, *DOCUMENTS, *DECISIONS))
_NAMED = RESULTS | {notion: f"{prefix}.total" for notion, prefix in REVIEWS.items()} | DECISIONS


def _names(tokens: list[Token]) -> tuple[str, ...]:
    """The quantities that words name by themselves, in order: 行政复议、行政诉讼, 予以公开、部分公开."""
    found: list[str] = []
    for token in tokens:
        for notion, quantity in _NAMED.items():
            if notion in token.notions:
                if quantity not in found:
                    found.append(quantity)
                break
    return tuple(found)


def _both_reviews(tokens: list[Token]) -> bool:
    """Whether 行政复议 and 行政诉讼 stand side by side, so that a number behind them counts both."""
    named = [place for place, token in enumerate(tokens) if token.notions & {"RECON", "LITIG"} and not token.notions & {"AFTER_REVIEW", "DIRECT", "JUDGED"}]
    if len(named) < _PAIR:
        return False
    first, second = named[-2:]
    kinds = {notion for place in (first, second) for notion in tokens[place].notions & {"RECON", "LITIG"}}
    return len(kinds) == _PAIR and all(token.stop or not token.notions for token in tokens[first + 1 : second])


def _until_stop(tokens: list[Token]) -> list[Token]:
    """What follows a number up to 、 or to what is said of all reviews (3起复议、1起诉讼均以胜诉告终)."""
    named = False
    for place, token in enumerate(tokens):
        if token.stop or "AND_CARRIED" in token.notions or (named and token.notions & {"EACH", "ON_TIME"}):
            return tokens[:place]
        named = named or head_topic([token]) in _NOUNS
    return tokens


def _notion(notion: str, tokens: list[Token]) -> bool:
    return any(notion in token.notions for token in tokens)


_WHEN = frozenset(("LAST_YEAR", "THIS_YEAR", "RISEN_TO"))
_BESIDE = _WHEN | {"FROM", "WITHIN", "RESPECTIVELY", "TOTAL", "EACH"}


def _is_ellipsis(left: list[Token], right: list[Token]) -> bool:
    """Whether nothing but a year or a 增至 stands beside the number."""
    when = any(token.year is not None or token.notions & _WHEN for token in left)
    return when and not right and all(token.notions <= _BESIDE for token in left if token.year is None)


def _plain_items(tokens: list[Token], text: str) -> list[Token]:
    """The tokens with 事项 behind 依申请公开 read as a mere classifier, not as a post of the power list."""
    for place, (ahead, token) in enumerate(pairwise(tokens), 1):
        if "POWER" in token.notions and ahead.notions & {"APPLICATION", "ASKING"} and ahead.end == token.start and text[token.start : token.end] == "事项":
            return [*tokens[:place], Token(token.start, token.end), *tokens[place + 1 :]]
    return tokens


def _without_causes(tokens: list[Token]) -> list[Token]:
    """The tokens with 因政府信息公开申请引发的 read as a cause, not as the thing counted."""
    for place, token in enumerate(tokens):
        if "CAUSED" not in token.notions:
            continue
        cleaned = list(tokens)
        for back in range(place - 1, -1, -1):
            earlier = cleaned[back]
            if earlier.number is not None or earlier.stop:
                break
            if earlier.notions & {"APPLICATION", "ASKING"}:
                cleaned[back] = Token(earlier.start, earlier.end, frozenset({"INFO"}))
            if "BECAUSE" in earlier.notions:
                break
        return cleaned
    return tokens
