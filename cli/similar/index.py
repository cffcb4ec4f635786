"""An index of passages for tens of thousands of reports: MinHash signatures in bands (locality-sensitive hashing), by rensa."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

from ...core.similarity.overlap import SmallIndex, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...core.similarity.overlap import Index

SMALL: Final = 5000
"""Up to so many passages no library is needed."""
SIGNATURE: Final = 128
"""Numbers in a signature."""
BANDS: Final = 32
"""Bands of four numbers: passages that share half of their runs are found in 87 of 100 cases, two thirds in 99.9, a tenth in 0.3."""
_SEED: Final = 20240501


class MissingIndexError(Exception):
    """The library is not installed: it is an extra."""


class _Signature(Protocol):
    def update(self, items: Iterable[str]) -> None: ...


class _Bands(Protocol):
    def insert(self, key: int, minhash: _Signature) -> None: ...

    def query(self, minhash: _Signature) -> Sequence[int]: ...


class HashedIndex:
    """Passages by the bands of their signatures. Raises MissingIndexError."""

    def __init__(self) -> None:
        try:
            library = import_module("rensa")
        except ImportError as error:
            raise MissingIndexError from error
        self._new = library.RMinHash
        self._bands: _Bands = library.RMinHashLSH(0.5, SIGNATURE, BANDS)
        self._last: tuple[str, _Signature] | None = None

    def insert(self, key: int, text: str) -> None:
        """Add a passage."""
        self._bands.insert(key, self._signature(text))

    def query(self, text: str) -> Sequence[int]:
        """The keys of passages that share a band."""
        return self._bands.query(self._signature(text))

    def _signature(self, text: str) -> _Signature:
        # A passage is asked for and then added: the second time its signature is at hand.
        if self._last is None or self._last[0] != text:
            signature: _Signature = self._new(SIGNATURE, _SEED)
            signature.update(sorted(runs(text)))
            self._last = (text, signature)
        return self._last[1]


def index_for(passages: int) -> tuple[Index, bool]:
    """An index for so many passages, and whether a better one would be worth installing."""
    if passages <= SMALL:
        return SmallIndex(), False
    try:
        return HashedIndex(), False
    except MissingIndexError:
        return SmallIndex(), True
