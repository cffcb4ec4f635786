"""The sentence in which a report lists its own parts, against the sections of the form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ...chinese.numerals import TO_TEN, ordinal
from .examined_text import Leftover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...edition import Edition, Section
    from .examined_text import ExaminedText

_WHOLE = "报告|年报|全文|主要内容"
_LISTS = r"包括|包含|分为|分成|涵盖|[由含从]"
_NUMBER = rf"(?<![第\d])([{TO_TEN}两]{{1,2}}|\d{{1,2}})[ 　]?(?:个[ 　]?(?:大)?(?:部分|方面|章节)|大?部分|项内容|方面内容|大项)"
_SENTENCE = r"[^。\n]{12,600}"
_COMMON = frozenset(("报告", "主要", "行政", "需要", "机关", "工作", "情况", "信息", "公开", "政府"))
"""Character pairs that identify no section although only one heading contains them."""

ENOUGH = 4
"""A sentence that names this many sections is taken as the full list."""
SOME = 2
"""The same for a sentence that counts 部分."""


def parts_of_the_report(passage: ExaminedText) -> Iterator[Leftover]:
    """Yield a number of parts that differs from the form's, or a list that omits a section (C60)."""
    plain = passage.plain
    if not passage.first or not passage.edition.tables or not re.search(_WHOLE, plain):
        return
    for sentence in re.finditer(_SENTENCE, plain):
        trace = _judge(passage.edition, sentence.group(), sentence.start())
        if trace is not None:
            yield trace


def _judge(edition: Edition, sentence: str, start: int) -> Leftover | None:
    subject = re.search(_WHOLE, sentence)
    verb = re.search(_LISTS, sentence[subject.end() :]) if subject is not None else None
    if subject is None or verb is None:
        return None
    opened = subject.end() + verb.end()
    listed = sentence[opened:]
    stated = re.search(_NUMBER, listed)
    wanted = len(edition.sections)
    if stated is not None:
        listed = listed[: stated.start()]
    missing = [section.title for section, pairs in telling_pairs(edition) if not any(pair in listed for pair in pairs)]
    named = wanted - len(missing)
    if stated is not None:
        count = ordinal(stated[1])
        if count != wanted and named >= (ENOUGH if "方面" in stated.group() else SOME):
            at = start + opened + stated.start()
            words = (("wanted", str(wanted)), ("count", str(count)))
            return Leftover("C60", at, at + len(stated.group()), "", words)
    if not missing or named < ENOUGH or (stated is None and _open(listed)):
        return None
    return Leftover("C60", start + opened, start + opened + len(listed), "missing", (("missing", "”“".join(missing)),))


def _open(listed: str) -> bool:
    """Return whether a list marks itself as incomplete with 等."""
    end = re.search(r"组成|构成", listed)
    before = listed[: end.start()] if end else listed
    return re.search(r"等(?:内容|方面|情况|部分|几个?部分|有关情况)?$", before.rstrip("，。, ")) is not None


@lru_cache(maxsize=16)
def telling_pairs(edition: Edition) -> tuple[tuple[Section, frozenset[str]], ...]:
    """Return, for each section, the character pairs that identify it: those of its heading or aliases that no other section has."""
    official = [_pairs(section.heading) for section in edition.sections]
    met = [_pairs(section.heading, *section.aliases) for section in edition.sections]
    telling = []
    for place, section in enumerate(edition.sections):
        others, others_met = (set().union(*pairs[:place], *pairs[place + 1 :]) for pairs in (official, met))
        telling.append((section, frozenset((official[place] - others) | (met[place] - others_met)) - _COMMON))
    return tuple(telling)


def _pairs(*headings: str) -> set[str]:
    return {heading[at : at + 2] for heading in headings for at in range(len(heading) - 1)}
