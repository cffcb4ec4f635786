"""Punctuation: the ends of sentences and clauses, brackets, and the marks that fold to another."""

from __future__ import annotations

from typing import Final

SENTENCE_ENDS: Final = "。；;！？!?\n"
"""Marks that end a sentence or a member of a list, in text as it is written."""
CLAUSE_STOPS: Final = frozenset(",;:、()。\n")
"""Marks between the clauses of folded text."""

BRACKETS: Final = {"（": "）", "(": "）", "《": "》", "“": "”", "「": "」", "『": "』", "〔": "〕", "【": "】", "[": "】", "［": "】"}
"""Opening bracket or quotation mark → the mark that closes it, as `CLOSING` names it: half-width ones close full-width ones."""
CLOSING: Final = {mark: mark for mark in BRACKETS.values()} | {")": "）", "]": "】", "］": "】"}
"""Closing bracket or quotation mark → its full-width form."""

FOLDED_MARKS: Final = {"｡": "。", "．": ".", "､": "、", "﹑": "、", "〔": "[", "〕": "]", "【": "[", "】": "]", "［": "[", "］": "]"}
"""Mark → its form in folded text, beside the full-width forms of ASCII."""
DASHES: Final = "‐‑‒–—―－−～〜∼﹣"
"""Dashes and their likes; in folded text all are `-`."""
DROPPED: Final = ' \t\r\f\v\xa0\u3000\u200b\u200c\u200d\ufeff\u2060“”‘’"「」『』＂\u2002\u2003\u2009'
"""Spaces, invisible characters and quotation marks, which folded text does not have."""
