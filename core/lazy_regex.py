"""Regular expressions that are compiled on first use.

The prose reader has about sixty patterns, of which one text needs a third; compiling them all took longer than checking the report.
"""

from __future__ import annotations

import re
from typing import cast

_METHODS = ("finditer", "findall", "fullmatch", "match", "search", "split", "sub")


class _Lazy:
    """Proxy for a compiled pattern. The first use of a method compiles it and binds all methods to the instance."""

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
    """Return a pattern that is compiled on first use; an invalid one raises only then.

    It has the methods `match`, `search`, `fullmatch`, `finditer`, `findall`, `split` and `sub`.
    """
    return cast("re.Pattern[str]", _Lazy(text, flags))
