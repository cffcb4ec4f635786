"""Sanitizing of a report's strings for printing.

A report may come from an untrusted source, so everything that could control a terminal, reorder a line or break an encoder is removed:
escape sequences, control and format characters (bidirectional overrides, zero-width characters, byte order marks) and lone surrogates.
All line terminators become line feeds.
"""

from __future__ import annotations

from ..lazy_regex import lazy_pattern
from ..report import paragraphs

_LINE_END = lazy_pattern(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_ESCAPE = lazy_pattern(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # control sequences: colours, cursor, modes
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"  # control strings: titles, links, clipboard
    r"|\x1b[ -/]*[0-Z\\^-~]"  # short sequences: charset, reset, keypad
)
_FORMAT = (
    (0x00, 0x08),
    (0x0B, 0x1F),
    (0x7F, 0x9F),
    (0xAD, 0xAD),
    (0x0600, 0x0605),
    (0x061C, 0x061C),
    (0x06DD, 0x06DD),
    (0x070F, 0x070F),
    (0x0890, 0x0891),
    (0x08E2, 0x08E2),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0xD800, 0xDFFF),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0x110BD, 0x110BD),
    (0x110CD, 0x110CD),
    (0x13430, 0x1343F),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
"""Control (Cc), format (Cf), surrogate (Cs) and tag characters of Unicode 15, except tab and line feed, as inclusive ranges."""
_UNPRINTABLE = lazy_pattern("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _FORMAT) + "]")


def clean_prose(text: str) -> str:
    """Sanitize a text of several paragraphs; tabs become spaces and line terminators line feeds."""
    if text.isprintable():
        return text
    text = _ESCAPE.sub("", _LINE_END.sub("\n", text))
    return _UNPRINTABLE.sub("", text).replace("\t", " ")


def clean_line(text: str) -> str:
    """Sanitize a text for one line (a title, the text of a cell) and strip surrounding white space."""
    return clean_prose(text).replace("\n", " ").strip()


def clean_paragraphs(text: str) -> list[str]:
    """Split a section's prose into sanitized paragraphs, stripped and without empty ones."""
    return paragraphs(clean_prose(text))
