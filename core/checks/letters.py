"""A copy of a text for reading by patterns: the same length, in simplified script, figures and letters of ordinary width.

Text from PDF files carries Kangxi radicals (⼀ for 一), some reports stand in traditional script; a pattern should not have to know.
"""

from __future__ import annotations

from functools import lru_cache

_TRADITIONAL = "開請報動總務區鎮縣會應個處發條與關並標準題規進機構資訊說將對從為無數據項"
"""Characters without one of which no report in traditional script gets far."""
_FOREIGN = frozenset(
    chr(code) for first, last in ((0x2E80, 0x2FDF), (0xF900, 0xFAD9), (0xFF10, 0xFF19), (0xFF21, 0xFF5A)) for code in range(first, last + 1)
) | frozenset(_TRADITIONAL)
"""Radicals, compatibility forms, wide figures and letters, traditional characters."""


@lru_cache(maxsize=32)
def reading_copy(text: str) -> str:
    """The text with every letter and figure in its common form, letter for letter; nearly always the text itself."""
    if _FOREIGN.isdisjoint(text):
        return text
    from ..prose.script import fold  # noqa: PLC0415 - few reports need it

    letters = sorted({letter for letter in text if letter >= "\u2e80" and (letter.isalnum() or letter <= "\u2fdf")})
    common = fold("\n".join(letters)).text.split("\n")
    return text.translate({ord(old): new for old, new in zip(letters, common, strict=True) if len(new) == 1})
