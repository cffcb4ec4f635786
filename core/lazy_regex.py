"""Regular expressions that are compiled when they are first used.

Reading a report's prose takes some sixty patterns, of which one text needs a third; compiling all of them took longer than
checking the report.
"""

from __future__ import annotations

import re
from typing import cast

_METHODS = ("finditer", "findall", "fullmatch", "match", "search", "split", "sub")


class _Lazy:
    """Stands for a compiled pattern until it is asked for one of its methods; then it has them as its own."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> object:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern for `match`, `search`, `fullmatch`, `finditer`, `findall`, `split` and `sub`; a wrong one is known at its first use."""
    return cast("re.Pattern[str]", _Lazy(text, flags))
