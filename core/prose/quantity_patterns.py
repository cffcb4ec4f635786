"""Patterns from the notions around a number to the quantity it states. First match wins.

Notions are those of vocabulary.py, plus derived ones:

- `T:x`: topic named beside the number; `C:x`: topic carried from earlier clauses; `IN:x`: the named topic, else the carried one
- `UNDER:x`: quantity of the total whose list the number is in
- `C:RECEIVED`: the sentence has already stated how many requests were received
- `STRANGE`: a foreign topic applies
- `LISTED`: in a list; `POSTING`: in a list of published items
- `FREE`: no unknown word between verb and number; `BARE`: described by a single word
- `FIRST`: the description follows the number
- `ASKED_AHEAD`, `REVIEWED_AHEAD`: after a clause about requests, or about reviews
- `AFTER:x`: verb of the preceding number
- `DECIDED`: after another number of 处理事项
- `PAST`, `FUTURE`: an earlier or a later year
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Measure = Literal["count", "money"]

TOPICS = {
    "APPLICATION": "REQUEST",
    "ASKING": "ASKING",
    "RECON": "RECON",
    "LITIG": "LITIG",
    "COURT": "LITIG",
    "DIRECT": "LITIG",
    "AFTER_REVIEW": "LITIG",
    "NORM": "NORM",
    "RULES": "RULES",
    "LICENCE": "LICENCE",
    "PENALTY": "PENALTY",
    "COERCION": "COERCION",
    "INFO_FEE": "FEE",
    "FEE_NOTICE": "FEE",
    "ADMIN_FEE": "ADMIN_FEE",
    "NO_DOCUMENT": "FOREIGN",
    "POST": "POSTS",
    "NO_DECISION": "FOREIGN",
    "OTHER_POWER": "FOREIGN",
    "POWER": "POWER",
    "DOC_ATTRIBUTE": "ATTRIBUTE",
    "NORM_PLACE": "FOREIGN",
    "POSTED": "POSTS",
    "FOREIGN": "FOREIGN",
}
"""Notion → topic, for the notions that name what is counted. A word with several takes the first in this order."""

RESULTS: dict[str, str] = {
    "SECRET": "requests.refused_state_secret.total",
    "FORBIDDEN": "requests.refused_by_law.total",
    "SECURITY": "requests.refused_security.total",
    "THIRD_PARTY": "requests.refused_third_party.total",
    "INTERNAL": "requests.refused_internal_affairs.total",
    "PROCESS": "requests.refused_process_information.total",
    "CASE_FILE": "requests.refused_enforcement_file.total",
    "QUERY": "requests.refused_administrative_query.total",
    "NOT_HELD": "requests.unavailable_not_held.total",
    "NOT_EXIST": "requests.unavailable_not_held.total",
    "NOT_OURS": "requests.unavailable_not_held.total",
    "NEEDS_CREATION": "requests.unavailable_needs_creation.total",
    "UNCLEAR": "requests.unavailable_unclear.total",
    "UNCORRECTED": "requests.other_overdue_clarification.total",
    "UNPAID": "requests.other_overdue_fee.total",
    "EXCESSIVE": "requests.rejected_excessive.total",
    "REPEATED": "requests.rejected_repeated.total",
    "PUBLICATION": "requests.rejected_publication.total",
    "CONFIRMATION": "requests.rejected_confirmation.total",
    "OTHER_HANDLING": "requests.other_handling.total",
    "PARTLY": "requests.partly_granted.total",
    "REFUSED": "requests.refused.total",
    "UNAVAILABLE": "requests.unavailable.total",
    "REJECTED": "requests.rejected.total",
    "GRANTED_ALREADY": "requests.granted.total",
    "GRANTED": "requests.granted.total",
}
"""Notion → result row or group of table 三, in order of precedence (信息不存在、无法提供 is a detail of 无法提供)."""

PERSONS: dict[str, str] = {
    "ENTERPRISE": "requests.new_received.enterprise",
    "RESEARCH": "requests.new_received.research",
    "PUBLIC_INTEREST": "requests.new_received.public_interest",
    "LEGAL_SERVICE": "requests.new_received.legal_service",
    "OTHER_ORGANISATION": "requests.new_received.other",
    "NATURAL": "requests.new_received.natural_person",
}
"""Notion → applicant column of table 三."""

OUTCOMES: dict[str, str] = {"OTHER_RESULT": "other", "PENDING": "pending", "CORRECTED": "corrected", "UPHELD": "upheld"}
"""Notion → outcome column of table 四, in order of precedence (撤销复议申请 is not 撤销)."""

REVIEWS = {"RECON": "review.reconsideration", "LITIG": "review.litigation"}
DECISIONS = {
    "LICENCE": "disclosure.licences.decisions",
    "PENALTY": "disclosure.penalties.decisions",
    "COERCION": "disclosure.coercion.decisions",
}
DOCUMENTS = {"NORM": "disclosure.normative_documents", "RULES": "disclosure.regulations"}

NEW, HANDLED, ANSWERED = "requests.new_received.total", "requests.handled_input.total", "requests.total.total"
OVER, FORWARD = "requests.carried_over.total", "requests.carried_forward.total"
BY_CHANNEL = "BY_CHANNEL"
"""Kind of a pattern that continues the preceding number (网上3件、纸质36件)."""
WITHDRAWN = "requests.other_handling.total"
"""Row that withdrawn requests count towards; they are only a part of 其他处理."""
NOTICES, FEE_AMOUNT, ADMIN_AMOUNT = "info_fee.notices", "info_fee.amount", "disclosure.fees.amount"


class QuantityPattern(NamedTuple):
    """A pattern: notions required around the number (one of each group in `needs`), notions excluded (`bars`), quantities stated."""

    quantities: tuple[str, ...]
    needs: tuple[frozenset[str], ...]
    bars: frozenset[str] = frozenset()
    measure: Measure = "count"
    kind: str = ""
    """Distinguishes patterns for the same row: 信息不存在 and 不属于本机关 are both parts of 不掌握."""


def _pattern(quantities: str, needs: str, bars: str = "", measure: Measure = "count", kind: str = "") -> QuantityPattern:
    groups = tuple(frozenset(group.split("|")) for group in needs.split())
    return QuantityPattern(tuple(quantities.split()), groups, frozenset(bars.split()), measure, kind or needs)


_NO_FACT = "CHANGE ASSERTED RATE AVERAGE"
_REQUEST_BARS = f"STRANGE {_NO_FACT} T:RECON T:LITIG T:POWER"
_TOTAL_BARS = f"{_NO_FACT} SUBJECT STRANGE REST LATE WITHDRAWN"
_DECISION_BARS = f"POWER POST NO_DECISION OPENED {_NO_FACT} PLAN"

_IN_REQUESTS = f"C:FEE|T:REQUEST|T:FEE|T:ASKING|C:REQUEST|C:ASKING|C:NONE|UNDER:{NEW}|UNDER:{ANSWERED}|UNDER:{HANDLED}"
_JOINT_RESULTS = [
    _pattern(quantity, f"{needs} {_IN_REQUESTS}", _REQUEST_BARS)
    for needs, quantity in (
        ("GRANTED PARTLY", "requests.granted_and_partly.total"),
        ("AND_SO_ON UNAVAILABLE", "requests.unavailable.total"),
        ("AND_SO_ON REFUSED", "requests.refused.total"),
        ("AND_SO_ON REJECTED", "requests.rejected.total"),
    )
]
_RESULT_RULES = [
    _pattern(quantity, f"{notion} {_IN_REQUESTS}", f"{_REQUEST_BARS} TO_BE_CORRECTED", kind=notion) for notion, quantity in RESULTS.items()
]
_ANSWERS = f"UNDER:{ANSWERED}|UNDER:{HANDLED}"
_RESULT_RULES += [
    _pattern("requests.granted.total", "PUBLISH BARE C:REQUEST C:RECEIVED", _REQUEST_BARS, kind="PUBLISH"),
    _pattern("requests.granted.total", f"PUBLISH C:REQUEST LISTED {_ANSWERS}", f"{_REQUEST_BARS} T:POSTS", kind="PUBLISH"),
]
_COMPLAINT_RULES = [
    _pattern(
        "requests.rejected_complaint.total",
        "COMPLAINT KIND|REJECTED|UNDER:requests.rejected.total IN:REQUEST|IN:ASKING|C:NONE|UNDER:requests.rejected.total|REJECTED",
        "STRANGE CHANGE",
        kind="COMPLAINT",
    )
]
_REVIEW_RULES = [
    rule
    for topic, prefix in REVIEWS.items()
    for rule in (
        *(
            _pattern(f"{prefix}.{column}", f"{outcome} IN:{topic}", f"STRANGE REVIEW_BODY APPLICATION NO_OUTCOME {_NO_FACT}", kind=outcome)
            for outcome, column in OUTCOMES.items()
        ),
        _pattern(f"{prefix}.other", f"OTHERS BARE LISTED IN:{topic}", f"REVIEW_BODY {_NO_FACT}", kind="OTHERS"),
        _pattern(f"{prefix}.other", f"WITHDRAWN IN:{topic}", f"STRANGE REVIEW_BODY APPLICATION NO_OUTCOME {_NO_FACT}", kind="WITHDRAWN"),
        _pattern(f"{prefix}.total", f"TOTAL REVIEWED_AHEAD C:{topic} BARE", f"LISTED REVIEW_BODY CONCLUDED {_NO_FACT}", kind="TOTAL"),
    )
] + [
    _pattern("review.litigation_direct.total", "DIRECT", f"REVIEW_BODY {_NO_FACT}", kind="DIRECT"),
    _pattern("review.litigation_after_review.total", "AFTER_REVIEW", f"REVIEW_BODY {_NO_FACT}", kind="AFTER_REVIEW"),
    _pattern("review.reconsideration.total", "T:RECON", f"REVIEW_BODY {_NO_FACT} POWER CONCLUDED OTHER_CAUSE", kind="RECON"),
    _pattern("review.litigation.total", "T:LITIG LITIG", f"REVIEW_BODY {_NO_FACT} POWER CONCLUDED OTHER_CAUSE STAGE", kind="LITIG"),
]
_REQUEST_RULES = [
    _pattern(HANDLED, "AND_CARRIED RECEIVE", f"{_TOTAL_BARS} FIRST"),
    _pattern(HANDLED, "SUM_UP RECEIVE CARRY LAST_YEAR|PAST", _TOTAL_BARS),
    _pattern(OVER, "CARRY|AND_CARRIED LAST_YEAR|PAST|AND_CARRIED", f"NEXT_YEAR FUTURE {_REQUEST_BARS} T:NORM T:LICENCE"),
    _pattern(OVER, "CARRY LAST_YEAR|PAST NEXT_YEAR|FUTURE THIS_FORWARD", _REQUEST_BARS),
    _pattern(FORWARD, "CARRY IN:REQUEST|IN:ASKING|NEXT_YEAR|FUTURE", f"{_REQUEST_BARS} T:NORM T:LICENCE"),
    _pattern(FORWARD, "NEXT_YEAR|FUTURE ONGOING|ANSWER|HANDLE IN:REQUEST|IN:ASKING", _REQUEST_BARS),
    _pattern(FORWARD, "ONGOING IN:REQUEST|IN:ASKING", f"{_REQUEST_BARS} ANSWER RECEIVE"),
    _pattern(WITHDRAWN, "WITHDRAWN C:REQUEST", f"{_REQUEST_BARS} C:RECON C:LITIG", kind="WITHDRAWN"),
    _pattern(NOTICES, "INFO_FEE COLLECT APPLICATION|ASKING", "UNPAID NOT"),
]
_PERSON_RULES = [
    _pattern(quantity, f"{notion} UNDER:{NEW}", f"ORGANISATION KIND {_NO_FACT} STRANGE", kind=notion)
    for notion, quantity in PERSONS.items()
] + [
    _pattern("requests.new_received.organisations", f"ORGANISATION UNDER:{NEW}", f"{_NO_FACT} STRANGE", kind="ORGANISATION"),
]
_TOTAL_RULES = [
    _pattern(HANDLED, "RECEIVE_HANDLE T:REQUEST|T:ASKING", _TOTAL_BARS),
    _pattern(f"{NEW} {ANSWERED}", "RECEIVE_AND T:REQUEST", _TOTAL_BARS, kind="RECEIVE_AND"),
    _pattern(f"{NEW} {ANSWERED}", "RECEIVE ANSWER T:REQUEST", _TOTAL_BARS),
    _pattern(NEW, "RECEIVE IN:REQUEST|IN:ASKING", f"{_TOTAL_BARS} C:RECEIVED"),
    _pattern(NEW, "NEW IN:REQUEST|IN:ASKING|IN:NONE", f"{_TOTAL_BARS} ISSUE"),
    _pattern(NEW, "ASKED T:ASKING", f"{_TOTAL_BARS} LISTED C:RECEIVED"),
    _pattern(NEW, "SUM_UP|TOTAL ASKED_AHEAD BARE", f"{_TOTAL_BARS} LISTED C:RECEIVED"),
    _pattern(NEW, "AMONG FIRST T:REQUEST|T:ASKING", f"{_TOTAL_BARS} ANSWER LISTED"),
    _pattern(NEW, "RECEIVE T:REQUEST", f"{_TOTAL_BARS} LISTED"),
    _pattern(ANSWERED, "ANSWER IN:REQUEST|IN:ASKING FREE|FIRST|T:REQUEST", f"{_TOTAL_BARS} NOT T:FOREIGN T:POSTS T:RECON T:LITIG"),
    _pattern(ANSWERED, "HANDLE IN:REQUEST FREE|FIRST|T:REQUEST", f"{_TOTAL_BARS} NOT T:FOREIGN T:POSTS T:RECON T:LITIG LISTED"),
    _pattern(ANSWERED, "HANDLE T:REQUEST", f"{_TOTAL_BARS} NOT CHANNEL RECEIVE"),
    _pattern(ANSWERED, "T:REQUEST AFTER:HANDLE BARE", f"{_TOTAL_BARS} NOT PUBLISH CHANNEL C:RECEIVED"),
    _pattern(NEW, "T:REQUEST", f"{_TOTAL_BARS} FIRST NOT LISTED PUBLISH CHANNEL HANDLE"),
    _pattern(NEW, "T:REQUEST", f"{_TOTAL_BARS} FIRST NOT PUBLISH CHANNEL HANDLE C:RECEIVED"),
    _pattern(NEW, f"CHANNEL T:REQUEST|T:ASKING C:RECEIVED|UNDER:{ANSWERED}", f"{_TOTAL_BARS} LISTED TOTAL", kind=BY_CHANNEL),
    _pattern(NEW, "T:REQUEST HAVE", f"{_TOTAL_BARS} NOT PUBLISH C:RECEIVED"),
]
_DISCLOSURE_RULES = [
    rule
    for topic, prefix in DOCUMENTS.items()
    for rule in (
        _pattern(f"{prefix}.repealed", f"REPEAL IN:{topic}", f"{_NO_FACT} PLAN"),
        _pattern(f"{prefix}.in_force", f"IN_FORCE IN:{topic}", f"REVISE {_NO_FACT} PLAN INVALID"),
        _pattern(f"{prefix}.issued", f"ISSUE IN:{topic}", f"VET {_NO_FACT} PLAN REVISE INVALID POST"),
        _pattern(f"{prefix}.issued", f"PUBLISH T:{topic}", f"POSTING VET {_NO_FACT} PLAN REVISE INVALID POST"),
        _pattern(f"{prefix}.issued", f"T:{topic} AFTER:PUBLISH BARE", f"POSTING VET {_NO_FACT} PLAN REVISE INVALID POST"),
    )
] + [
    rule
    for topic, quantity in DECISIONS.items()
    for rule in (
        _pattern(quantity, f"T:{topic}", f"POSTING {_DECISION_BARS} ITEMS", kind=topic),
        _pattern(quantity, f"T:{topic} DECISION", f"{_DECISION_BARS} ITEMS", kind=topic),
        # 办理行政许可事项412件 counts decisions, 行政许可事项27项 entries of the power list.
        _pattern(quantity, f"T:{topic} ITEMS HANDLE|DECIDE|DECIDED", f"POSTING POWER_LIST OPENED {_NO_FACT} PLAN", kind=topic),
    )
]
_MONEY_RULES = [
    _pattern(ADMIN_AMOUNT, "T:ADMIN_FEE", f"DUE {_NO_FACT} PLAN INFO_FEE", "money"),
    _pattern(ADMIN_AMOUNT, "COLLECT C:ADMIN_FEE", f"DUE LISTED INFO_FEE {_NO_FACT} PLAN", "money"),
    _pattern(ADMIN_AMOUNT, "FEE C:ADMIN_FEE", f"DUE LISTED INFO_FEE APPLICATION {_NO_FACT} PLAN", "money"),
    _pattern(FEE_AMOUNT, "COLLECT T:REQUEST|T:ASKING", f"LISTED DUE {_NO_FACT} PLAN", "money"),
    _pattern(FEE_AMOUNT, "SUM_UP C:FEE", f"LISTED DUE {_NO_FACT} PLAN", "money"),
    _pattern(FEE_AMOUNT, "COLLECT|INFO_FEE IN:FEE", f"LISTED DUE {_NO_FACT} PLAN", "money"),
]

RULES: tuple[QuantityPattern, ...] = (
    _pattern(NOTICES, "FEE_NOTICE T:FEE", f"PLAN {_NO_FACT}"),
    *_REQUEST_RULES[:5],
    *_JOINT_RESULTS,
    *_COMPLAINT_RULES,
    *_RESULT_RULES,
    *_REQUEST_RULES[5:],
    *_REVIEW_RULES,
    *_PERSON_RULES,
    *_TOTAL_RULES,
    *_DISCLOSURE_RULES,
    *_MONEY_RULES,
)
"""All patterns, in order of precedence."""


def _by_need() -> dict[str, tuple[int, ...]]:
    """Index the patterns by the notions that satisfy their first need: notion → positions in RULES."""
    places: dict[str, list[int]] = {}
    for place, rule in enumerate(RULES):
        for notion in rule.needs[0]:
            places.setdefault(notion, []).append(place)
    return {notion: tuple(found) for notion, found in places.items()}


_BY_NEED = _by_need()


def first_matching_pattern(notions: frozenset[str], measure: Measure) -> QuantityPattern | None:
    """Return the first pattern that matches the notions around a number, or None."""
    places = {place for notion in notions & _BY_NEED.keys() for place in _BY_NEED[notion]}
    for place in sorted(places):
        rule = RULES[place]
        if rule.measure == measure and rule.bars.isdisjoint(notions) and not any(group.isdisjoint(notions) for group in rule.needs):
            return rule
    return None
