"""Distinguish the Escape key from the start of an escape sequence or of Alt with a key. Pure.

A terminal sends an escape sequence, and Alt with a key, in one write; a person needs longer between two keys. Only a sequence that
the line has split needs waiting for, and it continues with one of a few characters.
"""

from __future__ import annotations

from typing import Final

ESCAPE: Final = "\x1b"
PATIENCE: Final = 0.1
"""Seconds after which an Escape without a continuation is the key."""
TOGETHER: Final = 0.02
"""Seconds within which two characters count as one write, whatever they are."""
SEQUENCE_BEGINNINGS: Final = "[O]P_^X"
"""Second characters of escape sequences and of the terminal's replies."""


def is_escape_key(following: str, seconds: float) -> bool:
    """Return whether an Escape at the end of a chunk was the key.

    Args:
        following: The next chunk.
        seconds: Time between the two chunks.
    """
    return seconds > TOGETHER and following[:1] not in SEQUENCE_BEGINNINGS
