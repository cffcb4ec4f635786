"""Locate a number in a sentence, so that it can be replaced by the number in the table."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from ..chinese.counts import COUNTERS
from ..chinese.numerals import NUMERALS, WIDE_DIGITS, han_number
from ..lazy_regex import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDE: Final = str.maketrans(f"{WIDE_DIGITS}，．％", "0123456789,.%")
_NUMBER: Final = lazy_pattern(rf"\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?|[{NUMERALS}]+")
_SCALE: Final = {"万": 10**4, "亿": 10**8}
_COUNTED: Final = lazy_pattern(rf"\s*(?:{'|'.join((*COUNTERS, '元', '%'))})")


def find_number(span_text: str, stated: str) -> tuple[int, int] | None:
    """Find the number with the value `stated` (ASCII digits) in a piece of prose.

    Understands Arabic, full-width and Chinese numerals with separators, and 万 or 亿 after them. If the value occurs more than
    once, the occurrence followed by a classifier is taken.

    Returns:
        Start and end offset, or None if the value does not occur or is ambiguous.
    """
    try:
        wanted = Decimal(stated)
    except InvalidOperation:
        return None
    found = [(start, end) for start, end, value in _numbers(span_text) if value == wanted]
    if len(found) > 1:
        found = [(start, end) for start, end in found if _COUNTED.match(span_text.translate(_WIDE), end)]
    return found[0] if len(found) == 1 else None


def _numbers(text: str) -> Iterator[tuple[int, int, Decimal]]:
    """Iterate over (start, end, value) of all numbers. Characters are translated one to one, so offsets stay valid."""
    plain = text.translate(_WIDE)
    for match in _NUMBER.finditer(plain):
        written, end = match[0], match.end()
        if written[0] in NUMERALS:
            counted = han_number(written)
            if counted is not None:
                yield match.start(), end, Decimal(counted)
            continue
        value = Decimal(written.replace(",", ""))
        scale = _SCALE.get(plain[end : end + 1])
        # Without the scale as well: 25万元 is 25 in a table that counts in 万元.
        yield match.start(), end, value
        if scale is not None:
            yield match.start(), end + 1, value * scale
