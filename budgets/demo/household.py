"""What the household means to spend in a month, in euro."""

from collections.abc import Mapping
from decimal import Decimal

BUFFER = Decimal("200.00")
COFFEE = "coffee"

# By shipped category: about what a month of the household costs, and a little more; some 100 euro stay unallocated.
AMOUNTS: Mapping[str, Decimal] = {
    "housing": Decimal("1380.00"),
    "utilities": Decimal("275.00"),
    "groceries": Decimal("540.00"),
    "health": Decimal("25.00"),
    "obligations": Decimal("245.00"),
    "transport": Decimal("260.00"),
    "insurance": Decimal("32.00"),
    "savings": Decimal("640.00"),
    "bank-fees": Decimal("5.00"),
    "home": Decimal("60.00"),
    "personal-care": Decimal("180.00"),
    "eating-out": Decimal("260.00"),
    COFFEE: Decimal("20.00"),
    "shopping": Decimal("170.00"),
    "subscriptions": Decimal("35.00"),
    "charity": Decimal("25.00"),
    "entertainment": Decimal("90.00"),
    "travel": Decimal("80.00"),
}
# What is left of it is there next month.
ROLLS_OVER = {"groceries"}
# Coffee comes before what is merely nice to have.
PRIORITIES: Mapping[str, int] = {COFFEE: 3}


def too_little(spent: Decimal) -> Decimal:
    """The whole amount of 5 next below what was spent: so much less was meant for it, whatever the day."""
    return max((spent / 5).to_integral_value(rounding="ROUND_CEILING") * 5 - 5, Decimal(0))
