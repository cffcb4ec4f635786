"""The tables of a data file with their places in it, so that whatever is wrong is told by where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Place = tuple[str | int, ...]
"""Keys and positions in lists that lead to a value: ("equation", 2, "relation")."""

T = TypeVar("T")


class EditionError(Exception):
    """An edition's file that cannot be used: what is wrong (a name for the front ends' sentences) and where."""

    def __init__(self, kind: str, file: str = "", place: Place = (), **values: str) -> None:
        super().__init__(kind, file, place, values)
        self.kind = kind
        self.file = file
        self.place = place
        self.values = values


class Node(NamedTuple):
    """A table of the file and where it stands."""

    data: Mapping[str, object]
    file: str
    place: Place = ()

    def error(self, kind: str, key: str = "", **values: str) -> EditionError:
        """What is wrong in this table, or at one of its keys."""
        return EditionError(kind, self.file, (*self.place, key) if key else self.place, **values)

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value of a key; raises EditionError where it is missing without a default, or of another type."""
        value = self.data.get(key, default)
        if value is None:
            raise self.error("missing", key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error("type", key, wanted=kind.__name__)
        return value

    def strings(self, key: str, default: tuple[str, ...] | None = ()) -> tuple[str, ...]:
        """A list of strings as a tuple."""
        values = self.get(key, list, None if default is None else list(default))
        if not all(isinstance(value, str) for value in values):
            raise self.error("type", key, wanted="strings")
        return tuple(values)

    def nodes(self, key: str) -> Iterator[Node]:
        """The tables of a list."""
        for number, value in enumerate(self.get(key, list, [])):
            if not isinstance(value, dict):
                raise EditionError("type", self.file, (*self.place, key, number), wanted="dict")
            yield Node(value, self.file, (*self.place, key, number))

    def table(self, key: str) -> Node:
        """A table in this one; an empty one where it is missing."""
        return Node(self.get(key, dict, {}), self.file, (*self.place, key))
