"""Find the numbers of a text with their context: words beside them, topic, period and body.

One pass from left to right that carries topic (依申请公开, 行政复议, 规范性文件 …), year and body from clause to clause. The
meaning of each number is decided in classify.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..chinese.punctuation import CLAUSE_STOPS
from ..lazy_regex import lazy_pattern
from .classify import Classifier
from .discourse import OWN_TOPICS, Clause, Discourse
from .mention import Mention
from .period_and_body import PeriodAndBody
from .quantity_patterns import NEW
from .token_queries import has_notion, head_topic, relabel_causes, until_stop

if TYPE_CHECKING:
    from .bodies import Body
    from .tokenize import ProseToken, Sentence

_AMONG = lazy_pattern(r"[^,;:。在]{0,6}中[,:]?")
"""After a total whose parts follow: 19件中，48件申请中."""
_CARRIED_TOPICS = OWN_TOPICS | {"RECON", "LITIG", "NORM", "RULES", "FEE", "ADMIN_FEE"}


def read_mentions(text: str, found: list[Sentence], year: int | None, body: Body) -> list[Mention]:
    """Return all numbers of the sentences, in order, with the quantities they state."""
    context = Discourse()
    for index, sentence in enumerate(found):
        if not sentence.phrases:
            continue
        context.begin(sentence)
        for place, phrase in enumerate(sentence.phrases):
            following = sentence.phrases[place + 1].before if place + 1 < len(sentence.phrases) else ""
            if phrase.tokens:
                tokens = relabel_causes(phrase.tokens)
                named = frozenset().union(*[token.notions for token in tokens])
                _PhraseReader(Clause(text, index, place, phrase, tokens, named, following, year, body), context).read()
    return context.mentions


class _PhraseReader:
    """Reads one phrase in the context of those before it."""

    __slots__ = ("bearings", "clause", "context", "meaning")

    def __init__(self, clause: Clause, context: Discourse) -> None:
        self.clause, self.context = clause, context
        self.bearings, self.meaning = PeriodAndBody(clause, context), Classifier(clause, context)

    def read(self) -> None:
        """Record the numbers of the phrase and update the topic."""
        clause, context, tokens = self.clause, self.context, self.clause.tokens
        context.enter(clause.phrase.depth)
        if clause.phrase.before == ";":
            context.pass_semicolon()
        context.review_body = context.review_body or "REVIEW_BODY" in clause.named
        context.informed = context.informed or not clause.named.isdisjoint({"INFO", "APPLICATION"})
        numbers = [place for place, token in enumerate(tokens) if token.number is not None]
        begun = 0
        for order, place in enumerate(numbers):
            following = numbers[order + 1] if order + 1 < len(numbers) else None
            left = self._left(numbers[order - 1] if order else None, place)
            self.bearings.part = None
            self.bearings.follow(tokens[begun:place])
            begun = place + 1
            between = tokens[place + 1 : following]
            if following is not None and has_notion("FROM", left) and has_notion("RISEN_TO", between):
                self.bearings.local = "last"
            self._note(tokens[place], left, until_stop(between), last=following is None)
        self.bearings.follow(tokens[begun:])
        if not numbers:
            self._carry_topic()
        if clause.following == "(":
            context.interrupted = [] if numbers else tokens

    def _left(self, previous: int | None, place: int) -> list[ProseToken]:
        """Return the tokens that may describe the number from the left."""
        tokens = self.clause.tokens
        if previous is None:
            return tokens[:place] or (self.context.interrupted if self.clause.phrase.before == ")" else [])
        for back in range(place - 1, previous, -1):
            if tokens[back].stop:
                return tokens[back + 1 : place]
        return tokens[previous + 1 : place]

    def _carry_topic(self) -> None:
        """Set the topic from a clause without numbers; a foreign topic only if the clause announces what follows (a colon)."""
        context, tokens, named = self.context, self.clause.tokens, self.clause.named
        topic = head_topic(tokens)
        if context.open is not None:
            self.meaning.describe_later(context.open, tokens)
        context.reviewed = context.reviewed or topic in {"RECON", "LITIG"}
        context.asked = context.asked or (topic == "REQUEST" and named.isdisjoint({"ANSWER", "HANDLE", "NOT"}))
        if topic == "ASKING" and context.topic == "REQUEST":
            return
        if topic in _CARRIED_TOPICS or (topic and self.clause.following == ":"):
            context.topic = topic
        applicants = "APPLICANTS" in named or ("AMONG" in named and "ANSWER" not in named)
        if applicants and not context.under:
            context.under = NEW
        if "WITHIN" in named and (context.mentions or context.under):
            context.listed = context.announced = True

    def _note(self, token: ProseToken, left: list[ProseToken], right: list[ProseToken], *, last: bool) -> None:
        """Create a mention for a number and classify it."""
        number = token.number
        if number is None:
            return
        context, phrase = self.context, self.clause.phrase
        before = self._before(token)
        opens = self._opens(left)
        if opens:
            context.items, context.unit = 1, number.unit
        elif context.listed and number.unit == context.unit and before != ";":
            context.items += 1
        context.listed = (context.listed and not has_notion("FURTHER", left)) or opens
        mention = Mention(
            number=number,
            sentence=self.clause.sentence,
            phrase=self.clause.place,
            depth=phrase.depth,
            before=before,
            start=self._start(left, token),
            end=number.end,
            notions=frozenset().union(*[word.notions for word in left]),
            topic=context.topic,
            period=self.bearings.local or context.period,
            scope=self.bearings.part or context.scope,
            listed=context.listed,
            opens=opens,
            group=context.group,
            ordinal=phrase.ordinal,
        )
        context.mentions.append(mention)
        if number.unit == "%" or "CHANGE" in mention.notions:
            mention.rule = self.meaning.compared(left, mention)
        counted_among_results = context.listed and context.received and context.topic in OWN_TOPICS
        if number.counts or number.money or (not number.unit and not right and (not number.value or counted_among_results)):
            self.meaning.interpret(mention, left, right)
            undescribed = mention.listed and not mention.quantities and all(word.notions <= {"WITHIN", "FURTHER", "REST"} for word in left)
            context.open = mention if undescribed else None
            behind = head_topic(right) if last and not mention.first else ""
            if behind in {"REQUEST", "RECON", "LITIG"}:
                context.topic = behind
        if last and self._among(token):
            context.announced = context.listed = True

    def _among(self, token: ProseToken) -> bool:
        """Return whether 中 after the number says that its parts follow (无法提供的19件中，…)."""
        end = self.clause.tokens[-1].end
        return _AMONG.fullmatch(self.clause.text, token.end, end + (2 if end == token.end else 1)) is not None

    def _opens(self, left: list[ProseToken]) -> bool:
        """Return whether a list opens here: 其中 or 包括 beside or just before, or a bracket or colon after another number."""
        context = self.context
        earlier = context.mentions[-1] if context.mentions else None
        announced, context.announced = context.announced, False
        if announced or has_notion("WITHIN", left):
            return True
        if earlier is not None and (earlier.sentence, earlier.phrase) == (self.clause.sentence, self.clause.place):
            return False
        before = self.clause.phrase.before
        return before == "(" or (before == ":" and earlier is not None and earlier.sentence == self.clause.sentence)

    def _before(self, token: ProseToken) -> str:
        """Return the stop before the number; 、 if one follows another number of its phrase."""
        counted = False
        stop = self.clause.phrase.before
        for other in self.clause.tokens:
            if other.start >= token.start:
                break
            counted = counted or other.number is not None
            if other.stop and counted:
                stop = other.stop
        return stop

    def _start(self, left: list[ProseToken], token: ProseToken) -> int:
        """Return the start offset of the number's description: after the preceding stop or number."""
        floor = self.context.mentions[-1].number.end if self.context.mentions else 0
        place = left[0].start if left else token.start
        while place > floor and self.clause.text[place - 1] not in CLAUSE_STOPS:
            place -= 1
        return place
