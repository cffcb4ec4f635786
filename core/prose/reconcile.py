"""Correct the quantities of numbers from the other numbers of their sentence: sums of earlier numbers, totals of two rows."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from .quantity_patterns import ANSWERED, FEE_AMOUNT, FORWARD, HANDLED, NEW, OVER, RESULTS, REVIEWS, WITHDRAWN

if TYPE_CHECKING:
    from decimal import Decimal

    from .mention import Mention

_RESULT_ROWS = frozenset(RESULTS.values())
_LIST = 24  # numbers: window around a number that may hold the same list of results
_REACH = 3  # sentences after a total in which its results may follow


def reconcile(mentions: list[Mention]) -> None:
    """Correct the quantities of all numbers, in place."""
    _answered_all(mentions)
    _handled_with_forward(mentions)
    _others_handled(mentions)
    for _, group in groupby(mentions, key=lambda mention: mention.sentence):
        sentence = list(group)
        _disclosed_on_request(sentence)
        for place, mention in enumerate(sentence):
            ahead = sentence[:place]
            if mention.quantities == (HANDLED,):
                _settle_handled(mention, sentence)
            elif mention.quantities == (FEE_AMOUNT,):
                _drop_parts(mention, ahead)
            elif not mention.quantities and mention.number.counts:
                mention.quantities = (
                    _sum_of_both(mention, ahead)
                    or _sum_of_bodies(mention, ahead)
                    or _sum_of_reviews(mention, ahead)
                    or _sum_of_persons(mention, ahead)
                    or _sum_instead_of_parts(mention, ahead)
                )


def _value_of(quantity: str, mentions: list[Mention]) -> int | Decimal | None:
    return next((one.number.value for one in mentions if quantity in one.quantities and one.period != "other"), None)


def _answered_all(mentions: list[Mention]) -> None:
    """Drop "answered" from 收到和办理9件 if some of the requests were carried forward."""
    for place, mention in enumerate(mentions):
        if mention.kind != "RECEIVE_AND":
            continue
        later = (one for one in mentions[place:] if one.sentence <= mention.sentence + _REACH)
        if any(FORWARD in one.quantities and one.number.value for one in later):
            mention.quantities = (NEW,)


def _others_handled(mentions: list[Mention]) -> None:
    """Read 其他 beside results as 其他处理 (予以公开2件，其他1件)."""
    for place in range(1, len(mentions)):
        ahead, mention = mentions[place - 1], mentions[place]
        if mention.quantities or not {"OTHERS", "BARE"} <= mention.notions or "STRANGE" in mention.notions:
            continue
        beside = [one for one in mentions[max(0, place - _LIST) : place] if one.sentence == mention.sentence]
        told = sum(bool(one.quantities) and one.quantities[0] in _RESULT_ROWS for one in beside)
        if ahead.sentence == mention.sentence and told > 1 and mention.topic == "REQUEST":
            mention.quantities, mention.kind = (WITHDRAWN,), "OTHER_HANDLING"


def _disclosed_on_request(sentence: list[Mention]) -> None:
    """Read 依申请公开 beside refusals as granted (依申请公开9条，不予公开1条)."""
    for mention, following in pairwise(sentence):
        if mention.quantities == (NEW,) and mention.kind == "T:REQUEST" and following.quantities == ("requests.refused.total",):
            mention.quantities = ("requests.granted.total",)


def _settle_handled(mention: Mention, sentence: list[Mention]) -> None:
    """Read a handled count that is not 新收 plus 上年结转 as answered (新收1182件，办理1187件（含上年结转57件）)."""
    if "HANDLE" not in mention.notions or "RECEIVE" in mention.notions:
        return
    ahead = [one for one in sentence if one.number.start < mention.number.start]
    new, over = _value_of(NEW, ahead), _value_of(OVER, sentence)
    if new is not None and over is not None and new + over != mention.number.value:
        mention.quantities = (ANSWERED,)


def _handled_with_forward(mentions: list[Mention]) -> None:
    """Read a handled count that includes carried-forward requests as received (办理20件，其中答复19件，结转1件)."""
    for place, mention in enumerate(mentions):
        if mention.quantities != (ANSWERED,) or "HANDLE" not in mention.notions or "ANSWER" in mention.notions:
            continue
        behind = [one for one in mentions[place + 1 : place + _LIST] if one.sentence <= mention.sentence + 1]
        forward = next((at for at, one in enumerate(behind) if FORWARD in one.quantities and one.number.value), None)
        if forward is None:
            continue
        beside = [one for one in mentions[max(0, place - _LIST) : place + _LIST] if one.sentence == mention.sentence]
        new, over = _value_of(NEW, beside), _value_of(OVER, beside)
        parts = [one for one in behind[: forward + 1] if one.number.counts]
        if new is not None and over is not None and new + over == mention.number.value:
            mention.quantities = (HANDLED,)
        elif new is None and not over and _adds_up(parts, mention.number.value):
            mention.quantities = (NEW,)
            results = any(one.quantities and one.quantities[0] in _RESULT_ROWS for one in parts)
            for one in parts:
                if results and one.first and one.quantities == (ANSWERED,):
                    one.quantities = ()  # 1件无法提供，18件答复办结: the 18 are only a part of the answers


def _adds_up(parts: list[Mention], whole: int | Decimal) -> bool:
    """Return whether the numbers add up to `whole`, with or without nested lists (不予公开2件，其中1件…、1件…；)."""
    everything: int | Decimal = 0
    outer: int | Decimal = 0
    group, inside = -1, False
    for place, one in enumerate(parts):
        inside = bool(place) and (one.opens or (inside and one.group == group))
        group = one.group
        everything += one.number.value
        outer += 0 if inside else one.number.value
    return whole in {everything, outer}


def _sum_of_both(mention: Mention, ahead: list[Mention]) -> tuple[str, ...]:
    """Read the sum of new and carried-over requests as the number to be handled (新收132件，上年结转2件，共计134件)."""
    if mention.topic != "REQUEST" or not mention.notions & {"SUM_UP", "TOTAL"}:
        return ()
    new, over = _value_of(NEW, ahead), _value_of(OVER, ahead)
    return (HANDLED,) if new is not None and over is not None and new + over == mention.number.value else ()


def _sum_of_bodies(mention: Mention, ahead: list[Mention]) -> tuple[str, ...]:
    """Read the sum over several bodies as the government's own number (各县收到2210件，市级部门收到640件，全市合计2850件)."""
    bodies = [one for one in ahead if one.scope == "below" and one.quantities]
    if "SUM_UP" not in mention.notions or mention.scope != "own" or len(bodies) == 1 or len({one.quantities for one in bodies}) != 1:
        return ()
    return bodies[0].quantities if sum(one.number.value for one in bodies) == mention.number.value else ()


