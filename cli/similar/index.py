"""Index of passages for tens of thousands of reports: locality-sensitive hashing of MinHash signatures, by rensa."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

from ...core.similarity.overlap import SmallIndex, ngrams

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...core.similarity.overlap import Index

SMALL: Final = 5000
"""Maximum number of passages for which the built-in index is used."""
SIGNATURE: Final = 128
"""Number of hash values in a signature."""
BANDS: Final = 32
"""Bands of four values. The probability that two passages become candidates is 87 % if they share half of their shingles, 99.9 % for
two thirds, 0.3 % for a tenth.
"""
_SEED: Final = 20240501


class MissingIndexError(Exception):
    """The optional library is not installed."""


class _Signature(Protocol):
    def update(self, items: Iterable[str]) -> None: ...


class _Bands(Protocol):
    def insert(self, key: int, minhash: _Signature) -> None: ...

    def query(self, minhash: _Signature) -> Sequence[int]: ...


class HashedIndex:
    """Index of passages by the bands of their signatures.

    Raises:
        MissingIndexError: rensa is not installed.
    """

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
        """Return the keys of the passages that share a band with the text."""
        return self._bands.query(self._signature(text))

    def _signature(self, text: str) -> _Signature:
        # A passage is queried and then inserted: keep its signature for the second call.
        if self._last is None or self._last[0] != text:
            signature: _Signature = self._new(SIGNATURE, _SEED)
            signature.update(sorted(ngrams(text)))
            self._last = (text, signature)
        return self._last[1]


def index_for(passages: int) -> tuple[Index, bool]:
    """Return an index for this number of passages, and whether installing rensa would make it faster."""
    if passages <= SMALL:
        return SmallIndex(), False
    try:
        return HashedIndex(), False
    except MissingIndexError:
        return SmallIndex(), True
