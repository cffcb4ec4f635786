"""Characters from another source: mixed scripts, radicals in place of characters (from PDF text), undecodable characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...chinese.fold import simplification, traditional_letters
from ..finding import Severity
from .examined_text import Leftover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .examined_text import ExaminedText

_RADICALS = "[\u2e80-\u2fdf\uf900-\ufad9]"
_UNREADABLE = "[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]"
_REPLACED = "\ufffd"
_COMMON = "開報務處類為這個會辦還發關"
"""Frequent characters whose form shows which script a text is in."""
SHOWN = 8


def odd_characters(passage: ExaminedText) -> Iterator[Leftover]:
    """Yield characters of another script or of none (C68), as one finding for each kind."""
    text = passage.text
    if text.isascii():
        return
    for pattern, variant, severity in ((_UNREADABLE, "unreadable", Severity.WARNING), (_RADICALS, "radicals", None)):
        if variant == "unreadable" and _REPLACED not in text and text.replace("\n", "").isprintable():
            continue  # characters for private use are not printable
        first = re.search(pattern, text)
        if first is not None:
            yield Leftover("C68", *first.span(), variant, _message_params(re.findall(pattern, text)), severity)
    yield from _mixed(text)


def _mixed(text: str) -> Iterator[Leftover]:
    """Yield the script mismatch of a text: traditional in a simplified one, simplified in a traditional one, or all traditional."""
    foreign = traditional_letters().intersection(text)
    if not foreign:
        return
    common = _COMMON.translate(simplification())
    if sum(map(text.count, _COMMON)) <= sum(map(text.count, common)):
        found = [letter for letter in text if letter in foreign]
        at = text.index(found[0])
        yield Leftover("C68", at, at + 1, "", _message_params(found))
        return
    mixed = [letter for letter in text if letter in common]
    if mixed:
        at = text.index(mixed[0])
        yield Leftover("C68", at, at + 1, "simplified", _message_params(mixed))
    else:
        at = next(at for at, letter in enumerate(text) if letter in foreign)
        yield Leftover("C68", at, at + 1, "traditional", _message_params([text[at]]))


def _message_params(found: list[str]) -> tuple[tuple[str, str], ...]:
    shown = "、".join(dict.fromkeys(found).keys())
    return (("letters", shown if len(shown) < 2 * SHOWN else shown[: 2 * SHOWN - 1] + "等"), ("count", str(len(found))))
