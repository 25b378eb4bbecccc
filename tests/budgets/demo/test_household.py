"""What the demo household means to spend."""

from decimal import Decimal

import pytest

from budgets.demo.household import AMOUNTS, PRIORITIES, ROLLS_OVER, too_little
from transactions.domain.category_tree import CATEGORY_BY_CODE


def test_it_is_less_than_the_household_earns():
    assert sum(AMOUNTS.values()) == Decimal("4322.00")
    assert PRIORITIES.keys() | ROLLS_OVER <= AMOUNTS.keys() <= CATEGORY_BY_CODE.keys()


@pytest.mark.parametrize(
    ("spent", "meant"), [("5.40", "5"), ("23.10", "20"), ("25.00", "20"), ("0.40", "0"), ("0.00", "0")]
)
def test_less_is_meant_for_coffee_than_it_cost(spent, meant):
    assert too_little(Decimal(spent)) == Decimal(meant)
