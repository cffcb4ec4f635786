"""Telling the Escape key from the first character of what a key or Alt with a key sends. Pure.

A terminal sends an escape sequence, and Alt with a key, in one piece; a person needs longer than that between two
keys. Only a sequence that the line cut in two is waited for, and it goes on with one of a few characters.
"""

from __future__ import annotations

from typing import Final

ESCAPE: Final = "\x1b"
PATIENCE: Final = 0.1
"""Seconds after which an Escape with nothing behind it is the key."""
TOGETHER: Final = 0.02
"""Seconds within which two characters were sent as one piece, whatever they are."""
SEQUENCE_BEGINNINGS: Final = "[O]P_^X"
"""What an escape sequence, or the terminal's answer to a question, goes on with."""


def is_the_key(following: str, seconds: float) -> bool:
    """Whether an Escape at the end of one piece was the key, by what came next and after how many seconds."""
    return seconds > TOGETHER and following[:1] not in SEQUENCE_BEGINNINGS
