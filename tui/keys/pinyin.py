"""Pinyin initials of Chinese text, for finding an action by typing “bc” for 保存.

The level-1 characters of GB 2312 (rows 16 to 55) are sorted by pinyin, so that a character's code gives its initial. For characters
with several readings this is the most common one.
"""

from __future__ import annotations

from bisect import bisect_right

#: First GB 2312 code of each initial; no syllable begins with i, u or v.
_FIRST_CODES = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"),
    (0xB8C1, "g"), (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"),
    (0xC4C3, "n"), (0xC5B6, "o"), (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"),
    (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"), (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
#: Exceptions: characters whose reading in this editor's titles differs from their GB 2312 position.
_READINGS = {"重": "c"}
_CODES = [code for code, _ in _FIRST_CODES]
_LAST_CODE = 0xD7F9


def initials(text: str) -> str:
    """Return the pinyin initials of Chinese characters, with ASCII letters and digits unchanged, in lower case."""
    return "".join(initial(character) for character in text)


def initial(character: str) -> str:
    """Return the initial of one character; empty if it has none."""
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    if character in _READINGS:
        return _READINGS[character]
    try:
        encoded = character.encode("gb2312")
    except UnicodeEncodeError:
        return ""
    code = int.from_bytes(encoded, "big")
    if not _CODES[0] <= code <= _LAST_CODE:
        return ""
    return _FIRST_CODES[bisect_right(_CODES, code) - 1][1]
