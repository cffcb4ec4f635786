"""Error model for copied figures: the likelihood that someone who means one number writes another.

The weights are estimates of the kinds of slips made when figures are copied by hand between tables. They serve only to rank
explanations.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

ONE_OFF = 0.2
"""Too high or too low by one."""
WRONG_DIGIT = 0.3
DROPPED_DIGIT = 0.15
ADDED_DIGIT = 0.1
TRANSPOSED = 0.1
LEFT_OUT = 0.1
"""Zero in a cell where a number was not entered."""
ANYTHING = 0.05
"""Any other error, without a pattern."""

_DIGITS = 10
_FAR = 10**15


def slip_cost(meant: int | Decimal, written: int | Decimal) -> float:
    """Return the negative log-probability that a slip turns `meant` into `written`; lower is likelier."""
    return -log(_chance(meant, written))


def _chance(meant: int | Decimal, written: int | Decimal) -> float:
    if not (-_FAR < meant < _FAR and -_FAR < written < _FAR):
        return ANYTHING / _FAR
    one, other = _figures(meant), _figures(written)
    chance = ANYTHING / (_DIGITS * (1 + abs(float(written))))
    if abs(meant - written) == 1:
        chance += ONE_OFF / (2 if meant else 1)
    if not written:
        chance += LEFT_OUT
    if (meant < 0) != (written < 0):
        return chance
    if len(other) == len(one) - 1:
        chance += DROPPED_DIGIT * _droppings(one, other) / len(one)
    elif len(other) == len(one) + 1:
        chance += ADDED_DIGIT * _droppings(other, one) / (_DIGITS * len(other))
    if len(other) <= len(one):
        chance += _within(one, other.zfill(len(one)))
    return chance


def _figures(value: int | Decimal) -> str:
    return str(abs(value))


def _droppings(longer: str, shorter: str) -> int:
    """Return the number of ways in which dropping one character of `longer` gives `shorter`."""
    return sum(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def _within(one: str, other: str) -> float:
    """Return the probability of a slip that keeps the number of digits."""
    apart = [place for place, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    if len(apart) == 1:
        return WRONG_DIGIT / ((_DIGITS - 1) * len(one))
    if len(apart) == 2 and apart[1] == apart[0] + 1 and one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]:  # noqa: PLR2004
        return TRANSPOSED / (len(one) - 1)
    return 0.0
