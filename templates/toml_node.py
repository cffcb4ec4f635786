"""Typed access to the tables of a data file; errors carry the file and the location of the value."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Place = tuple[str | int, ...]
"""Path to a value, of keys and list positions: ("equation", 2, "relation")."""

T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)


class EditionError(Exception):
    """An invalid edition file: the kind of error (a key for the front ends' messages) and its location."""

    def __init__(self, kind: str, file: str = "", place: Place = (), **values: str) -> None:
        super().__init__(kind, file, place, values)
        self.kind = kind
        self.file = file
        self.place = place
        self.values = values


class TomlNode(NamedTuple):
    """A table of a data file, with its location."""

    data: Mapping[str, object]
    file: str
    place: Place = ()

    def error(self, kind: str, key: str = "", **values: str) -> EditionError:
        """Return an error located at this table, or at one of its keys."""
        return EditionError(kind, self.file, (*self.place, key) if key else self.place, **values)

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """Return the value of a key.

        Raises:
            EditionError: The key is missing and there is no default, or the value has another type.
        """
        value = self.data.get(key, default)
        if value is None:
            raise self.error("missing", key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error("type", key, wanted=kind.__name__)
        return value

    def choice(self, key: str, default: Choice) -> Choice:
        """Return a member of the enumeration of `default`.

        Raises:
            EditionError: The value is not one of its members.
        """
        value = self.get(key, str, default.value)
        try:
            return type(default)(value)
        except ValueError:
            raise self.error("choice", key, found=value, known="、".join(type(default))) from None

    def strings(self, key: str, default: tuple[str, ...] | None = ()) -> tuple[str, ...]:
        """Return a list of strings as a tuple. With `default=None` the key is required."""
        values = self.get(key, list, None if default is None else list(default))
        if not all(isinstance(value, str) for value in values):
            raise self.error("type", key, wanted="strings")
        return tuple(values)

    def nodes(self, key: str) -> Iterator[TomlNode]:
        """Yield the tables of a list; none if the key is missing."""
        for number, value in enumerate(self.get(key, list, [])):
            if not isinstance(value, dict):
                raise EditionError("type", self.file, (*self.place, key, number), wanted="dict")
            yield TomlNode(value, self.file, (*self.place, key, number))

    def table(self, key: str) -> TomlNode:
        """Return the table at a key, or an empty one if the key is missing."""
        return TomlNode(self.get(key, dict, {}), self.file, (*self.place, key))
