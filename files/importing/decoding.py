"""Detect the encoding of bytes of unknown origin and decode them.

UTF-8, GB18030 (with GBK and GB 2312) and UTF-16, by byte order mark, by declaration, or by trial.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

MAX_BYTES: Final = 16 * 1024 * 1024
"""Larger sources are rejected; the largest published reports known are under 1 MB."""
_DECLARED: Final = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_KNOWN: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "gb_2312-80": "gb18030",
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "big5": "big5hkscs",
}
_BROKEN: Final = 3
"""Maximum number of bytes of an incomplete character at the end of a truncated file."""


class TooLargeError(ValueError):
    """The source is larger than any report."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded source."""

    text: str
    encoding: str
    damaged: int = 0
    """Number of undecodable characters, replaced by U+FFFD."""


def decode_source(data: bytes) -> Decoded:
    """Decode a source. Bytes that fit no encoding are replaced and counted.

    Raises:
        TooLargeError: The source exceeds MAX_BYTES.
    """
    if len(data) > MAX_BYTES:
        raise TooLargeError(len(data))
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    guessed = _utf16_without_mark(data)
    if guessed:
        return _lenient(data, guessed)
    declared = _DECLARED.search(data[:4096])
    order = ["utf-8", "gb18030"]
    if declared is not None and (known := _KNOWN.get(declared[1].decode("ascii").lower())):
        order = [known, *(encoding for encoding in order if encoding != known)]
    for encoding in order:
        text = _strict(data, encoding)
        if text is not None:
            return Decoded(text, encoding)
    return min((_lenient(data, encoding) for encoding in order), key=lambda decoded: decoded.damaged)


def _strict(data: bytes, encoding: str) -> str | None:
    """Decode without replacement, dropping an incomplete last character. Return None if the bytes are not in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError:
        return None
    return text if len(decoder.getstate()[0]) <= _BROKEN else None


def _lenient(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    if encoding.startswith("utf-16"):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Decoded(text, encoding, text.count("\ufffd"))


def _utf16_without_mark(data: bytes) -> str:
    """Return the byte order of UTF-16 without a mark, from the zero bytes of line ends, digits and pipes; "" if it is not UTF-16."""
    sample = data[:4096]
    if len(sample) < 4 or not sample.count(0):  # noqa: PLR2004 - two characters
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 4 * even and odd:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else ""
