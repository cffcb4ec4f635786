"""Classify numbers: match the words before a number, then those around it, then fall back on the preceding numbers.

The patterns are in quantity_patterns.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazy_regex import lazy_pattern
from .bodies import foreign_subject, period_of_year
from .discourse import OWN_TOPICS, Clause, Discourse
from .quantity_patterns import (
    ANSWERED,
    BY_CHANNEL,
    DECISIONS,
    DOCUMENTS,
    HANDLED,
    NEW,
    OVER,
    RESULTS,
    REVIEWS,
    Measure,
    QuantityPattern,
    first_matching_pattern,
)
from .token_queries import head_topic, is_ellipsis, named_quantities, names_both_reviews
from .tokenize import NONE, ProseToken

if TYPE_CHECKING:
    from decimal import Decimal

    from .mention import Mention

_VERBS = frozenset(("RECEIVE", "ANSWER", "HANDLE", "ISSUE", "DECIDE"))
_RESULT_NOTIONS = frozenset((*RESULTS, "COMPLAINT"))
_REVIEW_TOTALS = frozenset((f"{prefix}.total",) for prefix in REVIEWS.values())
_NO_ASKING = frozenset(("FOREIGN", "LICENCE", "PENALTY", "COERCION", "RECON", "LITIG", "ADMIN_FEE", "PUBLIC_INTEREST"))
"""Notions that make 申请 an application for something other than information."""
_LEADING = frozenset(("RECEIVE", "ANSWER", "HANDLE", "ISSUE", "PUBLISH", "DECIDE"))
_DISTRIBUTED = frozenset(("EACH", "RESPECTIVELY"))
_INCLUDED = 2  # sentences after a total in which 包括 may still divide it
_UNTOLD = frozenset(("WITHIN", "WHOLE_YEAR", "THIS_YEAR"))
_ATTRIBUTED = lazy_pattern(r"主动公开[类的]?$")
"""Beside a number: documents by the way they are disclosed (主动公开、依申请公开、不予公开), not requests."""
_PAIR = 2
_NAME = 2  # unknown characters allowed before 申请 when the topic is requests


class Classifier:
    """Classifies the numbers of one clause."""

    __slots__ = ("clause", "context")

    def __init__(self, clause: Clause, context: Discourse) -> None:
        self.clause, self.context = clause, context

    def interpret(self, mention: Mention, left: list[ProseToken], right: list[ProseToken]) -> None:
        """Classify a number and update the discourse state.

        Args:
            left: Tokens that may describe the number from the left.
            right: Tokens after it, up to the next stop or number.
        """
        topic = head_topic(left)
        fee = topic in {"FEE", "ADMIN_FEE"} and not mention.number.unit
        measure: Measure = "money" if mention.number.money or fee else "count"
        notions = self._notions(left, mention)
        if "OTHER_CAUSE" in notions and topic in REVIEWS:
            mention.notions, mention.topic, self.context.topic = notions, "FOREIGN", "FOREIGN"
            return
        rule = first_matching_pattern(notions, measure)
        self._distribute_years(left, mention, rule, notions)
        if rule is not None and mention.number.value and not _DISTRIBUTED & notions and names_both_reviews(left):
            mention.notions, mention.topic = notions, topic
            return
        if rule is not None and not topic and right and right[0].start <= mention.number.end + 1 and head_topic(right[:1]) == "FOREIGN":
            rule = None
        if rule is None and right and topic not in {"FOREIGN", "POSTS", "POWER"} and not {"CHANGE", "ASSERTED"} & notions:
            figure = ProseToken(mention.number.start, mention.number.end, number=mention.number)
            around = [*left, figure, *right]
            notions = self._notions(around, mention, first=True)
            rule = first_matching_pattern(notions, measure)
            topic = head_topic(around) or topic
            if rule is not None:
                mention.first, mention.end = True, max(mention.number.end, right[-1].end)
        if self.context.queue and not topic and not rule:
            self._take_announced(mention)
            return
        mention.notions = notions
        if rule is None and topic in DOCUMENTS and "BARE" in notions:
            rule = self._same_status(mention, topic)
        if rule is None and not mention.number.value:
            rule = self._jointly_none(left, mention, measure)
        if rule is None and not topic and is_ellipsis(left, right):
            rule = self._same_as_before(mention)
        mention.topic = topic or self.context.topic
        if rule is not None:
            self._state(rule, left, mention, measure)
        elif topic in {"", "POSTS"} and {"INFO", "LISTED"} <= notions and measure == "count":
            self._narrow(mention)
        self._remember_topic(mention, topic)

    def describe_later(self, mention: Mention, tokens: list[ProseToken]) -> None:
        """Classify an earlier number from a later clause (其中2件申请需补正，申请人逾期未补正)."""
        if not any(token.notions & _RESULT_NOTIONS for token in tokens) or mention.notions & {"FOREIGN", "RECON", "LITIG"}:
            return
        rule = first_matching_pattern(self._notions(tokens, mention, first=True), "count")
        if rule is not None and rule.kind in RESULTS:
            mention.rule, mention.kind, mention.quantities = rule, rule.kind, rule.quantities
        self.context.open = None

    def compared(self, left: list[ProseToken], mention: Mention) -> QuantityPattern | None:
        """Return the pattern for the subject of a comparison.

        In 新收申请数量比上年增长25%，达到25件 the second number then takes the quantity of the first.
        """
        for place, token in enumerate(left):
            if token.notions & {"COMPARED", "CHANGE"}:
                return first_matching_pattern(self._notions(left[:place], mention), "count") if place else None
        return None

    def _state(self, rule: QuantityPattern, left: list[ProseToken], mention: Mention, measure: Measure) -> None:
        context = self.context
        several: tuple[str, ...] = ()
        if _DISTRIBUTED & mention.notions or not mention.number.value:
            several = named_quantities(left)
        mention.rule, mention.kind = rule, rule.kind
        if len(several) > 1:
            if "RESPECTIVELY" in mention.notions:
                several, context.queue = several[:1], several[1:]
            mention.quantities = several
        else:
            mention.quantities = rule.quantities if rule.kind != BY_CHANNEL else self._same_total(mention)
            if measure == "count" and self._foreign_subject(left):
                mention.scope = "below"
        self._bear_on(mention)

    def _distribute_years(self, left: list[ProseToken], mention: Mention, rule: QuantityPattern | None, notions: frozenset[str]) -> None:
        """Assign each number its own year (2022年、2023年分别收到20件、25件)."""
        if rule is None or "RESPECTIVELY" not in notions:
            return
        periods = [period_of_year(token.year, self.clause.year) for token in left if token.year is not None]
        if len(periods) > 1:
            mention.period, self.context.years = periods[0], tuple(periods[1:])
            self.context.queue = rule.quantities[:1] * len(self.context.years)

    def _take_announced(self, mention: Mention) -> None:
        context = self.context
        mention.quantities, context.queue = context.queue[:1], context.queue[1:]
        mention.topic, mention.kind = context.topic, "RESPECTIVELY"
        if context.years:
            mention.period, context.years = context.years[0], context.years[1:]

    # Readings that depend on preceding numbers.

    def _ahead(self, mention: Mention) -> Mention | None:
        """Return the preceding number if it is in the same sentence."""
        mentions = self.context.mentions
        ahead = mentions[-_PAIR] if len(mentions) > 1 else None
        return ahead if ahead is not None and ahead.sentence == mention.sentence else None

    def _same_status(self, mention: Mention, topic: str) -> QuantityPattern | None:
        """Apply the verb of the preceding number to this one (公开规章0件、规范性文件0件)."""
        ahead = self._ahead(mention)
        if ahead is not None and mention.listed and not ahead.quantities and "ISSUE" in ahead.notions:
            return first_matching_pattern(mention.notions | {"ISSUE"}, "count")  # 印发政策文件13件，其中规范性文件2件
        if ahead is None or not ahead.quantities or ahead.rule is None:
            return None
        prefix, _, status = ahead.quantities[0].rpartition(".")
        return ahead.rule._replace(quantities=(f"{DOCUMENTS[topic]}.{status}",)) if prefix in DOCUMENTS.values() else None

    def _jointly_none(self, left: list[ProseToken], mention: Mention, measure: Measure) -> QuantityPattern | None:
        """Read a zero for A和B as a zero for A alone, when B is unknown."""
        for place, token in enumerate(left):
            if token.stop or self.clause.text[token.start : token.end] in {"和", "及", "与", "以及"}:
                return first_matching_pattern(self._notions(left[:place], mention), measure)
        return None

    def _same_as_before(self, mention: Mention) -> QuantityPattern | None:
        """Return the pattern of the first number for the later ones of a series (由18件增至26件; 2022年121件、2023年134件)."""
        for earlier in reversed(self.context.mentions[:-1]):
            if earlier.sentence != mention.sentence:
                return None
            if earlier.rule is not None and earlier.number.unit in {mention.number.unit, "%"}:
                return earlier.rule
        return None

    def _same_total(self, mention: Mention) -> tuple[str, ...]:
        """Return the quantity of the preceding total for a number by channel (网上申请3件、纸质申请36件)."""
        for earlier in reversed(self.context.mentions[:-1]):
            if earlier.sentence == mention.sentence and earlier.quantities in {(NEW,), (ANSWERED,)}:
                return earlier.quantities
        return (NEW,)

    def _narrow(self, mention: Mention) -> None:
        """Move the quantity to the narrower number, which alone is the form's (行政诉讼案件23件，其中涉政府信息公开3件)."""
        wider = self._ahead(mention)
        if wider is not None and wider.quantities[:1] in _REVIEW_TOTALS:
            mention.quantities, wider.quantities = wider.quantities, ()
            mention.rule, mention.kind, mention.topic = wider.rule, wider.kind, wider.topic

    def _foreign_subject(self, left: list[ProseToken]) -> bool:
        verb = next((token for token in left if token.notions & _VERBS), None)
        return verb is not None and foreign_subject(self.clause.text[self.clause.begin : verb.start], self.clause.body)

    # Notions around a number.

    def _notions(self, tokens: list[ProseToken], mention: Mention, *, first: bool = False) -> frozenset[str]:
        """Return the notions around a number, with the derived ones of quantity_patterns.py."""
        context = self.context
        found: set[str] = set()
        for token in tokens:
            found |= token.notions
        self._add_years(tokens, found)
        topic = head_topic(tokens)
        if topic == "ASKING" and context.topic in {"RECON", "LITIG"}:
            topic = context.topic
        elif topic == "ASKING" and not self._plain_asking(tokens):
            topic = "FOREIGN"
        found |= {f"T:{topic}", f"C:{context.topic}", f"IN:{topic or context.topic}", f"UNDER:{context.under}"}
        derived = (
            ("FIRST", first),
            ("LISTED", context.listed),
            ("POSTING", context.listed and mention.number.unit == context.posting),
            ("C:RECEIVED", context.received),
            ("STRANGE", self._strange(topic, found, first=first and _ends_foreign(tokens))),
            ("FREE", _free(tokens, mention)),
            ("BARE", _bare(tokens, mention)),
            ("ASKED_AHEAD", context.asked),
            ("REVIEWED_AHEAD", context.reviewed),
            ("DECIDED", self._after_items(mention)),
        )
        found.update(notion for notion, holds in derived if holds)
        found |= {f"AFTER:{verb}" for verb in self._verb_ahead(mention, found)}
        if mention.number.unit == "项" and context.powers:
            found |= {"POWER", "POWER_LIST"}
        judging = (context.review_body or found & {"JUDGED", "ENFORCEMENT"}) and not (context.informed or {"INFO", "APPLICATION"} & found)
        (found.add if judging else found.discard)("REVIEW_BODY")
        return frozenset(found)

    def _add_years(self, tokens: list[ProseToken], found: set[str]) -> None:
        year = self.clause.year
        carried = False
        for token in tokens:
            carried = carried or "CARRY" in token.notions
            if token.year is None or year is None:
                continue
            if token.year != year:
                found.add("FUTURE" if token.year > year else "PAST")
            elif carried:  # 结转至2024年 in the report for 2024
                found.add("PAST")

    def _verb_ahead(self, mention: Mention, found: set[str]) -> frozenset[str]:
        """Return the verbs of the preceding number that also govern this one (发布公告4条、规范性文件9件)."""
        ahead = self._ahead(mention)
        if ahead is None or found & _LEADING or ahead.group != mention.group or mention.before not in {",", "、", "("}:
            return NONE
        own = ahead.notions & _LEADING | ({"PUBLISH"} if "POSTED" in ahead.notions else NONE)
        return own or frozenset(notion[len("AFTER:") :] for notion in ahead.notions if notion.startswith("AFTER:"))

    def _after_items(self, mention: Mention) -> bool:
        ahead = self._ahead(mention)
        return ahead is not None and ahead.kind in DECISIONS and "ITEMS" in ahead.notions

    def _strange(self, topic: str, found: set[str], *, first: bool) -> bool:
        """Return whether something other than the form's subjects is counted."""
        context = self.context
        if context.topic == "ATTRIBUTE" and not found & {"RECEIVE", "ANSWER"}:
            return True
        if topic in {"FOREIGN", "POWER", "ATTRIBUTE"}:
            if topic == "FOREIGN" and first:
                return True
            return not (found & _RESULT_NOTIONS and (context.topic in OWN_TOPICS or "COMPLAINT" in found))
        return not topic and context.topic in {"FOREIGN", "POSTS", "POWER"}

    def _plain_asking(self, tokens: list[ProseToken]) -> bool:
        """Return whether a bare 申请 must be a request for information: no unknown or foreign word beside it."""
        known = self.context.topic in OWN_TOPICS
        for place, token in enumerate(tokens):
            if "ASKING" in token.notions:
                ahead = tokens[:place]
                if any(other.notions & _NO_ASKING for other in ahead):
                    return False
                return token.start - (ahead[-1].end if ahead else self.clause.begin) <= (_NAME if known else 0)
        return True

    # Effect on the discourse state.

    def _bear_on(self, mention: Mention) -> None:
        """Update the state for later numbers, and the total before this one."""
        context = self.context
        quantity = mention.quantities[0]
        if quantity == OVER and mention.number.value and mention.listed:
            self._hold_carried(mention)
        if mention.period == "this" and mention.scope == "own":
            if quantity in {NEW, HANDLED}:
                context.received, context.total = True, mention.number.value
            if quantity in {NEW, HANDLED, ANSWERED, "requests.rejected.total"}:
                context.under = quantity
        elif quantity in {NEW, HANDLED, ANSWERED}:
            context.under = ""

    def _hold_carried(self, mention: Mention) -> None:
        """Reclassify a total that includes carried-over requests as new plus carried over (收到57件（含上年结转1件）)."""
        between: list[int | Decimal] = []
        for earlier in reversed(self.context.mentions[:-1]):
            included = earlier.sentence >= mention.sentence - _INCLUDED and mention.phrase == 0 and "INCLUDING" in mention.notions
            if not included and (earlier.sentence != mention.sentence or earlier.group != mention.group):
                return
            if included and earlier.listed:
                continue
            if earlier.quantities and earlier.quantities[0] in {NEW, ANSWERED} and "NEW" not in earlier.notions:
                divided = between and sum(between) == earlier.number.value
                if not divided and not (earlier.quantities == (ANSWERED,) and "ANSWER" in earlier.notions):
                    earlier.quantities = (HANDLED,)
                    self.context.under = HANDLED
                return
            if not earlier.listed and earlier.quantities:
                return
            between.append(earlier.number.value)

    def _remember_topic(self, mention: Mention, topic: str) -> None:
        context = self.context
        if context.topic == "ATTRIBUTE" and "STRANGE" in mention.notions:
            return
        requests = bool(mention.quantities) and mention.quantities[0].startswith("requests.")
        if requests or (topic == "ASKING" and context.topic in OWN_TOPICS):
            topic = "REQUEST"
        elif topic == "ASKING" and context.topic in REVIEWS:
            topic = context.topic
        elif topic == "ASKING":
            topic = "FOREIGN"
        if topic == "FOREIGN" and "NORM_PLACE" in mention.notions:
            topic = "NORM"
        beside = self.clause.text[mention.start : mention.number.start]
        published = _ATTRIBUTED.search(beside) is not None or (mention.listed and "主动公开" in beside)
        if published and mention.rule is None and not context.received:
            topic = "ATTRIBUTE"
        if context.topic in OWN_TOPICS and self._passes(mention, topic):
            return
        context.topic = topic or context.topic
        if topic == "POSTS" and mention.number.counts:
            context.posting = mention.number.unit

    def _passes(self, mention: Mention, topic: str) -> bool:
        """Return whether a foreign word describes only one item of a list of requests (局长信箱收到2件)."""
        if topic == "FOREIGN":
            return mention.rule is None and mention.listed and mention.number.value <= self.context.total
        return topic == "POSTS" and mention.number.unit != "条"


def _ends_foreign(tokens: list[ProseToken]) -> bool:
    """Return whether the text after a number ends in a foreign noun (两个重复的栏目), which is then what is counted."""
    told = next((token for token in reversed(tokens) if token.notions), None)
    return told is not None and "FOREIGN" in told.notions


def _bare(tokens: list[ProseToken], mention: Mention) -> bool:
    """Return whether a single word describes the number (other than 其中 and words for this year)."""
    return (
        bool(tokens)
        and tokens[-1].end == mention.number.start
        and tokens[0].start == mention.start
        and sum(bool(token.notions - _UNTOLD) for token in tokens) == 1
    )


def _free(tokens: list[ProseToken], mention: Mention) -> bool:
    """Return whether no unknown word is between the verb and the number."""
    known: int | None = None
    for token in tokens:
        if token.start >= mention.number.start:
            break
        if token.notions & {"ANSWER", "HANDLE"}:
            known = token.end
        elif known is not None:
            if token.start > known + 1:
                return False
            known = token.end
    return known is not None and mention.number.start - known <= 1