def _sum_of_reviews(mention: Mention, ahead: list[Mention]) -> tuple[str, ...]:
    """Read the sum of concluded and pending cases as the total (诉讼结案7件，另有3件尚未审结，共计10件)."""
    if "SUM_UP" not in mention.notions or mention.topic not in REVIEWS or not ahead:
        return ()
    total = f"{REVIEWS[mention.topic]}.total"
    if any(one.topic != mention.topic or total in one.quantities for one in ahead):
        return ()
    return (total,)


def _sum_of_persons(mention: Mention, ahead: list[Mention]) -> tuple[str, ...]:
    """Read the sum over all applicants as received (自然人38件，商业企业6件，合计44件)."""
    persons = [
        one for one in ahead if one.quantities and one.quantities[0].startswith("requests.new_received.") and NEW not in one.quantities
    ]
    if "SUM_UP" not in mention.notions or not persons or any(NEW in one.quantities for one in ahead):
        return ()
    return (NEW,) if sum(one.number.value for one in persons) == mention.number.value else ()


def _drop_parts(mention: Mention, ahead: list[Mention]) -> None:
    """Keep only the sum of several amounts (收取1100元；收取300元；合计收取1400元)."""
    parts = [one for one in ahead if one.quantities == mention.quantities]
    if parts and sum(one.number.value for one in parts) == mention.number.value:
        for one in parts:
            one.quantities = ()


def _sum_instead_of_parts(mention: Mention, ahead: list[Mention]) -> tuple[str, ...]:
    """Move the quantity from the parts to their sum (办理转来的申请5件、自收申请23件，合计28件)."""
    parts = [one for one in ahead if one.number.counts and not one.listed]
    if not mention.notions & {"SUM_UP", "TOTAL"} or mention.listed or len(parts) == 1 or not parts:
        return ()
    quantities = parts[0].quantities
    if quantities not in {(NEW,), (ANSWERED,)} or any(one.quantities not in {(), quantities} for one in parts):
        return ()
    if sum(one.number.value for one in parts) != mention.number.value:
        return ()
    for one in parts:
        one.quantities = ()
    return quantities
