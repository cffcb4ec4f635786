"""Characters that came from elsewhere: traditional ones among simplified, radicals that PDF text has for characters, broken ones."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .finding import Severity
from .passage import Trace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .passage import Passage

_RADICALS = "[\u2e80-\u2fdf\uf900-\ufad9]"
_UNREADABLE = "[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]"
_REPLACED = "\ufffd"
_BOTH = frozenset("乾瞭徵於覆著藉餘鍾祇麼髮闆叁貳陸佔昇週註誌複製鑑")
"""Letters that a text in simplified script may have too, in names or by their own meaning."""
_SIMPLIFIED, _TRADITIONAL = "开报务处类为这个会办还发关", "開報務處類為這個會辦還發關"
SHOWN = 8


def odd_characters(passage: Passage) -> Iterator[Trace]:
    """Characters of another script or of none (C68); one finding for each sort."""
    text = passage.text
    if text.isascii():
        return
    for pattern, variant, severity in ((_UNREADABLE, "unreadable", Severity.WARNING), (_RADICALS, "radicals", None)):
        if variant == "unreadable" and _REPLACED not in text and text.replace("\n", "").isprintable():
            continue  # characters for private use are not printable
        first = re.search(pattern, text)
        if first is not None:
            yield Trace("C68", *first.span(), variant, _told(re.findall(pattern, text)), severity)
    yield from _mixed(text)


def _mixed(text: str) -> Iterator[Trace]:
    """Traditional characters in a simplified text, or simplified ones in a traditional text."""
    foreign = traditional_letters(text)
    if not foreign:
        return
    traditional, simplified = (sum(map(text.count, letters)) for letters in (_TRADITIONAL, _SIMPLIFIED))
    if traditional <= simplified:
        found = [letter for letter in text if letter in foreign]
        at = text.index(found[0])
        yield Trace("C68", at, at + 1, "", _told(found))
        return
    mixed = [letter for letter in text if letter in _SIMPLIFIED and letter not in _TRADITIONAL]
    if mixed:
        at = text.index(mixed[0])
        yield Trace("C68", at, at + 1, "simplified", _told(mixed))
    else:
        at = next(at for at, letter in enumerate(text) if letter in foreign)
        yield Trace("C68", at, at + 1, "traditional", _told([text[at]]))


def traditional_letters(text: str) -> frozenset[str]:
    """The letters of a text that are traditional and nothing else."""
    return _only_traditional().intersection(text)


@cache
def _only_traditional() -> frozenset[str]:
    from ..prose.script import folded_letters  # noqa: PLC0415 - its table is made when first needed

    return frozenset(letter for letter in folded_letters() if "\u4e00" <= letter <= "\u9fff") - _BOTH


def _told(found: list[str]) -> tuple[tuple[str, str], ...]:
    shown = "、".join(dict.fromkeys(found).keys())
    return (("letters", shown if len(shown) < 2 * SHOWN else shown[: 2 * SHOWN - 1] + "等"), ("count", str(len(found))))
