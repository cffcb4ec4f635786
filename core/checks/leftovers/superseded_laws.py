"""Citations of laws and notices that are superseded in the report's year, or not yet in force."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .examined_text import Leftover, sentence_around
from .phrases import CITATIONS, FEES_AND_REDUCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .examined_text import ExaminedText

_SINCE_2019 = 2019
_LISTING = r"组成|部分|包括|分为|包含|[由含]"


def obsolete_citations(passage: ExaminedText) -> Iterator[Leftover]:
    """Yield citations that do not fit the report's year (C59), each once per passage."""
    year, plain = passage.year, passage.plain
    if not year:
        return
    for citation in CITATIONS:
        if citation.valid_from <= year < citation.obsolete_from or not all(trigger in plain for trigger in citation.triggers):
            continue
        for match in re.finditer(citation.pattern, plain):
            first, last = sentence_around(plain, *match.span())
            if citation.unless and citation.unless in plain[first:last]:
                continue
            variant = "early" if year < citation.valid_from else ""
            yield Leftover("C59", *match.span(), variant, (("instead", citation.instead),))
            break
    if year >= _SINCE_2019 and passage.first and "减免" in plain:
        for match in re.finditer(FEES_AND_REDUCTIONS, plain):
            first, last = sentence_around(plain, *match.span())
            sentence = plain[first:last]
            if ("报告" in sentence or "年报" in sentence) and re.search(_LISTING, sentence):
                yield Leftover("C59", *match.span(), "part")
                break
