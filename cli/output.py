"""Output to stdout."""

from __future__ import annotations

import sys

from ..core.lazy_regex import lazy_pattern


def prepare_streams() -> None:
    """Set the encoding errors of both streams, and UTF-8 where they are not terminals.

    A terminal that lacks a character shows a substitute instead of raising an error.
    """
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr] # they are text streams
        else:
            stream.reconfigure(errors="replace")  # type: ignore[union-attr] # they are text streams


def write(text: str) -> None:
    """Write data to stdout."""
    sys.stderr.flush()
    sys.stdout.write(text)
    sys.stdout.flush()


def colours_wanted() -> bool:
    """Return whether stdout is a terminal that accepts colours; respects NO_COLOR."""
    import os  # noqa: PLC0415 - start-up

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


_UNSAFE = lazy_pattern("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")


def json_text(document: object) -> str:
    """Serialize a document as JSON, with Chinese unescaped but invisible, control and surrogate characters escaped."""
    import json  # noqa: PLC0415 - start-up

    text = json.dumps(document, ensure_ascii=False, indent=1)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"
