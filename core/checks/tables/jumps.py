"""Criteria for comparing a cell with last year's: which changes are large, and which cells are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from ...edition import Edition

JUMP = 5
"""Factor of growth or decline beyond which a count is reported."""
JUMP_FROM = 20
"""If both counts are below this, their changes mean nothing."""


def jumped(now: Decimal, before: Decimal) -> bool:
    """Return whether a number has grown or shrunk by more than the factor `JUMP`. Growth from zero is no jump."""
    return before > 0 and max(now, before) >= JUMP_FROM and (now > JUMP * before or JUMP * now < before)


def is_row_addend(edition: Edition, position: int) -> bool:
    """Return whether a cell is an addend of a total in its own row. The total is compared in its place."""
    row = edition.addresses[position].row
    return any(
        equation.total is not None and equation.total != position and edition.addresses[equation.total].row == row
        for equation in edition.equations_of.get(position, ())
    )
