"""Characters as they come from the web, from PDF text and from converters, and what they are compared by.

Two things are made of a text here: a *clean* text, which is what a person would have typed (radicals that stand for characters, odd
spaces and joiners are mended, nothing else is touched), and a *key*, in which labels are compared (simplified, no spaces, no punctuation).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from ..chinese.fold import LABELS_ONLY, REGIONAL_WORDS, radicals, simplification

_TO_SIMPLIFIED: Final = simplification() | {ord(old): new for old, new in LABELS_ONLY.items()}
_VOCABULARY: Final = (*REGIONAL_WORDS, ("档案", "文件"))
"""Words that a conversion of script put for others, in simplified characters, with the words of the form."""

_SPACES: Final = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\f\v]")
_INVISIBLE: Final = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]")
_PINYIN: Final = re.compile(r"(?<=[\u3400-\u9fff])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńň]{1,6}[)）]")
_TONE: Final = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_NO_KEY: Final = re.compile(r"[^\u3400-\u9fff0-9A-Za-z]+")

_LABEL_LENGTH: Final = 200
"""Longer texts are no labels and not worth remembering."""
_FEW: Final = 4
"""So many notes in one document are a converter's, not a writer's."""


def clean_text(text: str) -> str:
    """A document's text with line ends as line feeds, without invisible characters, radicals as the characters that they stand for."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").replace("\u0085", "\n")
    text = _INVISIBLE.sub("", text)
    return text.translate(radicals()) if has_radicals(text) else text


def has_radicals(text: str) -> bool:
    """Whether characters of the radical blocks stand in a text (U+2E80 to U+2FDF)."""
    return re.search("[\u2e80-\u2fdf]", text) is not None


def without_pinyin(text: str) -> tuple[str, int]:
    """The text without the pronunciation notes that a converter left after characters, and how many there were.

    A document with few of them is left alone, for its writer may have put them there.
    """
    notes = _PINYIN.findall(text)
    if len(notes) < _FEW or not any(_TONE.search(note) for note in notes):
        return text, 0
    return strip_pinyin(text), len(notes)


def strip_pinyin(text: str) -> str:
    """The text without any pronunciation note."""
    return _PINYIN.sub("", text)


def plain_spaces(text: str) -> str:
    """The text with every kind of space as the ASCII one."""
    return _SPACES.sub(" ", text)


def simplified(text: str) -> str:
    """The text in compatibility form and in the script of the form, as far as labels need it: for comparing only."""
    return _remembered(text) if len(text) <= _LABEL_LENGTH else _simplified(text)


def _simplified(text: str) -> str:
    return simplified_in_place(unicodedata.normalize("NFKC", _PINYIN.sub("", text)))


_remembered = lru_cache(maxsize=8192)(_simplified)


def simplified_in_place(text: str) -> str:
    """The text in the script of the form, character for character: what is found in it stands at the same place in the text."""
    plain = text.translate(_TO_SIMPLIFIED)
    for converted, original in _VOCABULARY:
        if converted in plain:
            plain = plain.replace(converted, original)
    return plain


def key_of(text: str) -> str:
    """What two labels are compared by: Chinese characters, digits and letters alone, simplified."""
    return _NO_KEY.sub("", simplified(text))
