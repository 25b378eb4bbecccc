"""What an amount is worth in another currency, where that can be kept."""

from datetime import date
from decimal import Decimal

from core.domain.money import LARGEST_KEPT
from transactions.selectors.rates import converted


def in_rupiah(amount: str) -> Decimal | None:
    return converted(Decimal(amount), source="EUR", target="IDR", on=date(2024, 3, 11))


def test_a_worth_that_no_column_holds_counts_as_unknown() -> None:
    rate = in_rupiah("1.00")

    assert rate is not None
    assert in_rupiah(f"{int(LARGEST_KEPT / rate) - 10**8}") is not None
    assert in_rupiah(f"{int(LARGEST_KEPT / rate) + 10**8}") is None
    assert in_rupiah("-999999999999.99") is None
