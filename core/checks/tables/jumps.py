"""When a number differs so much from last year's that it is worth a look, and which cells are compared at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from ...edition import Edition

JUMP = 5
"""A count that grows or shrinks more than so many times is worth a look."""
JUMP_FROM = 20
"""Below this, counts jump without meaning anything."""


def jumped(now: Decimal, before: Decimal) -> bool:
    """Whether a number has become something else; what comes from nothing has not, it is new."""
    return before > 0 and max(now, before) >= JUMP_FROM and (now > JUMP * before or JUMP * now < before)


def is_row_addend(edition: Edition, position: int) -> bool:
    """Whether a cell is added up in its own row; its total stands for it."""
    row = edition.addresses[position].row
    return any(
        equation.total is not None and equation.total != position and edition.addresses[equation.total].row == row
        for equation in edition.equations_of.get(position, ())
    )
