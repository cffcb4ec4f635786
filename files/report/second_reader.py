"""tomlkit as the independent second reader of every report that is saved.

A save is verified by the reader that wrote it into being; a mistake of that reader in both directions would go unnoticed. tomlkit shares no
code with it. What it finds never stops a save, because the user's work must not be lost to a fault of either reader.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from decimal import Decimal
from enum import Enum
from typing import Final

from ...core.checks.boundary import attempt
from .parse import decimal_of, decode, parse

MAX_BYTES: Final = 256 * 1024
"""tomlkit takes up to four seconds a megabyte; the busiest reports known are under 200 kB."""


class SecondReading(Enum):
    """What the second reader says of a document."""

    AGREES = "agrees"
    """It reads the same keys and values."""
    DIFFERS = "differs"
    """It reads other keys or values: one of the two readers is wrong."""
    REFUSED = "refused"
    """It raises an exception."""
    NOT_READ = "not_read"
    """tomlkit is not installed, or the document is longer than `MAX_BYTES`."""


def second_reading(data: bytes) -> SecondReading:
    """Compare what tomlkit reads in a document with what our reader reads. Never raises; loads tomlkit where it is not loaded yet."""
    if len(data) > MAX_BYTES:
        return SecondReading.NOT_READ
    try:
        import tomlkit  # noqa: PLC0415 - 26 ms, which `check` and the editor's first frame do not wait for
    except ImportError:
        return SecondReading.NOT_READ
    text, _bom, _complaint = decode(data)
    document, complaint = parse(text)
    if complaint is not None:
        return SecondReading.DIFFERS

    def compare() -> SecondReading:
        return SecondReading.AGREES if _same(document, tomlkit.parse(text)) else SecondReading.DIFFERS

    return attempt(compare, lambda _error: SecondReading.REFUSED)


def load_in_background() -> None:
    """Load tomlkit in a thread of its own, so that the first save finds it loaded; where no thread can start, that save loads it."""
    if "tomlkit" not in sys.modules:
        with contextlib.suppress(RuntimeError):
            threading.Thread(target=_load, name="nianbao-second-reader", daemon=True).start()


def _load() -> None:
    with contextlib.suppress(ImportError):
        import tomlkit  # noqa: F401, PLC0415 - see `second_reading`


def _same(ours: object, theirs: object) -> bool:
    """Whether two values have the same types, keys and values; numbers with a point also the same digits."""
    if isinstance(ours, dict):
        return isinstance(theirs, dict) and ours.keys() == theirs.keys() and all(_same(value, theirs[key]) for key, value in ours.items())
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(_same, ours, theirs))
    plain = _plain(theirs)
    if isinstance(ours, Decimal) and isinstance(plain, Decimal):
        return ours.as_tuple() == plain.as_tuple()
    if isinstance(ours, str) and isinstance(plain, str):
        # TOML leaves the line ends of a text to its reader, and tomlkit keeps those of the file.
        return ours.replace("\r\n", "\n") == plain.replace("\r\n", "\n")
    return type(ours) is type(plain) and ours == plain


def _plain(value: object) -> object:
    """A scalar of tomlkit as our reader would give it."""
    from tomlkit.items import Float, Item  # noqa: PLC0415 - see `second_reading`

    if isinstance(value, Float):
        return decimal_of(value.as_string())
    return value.unwrap() if isinstance(value, Item) else value
