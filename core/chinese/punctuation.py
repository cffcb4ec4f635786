"""Punctuation: sentence and clause delimiters, brackets, and marks with a folded form."""

from __future__ import annotations

from typing import Final

SENTENCE_ENDS: Final = "。；;！？!?\n"
"""Marks that end a sentence or a list item, in unfolded text."""
CLAUSE_STOPS: Final = frozenset(",;:、()。\n")
"""Marks that separate clauses in folded text."""

BRACKETS: Final = {"（": "）", "(": "）", "《": "》", "“": "”", "「": "」", "『": "』", "〔": "〕", "【": "】", "[": "】", "［": "】"}
"""Opening bracket or quotation mark → its closing mark in the form of `CLOSING`'s values, so that half-width ones close full-width ones."""
CLOSING: Final = {mark: mark for mark in BRACKETS.values()} | {")": "）", "]": "】", "］": "】"}
"""Closing bracket or quotation mark → its full-width form."""

FOLDED_MARKS: Final = {"｡": "。", "．": ".", "､": "、", "﹑": "、", "〔": "[", "〕": "]", "【": "[", "】": "]", "［": "[", "］": "]"}
"""Mark → its form in folded text, in addition to the full-width forms of ASCII."""
DASHES: Final = "‐‑‒–—―－−～〜∼﹣"
"""Dashes and similar marks; folded to `-`."""
DROPPED: Final = ' \t\r\f\v\xa0\u3000\u200b\u200c\u200d\ufeff\u2060“”‘’"「」『』＂\u2002\u2003\u2009'
"""Spaces, invisible characters and quotation marks, which are removed from folded text."""
