"""Normalisation of characters from the web, PDF text and converters.

A *clean* text is what a person would have typed: radicals in place of characters are replaced, invisible characters removed, and
nothing else changes. A *key* is for comparing labels: simplified, without spaces and punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from ..chinese.fold import LABELS_ONLY, REGIONAL_WORDS, radicals, simplification

_TO_SIMPLIFIED: Final = simplification() | {ord(old): new for old, new in LABELS_ONLY.items()}
_VOCABULARY: Final = (*REGIONAL_WORDS, ("档案", "文件"))
"""Words that script conversion put in place of others, in simplified characters, with the form's words."""

_SPACES: Final = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\f\v]")
_INVISIBLE: Final = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]")
_PINYIN: Final = re.compile(r"(?<=[\u3400-\u9fff])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńň]{1,6}[)）]")
_TONE: Final = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_NO_KEY: Final = re.compile(r"[^\u3400-\u9fff0-9A-Za-z]+")

_LABEL_LENGTH: Final = 200
"""In characters; a longer text is no label and is not cached."""
_FEW: Final = 4
"""From this many notes in one document they were added by a converter, not by the author."""


def clean_text(text: str) -> str:
    """Return the text with line feeds as line ends, without invisible characters, with radicals replaced by their characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").replace("\u0085", "\n")
    text = _INVISIBLE.sub("", text)
    return text.translate(radicals()) if has_radicals(text) else text


def has_radicals(text: str) -> bool:
    """Return whether a text contains characters of the radical blocks (U+2E80 to U+2FDF)."""
    return re.search("[\u2e80-\u2fdf]", text) is not None


def without_pinyin(text: str) -> tuple[str, int]:
    """Remove pronunciation notes that a converter added after characters. Return the text and the number of notes.

    A document with few notes is unchanged, since its author may have written them.
    """
    notes = _PINYIN.findall(text)
    if len(notes) < _FEW or not any(_TONE.search(note) for note in notes):
        return text, 0
    return strip_pinyin(text), len(notes)


def strip_pinyin(text: str) -> str:
    """Remove all pronunciation notes."""
    return _PINYIN.sub("", text)


def plain_spaces(text: str) -> str:
    """Replace every kind of space by the ASCII space."""
    return _SPACES.sub(" ", text)


def simplified(text: str) -> str:
    """Return the text in NFKC and in the form's script and vocabulary. For comparison only: offsets may change."""
    return _remembered(text) if len(text) <= _LABEL_LENGTH else _simplified(text)


def _simplified(text: str) -> str:
    return simplified_in_place(unicodedata.normalize("NFKC", _PINYIN.sub("", text)))


_remembered = lru_cache(maxsize=8192)(_simplified)


def simplified_in_place(text: str) -> str:
    """Return the text in the form's script and vocabulary, with equal offsets."""
    plain = text.translate(_TO_SIMPLIFIED)
    for converted, original in _VOCABULARY:
        if converted in plain:
            plain = plain.replace(converted, original)
    return plain


def key_of(text: str) -> str:
    """Return the key for comparing labels: only Chinese characters, digits and letters, simplified."""
    return _NO_KEY.sub("", simplified(text))
