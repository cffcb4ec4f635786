"""Stated shares (办结率99.57%, 占总数的33.3%), checked against their part and whole, and comparisons with the year before."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from .list_extent import counts_same_kind
from .results import Comparison, StatedPercentage

if TYPE_CHECKING:
    from ..chinese.fold import Folded
    from .mention import Mention

_DONE = frozenset(("ANSWER", "HANDLE", "PUBLISH", "GRANTED", "PARTLY", "REFUSED", "ON_TIME"))
_MORE = ("增", "上升", "上涨", "提升", "提高", "多", "递增", "翻")
_LESS = ("减", "下降", "降", "回落", "少", "压减", "缩减")
_RATES = ("办结率", "答复率", "回复率", "办复率", "办理率", "公开率", "予以公开的比例", "及时率")
_OTHER_RATES = ("主动公开", "信息公开率", "电子化", "满意", "解读")
_HUNDRED = 100
_WINDOW = 40  # numbers before and after a share that may belong to it
_NEAR = 6  # sentences that a list of shares may span


def read_percentages(source: str, folded: Folded, mentions: list[Mention]) -> list[StatedPercentage]:
    """Return all shares whose part and whole are stated too."""
    read: list[StatedPercentage] = []
    for place, mention in enumerate(mentions):
        if mention.number.unit != "%" or "CHANGE" in mention.notions or mention.number.approximate:
            continue
        beside = folded.text[mention.start : mention.number.start]
        first_near = max(0, place - _WINDOW)
        near, at = mentions[first_near : place + _WINDOW], place - first_near
        if _is_share(near, at, folded):
            pair = _share(near, at, folded)
        elif "率" in beside or "比例" in beside:
            pair = _rate(near, at)
            if pair and not _names_what_was_done(beside) and not is_share(*pair[:2], mention.number.value, _digits(folded.text, mention)):
                continue
        else:
            continue
        if pair is None:
            continue
        part, whole, first = pair
        start, end = folded.span(first.start, mention.number.end)
        stated = mention.number.value
        correct = is_share(part, whole, stated, _digits(folded.text, mention))
        read.append(StatedPercentage(part, whole, stated, correct, source[start:end], start, end))
    return read


def _names_what_was_done(beside: str) -> bool:
    """Return whether a rate is about handled requests (办结率, 公开率), unlike 主动公开率 and 满意率."""
    return any(rate in beside for rate in _RATES) and not any(other in beside for other in _OTHER_RATES)


def _is_share(mentions: list[Mention], place: int, folded: Folded) -> bool:
    """Return whether a percentage is a share: 占40%, or in brackets directly after its part (20件（40%）)."""
    share = mentions[place]
    if "占" in folded.text[share.start : share.number.start]:
        return True
    ahead = mentions[place - 1] if place else None
    return ahead is not None and _countable(ahead) and folded.text[ahead.number.end : share.number.start].strip() == "("


def is_share(part: int | Decimal, whole: int | Decimal, stated: int | Decimal, digits: int) -> bool:
    """Return whether part / whole in per cent, rounded half up to `digits` decimals, equals `stated`."""
    if not whole:
        return False
    exact = Decimal(part) * _HUNDRED / Decimal(whole)
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) == Decimal(stated)


def _digits(text: str, mention: Mention) -> int:
    figures = text[mention.number.start : mention.number.end]
    point = figures.find(".")
    return 0 if point < 0 else sum(letter.isdigit() for letter in figures[point:])


def _countable(mention: Mention) -> bool:
    return mention.number.unit not in {"%", "百分点", "个百分点", "倍"} and "CHANGE" not in mention.notions


def _share(mentions: list[Mention], place: int, folded: Folded) -> tuple[int | Decimal, int | Decimal, Mention] | None:
    """Return part, whole and the mention of the part, or None.

    The part is the number just before. The whole is a preceding number that yields the stated share, else the total of the list.
    """
    stated = mentions[place]
    digits = _digits(folded.text, stated)
    at = next((at for at in range(place - 1, -1, -1) if _countable(mentions[at])), -1)
    if at < 0 or mentions[at].sentence != stated.sentence:
        return None
    part = mentions[at]
    sharing = _sharing(mentions, part, folded)
    beside = [one for one in mentions[:at] if one.sentence == part.sentence and counts_same_kind(one, part) and _countable(one)]
    near = any(one not in sharing and one.number.value >= part.number.value for one in beside)
    wholes = [
        mention
        for mention in reversed(mentions[:at])
        if mention.sentence >= part.sentence - (0 if near else _NEAR)
        and counts_same_kind(mention, part)
        and _countable(mention)
        and mention.number.value >= part.number.value
        and not (mention in sharing and mention.sentence == part.sentence)
    ]
    for whole in wholes:
        if is_share(part.number.value, whole.number.value, stated.number.value, digits):
            return part.number.value, whole.number.value, part
    together = sum(mention.number.value for mention in sharing)
    if together and is_share(part.number.value, together, stated.number.value, digits):
        return part.number.value, together, part
    wholes = [whole for whole in wholes if whole not in sharing and whole.depth <= part.depth]
    heads = [whole for whole in wholes if not whole.listed and whole.sentence < part.sentence] or [
        whole for whole in wholes if not whole.listed
    ]
    return (part.number.value, heads[0].number.value, part) if heads else None


def _sharing(mentions: list[Mention], part: Mention, folded: Folded) -> list[Mention]:
    """Return the nearby numbers that are followed by a share of their own."""
    return [
        mention
        for order, mention in enumerate(mentions[:-1])
        if abs(mention.sentence - part.sentence) <= _NEAR
        and counts_same_kind(mention, part)
        and _countable(mention)
        and mentions[order + 1].number.unit == "%"
        and _is_share(mentions, order + 1, folded)
    ]


def _rate(mentions: list[Mention], place: int) -> tuple[int | Decimal, int | Decimal, Mention] | None:
    """Return part, whole and the mention of the whole for a rate (办结率), or None.

    The part is the last number before the rate, if it counts what was done; the whole is a larger number before it.
    """
    stated = mentions[place]
    ahead = [one for one in mentions[:place] if one.sentence == stated.sentence and _countable(one) and one.number.counts]
    if not ahead or not ahead[-1].notions & _DONE or "CARRY" in ahead[-1].notions:
        return None
    part = ahead[-1]
    wholes = (one for one in reversed(ahead[:-1]) if one.number.value >= part.number.value and (part.listed or not one.listed))
    whole = next(wholes, None)
    return None if whole is None else (part.number.value, whole.number.value, whole)


def read_changes(source: str, folded: Folded, mentions: list[Mention]) -> list[Comparison]:
    """Return the comparisons with the year before."""
    changes: list[Comparison] = []
    for place, mention in enumerate(mentions):
        if "CHANGE" not in mention.notions or not (mention.number.counts or mention.number.unit == "%"):
            continue
        beside = folded.text[mention.start : mention.number.start]
        sign = -1 if any(map(beside.__contains__, _LESS)) else 1 if any(map(beside.__contains__, _MORE)) else 0
        if not sign:
            continue
        ahead = (one for one in reversed(mentions[:place]) if one.sentence == mention.sentence and one.quantities)
        quantity = next((one.quantities[0] for one in ahead), None)
        start, end = folded.span(mention.start, mention.number.end)
        changes.append(Comparison(quantity, mention.number.value * sign, mention.number.unit == "%", source[start:end], start, end))
    return changes
