"""Likelihood of typing errors."""

from __future__ import annotations

from decimal import Decimal

import pytest
from nianbao.core.repair.typo_model import slip_cost


@pytest.mark.parametrize(
    ("meant", "commoner", "rarer"),
    [
        (128, 129, 130),
        (128, 158, 357),
        (128, 182, 357),
        (128, 12, 40),
        (128, 1128, 1300),
        (128, 0, 5),
        (50, 5, 7),
        (0, 1, 57),
        (Decimal("18.50"), Decimal("18.05"), Decimal("11.39")),
    ],
)
def test_a_slip_of_a_known_kind_is_likelier_than_any_other(meant: int, commoner: int, rarer: int) -> None:
    assert slip_cost(meant, commoner) < slip_cost(meant, rarer)


def test_the_chances_of_all_slips_of_a_number_make_no_more_than_one() -> None:
    for meant in (0, 7, 10, 58, 111, 2024):
        chances = sum(2.718281828459045 ** -slip_cost(meant, written) for written in range(3000) if written != meant)
        assert 0.3 < chances < 1.3
